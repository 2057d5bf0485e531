"""Documents for people: what the graph says, a record at a time, names by language, and nothing to fetch."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld as pyld

from ssekg.base.language import LANGUAGES
from ssekg.base.record_iris import file_name
from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project, read_project
from ssekg.publish.folder import Content
from ssekg.publish.parts import documents as documents_part
from ssekg.publish.parts.manifest import manifest
from tests.conftest import ROOT
from tests.graph.test_jsonld import LITERALS, PREDICATES, VOCABULARY
from tests.graphs import BASE, parsed
from tests.namespaces import SSE
from tests.publish.contexts import context_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD


@pytest.fixture(scope="module")
def files(checked: CheckedGraph) -> dict[str, bytes]:
    return made_of(checked.project, checked.graph)


def made_of(project: Project, graph: Graph, previous: Path | None = None) -> dict[str, bytes]:
    return dict(map(_whole, documents_part.documents(context_of(project, graph, previous=previous))))


def _whole(file: tuple[str, Content]) -> tuple[str, bytes]:
    path, content = file
    if isinstance(content, bytes):
        return path, content
    output = io.BytesIO()
    content(output)
    return path, output.getvalue()


def small(triples: list[ox.Triple]) -> Graph:
    return Graph(BASE, triples, VOCABULARY)


def documents(triples: list[ox.Triple], project: Project) -> dict[str, bytes]:
    """The documents of records and kinds of a small graph."""
    return {name: content for name, content in made_of(project, small(triples)).items() if name.startswith("id/")}


def of_turtle(turtle: str, project: Project) -> dict[str, Any]:
    return {name: json.loads(content) for name, content in documents(parsed(turtle), project).items()}


def read_by_oxigraph(content: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, ox.RdfFormat.JSON_LD)}


def read_by_pyld(document: Any) -> set[ox.Triple]:
    nquads = pyld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})
    return {quad.triple for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)}


def refuse(url: str, _options: object) -> None:
    raise AssertionError(f"the document asks for {url}")


def records(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.count("/") == 2}


def test_all_documents_together_are_the_public_graph(files: dict[str, bytes], graph: Graph) -> None:
    found = {name: content for name, content in files.items() if name.startswith("id/")}
    together = {triple for content in found.values() for triple in read_by_oxigraph(content)}
    assert together == {t for t in graph.data if f"<{graph.base}person/" not in f"{t.subject} {t.object}"}


def test_persons_have_no_document_and_are_in_none(files: dict[str, bytes]) -> None:
    assert not [name for name in files if name.startswith("id/person")]
    assert not any(b"/person/" in content for content in files.values())


def test_another_reader_reads_the_same(files: dict[str, bytes]) -> None:
    chosen = [name for name in sorted(records(files)) if not name.startswith(("id/concept/", "id/observation/"))][::25]
    for name in [*chosen, "id/programme/moazara.jsonld", "id/partnership.jsonld"]:
        content = files[name]
        assert canonical_hash(read_by_pyld(json.loads(content))) == canonical_hash(read_by_oxigraph(content)), name


def test_a_programme_reads_well(files: dict[str, bytes]) -> None:
    text = files["id/programme/moazara.jsonld"].decode()
    programme = json.loads(text)
    assert list(programme)[:4] == ["@context", "id", "type", "name"]
    assert programme["id"] == "https://w3id.org/ssekg/id/programme/moazara"
    assert programme["name"] == {"ar": "برنامج مؤازرة", "en": "Moazara programme", "fr": "Programme Moazara"}
    assert programme["spatial"] == {
        "id": "https://w3id.org/ssekg/id/place/morocco",
        "name": {"ar": "المغرب", "en": "Morocco", "fr": "Maroc"},
    }
    (amount,) = programme["amounts"]
    assert (amount["amount"], amount["currency"]) == ("19200000", "MAD")
    assert "budgetOf" not in amount
    assert {source["title"]["fr"] for source in programme["source"] if "fr" in source["title"]}
    assert "برنامج مؤازرة" in text
    assert "\n" not in text.split('"@context": ')[1].split(",\n")[0]


def test_geometry_stands_where_the_place_points_to_it(files: dict[str, bytes]) -> None:
    place = json.loads(files["id/place/fes-meknes.jsonld"])
    assert place["hasGeometry"]["asWKT"]["@value"] == "POINT(-4.498 33.929)"
    assert place["provinceCount"] == 9
    assert place["areaKm2"] == "40075"


def test_no_document_leads_to_a_person(project: Project) -> None:
    made = documents(
        parsed("""
            <person/1> skos:prefLabel "A. B."@fr ; sse:within <event/a>, <person/2> .
            <person/1#x> sse:within <person/1> .
            <event/a> sse:within <person/1>, <event/b>, <person/1#x> . <event/b> sse:within [ sse:other <person/1> ] .
        """),
        project,
    )
    assert set(made) == {"id/event/a.jsonld", "id/event/b.jsonld", "id/event.jsonld"}
    for name, content in made.items():
        assert b"person/" not in content, name
        assert b"A. B." not in content, name
    assert json.loads(made["id/event/a.jsonld"])["within"] == f"{BASE}event/b"


def test_the_published_context_can_stand_for_that_of_a_document(files: dict[str, bytes], project: Project) -> None:
    published = json.loads(files[f"context/{project.version}.jsonld"])
    assert files["ontology/context.jsonld"] == files[f"context/{project.version}.jsonld"]
    address = f"{project.home}context/{project.version}"

    def load(url: str, _options: object) -> dict[str, Any]:
        assert url == address
        return {"contextUrl": None, "documentUrl": url, "document": published}

    for name in (
        "id/programme/moazara.jsonld",
        "id/place/fes-meknes.jsonld",
        "id/event/moazara-meeting-fes-2023.jsonld",
        "id/office.jsonld",
    ):
        document = json.loads(files[name])
        assert document["@context"].items() <= published["@context"].items()
        shortened = document | {"@context": address}
        assert pyld.expand(shortened, {"documentLoader": load}) == pyld.expand(document, {"documentLoader": refuse})


def test_earlier_contexts_stay(project: Project, tmp_path: Path) -> None:
    current = f"context/{project.version}.jsonld"
    before = context_of(project, small([]), tmp_path, files=[("context/0.0.1.jsonld", b"{}"), (current, b"old")])
    before.folder.add(manifest(before))
    made = made_of(project, small([]), tmp_path)
    assert made.keys() == {"context/0.0.1.jsonld", current, "ontology/context.jsonld"}
    assert made["context/0.0.1.jsonld"] == b"{}"
    assert made[current] == made["ontology/context.jsonld"]
    assert "context/0.0.1.jsonld" not in made_of(project, small([]))


def test_withdrawn_records_say_so_and_nothing_else(copy: Path) -> None:
    with (copy / "data" / "withdrawn.csv").open("a", encoding="utf-8") as file:
        file.write("programme,gone,2026-11-01,withdrawn-on-request,programme/moazara\n")
    project = read_project(copy)
    tombstone = json.loads(made_of(project, build_graph(project))["id/programme/gone.jsonld"])
    del tombstone["@context"]
    reason = tombstone.pop("withdrawalReason")
    assert reason["id"] == f"{project.base}concept/withdrawn-on-request"
    assert set(reason["name"]) == set(LANGUAGES)
    replacement = tombstone.pop("isReplacedBy")
    assert replacement["id"] == f"{project.base}programme/moazara"
    assert set(replacement["name"]) == set(LANGUAGES)
    assert tombstone == {
        "id": f"{project.base}programme/gone",
        "owl:deprecated": True,
        "withdrawnOn": {"@value": "2026-11-01", "@type": "xsd:date"},
    }


def test_parts_are_placed_once_and_links_stay(project: Project) -> None:
    made = of_turtle(
        """
        <place/a> sse:within <place/b>, [ sse:value 1.5 ], _:twice ; dct:source <place/a#x> ; sse:other <place/a#y> .
        _:twice sse:remark "r" ; sse:within _:twice .
        <place/a#x> sse:within <place/a>, <place/a#y> . <place/a#y> sse:other <place/a> .
        <place/a#z> sse:other <place/a> ; skos:prefLabel "z"@fr . <place/a#alone> sse:remark "alone" .
        <place/b> skos:prefLabel "b"@fr ; sse:within <place/none>, <place/a#z>, <https://example.net/> .
        """,
        project,
    )
    a = made["id/place/a.jsonld"]
    assert a["source"] == {
        "id": f"{BASE}place/a#x",
        "within": [f"{BASE}place/a#y", f"{BASE}place/a"],
    }
    assert a["sse:other"] == {"id": f"{BASE}place/a#y", "sse:other": {"id": f"{BASE}place/a"}}
    assert a["@reverse"] == {
        "sse:other": [{"id": f"{BASE}place/a#z", "skos:prefLabel": {"@value": "z", "@language": "fr"}}]
    }
    assert a["included"] == [{"id": f"{BASE}place/a#alone", "remark": "alone"}]
    b = made["id/place/b.jsonld"]
    assert b["within"] == [
        "https://example.net/",
        {"id": f"{BASE}place/a#z", "skos:prefLabel": {"@value": "z", "@language": "fr"}},
        f"{BASE}place/none",
    ]
    assert [node["id"] for node in made["id/place.jsonld"]["@graph"]] == [f"{BASE}place/a", f"{BASE}place/b"]


def test_file_names_lie_in_their_folder_whatever_the_slug(project: Project) -> None:
    slugs = {"..": "%2E.", ".x": "%2Ex", "a/../b": "a%2F..%2Fb", "a%2Fb": "a%252Fb", "فاس": "فاس", "a:b*": "a%3Ab%2A"}
    slugs |= {"fès-1_2.x~": "fès-1_2.x~", "a\\b\0": "a%5Cb%00", "(a)+b,c": "(a)+b,c", "": ""}
    assert {slug: file_name(slug) for slug in slugs} == slugs
    triples = [
        ox.Triple(ox.NamedNode(f"{BASE}{name}"), ox.NamedNode(SSE + "remark"), ox.Literal("x"))
        for name in ("../..", "place/../x", "place//x", "place/", "place", "place/x?y", "./x")
    ]
    names = set(documents(triples, project))
    assert names == {
        "id/%2E..jsonld", "id/%2E./%2E..jsonld", "id/place.jsonld", "id/place/%2E.%2Fx.jsonld",
        "id/place/%2Fx.jsonld", "id/place/x%3Fy.jsonld", "id/%2E.jsonld", "id/%2E/x.jsonld",
    }  # fmt: skip


def test_bytes_do_not_depend_on_the_order_of_triples(checked: CheckedGraph, files: dict[str, bytes]) -> None:
    graph = checked.graph
    turned = replace(graph, data=graph.data[::-1], vocabulary=graph.vocabulary[::-1])
    assert made_of(checked.project, turned) == files


@pytest.mark.parametrize(
    "turtle",
    [
        "<place/a> a <place/a#x> . <place/a#x> sse:within <place/a> .",
        '<place/a> skos:prefLabel <place/b>, "a"@fr . <place/b> skos:prefLabel <place/a>, 1 .',
        "<place/a> a [ sse:remark 1 ], sse:name, sse:included ; sse:included 2 ; sse:name 3 .",
        "<place/a> sse:within [ sse:within [], _:b ], _:b . _:b sse:within _:c . _:c sse:within _:b, <place/a> .",
        "<place/a> sse:within sse:value, <urn:x> . sse:value sse:remark 1 . <urn:x> a sse:X .",
        '<place/a#x> sse:within <place/a>, <place/a#x> ; sse:remark "@id", "_:b", "\\"within\\": " .',
        '<place/a> sse:value 1, 1.0, 01, true, 123456789012345678901 ; sse:start 1, 01, true, "1"^^xsd:boolean .',
        "<place/a%2Fb> sse:within <place/c/d>, <place/%D9%81>, <place/a%2Fb#x> . <place/a%2Fb#x> sse:value 1 .",
    ],
)
def test_odd_graphs_are_read_back(project: Project, turtle: str) -> None:
    triples = parsed(turtle)
    made = documents(triples, project)
    (kind,) = (made[name] for name in made if name.count("/") == 1)
    assert canonical_hash(read_by_oxigraph(kind)) == canonical_hash(triples)
    assert canonical_hash(read_by_pyld(json.loads(kind))) == canonical_hash(triples)


RECORDS = st.from_regex(r"(place|event)/[ab](#[xyz])?", fullmatch=True).map(lambda name: ox.NamedNode(BASE + name))
OBJECTS = st.one_of(
    RECORDS, LITERALS, st.sampled_from([f"{SSE}Place", f"{SSE}within", "https://example.net/a"]).map(ox.NamedNode)
)


@settings(max_examples=60)
@given(st.lists(st.builds(ox.Triple, RECORDS, PREDICATES, OBJECTS), max_size=10))
def test_two_readers_read_the_graph_from_its_records(project: Project, triples: list[ox.Triple]) -> None:
    made = records(documents(triples, project)).values()
    assert {triple for content in made for triple in read_by_oxigraph(content)} == set(triples)
    assert {triple for content in made for triple in read_by_pyld(json.loads(content))} == set(triples)


def test_the_example_of_the_documentation_runs(
    files: dict[str, bytes], project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "linked-data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    example = example.replace("0.1.0", project.version)
    for name in (f"context/{project.version}.jsonld", "id/programme/moazara.jsonld"):
        (tmp_path / "public" / name).parent.mkdir(parents=True)
        (tmp_path / "public" / name).write_bytes(files[name])
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102 - it is our own
    assert names["shorter"]["@context"] == f"{project.home}context/{project.version}"
    assert names["shorter"]["name"] == names["document"]["name"]
    assert names["shorter"]["amounts"]["currency"] == "MAD"

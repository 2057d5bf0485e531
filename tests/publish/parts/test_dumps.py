"""The dumps are the graph, in every format, as any reader reads it."""

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld

from ssekg.base.formats import rdf_format_of
from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.release import publish
from ssekg.publish.verify import verify
from ssekg.shacl.derivation import with_derived
from tests.publish.small import small
from tests.publish.test_verify import rewritten

NQUADS = ox.RdfFormat.N_QUADS
FORMATS = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld")


def triples(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(unpacked(path), rdf_format_of(path))}


def unpacked(path: Path) -> bytes:
    """A dump; N-Quads that are too large for portals are only there packed."""
    return path.read_bytes() if path.exists() else gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes())


def published(checked: CheckedGraph) -> list[ox.Triple]:
    """What is stated, and what is derived of it."""
    return list(with_derived(checked.project, checked.graph)[0].triples)


def test_the_dumps_are_the_graph(release: Path, whole: Graph) -> None:
    """Of what is stated, and what is derived of it; that all formats say the same is tested of any release."""
    assert canonical_hash(triples(release / "ssekg.nt")) == canonical_hash(whole.triples)


@pytest.mark.parametrize("name", ["ssekg", "ssekg-without-persons"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_packed_dumps_unpack_to_the_plain_ones(release: Path, name: str, suffix: str) -> None:
    packed = (release / f"{name}{suffix}.gz").read_bytes()
    assert gzip.decompress(packed) == unpacked(release / f"{name}{suffix}")
    # RFC 1952: no flags, so no name; no time; system unknown.
    assert packed[3:8] == bytes(5)
    assert packed[9] == 255


@pytest.mark.parametrize(
    ("suffix", "form"),
    [(".ttl", "turtle"), (".nt", "nt"), (".nq", "nquads"), (".trig", "trig"), (".rdf", "xml"), (".jsonld", "json-ld")],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside rdflib
def test_another_reader_reads_the_same(tmp_path: Path, suffix: str, form: str) -> None:
    checked = small(tmp_path / "project")
    publish(checked, tmp_path / "public")
    content = (tmp_path / "public" / f"ssekg{suffix}").read_bytes()
    dataset = rdflib.Dataset(default_union=True).parse(data=content, format=form)
    lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in dataset.triples((None, None, None)))
    read = [quad.triple for quad in ox.parse(lines, ox.RdfFormat.TURTLE)]
    assert canonical_hash(read) == canonical_hash(published(checked))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD
def test_jsonld_says_the_same_to_another_reader(release: Path) -> None:
    document = json.loads((release / "ssekg.jsonld").read_text(encoding="utf-8"))
    nquads = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})
    read = {quad.triple for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)}
    assert canonical_hash(read) == canonical_hash(triples(release / "ssekg.nt"))


def refuse(url: str, _options: object) -> None:
    raise AssertionError(f"the document asks for {url}")


def test_jsonld_is_compact(release: Path, project: Project) -> None:
    document = json.loads((release / "ssekg.jsonld").read_text(encoding="utf-8"))
    region = next(node for node in document["@graph"] if node["id"] == "place/fes-meknes")
    assert region["skos:prefLabel"]["ar"] == "فاس مكناس"
    assert "Region" in region["type"]
    assert region["within"] == "place/morocco"
    assert document["@context"]["@base"] == project.base


def test_dump_without_persons_holds_nothing_of_them(release: Path, project: Project) -> None:
    names = {
        str(triple.object.value)
        for triple in triples(release / "ssekg.nt")
        if triple.subject.value.startswith(f"{project.base}person/")  # type: ignore[union-attr]
        and isinstance(triple.object, ox.Literal)
        and triple.object.language
    }
    assert names
    parts = {part for name in names for part in name.split() if len(part) > 3}
    tables = [*release.glob("tables/*"), release / "places.geojson", release / "statistics.parquet"]
    dumps = [release / f"ssekg-without-persons{suffix}" for suffix in FORMATS]
    for path in [*(each for each in dumps if each.exists()), *tables]:  # one that is too large is packed only
        text = path.read_text(encoding="utf-8", errors="replace")
        assert "person/" not in text
        assert not {part for part in parts if part in text}
    assert triples(release / "ssekg-without-persons.nt") < triples(release / "ssekg.nt")


def test_lexical_forms_are_those_of_the_tables(release: Path) -> None:
    text = (release / "ssekg.nt").read_text(encoding="utf-8")
    for latitude in ("POINT(-2.660 33.675)", '"01"', '"2023-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'):
        assert latitude in text


def test_shapes_in_a_format_without_directives_are_published_as_they_are(tmp_path: Path) -> None:
    checked = small(tmp_path / "project")
    contents = {
        "more.nt": b"<x:S> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#IRI> .\n",
        "more.TTL": b"<S> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#IRI> .\n",
    }
    for name, content in contents.items():
        (tmp_path / "project" / "shapes" / name).write_bytes(content)
    publish(checked, tmp_path / "public")
    shapes = tmp_path / "public" / "shapes"
    assert (shapes / "more.nt").read_bytes() == contents["more.nt"]
    assert (shapes / "more.TTL").read_bytes() == f"@base <{checked.project.base}> .\n".encode() + contents["more.TTL"]


def test_nquads_too_large_for_portals_are_packed_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssekg.publish.parts.dumps._LARGEST", 100)
    checked, target = small(tmp_path / "project"), tmp_path / "public"
    publish(checked, target)
    assert (target / "ssekg.nt").is_file()
    assert not (target / "ssekg.nq").exists()
    packed = {quad.triple for quad in ox.parse(gzip.decompress((target / "ssekg.nq.gz").read_bytes()), NQUADS)}
    assert canonical_hash(packed) == canonical_hash(published(checked))
    catalogue = (target / "catalog.ttl").read_bytes()
    assert b".nq.gz>" in catalogue
    assert b".nq>" not in catalogue
    assert not verify(target).findings
    assert publish(small(tmp_path / "next", version="1.0.1"), target).previous == "1.0.0"


def test_packed_nquads_of_another_graph_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssekg.publish.parts.dumps._LARGEST", 100)
    target = tmp_path / "public"
    publish(small(tmp_path / "project"), target)
    rewritten(target, "ssekg.nq.gz", gzip.compress(b"<x:a> <x:b> <x:c> .\n"))
    found = [finding.code for finding in verify(target).findings]
    assert found == ["release-count"]

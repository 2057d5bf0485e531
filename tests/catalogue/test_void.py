"""The counts of VoID are those that SPARQL finds in the public graph."""

import pyoxigraph as ox
import pytest

from ssekg.catalogue.dcat import dataset_iri
from ssekg.catalogue.files import WHOLE
from ssekg.catalogue.statements import Statements
from ssekg.catalogue.void import count
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.graphs import BASE, parsed


@pytest.fixture(scope="module")
def void(published: dict[str, bytes]) -> Statements:
    return Statements(quad.triple for quad in ox.parse(published["void.ttl"], ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def store(graph: Graph, project: Project) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in Public(graph, project.privacy).data)
    return store


def ask(store: ox.Store, question: str) -> list[list[str]]:
    answer = store.query(question)
    assert isinstance(answer, ox.QuerySolutions)
    return [[getattr(value, "value", "") for value in row] for row in answer]


def number(void: Statements, node: ox.NamedNode, name: str) -> int:
    (value,) = void.values(node, name)
    return int(value.value)


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("void:triples", "COUNT(*)"),
        ("void:distinctSubjects", "COUNT(DISTINCT ?s)"),
        ("void:properties", "COUNT(DISTINCT ?p)"),
        ("void:distinctObjects", "COUNT(DISTINCT ?o)"),
    ],
)
def test_totals(void: Statements, store: ox.Store, project: Project, name: str, counted: str) -> None:
    node = dataset_iri(project, WHOLE)
    assert [[str(number(void, node, name))]] == ask(store, f"SELECT ({counted} AS ?n) {{ ?s ?p ?o }}")


def test_entities_and_classes(void: Statements, store: ox.Store, project: Project) -> None:
    node = dataset_iri(project, WHOLE)
    mine = f'FILTER(STRSTARTS(STR(?s), "{project.base}"))'
    entities = ask(store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o {mine} }}")
    assert [[str(number(void, node, "void:entities"))]] == entities
    classes = ask(store, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }")
    assert [[str(number(void, node, "void:classes"))]] == classes


def test_partitions(void: Statements, store: ox.Store, project: Project) -> None:
    node = dataset_iri(project, WHOLE)
    classes = {
        (void.nodes(part, "void:class")[0].value, str(number(void, part, "void:entities")))
        for part in void.nodes(node, "void:classPartition")
    }
    assert classes == {
        (kind, members) for kind, members in ask(store, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    }
    properties = {
        (void.nodes(part, "void:property")[0].value, str(number(void, part, "void:triples")))
        for part in void.nodes(node, "void:propertyPartition")
    }
    assert properties == {
        (name, uses) for name, uses in ask(store, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    }


def test_linksets(void: Statements, store: ox.Store, project: Project) -> None:
    linksets = {
        (
            void.nodes(part, "void:linkPredicate")[0].value,
            void.nodes(part, "void:objectsTarget")[0].value,
            str(number(void, part, "void:triples")),
        )
        for part in void.nodes(dataset_iri(project, WHOLE), "void:subset")
    }
    question = """SELECT ?p ?site (COUNT(*) AS ?n) {
      ?s ?p ?o FILTER(REGEX(STR(?p), "(sameAs|Match)$") && !STRSTARTS(STR(?o), "BASE"))
      BIND(REPLACE(STR(?o), "^(https?://[^/]+/).*$", "$1") AS ?site)
    } GROUP BY ?p ?site"""
    assert linksets == {tuple(row) for row in ask(store, question.replace("BASE", project.base))}
    assert linksets


def test_dumps_licence_and_place(void: Statements, project: Project, published: dict[str, bytes]) -> None:
    node = dataset_iri(project, WHOLE)
    dumps = {dump.value for dump in void.nodes(node, "void:dataDump")}
    assert f"{project.site}ssekg-without-persons.ttl" in dumps
    assert not any(dump.startswith(f"{project.site}ssekg.") for dump in dumps)
    assert [value.value for value in void.values(node, "void:uriSpace")] == [project.base]
    assert void.nodes(node, "dct:license")[0].value.endswith("licence/ODC_BL")
    assert published[".well-known/void"] == published["void.ttl"]


def test_blank_nodes_and_links_at_home_are_counted_for_what_they_are() -> None:
    triples = parsed("<a/b> a sse:X ; schema:sameAs <a/c>, <https://x.org/1>, <https://x.org/2> ; sse:p [ sse:q 1 ] .")
    counts = count(triples, BASE)
    assert (counts.triples, counts.subjects, counts.entities) == (6, 2, 1)
    assert {site: uses for (_, site), uses in counts.links.items()} == {"https://x.org/": 2}

"""How the terms of the ontology go with those of other vocabularies: each with a reason, none stronger than is true."""

from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.language import LANGUAGES
from ssekg.graph.store import Graph
from ssekg.site.own_terms import own_terms
from ssekg.site.term_alignments import Alignment, Alignments
from tests.conftest import ROOT

# What the alignments are to, by the beginning of its terms; those whose real vocabulary the tests have by its name.
VOCABULARIES: Final = {
    "http://www.w3.org/ns/org#": "org",
    "http://www.w3.org/ns/prov#": "prov",
    "http://purl.org/linked-data/cube#": "qb",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://schema.org/": "",
    "http://purl.org/essglobal/": "",
    "http://data.europa.eu/m8g/": "",
    "http://data.europa.eu/eli/ontology#": "",
    "http://purl.org/vocab/cpsv#": "",
    "https://iatistandard.org/": "",
}


@pytest.fixture(scope="module")
def alignments(graph: Graph) -> list[tuple[ox.NamedNode, Alignment]]:
    """Those of all terms, and of the concepts that are aligned."""
    terms = own_terms(graph)
    found = Alignments(Graph(graph.base, (), [*graph.vocabulary, *graph.data]), terms)
    things = [ox.NamedNode(iri) for iri in graph.things if iri.startswith(f"{graph.base}concept/")]
    of_things = [(thing, each) for thing in things for each in found.of(thing)]
    # The matches of units, sectors and law subjects are to codes of the same meaning, which is reason enough.
    listed = [pair for pair in of_things if pair[1].target.value.startswith(tuple(VOCABULARIES))]
    return [*((term, each) for term in terms for each in found.of(term)), *listed]


def test_each_has_a_reason_in_every_language(alignments: list[tuple[ox.NamedNode, Alignment]]) -> None:
    assert len(alignments) > 90
    without = [(term.value, each.target.value) for term, each in alignments if set(each.reasons) != set(LANGUAGES)]
    assert without == []


def test_all_these_vocabularies_are_aligned(alignments: list[tuple[ox.NamedNode, Alignment]]) -> None:
    targets = {each.target.value for _, each in alignments}
    assert {start for start in VOCABULARIES if not any(target.startswith(start) for target in targets)} == set()


def test_terms_of_others_are_those_of_their_vocabularies(alignments: list[tuple[ox.NamedNode, Alignment]]) -> None:
    for start, name in VOCABULARIES.items():
        wanted = {each.target for _, each in alignments if each.target.value.startswith(start)}
        if name:
            (file,) = (ROOT / ".vocabularies" / name).glob(f"*/{name}.nq")
            assert wanted <= {quad.subject for quad in ox.parse(path=str(file))}, name


def test_nothing_follows_from_what_is_only_like_ours(
    graph: Graph, alignments: list[tuple[ox.NamedNode, Alignment]]
) -> None:
    """In schema.org projects and funding schemes are organisations: nothing of ours may be below its classes."""
    schema = [(term, each) for term, each in alignments if each.target.value.startswith("http://schema.org/")]
    assert len(schema) > 10
    assert not [term for term, each in schema if each.property.startswith(("rdfs:sub", "owl:"))]
    projects = {graph.shortened(term.value): each.property for term, each in schema if "unding" in each.target.value}
    assert projects == {"sse:Programme": "rdfs:seeAlso"}

"""Two graphs have the same hash exactly when they say the same."""

import hashlib
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from ssekg.graph.canonical_hash import canonical_hash
from tests.graphs import iri, parsed


def renamed(triples: Iterable[ox.Triple], prefix: str) -> list[ox.Triple]:
    """The triples in the opposite order, with other names for the blank nodes."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def other(node: object) -> object:
        return names.setdefault(node, ox.BlankNode(f"{prefix}{len(names)}")) if isinstance(node, ox.BlankNode) else node

    return [ox.Triple(other(t.subject), t.predicate, other(t.object)) for t in reversed(list(triples))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a> schema:p "x", "y" .', '<a> schema:p "y" . <a> schema:p "x" . <a> schema:p "x" .'),
        ("[] schema:p <a> .", "_:node schema:p <a> ."),
        ('<a> schema:p [ schema:q "x" ], [ schema:q "y" ] .', '<a> schema:p [ schema:q "y" ], [ schema:q "x" ] .'),
        ("_:a schema:p _:b . _:b schema:p _:a .", "_:x schema:p _:y . _:y schema:p _:x ."),
        ("<a> schema:p (1 2) .", "<a> schema:p [ rdf:first 1 ; rdf:rest [ rdf:first 2 ; rdf:rest rdf:nil ] ] ."),
        ("", ""),
    ],
)
def test_the_same_graph_written_otherwise(one: str, other: str) -> None:
    assert canonical_hash(parsed(one)) == canonical_hash(parsed(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a> schema:p "x" .', '<a> schema:p "y" .'),
        ('<a> schema:p "x" .', '<a> schema:p "x"@fr .'),
        ('<a> schema:p "x"@en .', '<a> schema:p "x"@fr .'),
        ("<a> schema:p 1 .", "<a> schema:p 01 ."),
        ("<a> schema:p 1 .", '<a> schema:p "1" .'),
        ("<a> schema:p <b> .", "<b> schema:p <a> ."),
        ("<a> schema:p <b> .", "<a> schema:q <b> ."),
        ('<a> schema:p "x" .', '<a> schema:p "x", "y" .'),
        ("_:a schema:p _:b . _:b schema:p _:a .", "_:a schema:p _:a . _:b schema:p _:b ."),
        ('<a> schema:p [ schema:q "x", "y" ] .', '<a> schema:p [ schema:q "x" ], [ schema:q "y" ] .'),
        ('<a> schema:p "x" .', ""),
    ],
)
def test_different_graphs(one: str, other: str) -> None:
    assert canonical_hash(parsed(one)) != canonical_hash(parsed(other))


def test_the_hash_is_the_same_on_every_machine() -> None:
    lines = '<https://example.org/id/a> <http://schema.org/name> "فاس"@ar .\n_:c14n0 <http://schema.org/name> "x" .\n'
    assert canonical_hash(parsed(lines)) == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD
def test_another_implementation_of_rdfc_gives_the_same_hash() -> None:
    triples = parsed(
        '_:a schema:p _:b . _:b schema:p _:c . _:c schema:p _:a ; schema:q "a\\t\\"فاس\\"\\n"@ar, [], [] .'
    )
    nquads = "".join(f"{triple} .\n" for triple in triples)
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    assert canonical_hash(triples) == hashlib.sha256(jsonld.normalize(nquads, options).encode()).hexdigest()


NODES: Final = st.one_of(st.sampled_from("ab").map(iri), st.sampled_from("xyz").map(ox.BlankNode))
TRIPLES: Final = st.lists(
    st.builds(
        ox.Triple, NODES, st.sampled_from("pq").map(iri), st.one_of(NODES, st.sampled_from("12").map(ox.Literal))
    ),
    max_size=7,
)


@given(TRIPLES)
def test_names_of_blank_nodes_and_order_make_no_difference(triples: list[ox.Triple]) -> None:
    assert canonical_hash(renamed(triples, "other")) == canonical_hash(triples)


@given(TRIPLES)
def test_one_triple_more_makes_a_difference(triples: list[ox.Triple]) -> None:
    assert canonical_hash([*triples, ox.Triple(iri("a"), iri("new"), iri("b"))]) != canonical_hash(triples)

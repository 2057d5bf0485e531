"""The same triples give the same bytes, which every reader reads as the same triples."""

import random
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from ssekg.graph.canonical import in_order, ntriples, prefixes_for, turtle, written
from ssekg.graph.canonical_labels import with_canonical_labels
from tests.graphs import BASE, canonical, iri, parsed
from tests.namespaces import prefixes_of

GRAPH: Final = """
<place/fes> schema:name "Fès"@fr, "فاس"@ar ; a sse:Place ; schema:value 007, 1000.50, "2023"^^xsd:gYear .
<place/fes#figure-1> sse:value 1.0 ; dct:source <source/hcp-2024> .
<event/a> dct:spatial <place/fes>, <http://www.wikidata.org/entity/Q80985> ; a sse:Event ;
  schema:name "a \\"b\\"\\n\\\\c" .
"""

EXPECTED_TURTLE: Final = """\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix source: <https://example.org/id/source/> .
@prefix event: <https://example.org/id/event/> .
@prefix place: <https://example.org/id/place/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix schema: <http://schema.org/> .
event:a a sse:Event ;
\tdct:spatial <http://www.wikidata.org/entity/Q80985> , place:fes ;
\tschema:name "a \\"b\\"\\n\\\\c" .
place:fes\\#figure-1 dct:source source:hcp-2024 ;
\tsse:value 1.0 .
place:fes a sse:Place ;
\tschema:name "Fès"@fr , "فاس"@ar ;
\tschema:value 007 , 1000.50 , "2023"^^xsd:gYear .
"""


def shuffled(triples: list[ox.Triple], seed: int) -> list[ox.Triple]:
    mixed = triples * 2
    random.Random(seed).shuffle(mixed)  # noqa: S311 - nothing secret
    return mixed


@pytest.mark.parametrize("seed", range(5))
def test_bytes_do_not_depend_on_the_order_of_triples_nor_on_repetitions(seed: int) -> None:
    triples = parsed(GRAPH)
    assert turtle(shuffled(triples, seed), prefixes_of(BASE)) == turtle(triples, prefixes_of(BASE))
    assert ntriples(shuffled(triples, seed)) == ntriples(triples)


def test_turtle_reads_as_people_write_it() -> None:
    assert turtle(parsed(GRAPH), prefixes_of(BASE)).decode() == EXPECTED_TURTLE


def test_ntriples_are_sorted_lines_so_that_differences_are_small() -> None:
    lines = ntriples(parsed(GRAPH)).decode().splitlines()
    assert f'<{BASE}place/fes> <http://schema.org/name> "فاس"@ar .' in lines
    assert [line.split(" ")[0] for line in lines] == sorted(line.split(" ")[0] for line in lines)
    more = ntriples([*parsed(GRAPH), *parsed("<event/b> a sse:Event .")]).decode().splitlines()
    assert [line for line in more if line not in lines] == [line for line in more if "event/b" in line]
    assert len(more) == len(lines) + 1


def test_the_type_comes_first() -> None:
    ordered = in_order(parsed('<a> dct:title "x" ; a sse:Place ; <http://a.example/> "y" .'))
    assert ordered[0].object == ox.NamedNode("https://w3id.org/ssekg/ontology#Place")


def test_only_prefixes_in_use_are_declared() -> None:
    assert prefixes_for(parsed('<place/fes> dct:title "x" .'), prefixes_of(BASE)) == {
        "dct": "http://purl.org/dc/terms/",
        "place": BASE + "place/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }


@pytest.mark.parametrize(
    "form", [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML]
)
def test_every_format_reads_back_as_it_was(form: ox.RdfFormat) -> None:
    triples = parsed(GRAPH)
    assert {quad.triple for quad in ox.parse(written(triples, form, prefixes_of(BASE)), form)} == set(triples)


def test_rdflib_reads_the_same() -> None:
    read = rdflib.Graph().parse(data=turtle(parsed(GRAPH), prefixes_of(BASE)), format="turtle")
    expected = rdflib.Graph().parse(data=ntriples(parsed(GRAPH)), format="nt")
    assert set(read) == set(expected)


# Identifiers that nobody should mint, and that a prefix or a name in Turtle does not suit.
SLUGS: Final = st.from_regex(r"[abأ1.\-_:/@~é]{0,6}(%D8)?(#[abأ1.\-_:/@~é]{0,4})?", fullmatch=True)
NODES: Final = SLUGS.map(iri)
TEXTS: Final = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
LITERALS: Final = st.one_of(
    TEXTS.map(ox.Literal),
    TEXTS.map(lambda text: ox.Literal(text, language="ar")),
    TEXTS.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
)
TRIPLES: Final = st.lists(st.builds(ox.Triple, NODES, NODES, st.one_of(NODES, LITERALS)), max_size=8)


@given(TRIPLES, st.randoms(use_true_random=False))
def test_whatever_is_written_is_read_back(triples: list[ox.Triple], chance: random.Random) -> None:
    content = turtle(triples, prefixes_of(BASE))
    assert {quad.triple for quad in ox.parse(content, ox.RdfFormat.TURTLE)} == set(triples)
    mixed = [*triples]
    chance.shuffle(mixed)
    assert turtle(mixed, prefixes_of(BASE)) == content
    assert {quad.triple for quad in ox.parse(ntriples(triples), ox.RdfFormat.N_TRIPLES)} == set(triples)


def test_blank_nodes_are_called_the_same_each_time() -> None:
    text = '[ schema:name "x" ] dct:title [ schema:name "y" ] . <a> dct:title [ schema:name "x" ] .'
    one, other = (with_canonical_labels(parsed(text)) for _ in range(2))
    assert ntriples(one) == ntriples(other)
    assert canonical(one) == canonical(parsed(text))


def test_blank_nodes_are_kept_apart() -> None:
    triples = parsed('[ schema:name "x" ] . [ schema:name "x" ] .')
    assert canonical(
        quad.triple for quad in ox.parse(turtle(triples, prefixes_of(BASE)), ox.RdfFormat.TURTLE)
    ) == canonical(triples)

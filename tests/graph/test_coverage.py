"""How many members of a class have a property: what counts, and by what it is counted."""

from typing import Final

import pyoxigraph as ox

from ssekg.graph.coverage import Coverage, Share
from ssekg.graph.store import Graph
from tests.graphs import BASE, parsed

ONTOLOGY: Final = """
@prefix l: <https://letters.example/vocab#> .
@prefix tool: <https://w3id.org/ssekg/tool#> .
l:Letter tool:kind "letter" . sse:Source tool:kind "source" . l:Person tool:kind "person" .
l:Postcard rdfs:subClassOf l:Letter .
l:onLetter tool:part "stamps" . l:town tool:role tool:Place . l:year tool:role tool:Year .
"""
DATA: Final = """
@prefix l: <https://letters.example/vocab#> .
<letter/a> a l:Letter ; l:town <town/x> ; l:year 1901, 1902 ; dct:source <source/s> ; l:to "Awa" .
<letter/b> a l:Postcard ; l:town <town/x> ; dct:source <source/s>, <source/t> .
<letter/c> a l:Letter ; l:year 1902 .
<letter/list> a l:Envelope ; l:to "nobody" .
<letter/a#one> a l:Stamp ; l:onLetter <letter/a> ; l:price 5 .
<letter/a#other> a l:Thing ; l:price 6 .
<source/s> a sse:Source ; sse:sourceKind <kind/press> .
<source/t> a sse:Source ; sse:sourceKind <kind/gazette> .
"""
GRAPH: Final = Graph(BASE, parsed(DATA), parsed(ONTOLOGY))
FOUND: Final = Coverage(GRAPH)


def letters(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://letters.example/vocab#{name}")


def shares(by: str) -> set[tuple[str, str, int, int]]:
    """Those of letters by place, year or kind of source: the value, the property, and of how many how many have it."""

    def row(share: Share) -> tuple[str, str, int, int]:
        value = share.value.value.removeprefix(BASE) if share.value else ""
        return value, share.property.value.rpartition("#")[2], share.members, share.having

    return {row(each) for each in FOUND.shares() if each.term == letters("Letter") and each.by == by}


def test_members_are_records_of_a_class_and_parts_of_records() -> None:
    found = {term.value.rpartition("#")[2]: [node.value for node in nodes] for term, nodes in FOUND.members.items()}
    assert found == {
        "Letter": [f"{BASE}letter/a", f"{BASE}letter/b", f"{BASE}letter/c"],
        "Person": [],
        "Source": [f"{BASE}source/s", f"{BASE}source/t"],
        "Stamp": [f"{BASE}letter/a#one"],
    }


def test_uses_have_counts_and_targets_with_the_most_frequent_first() -> None:
    uses = FOUND.uses[letters("Letter")]
    assert [use.having for use in uses] == [2, 2, 2, 1]
    source = next(use for use in uses if use.property.value.endswith("source"))
    assert {term.value.rpartition("#")[2]: count for term, count in source.targets.items()} == {"Source": 3}
    assert FOUND.of_property(letters("price")).keys() == {letters("Stamp")}
    assert FOUND.example(letters("Letter")) == ox.NamedNode(f"{BASE}letter/a")
    assert FOUND.example(letters("Person")) is None


def test_shares_by_place_year_and_kind_of_source() -> None:
    assert ("town/x", "to", 2, 1) in shares("place")
    assert {(value, members) for value, _, members, _ in shares("year")} == {("1901", 1), ("1902", 2)}
    assert ("1902", "town", 2, 1) in shares("year")
    assert ("kind/press", "town", 2, 2) in shares("source_kind")
    assert ("kind/gazette", "to", 1, 0) in shares("source_kind")

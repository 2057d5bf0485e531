"""Things of two classes that exclude each other by the ontology, such as an event that is a law too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import OWL, RDF
from ssekg.checks.names import named_node, named_term
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Node, Origins
from ssekg.graph.store import TYPE, Graph

_PAIRS: Final = frozenset(ox.NamedNode(OWL + name) for name in ("disjointWith", "complementOf"))
_LISTS: Final = frozenset(ox.NamedNode(OWL + name) for name in ("members", "disjointUnionOf"))
_ALL_DISJOINT: Final = ox.NamedNode(OWL + "AllDisjointClasses")
_UNION: Final = ox.NamedNode(OWL + "disjointUnionOf")
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")


@dataclass(frozen=True)
class Clash:
    """A thing and two of its classes that exclude each other."""

    thing: Node
    one: ox.NamedNode
    other: ox.NamedNode


def check(subject: Subject) -> list[Finding]:
    """A violation for each thing that has two classes which exclude each other, at both statements."""
    graph = subject.graph
    types: dict[Node, set[ox.NamedNode]] = defaultdict(set)
    for node, _, value in graph.of_predicate(TYPE):
        if isinstance(value, ox.NamedNode) and isinstance(node, Node):
            types[node].add(value)
    found = clashes(graph, types)
    origins = Origins(graph.sources, {clash.thing for clash in found})
    return [_finding(graph, origins, clash) for clash in found]


def clashes(graph: Graph, types: Mapping[Node, Iterable[ox.NamedNode]]) -> list[Clash]:
    """The first clash of each thing, in order of things; `types` are the classes of each."""
    groups = disjoint_classes(graph)
    known: dict[frozenset[ox.NamedNode], tuple[ox.NamedNode, ox.NamedNode] | None] = {}
    found = []
    for thing, classes in types.items():
        key = frozenset(classes)
        if len(key) > 1 and key not in known:
            pairs = combinations(sorted(key, key=str), 2)
            known[key] = next((pair for pair in pairs if _exclude_each_other(graph, groups, *pair)), None)
        pair = known.get(key)
        if pair is not None:
            found.append(Clash(thing, *pair))
    return sorted(found, key=lambda clash: str(clash.thing))


def disjoint_classes(graph: Graph) -> list[frozenset[ox.NamedNode]]:
    """The sets of classes of which no two have a member in common."""
    by_subject: dict[object, dict[ox.NamedNode, object]] = defaultdict(dict)
    for subject, predicate, value in graph.vocabulary:
        if predicate in {_FIRST, _REST}:
            by_subject[subject][predicate] = value
    all_disjoint = {t.subject for t in graph.vocabulary if t.predicate == TYPE and t.object == _ALL_DISJOINT}
    groups = []
    for subject, predicate, value in graph.vocabulary:
        if predicate in _PAIRS:
            groups.append(_named([subject, value]))
        elif predicate in _LISTS and (subject in all_disjoint or predicate == _UNION):
            groups.append(_named(_members(value, by_subject)))
    return groups


def _members(cell: object, by_subject: Mapping[object, Mapping[ox.NamedNode, object]]) -> list[object]:
    members = []
    passed = set()
    while cell in by_subject and cell not in passed:
        passed.add(cell)
        members.append(by_subject[cell].get(_FIRST))
        cell = by_subject[cell].get(_REST)
    return members


def _named(classes: Iterable[object]) -> frozenset[ox.NamedNode]:
    return frozenset(each for each in classes if isinstance(each, ox.NamedNode))


def _exclude_each_other(
    graph: Graph, groups: Iterable[frozenset[ox.NamedNode]], one: ox.NamedNode, other: ox.NamedNode
) -> bool:
    """Whether the classes, or any above them, are different members of a group."""
    ours, theirs = above(graph, one), above(graph, other)
    return any((ours & group) and (theirs & group) and len((ours | theirs) & group) > 1 for group in groups)


def above(graph: Graph, term: ox.NamedNode) -> frozenset[ox.NamedNode]:
    """A class or property and all that are above it."""
    return graph.terms.above.get(term, frozenset()) | {term}


def _finding(graph: Graph, origins: Origins, clash: Clash) -> Finding:
    statements = [placed for kind in (clash.one, clash.other) for placed in origins.triples(clash.thing, TYPE, kind)]
    places = sorted(dict.fromkeys(placed.object for placed in statements)) or origins.homes(clash.thing)
    arguments = {
        "thing": named_node(graph, clash.thing),
        "one": named_term(graph, clash.one),
        "other": named_term(graph, clash.other),
    }
    code = "ontology-disjoint-classes"
    return Finding(code, Severity.VIOLATION, None, arguments, {}, clash.thing, TYPE, clash.other).at(places)

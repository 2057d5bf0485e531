"""The parts of a graph that blank nodes hold together.

Triples that share a blank node belong together, and are the same as others only all together. Each such component has a
signature, its canonical N-Quads, that is equal for components that differ in nothing but the labels.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import pyoxigraph as ox

from ssekg.base.namespaces import RDF
from ssekg.base.triples import members
from ssekg.graph.canonical_labels import blanks_of, with_canonical_labels
from ssekg.graph.json_terms import Term

_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_BySubject: TypeAlias = Mapping[Term, Sequence[ox.Triple]]


def difference(old: Sequence[ox.Triple], new: Sequence[ox.Triple]) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """The triples that only `old` has and those that only `new` has, with the labels that each list gives its blanks.

    A component of blank nodes is in both graphs completely, or it is not.
    """
    before, after = members(old), members(new)
    removed, added = (
        [*dict.fromkeys(triple for triple in some if triple not in others and not blanks_of(triple))]
        for some, others in ((old, after), (new, before))
    )
    ours, theirs = _components(old), _components(new)
    return removed + _beyond(ours, theirs), added + _beyond(theirs, ours)


def _beyond(some: dict[str, list[list[ox.Triple]]], others: dict[str, list[list[ox.Triple]]]) -> list[ox.Triple]:
    """The components of `some` that have no equal in `others`; of several equal ones, the last."""
    counts = Counter({signature: len(alike) for signature, alike in others.items()})
    return [triple for signature, alike in some.items() for part in alike[counts[signature] :] for triple in part]


def _components(triples: Iterable[ox.Triple]) -> dict[str, list[list[ox.Triple]]]:
    """The components of blank nodes by their signature."""
    parent: dict[ox.BlankNode, ox.BlankNode] = {}

    def root(node: ox.BlankNode) -> ox.BlankNode:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    with_blanks = [triple for triple in triples if blanks_of(triple)]
    for triple in with_blanks:
        roots = [root(blank) for blank in blanks_of(triple)]
        parent[roots[0]] = roots[-1]
    parts: dict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    for triple in with_blanks:
        parts[root(blanks_of(triple)[0])].append(triple)
    components: dict[str, list[list[ox.Triple]]] = defaultdict(list)
    for part in parts.values():
        components["\n".join(sorted(map(str, with_canonical_labels(part))))].append(part)
    return components


def values_behind(node: Term, by_subject: _BySubject) -> Iterator[tuple[tuple[str, ...], Term]]:
    """The values of a node and of the blank nodes behind it, each with the path of properties that leads to it.

    Each blank node is passed once. The members of a list count as values of the node that has the list.
    `by_subject` has the triples of each subject.
    """
    seen = {node}
    waiting: deque[tuple[tuple[str, ...], Term]] = deque([((), node)])
    while waiting:
        path, here = waiting.popleft()
        for triple in sorted(by_subject.get(here, ()), key=str):
            value = triple.object
            is_of_list = path and triple.predicate in {_FIRST, _REST}
            step = path if is_of_list else (*path, triple.predicate.value)
            if isinstance(value, ox.BlankNode) and value in by_subject and value not in seen:
                seen.add(value)
                waiting.append((step, value))
            elif isinstance(value, ox.BlankNode):
                yield step, ox.BlankNode("nameless")
            elif triple.predicate != _REST:
                yield step, value


def nameless_roots(by_subject: _BySubject) -> list[ox.BlankNode]:
    """The blank nodes from which all those are reached that nothing with an IRI leads to."""
    blanks = [subject for subject in by_subject if isinstance(subject, ox.BlankNode)]
    held = {triple.object for triples in by_subject.values() for triple in triples} if blanks else set()
    reached: set[Term] = set()
    for subject in by_subject if blanks else ():
        if isinstance(subject, ox.NamedNode):
            _reach(subject, by_subject, reached)
    roots = []
    # First those that nothing leads to. What is left leads round in circles, which begin at the node that says most: it
    # is the same before and after a change of a value, unlike the labels.
    for blank in sorted(blanks, key=lambda blank: (blank in held, -len(by_subject[blank]), blank.value)):
        if blank not in reached:
            roots.append(blank)
            _reach(blank, by_subject, reached)
    return roots


def _reach(node: Term, by_subject: _BySubject, reached: set[Term]) -> None:
    """Add a node and the blank nodes behind it to those that are reached."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += [triple.object for triple in by_subject.get(here, ()) if isinstance(triple.object, ox.BlankNode)]

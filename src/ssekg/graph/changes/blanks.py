"""Blank nodes with names that two readings of a graph share: the labels of RDFC-1.0, and the parts they hold together.

Triples that share a blank node belong together, and are the same as others only as a whole. Each such component has a
signature, its canonical N-Quads, that is equal for components that differ in nothing but the labels.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph as ox


def canonical_blanks(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples with each blank node renamed to its canonical label (`c14n0`, `c14n1` and so on)."""
    triples = list(triples)
    with_blanks = [triple for triple in triples if blanks_of(triple)]
    if not with_blanks:
        return triples
    return [triple for triple in triples if not blanks_of(triple)] + _canonical(with_blanks)


def blanks_of(triple: ox.Triple) -> list[ox.BlankNode]:
    """The blank nodes at the ends of a triple."""
    return [term for term in (triple.subject, triple.object) if isinstance(term, ox.BlankNode)]


def difference(old: list[ox.Triple], new: list[ox.Triple]) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """The triples that only `old` has and those that only `new` has, with the labels that each list gives its blanks.

    A component of blank nodes is in both graphs whole, or it is not.
    """
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    removed = [triple for triple in before if triple not in after and not blanks_of(triple)]
    added = [triple for triple in after if triple not in before and not blanks_of(triple)]
    ours, theirs = _components(old), _components(new)
    return removed + _beyond(ours, theirs), added + _beyond(theirs, ours)


def _beyond(some: dict[str, list[list[ox.Triple]]], others: dict[str, list[list[ox.Triple]]]) -> list[ox.Triple]:
    """The components of `some` that have no like in `others`; of several alike, the last ones."""
    counts = Counter({signature: len(alike) for signature, alike in others.items()})
    return [triple for signature, alike in some.items() for part in alike[counts[signature] :] for triple in part]


def _components(triples: list[ox.Triple]) -> dict[str, list[list[ox.Triple]]]:
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
        components["\n".join(sorted(map(str, _canonical(part))))].append(part)
    return components


def _canonical(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)

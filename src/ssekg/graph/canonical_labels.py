"""Labels for blank nodes that are the same in any reading of a graph: RDFC-1.0, by pyoxigraph.

The algorithm tries the orders of nodes that it can't tell apart, which takes time without end where many are linked to
each other. The standard (RDF Dataset Canonicalization, section 7.1, Dataset Poisoning) wants such graphs refused; how
much work a graph would make is estimated here before pyoxigraph, which has no limit, is given it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import factorial, inf
from typing import Final, TypeAlias

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import Prefixes
from ssekg.base.packed import Packed
from ssekg.base.triples import collected, joined, those

# In steps of hashing a triple, some two million a second. 7 nodes that are all linked to all pass, 8 do not.
_MOST_WORK: Final = 4_000_000
_DEEPEST: Final = 500
_COPYING_A_NAME: Final = 0.1
_OTHER: Final = ox.NamedNode("urn:x-ssekg:other")
_Graph: TypeAlias = dict[ox.BlankNode, list[ox.Triple]]


def with_canonical_labels(triples: Iterable[ox.Triple]) -> list[ox.Triple] | Packed:
    """The triples with each blank node renamed to its canonical label (`c14n0`, `c14n1` and so on).

    Raises:
        CannotRunError: too many blank nodes are too alike to be told apart.
    """
    return with_shared_labels(triples)[0]


def with_shared_labels(
    triples: Iterable[ox.Triple], others: Iterable[ox.Triple] = ()
) -> tuple[list[ox.Triple] | Packed, list[ox.Triple] | Packed]:
    """The triples of two graphs that have blank nodes in common, each renamed to its canonical label in both together.

    Raises:
        CannotRunError: too many blank nodes are too alike to be told apart.
    """
    graphs: dict[ox.DefaultGraph | ox.NamedNode, list[ox.Triple] | Packed]
    graphs = {ox.DefaultGraph(): collected(triples), _OTHER: collected(others)}
    by_node: _Graph = defaultdict(list)
    for triple in chain.from_iterable(graphs.values()):
        for blank in dict.fromkeys(blanks_of(triple)):
            by_node[blank].append(triple)
    if not by_node:
        return graphs[ox.DefaultGraph()], graphs[_OTHER]
    _refuse_endless_work(by_node)
    with_blanks = ((each, triple) for each, of_graph in graphs.items() for triple in of_graph if blanks_of(triple))
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object, each) for each, t in with_blanks)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    first, second = (
        joined(
            those(of_graph, lambda triple: not blanks_of(triple)),
            sorted((quad.triple for quad in dataset if quad.graph_name == each), key=str),
        )
        for each, of_graph in graphs.items()
    )
    return first, second


def blanks_of(triple: ox.Triple) -> list[ox.BlankNode]:
    """The blank nodes at the ends of a triple."""
    return [term for term in (triple.subject, triple.object) if isinstance(term, ox.BlankNode)]


def _refuse_endless_work(by_node: _Graph) -> None:
    """Raise if the algorithm would have too much to try. `by_node` has the triples of each blank node."""
    looks = {node: _look(node, triples) for node, triples in by_node.items()}
    counts = Counter(looks.values())
    alike = {node: look for node, look in looks.items() if counts[look] > 1}
    work = _Work(by_node, {node: _related(node, by_node[node], alike) for node in alike})
    for node in alike:
        work.count(node, {node})
        if work.is_too_much:
            linked = next(t for t in by_node[node] if len({*blanks_of(t)} & alike.keys()) > 1)
            named = Prefixes().shortened(linked.predicate.value)
            raise CannotRunError("blank-nodes-alike", count=str(len(alike)), property=named)


def _look(node: ox.BlankNode, triples: Iterable[ox.Triple]) -> tuple[str, ...]:
    """What the triples of a node say without the names of other blank nodes: the first-degree hash of the standard."""

    def end(term: object) -> str:
        return str(term) if not isinstance(term, ox.BlankNode) else "_:a" if term == node else "_:z"

    return tuple(sorted(f"{end(triple.subject)} {triple.predicate} {end(triple.object)}" for triple in triples))


def _related(
    node: ox.BlankNode, triples: Iterable[ox.Triple], alike: dict[ox.BlankNode, tuple[str, ...]]
) -> list[set[ox.BlankNode]]:
    """The nodes linked to one, in the groups whose orders are tried: linked in the same way, and of the same look."""
    groups: dict[object, set[ox.BlankNode]] = defaultdict(set)
    for triple in triples:
        for other in blanks_of(triple):
            if other != node and other in alike:
                groups[triple.predicate, other == triple.object, alike[other]].add(other)
    return list(groups.values())


@dataclass
class _Work:
    """How many steps it takes to tell nodes from those alike; `groups` are the nodes linked to each, as `_related`."""

    by_node: _Graph
    groups: Mapping[ox.BlankNode, Iterable[set[ox.BlankNode]]]
    steps: float = 0

    @property
    def is_too_much(self) -> bool:
        return self.steps > _MOST_WORK

    def count(self, node: ox.BlankNode, named: set[ox.BlankNode], times: int = 1, depth: int = 0) -> None:
        """Count what is done `times` for a node.

        Each order of a group copies the names given so far, and goes on from the nodes that had none.
        """
        self.steps += times * len(self.by_node[node])
        for group in self.groups[node]:
            fresh = group - named
            named |= fresh
            orders = times * factorial(min(len(fresh), 12))
            self.steps += orders * len(named) * _COPYING_A_NAME
            for other in fresh:
                if self.is_too_much:
                    return
                if depth > _DEEPEST:
                    self.steps = inf
                    return
                self.count(other, named, orders, depth + 1)

"""Examples from the data for the terms of an ontology: of each a statement about the best-known thing that has it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.record_iris import RecordIri
from ssekg.base.triples import collected
from ssekg.graph.canonical import in_order
from ssekg.graph.store import TYPE, Graph

_MOST_OTHERS: Final = 6
"""How many other statements show what a member of a class looks like."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is stated of a thing, or derived by rules, in order; `record` is the thing, or what it is a part of."""

    record: ox.NamedNode
    statements: Sequence[ox.Triple]


class Examples:
    """The examples that a graph has of some terms; what the ontology entails is neither shown nor counted."""

    def __init__(self, graph: Graph, terms: Collection[ox.NamedNode]) -> None:
        """Find them in what a graph states and rules derive."""
        self._graph = graph
        self._counts: Counter[ox.NamedNode] = Counter()
        self._members: dict[ox.NamedNode, set[object]] = defaultdict(set)
        named = (t for t in chain(graph.data, graph.shortcuts) if isinstance(t.subject, ox.NamedNode))
        triples = collected(named, graph.data)
        known = Counter(triple.subject for triple in triples)
        best: dict[ox.NamedNode, tuple[tuple[bool, int, str], Any]] = {}
        for subject, predicate, value in triples:
            term = value if predicate == TYPE else predicate
            if isinstance(term, ox.NamedNode) and term in terms:
                if predicate == TYPE:
                    self._members[term].add(subject)
                else:
                    self._counts[term] += 1
                iri = getattr(subject, "value", "")
                rank = "#" in iri, -known[subject], iri
                if term not in best or rank < best[term][0]:
                    best[term] = rank, subject
        self._things: Mapping[ox.NamedNode, Any] = {term: thing for term, (_, thing) in best.items()}
        wanted = set(self._things.values())
        self._about: dict[object, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            if triple.subject in wanted:
                self._about[triple.subject].append(triple)

    def count(self, term: ox.NamedNode) -> int:
        """How many statements there are with a property, or members of a class and of those below it."""
        return self._counts[term] or len(
            set().union(*(self._members.get(each, ()) for each in self._graph.terms.below(term)))
        )

    def of_class(self, term: ox.NamedNode) -> Example | None:
        """A member of a class or of one below it, with what it is and some of what is said of it; None without any."""
        narrower = sorted(self._graph.terms.below(term) - {term}, key=str)
        thing = next((self._things[each] for each in (term, *narrower) if each in self._things), None)
        if thing is None:
            return None
        said = in_order(self._about[thing])
        others = [next(each) for _, each in groupby((t for t in said if t.predicate != TYPE), lambda t: t.predicate)]
        shown = sorted(others, key=self._rank)[:_MOST_OTHERS]
        return self._example(thing, [*(t for t in said if t.predicate == TYPE), *shown])

    def of_property(self, term: ox.NamedNode) -> Example | None:
        """A statement with a property; None if there is none."""
        thing = self._things.get(term)
        found = in_order(t for t in self._about[thing] if t.predicate == term)
        return self._example(thing, found) if thing is not None else None

    def _rank(self, triple: ox.Triple) -> tuple[float, str]:
        return self._graph.terms.order.get(triple.predicate, float("inf")), str(triple)

    def _example(self, thing: ox.NamedNode, statements: Sequence[ox.Triple]) -> Example:
        found = RecordIri.read(thing.value, self._graph.base)
        return Example(ox.NamedNode(found.record) if found else thing, statements)

"""Diagrams of an ontology: the classes of the kinds of records, and those of each module, with what leads where."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDFS
from ssekg.base.said import Named
from ssekg.graph.naming import plural_names
from ssekg.graph.store import Graph
from ssekg.guides.diagram import DrawnClass, Row
from ssekg.site.own_terms import OwnTerm, Sort

_DOMAIN: Final = ox.NamedNode(RDFS + "domain")
_RANGE: Final = ox.NamedNode(RDFS + "range")
# A domain or range with more kinds of records below it says little of each.
_MOST_KINDS: Final = 3
_Meant = Callable[[ox.NamedNode, Collection[ox.NamedNode]], Sequence[ox.NamedNode]]


class OntologyDiagrams:
    """Finds what the diagrams of an ontology show, by the domains and ranges of its properties."""

    def __init__(self, graph: Graph, terms: Mapping[ox.NamedNode, OwnTerm], up: str) -> None:
        """Take a graph and the terms with pages; `up` leads from the page of the diagram to the folder of pages."""
        self._graph, self._terms, self._up = graph, terms, up
        own = graph.own_vocabulary
        ends = [
            {t.subject: t.object for t in own if t.predicate == each and isinstance(t.object, ox.NamedNode)}
            for each in (_DOMAIN, _RANGE)
        ]
        self._links = [
            (term, ends[0][term], ends[1][term])
            for term, each in terms.items()
            if each.sort is Sort.LINK and term in ends[0] and term in ends[1]
        ]

    def overview(self) -> Sequence[DrawnClass]:
        """The classes of the kinds of records, and the classes of the parts that records have."""
        parts = {domain for term, domain, _ in self._links if term in self._graph.terms.parts}
        kinds = [each for each in self._graph.terms.kinds.values() if each in self._terms]
        return self._drawn([*kinds, *sorted(parts - set(kinds), key=str)], self._standing_for)

    def module(self, module: ox.NamedNode) -> Sequence[DrawnClass]:
        """The classes that a module defines, and the properties between them."""
        classes = [term for term, each in self._terms.items() if each.module == module and each.sort is Sort.CLASS]
        return self._drawn(classes, lambda end, shown: [end] if end in shown else [])

    def _standing_for(self, end: ox.NamedNode, shown: Collection[ox.NamedNode]) -> list[ox.NamedNode]:
        """The classes with a box that a domain or range means: itself, what it is below, or the few below it."""
        above = self._graph.terms.above.get(end, frozenset({end}))
        over = [each for each in shown if each in above]
        under = [each for each in shown if end in self._graph.terms.above.get(each, ())]
        return over or (under if len(under) <= _MOST_KINDS else [])

    def _drawn(self, classes: Sequence[ox.NamedNode], meant: _Meant) -> Sequence[DrawnClass]:
        shown = dict.fromkeys(classes)
        rows: dict[ox.NamedNode, list[Row]] = {each: [] for each in shown}
        for term, domain, range_ in self._links:
            targets = tuple(map(self._plural, meant(range_, shown)))
            for each in meant(domain, shown) if targets else ():
                rows[each].append(Row(Named(self._graph.shortened(term.value), self._labels(term)), targets))
        return [
            DrawnClass(
                self._plural(each),
                tuple(found),
                is_part=each not in self._graph.terms.kinds.values(),
                link=self._up + self._terms[each].page if each in self._terms else "",
            )
            for each, found in rows.items()
        ]

    def _plural(self, term: ox.NamedNode) -> Named:
        return Named(self._graph.shortened(term.value), plural_names(self._graph, term))

    def _labels(self, term: ox.NamedNode) -> Mapping[str, str]:
        return self._graph.labels.get(term, {})

"""Who is withheld from the public: the one place that decides which things may be published and which may not.

Withheld are the records of the kinds that ssekg.toml names, and all members of the classes of these kinds, under any
IRI; with them their parts: the fragments of their IRIs, the blank nodes that they lead to, and nodes that lead to them
as their record, such as a note on a name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import EVIDENCE, RDF
from ssekg.base.triples import collected, distinct_terms, without_terms

_TYPE: Final = ox.NamedNode(RDF + "type")
_RECORD: Final = ox.NamedNode(EVIDENCE + "record")


class Withheld:
    """What is withheld of a graph."""

    def __init__(
        self,
        triples: Collection[ox.Triple],
        base: str,
        kinds: Iterable[str],
        classes: Collection[ox.NamedNode],
        parts: Collection[ox.NamedNode] = (),
    ) -> None:
        """Find it.

        Args:
            triples: the graph, its vocabulary included.
            base: the instance base.
            kinds: the kinds of records that are withheld.
            classes: the classes of these kinds, with all subclasses.
            parts: the properties that lead from a part to its record.
        """
        self._prefixes = tuple(f"{base}{kind}/" for kind in kinds)
        self._is_nothing = not self._prefixes and not classes
        self._typed: frozenset[Any] = frozenset()
        self._belonging: frozenset[Any] = frozenset()
        self.iris: frozenset[str] = frozenset()
        if self._is_nothing:
            return
        self._typed = frozenset(t.subject for t in triples if t.predicate == _TYPE and t.object in classes)
        self._belonging = self._parts(triples, {_RECORD, *parts})
        named = (term for term in _terms(triples) if isinstance(term, ox.NamedNode))
        self.iris = frozenset(term.value for term in named if term in self)

    def __contains__(self, term: object) -> bool:
        """Whether a term is withheld; a triple term is if it names what is."""
        return not self._is_nothing and (term in self._belonging or self._judge(term))

    def _judge(self, term: object) -> bool:
        if isinstance(term, ox.NamedNode):
            return (
                term.value.startswith(self._prefixes)
                or term in self._typed
                or ("#" in term.value and ox.NamedNode(term.value.partition("#")[0]) in self._typed)
            )
        if isinstance(term, ox.Triple):
            return self.hides(term)
        return term in self._typed

    def hides_iri(self, iri: str) -> bool:
        """Whether what has an IRI is withheld; "" is the IRI of nothing."""
        return bool(iri) and ox.NamedNode(iri) in self

    def is_thing(self, term: object) -> bool:
        """Whether a term is withheld by itself, not since it belongs to what is."""
        is_record = isinstance(term, ox.NamedNode) and term.value.startswith(self._prefixes) and "#" not in term.value
        return is_record or term in self._typed

    def hides(self, triple: ox.Triple) -> bool:
        """Whether a triple is about what is withheld, or points to it."""
        return any(term in self for term in triple)

    def shown(self, triples: Iterable[ox.Triple]) -> Sequence[ox.Triple]:
        """The triples that everybody may see."""
        if self._is_nothing and isinstance(triples, Sequence):
            return triples
        given = collected(triples)
        return without_terms(given, frozenset(term for term in distinct_terms(given) if term in self))

    def _parts(self, triples: Iterable[ox.Triple], parts: Collection[ox.NamedNode]) -> frozenset[Any]:
        """The nodes that belong to withheld things, directly or through others: parts of them, and blank values."""
        beside: dict[object, list[Any]] = defaultdict(list)
        for subject, predicate, value in triples:
            if isinstance(value, ox.BlankNode):
                beside[subject].append(value)
            if predicate in parts and (isinstance(subject, ox.BlankNode) or "#" in str(subject)):
                beside[value].append(subject)
        found: set[Any] = set()
        waiting = [node for near, nodes in beside.items() if self._judge(near) for node in nodes]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += beside[node]
        return frozenset(found)


def _terms(triples: Iterable[ox.Triple]) -> Iterator[object]:
    """The terms of triples, those inside triple terms included."""
    for term in distinct_terms(triples):
        yield term
        if isinstance(term, ox.Triple):
            yield from _terms([term])

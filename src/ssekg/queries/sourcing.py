"""Who says what a row says: the sources of the statements that made it, not of everything that is named in it.

A statement rests on the note that says where it comes from, if there is one; else on the sources of the record or the
part of a record (an amount, a figure, a participation) that it is about. What is derived rests on what it is derived
from, as far as that can be seen: the same link stated by its inverse or by a narrower property, or the part that names
both ends. What a thing is, what it is called and which concept is broader is said by no source of a row, unless a
query asks for nothing else.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE, SKOS
from ssekg.graph.labels import LABELS
from ssekg.graph.store import TYPE, Graph
from ssekg.queries.answers import Answer, Row, kept_with_answer
from ssekg.queries.parameters import Term
from ssekg.queries.tracing import Statement, statements_by_row

_SOURCE: Final = ox.NamedNode(DCT + "source")
_SOURCE_CLASS: Final = ox.NamedNode(EVIDENCE + "Source")
_RECORD, _PROPERTY, _THING, _LANGUAGE, _ALTERNATIVE, _OTHER_VALUE = (
    ox.NamedNode(EVIDENCE + name)
    for name in ("record", "property", "linkedThing", "fieldLanguage", "alternative", "alternativeValue")
)
_NAMES: Final = frozenset({TYPE, *LABELS})

_Node = ox.NamedNode | ox.BlankNode
Sources = dict[Row, tuple[ox.NamedNode, ...]]


@kept_with_answer
def sources_by_row(answer: Answer) -> Sources:
    """The sources of each row of an answer, in order of their IRIs.

    Raises:
        AskedWronglyError: the query can't be taken apart.
    """
    evidence = _Evidence(answer.graph)
    return {row: evidence.of_row(statements) for row, statements in statements_by_row(answer).items()}


class _Evidence:
    """What the statements of a graph rest on."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.store = graph.store
        self._naming: dict[Term, frozenset[ox.NamedNode]] = {}

    def of_row(self, statements: Iterable[Statement]) -> tuple[ox.NamedNode, ...]:
        """The sources of the statements that made a row."""
        facts, links, names = set[ox.NamedNode](), set[ox.NamedNode](), set[ox.NamedNode]()
        for each in statements:
            kind = names if _is_naming(each.predicate) else facts if each.is_shown else links
            kind.update(self._of_statement(each.subject, each.predicate, each.value))
        return tuple(sorted(facts or links or names, key=str))

    def _of_statement(self, subject: _Node, predicate: ox.NamedNode, value: Term) -> Iterator[ox.NamedNode]:
        if predicate == _SOURCE:
            yield from (value,) if isinstance(value, ox.NamedNode) else ()
        elif predicate == TYPE or ox.Triple(subject, predicate, value) not in self.graph.follows:
            yield from self._of_stated(subject, predicate, value)
        else:
            origins = [*self._narrower(subject, predicate, value)]
            for origin in origins:
                yield from self._of_stated(*origin)
            if not origins:
                parts = [source for node in self._between(subject, value) for source in self._of_node(node)]
                yield from parts or self._of_node(subject)

    def _of_stated(self, subject: Term, predicate: ox.NamedNode, value: Term) -> list[ox.NamedNode]:
        notes = [source for note in self._notes(subject, predicate, value) for source in self._of_node(note)]
        return notes or self._of_node(subject)

    def _notes(self, subject: Term, predicate: ox.NamedNode, value: Term) -> Iterator[Term]:
        """The notes that say where a field of a record comes from, not what another source says instead."""
        for quad in self.graph.matching(None, _RECORD, subject):
            note = quad.subject
            if isinstance(note, ox.Triple) or ox.Quad(note, _PROPERTY, predicate) not in self.store:
                continue
            things, languages = self._objects(note, _THING), self._objects(note, _LANGUAGE)
            language = ox.Literal(value.language or "") if isinstance(value, ox.Literal) else None
            is_other = self._objects(note, _ALTERNATIVE) or self._objects(note, _OTHER_VALUE)
            if not is_other and (not things or value in things) and (not languages or language in languages):
                yield note

    def _of_node(self, node: Term) -> list[ox.NamedNode]:
        """The sources of a record, or of a part, which has those of its record if it has none of its own."""
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            return []
        if isinstance(node, ox.NamedNode) and ox.Quad(node, TYPE, _SOURCE_CLASS) in self.store:
            return [node]
        found = [value for value in self._objects(node, _SOURCE) if isinstance(value, ox.NamedNode)]
        record, hash_sign, _ = node.value.partition("#")
        if not found and hash_sign and isinstance(node, ox.NamedNode) and record.startswith(self.graph.base):
            return self._of_node(ox.NamedNode(record))
        return found

    def _narrower(
        self, subject: Term, predicate: ox.NamedNode, value: Term
    ) -> Iterator[tuple[_Node, ox.NamedNode, Term]]:
        """The stated links that a derived one follows from: its inverse, or a narrower property."""
        terms = self.graph.terms
        for below in terms.below(predicate):
            if isinstance(subject, ox.NamedNode | ox.BlankNode) and self._is_stated(subject, below, value):
                yield subject, below, value
            for inverse in terms.inverses.get(below, ()):
                for each in terms.below(inverse):
                    if isinstance(value, ox.NamedNode | ox.BlankNode) and self._is_stated(value, each, subject):
                        yield value, each, subject

    def _is_stated(self, subject: _Node, predicate: ox.NamedNode, value: Term) -> bool:
        triple = ox.Triple(subject, predicate, value)
        return ox.Quad(*triple) in self.store and triple not in self.graph.follows

    def _between(self, subject: Term, value: Term) -> list[ox.NamedNode]:
        """The parts of records that name both ends of what a rule made, such as a participation."""
        return sorted(self._parts_naming(subject) & self._parts_naming(value), key=str)

    def _parts_naming(self, end: Term) -> frozenset[ox.NamedNode]:
        """The parts of records that name a thing."""
        if end not in self._naming:
            nodes = (q.subject for q in self.graph.matching(None, None, end) if q.predicate != TYPE)
            self._naming[end] = frozenset(n for n in nodes if isinstance(n, ox.NamedNode) and "#" in n.value)
        return self._naming[end]

    def _objects(self, subject: _Node, predicate: ox.NamedNode) -> list[Term]:
        quads = self.graph.matching(subject, predicate, None)
        return [quad.object for quad in quads if not isinstance(quad.object, ox.Triple)]


def _is_naming(predicate: ox.NamedNode) -> bool:
    return predicate in _NAMES or predicate.value.startswith(SKOS)

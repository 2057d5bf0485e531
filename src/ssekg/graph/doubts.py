"""What a graph does not know or is not sure of: gaps, doubts, what another source says instead, and undated sources."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.graph.description import Object, Statements, statements_of
from ssekg.graph.evidence_notes import (
    CONFIDENCE,
    LANGUAGE,
    OTHERWISE,
    PROPERTY,
    REASON,
    RECORD,
    REMARK,
    THING,
    WANTED,
    is_note,
)
from ssekg.graph.footnotes import SOURCE
from ssekg.graph.store import SOURCE_CLASS, TYPE, Graph

_ISSUED: Final = ox.NamedNode(DCT + "issued")
_KIND: Final = ox.NamedNode(EVIDENCE + "sourceKind")


@dataclass(frozen=True, slots=True)
class Gap:
    """A property of a record, or its text in a language, that is not known, and the reasons."""

    record: ox.NamedNode
    property: ox.NamedNode
    language: str
    reasons: tuple[Object, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing that no source states as it is, or one property of it, and why.

    `thing` is a record or a part of one; `values` are the links that the doubt is about, none where it is about all.
    """

    thing: ox.NamedNode
    property: ox.NamedNode | None
    language: str
    values: tuple[Object, ...]
    grade: ox.NamedNode
    remarks: tuple[Object, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """What another source says of a property of a record, and what is kept."""

    record: ox.NamedNode
    property: ox.NamedNode
    language: str
    kept: tuple[Object, ...]
    others: tuple[Object, ...]
    sources: tuple[ox.NamedNode, ...]


@dataclass(frozen=True, slots=True)
class DatedSource:
    """A source, its date as it is written, "" if none is known, its kinds, and how many things rest on it."""

    source: ox.NamedNode
    date: str
    kinds: tuple[ox.NamedNode, ...]
    things: int


class Doubts:
    """What a graph says of its own weak points; everything in order of IRI."""

    def __init__(self, graph: Graph) -> None:
        """Take what a graph states."""
        self._graph = graph
        self._stated = frozenset(triple.subject for triple in graph.stated_grades)

    @cached_property
    def _notes(self) -> dict[ox.NamedNode, Statements]:
        nodes = {each.subject for each in self._graph.of_predicate(RECORD) if isinstance(each.subject, ox.NamedNode)}
        found = ((node, statements_of(self._graph, node)) for node in sorted(nodes, key=str))
        return {node: statements for node, statements in found if is_note(statements)}

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is wanted of records and not known."""
        return [
            Gap(record, wanted, _language(note), tuple(note.get(REASON, ())))
            for note in self._notes.values()
            for record in _named(note, RECORD)
            for wanted in _named(note, WANTED)
        ]

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What is less sure than a source's own statement: things first, then single properties of records."""
        remarks = self._values(REMARK)
        things = [
            Doubt(node, None, "", (), grade, tuple(sorted(remarks.get(node, ()), key=str)))
            for node, grades in sorted(self._values(CONFIDENCE).items(), key=str)
            if node not in self._notes
            for grade in self._unsure(grades)
        ]
        return things + [
            Doubt(record, term, _language(note), tuple(note.get(THING, ())), grade, tuple(note.get(REMARK, ())))
            for note in self._notes.values()
            for grade in self._unsure(note.get(CONFIDENCE, ()))
            for record in _named(note, RECORD)
            for term in _named(note, PROPERTY)
        ]

    @cached_property
    def grades(self) -> dict[ox.NamedNode, tuple[int, int]]:
        """How many things, and how many single properties, have each grade of confidence; the most frequent first."""
        things, properties = Counter[ox.NamedNode](), Counter[ox.NamedNode]()
        for node, values in self._values(CONFIDENCE).items():
            (properties if node in self._notes else things).update(g for g in values if isinstance(g, ox.NamedNode))
        grades = sorted({*things, *properties}, key=lambda each: (-things[each] - properties[each], each.value))
        return {each: (things[each], properties[each]) for each in grades}

    @cached_property
    def variants(self) -> list[Variant]:
        """What other sources say instead of what is kept."""
        return [
            Variant(record, term, _language(note), self._kept(record, term, note), others, tuple(_named(note, SOURCE)))
            for note in self._notes.values()
            if (others := tuple(value for term in OTHERWISE for value in note.get(term, ())))
            for record in _named(note, RECORD)
            for term in _named(note, PROPERTY)
        ]

    @cached_property
    def sources(self) -> list[DatedSource]:
        """All sources."""
        graph = self._graph
        resting = Counter(triple.object for triple in graph.of_predicate(SOURCE))
        dates, kinds = self._values(_ISSUED), self._values(_KIND)
        classes = graph.terms.below(SOURCE_CLASS)
        nodes = {t.subject for t in graph.of_predicate(TYPE) if t.object in classes}
        return [
            DatedSource(
                node,
                min((each.value for each in dates.get(node, ()) if isinstance(each, ox.Literal)), default=""),
                tuple(each for each in kinds.get(node, ()) if isinstance(each, ox.NamedNode)),
                resting[node],
            )
            for node in sorted((each for each in nodes if isinstance(each, ox.NamedNode)), key=str)
        ]

    def _values(self, term: ox.NamedNode) -> dict[ox.NamedNode, list[Object]]:
        """The values of a property by what has it."""
        found: dict[ox.NamedNode, list[Object]] = defaultdict(list)
        for subject, _, value in self._graph.of_predicate(term):
            if isinstance(subject, ox.NamedNode) and not isinstance(value, ox.Triple):
                found[subject].append(value)
        return found

    def _unsure(self, grades: Iterable[Object]) -> Iterator[ox.NamedNode]:
        return (each for each in grades if isinstance(each, ox.NamedNode) and each not in self._stated)

    def _kept(self, record: ox.NamedNode, term: ox.NamedNode, note: Statements) -> tuple[Object, ...]:
        tag, things = _language(note), note.get(THING, ())
        return tuple(
            value
            for value in statements_of(self._graph, record).get(term, ())
            if (not things or value in things) and (not tag or getattr(value, "language", tag) == tag)
        )


def _named(statements: Statements, term: ox.NamedNode) -> Iterator[ox.NamedNode]:
    return (each for each in statements.get(term, ()) if isinstance(each, ox.NamedNode))


def _language(note: Statements) -> str:
    """The language of the texts that a note is about, "" if it is about no text, or about all."""
    return next((each.value for each in note.get(LANGUAGE, ()) if isinstance(each, ox.Literal)), "")

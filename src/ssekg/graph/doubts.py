"""What a graph does not know or is not sure of: gaps, doubts, what another source says instead, and undated sources."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.graph.description import Object, Statements
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
        found: dict[ox.NamedNode, Statements] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in graph.data:
            if isinstance(subject, ox.NamedNode) and not isinstance(value, ox.Triple):
                found[subject][predicate].append(value)
        self._nodes: Mapping[ox.NamedNode, Statements] = {node: found[node] for node in sorted(found, key=str)}

    @cached_property
    def _notes(self) -> list[Statements]:
        return [each for each in self._nodes.values() if is_note(each)]

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is wanted of records and not known."""
        return [
            Gap(record, wanted, _language(note), tuple(note.get(REASON, ())))
            for note in self._notes
            for record in _named(note, RECORD)
            for wanted in _named(note, WANTED)
        ]

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What is less sure than a source's own statement: things first, then single properties of records."""
        things = [
            Doubt(node, None, "", (), grade, tuple(each.get(REMARK, ())))
            for node, each in self._nodes.items()
            if not is_note(each)
            for grade in self._unsure(each)
        ]
        return things + [
            Doubt(record, term, _language(note), tuple(note.get(THING, ())), grade, tuple(note.get(REMARK, ())))
            for note in self._notes
            for grade in self._unsure(note)
            for record in _named(note, RECORD)
            for term in _named(note, PROPERTY)
        ]

    @cached_property
    def grades(self) -> dict[ox.NamedNode, tuple[int, int]]:
        """How many things, and how many single properties, have each grade of confidence; the most frequent first."""
        things, properties = Counter[ox.NamedNode](), Counter[ox.NamedNode]()
        for each in self._nodes.values():
            (properties if is_note(each) else things).update(_named(each, CONFIDENCE))
        grades = sorted({*things, *properties}, key=lambda each: (-things[each] - properties[each], each.value))
        return {each: (things[each], properties[each]) for each in grades}

    @cached_property
    def variants(self) -> list[Variant]:
        """What other sources say instead of what is kept."""
        return [
            Variant(record, term, _language(note), self._kept(record, term, note), others, tuple(_named(note, SOURCE)))
            for note in self._notes
            if (others := tuple(value for term in OTHERWISE for value in note.get(term, ())))
            for record in _named(note, RECORD)
            for term in _named(note, PROPERTY)
        ]

    @cached_property
    def sources(self) -> list[DatedSource]:
        """All sources."""
        resting = Counter(source for each in self._nodes.values() for source in _named(each, SOURCE))
        classes = self._graph.terms.below(SOURCE_CLASS)
        return [
            DatedSource(node, _date(each), tuple(_named(each, _KIND)), resting[node])
            for node, each in self._nodes.items()
            if not classes.isdisjoint(each.get(TYPE, ()))
        ]

    def _unsure(self, statements: Statements) -> Iterator[ox.NamedNode]:
        return (grade for grade in _named(statements, CONFIDENCE) if grade not in self._stated)

    @cached_property
    def _stated(self) -> frozenset[object]:
        return frozenset(triple.subject for triple in self._graph.stated_grades)

    def _kept(self, record: ox.NamedNode, term: ox.NamedNode, note: Statements) -> tuple[Object, ...]:
        tag, things = _language(note), note.get(THING, ())
        values = self._nodes.get(record, {}).get(term, ())
        return tuple(
            value
            for value in values
            if (not things or value in things) and (not tag or getattr(value, "language", tag) == tag)
        )


def _named(statements: Statements, term: ox.NamedNode) -> Iterator[ox.NamedNode]:
    return (each for each in statements.get(term, ()) if isinstance(each, ox.NamedNode))


def _language(note: Statements) -> str:
    """The language of the texts that a note is about, "" if it is about no text, or about all."""
    return next((each.value for each in note.get(LANGUAGE, ()) if isinstance(each, ox.Literal)), "")


def _date(statements: Statements) -> str:
    dates = (each.value for each in statements.get(_ISSUED, ()) if isinstance(each, ox.Literal))
    return min(dates, default="")

"""An answer as a table for programs and people: typed columns, things by identifier and name, rows in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import without_isolates
from ssekg.base.messages import text
from ssekg.base.namespaces import XSD
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer, Cell
from ssekg.queries.columns import PART, Column
from ssekg.queries.order import ordered
from ssekg.queries.parameters import Term
from ssekg.queries.references import Reference, References, references

LABEL: Final = "_label"
SOURCES: Final = "sources"
_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
        *("negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
NUMBERS: Final = frozenset({*_INTEGERS, XSD + "decimal", XSD + "double", XSD + "float"})
DATES: Final = frozenset({XSD + "date", XSD + "gYear", XSD + "gYearMonth"})
_BOOLEAN: Final = XSD + "boolean"


@dataclass(frozen=True)
class Wish:
    """How an answer is wanted: for which project and reader, with names beside the identifiers, with sources.

    `width` is that of the terminal, None off it.
    """

    project: Project
    language: str
    with_labels: bool = True
    with_sources: bool = False
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One value in a cell: its text for programs, its term, and the language of a name that is not in the reader's."""

    text: str
    term: Term
    language: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet: what programs and people call it, and its type, one of queries.columns.TYPES but PART.

    `is_name` is true for the names of the things in the column before it, `is_list` where a cell may have several.
    """

    column: Column
    name: str
    title: str
    type: str
    is_name: bool = False
    is_list: bool = False


@dataclass(frozen=True)
class Sheet:
    """The columns and rows of an answer as they are wanted. `references` are there if sources are."""

    answer: Answer
    wish: Wish
    fields: tuple[Field, ...]
    rows: list[tuple[tuple[Item, ...], ...]]
    references: References = field(default_factory=lambda: References((), ()))


def sheet(answer: Answer, wish: Wish, *, only_names: bool = False) -> Sheet:
    """The sheet of an answer.

    Args:
        answer: the answer.
        wish: how it is wanted.
        only_names: whether things are wanted by their names alone, and parts of records, which have none, not at all.

    Raises:
        AskedWronglyError: sources are wanted, and the query can't be taken apart.
    """
    rows = (ordered(answer, wish.language) if wish.with_labels else answer.rows)[: answer.limit]
    fields, picks = [], []
    for index, column in enumerate(answer.columns):
        if column.type == PART and only_names:
            continue
        kind = _type(answer, column, (row[index] for row in rows))
        has_name = wish.with_labels and kind == "thing"
        if not (has_name and only_names):
            fields.append(_field(column, kind, wish.language, is_identifier=has_name))
            picks.append((index, False))
        if has_name:
            fields.append(_name_field(column, wish.language))
            picks.append((index, True))
    cited = references(answer, rows, wish.language) if wish.with_sources else References((), ())
    items = [tuple(_items(answer, row[index], wish, is_name=is_name) for index, is_name in picks) for row in rows]
    return Sheet(answer, wish, tuple(fields), items, cited)


def with_source_columns(found: Sheet) -> Sheet:
    """The sheet with the sources of each row in columns: identifier, title, publisher, date and address."""
    if not found.wish.with_sources:
        return found
    taken = {each.name for each in found.fields}
    stem = next(name for name in (SOURCES, *(f"{SOURCES}_{n}" for n in range(2, len(taken) + 3))) if name not in taken)
    title = text("answer-sources", found.wish.language)
    kinds = ("", LABEL, "_publisher", "_date", "_address")
    fields = [Field(Column(stem), stem + end, title, "text", is_list=True) for end in kinds]
    cited = zip(found.rows, found.references.rows, strict=True)
    rows = [(*row, *_columns_of(sources, found)) for row, sources in cited]
    return Sheet(found.answer, found.wish, (*found.fields, *fields), rows, found.references)


def _columns_of(sources: Sequence[Reference], found: Sheet) -> tuple[tuple[Item, ...], ...]:
    identifier = found.answer.short if found.wish.with_labels else _whole
    return tuple(
        tuple(Item(text, each.term) for each, text in zip(sources, texts, strict=True))
        for texts in (
            [identifier(each.term) for each in sources],
            [each.title for each in sources],
            [each.publisher for each in sources],
            [each.date for each in sources],
            [each.address for each in sources],
        )
    )


def _type(answer: Answer, column: Column, cells: Iterable[Cell]) -> str:
    """The type of a column: what its description says, else what its terms are."""
    if column.type:
        return "thing" if column.type == PART else column.type
    kinds = {_kind(answer, term) for cell in cells for term in cell}
    if "thing" in kinds or len(kinds) != 1:
        return "thing" if "thing" in kinds else "text"
    return kinds.pop()


def _kind(answer: Answer, term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        is_known = term in answer.graph.labels or term.value.startswith(answer.graph.base)
        return "thing" if is_known else "address"
    if isinstance(term, ox.BlankNode):
        return "text"
    datatype = term.datatype.value
    if datatype in NUMBERS:
        return "number"
    if datatype in DATES:
        return "date"
    if datatype == XSD + "anyURI":
        return "address"
    return "boolean" if datatype == _BOOLEAN else "text"


def _field(column: Column, kind: str, language: str, *, is_identifier: bool) -> Field:
    title, unit = column.title(language), column.unit(language)
    if is_identifier:
        title = without_isolates(text("answer-identifier", language, {"title": title}))
    elif unit:
        title = f"{title} ({unit})"
    return Field(column, column.name, title, kind, is_list=column.is_gathered)


def _name_field(column: Column, language: str) -> Field:
    title = column.title(language)
    return Field(column, column.name + LABEL, title, "text", is_name=True, is_list=column.is_gathered)


def _items(answer: Answer, cell: Cell, wish: Wish, *, is_name: bool) -> tuple[Item, ...]:
    if not is_name:
        identifier = answer.short if wish.with_labels else _whole
        return tuple(Item(identifier(term), term) for term in cell)
    names = [(answer.name(term, wish.language), term) for term in cell]
    return tuple(Item(name.text, term, name.language) for name, term in names)


def _whole(term: Term) -> str:
    """A term with its whole IRI."""
    return str(term) if isinstance(term, ox.BlankNode) else term.value

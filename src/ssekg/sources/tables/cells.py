"""One cell judged: what it holds, all that is wrong or suspicious about it, and, if it can be known, how it came so."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Severity
from ssekg.base.said import Arguments, Said, Texts
from ssekg.sources.suspicious_text import FORBIDDEN, is_ordinary, named, oddities
from ssekg.sources.tables.columns import IDENTIFIER, Column
from ssekg.sources.tables.grids import Mark
from ssekg.sources.tables.placeholders import means_nothing
from ssekg.sources.tables.spreadsheet_damage import ERRORS, damage, spoiled_codes
from ssekg.sources.tables.templates import Template

# `=` makes any text a formula; + and @ do so unless it is a number; a dash usually opens a sentence.
_FORMULA: Final = re.compile(r"[+@](?!\s)|-[\d.+*/-]*[A-Za-z]+[\d]*[(!|]")
_LONGEST: Final = 200
_EXPECTED: Final = frozenset({"integer", "decimal", "boolean", "date", "anyURI", "gYear", "gYearMonth"})
Example = Callable[[Column], str | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding without its place."""

    code: str
    severity: Severity
    arguments: Arguments = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a cell holds: its text as it is to be read, and its literals, None where they can't be made of it.

    The text is "" where there is none to be read.
    """

    text: str
    literals: tuple[ox.Literal, ...] | None
    faults: tuple[Fault, ...] = ()


def judged(
    column: Column, text: str, mark: Mark | None, example: Example, *, names_things: bool, term: Template | None = None
) -> Judged:
    """Judge a cell that is not empty.

    Args:
        column: its column.
        text: what is in it.
        mark: what a spreadsheet knows of it.
        example: a value of the same table that a column takes, if there is one.
        names_things: whether the text goes into IRIs and keys, which do not include spaces around it.
        term: the template that makes of each value, by itself, a property or another value that is no record.
    """
    found = _judged(column, text, mark, example, names_things=names_things)
    more = [*_of_list(column, text)] if column.separator else []
    more += _of_terms(column, found.text, term) if term is not None and found.literals is not None else []
    return replace(found, faults=(*found.faults, *more)) if more else found


def _judged(column: Column, text: str, mark: Mark | None, example: Example, *, names_things: bool) -> Judged:
    literals, wrong = _literals(column, text)
    if mark is None and not wrong and not column.separator and is_ordinary(text):
        return Judged(text, literals, () if names_things else tuple(_placeholder(column, text)))
    faults = tuple(_faults(column, text, wrong, mark, example))
    if names_things and not wrong:  # a list that is linked to may have a thing of that name
        faults = tuple(fault for fault in faults if fault.code != "text-placeholder")
    trimmed = text.strip()
    is_spaced = names_things and trimmed != text and trimmed != "" and not wrong
    if is_spaced:
        others = (fault for fault in faults if fault.code != "table-space")
        faults = (*others, _space(column, text, trimmed, Severity.VIOLATION))
    if [fault.code for fault in faults] == ["table-space"] and faults[0].severity is Severity.VIOLATION:
        # It is clear what was meant, so that nothing else has to be reported of it.
        text = text if column.separator else str(faults[0].arguments["meant"])
        return Judged(text, _literals(column, text)[0], faults)
    is_nothing = literals is None and any(fault.code == "text-placeholder" for fault in faults)
    return Judged("" if is_nothing else text, literals, faults)


def _of_list(column: Column, text: str) -> Iterator[Fault]:
    """What is suspicious about the parts of a list: nothing where a value is expected, or a value twice."""
    parts = [part.strip() for part in text.split(column.separator)]
    arguments = {"column": column.title, "separator": str(column.separator)}
    if "" in parts:
        yield Fault("table-empty-value", Severity.WARNING, {**arguments, "value": shortened(text)})
    for value, count in Counter(filter(None, parts)).items():
        if count > 1 and not column.ordered:
            yield Fault("table-repeated-value", Severity.WARNING, {**arguments, "value": shortened(value)})


def _of_terms(column: Column, text: str, template: Template) -> Iterator[Fault]:
    """The values that are neither addresses nor names with a known prefix."""
    for value in column.values(text):
        if not template.knows(value):
            yield Fault("table-term", Severity.VIOLATION, {"column": column.title, "value": shortened(value)})


def _literals(column: Column, text: str) -> tuple[tuple[ox.Literal, ...] | None, list[str]]:
    """The literals of a cell, None if it has values that are not of the column's datatype, and these values."""
    literals, wrong = [], []
    for value in column.values(text):
        try:
            literals.append(column.literal(value))
        except ValueError:
            wrong.append(value)
    return None if wrong else tuple(literals), wrong if column.datatype is not None else []


def _faults(column: Column, text: str, wrong: list[str], mark: Mark | None, example: Example) -> Iterator[Fault]:
    arguments = {"column": column.title, "value": shortened(text)}
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        yield Fault("table-character", Severity.VIOLATION, arguments | {"character": named(forbidden[0])})
    elif text.startswith("=") or (mark is not None and mark.is_formula):
        yield Fault("table-formula", Severity.VIOLATION, arguments)
    elif text.startswith(("#", "Err:")) and ERRORS.fullmatch(text.strip()):
        yield Fault("excel-error", Severity.VIOLATION, arguments)
    else:
        for value in wrong:
            yield _wrong(column, value, example)
        if mark is not None and not wrong:
            yield from spoiled(column, text, mark, arguments)
        yield from _suspicious(column, text, arguments, is_wrong=bool(wrong))


def _wrong(column: Column, value: str, example: Example) -> Fault:
    """Why a value is not of the column's datatype."""
    arguments = {"column": column.title, "value": shortened(value)}
    explained = damage(column, value)
    if explained:
        return Fault(explained[0], Severity.VIOLATION, arguments | {"meant": explained[1]})
    if means_nothing(value):
        return Fault("text-placeholder", Severity.VIOLATION, arguments)
    if _FORMULA.match(value):
        return Fault("table-formula", Severity.VIOLATION, arguments)
    code = "table-date" if column.is_partial_date else "table-datatype"
    expected = expectation(column, example(column))
    return Fault(code, Severity.VIOLATION, {**arguments, "expected": expected, **purpose(column)})


def expectation(column: Column, example: str | None) -> Said:
    """What a value of the column looks like, never as a pattern."""
    base, form = str(column.datatype.base), str(column.datatype.format or "")
    if column.is_source_list and not form:
        return Said("expects-source")
    if form == IDENTIFIER:
        return Said("expects-identifier")
    if column.words:
        return Said("expects-one-of", {"words": ", ".join(column.words)})
    if form:
        return Said("expects-form") if example is None else Said("expects-alike", {"example": shortened(example)})
    return Said(f"expects-{base}") if base in _EXPECTED else Said("expects-datatype", {"datatype": base})


def purpose(column: Column) -> Arguments:
    """The argument `purpose` of a hint: what the description says the column is for, if anything."""
    texts = {tag: shortened(text) for tag, text in column.description.items() if text}
    return {"purpose": Said("column-purpose", {"text": Texts(texts)})} if texts else {}


def _suspicious(column: Column, text: str, arguments: dict[str, str], *, is_wrong: bool) -> Iterator[Fault]:
    found = list(oddities(text))
    for code, severity, values in found:
        short = {name: shortened(value) for name, value in values.items()}
        yield Fault(code, severity, arguments | short)
    if is_wrong or not column.keeps_space:
        return
    for value in column.values(text):
        if value != value.strip():
            yield _space(column, value, value.strip(), Severity.WARNING)
    if column.is_free_text and _FORMULA.match(text):
        yield Fault("table-formula", Severity.WARNING, arguments)
    if not found:
        yield from _placeholder(column, text)


def _space(column: Column, text: str, meant: str, severity: Severity) -> Fault:
    arguments = {"column": column.title, "value": shortened(text), "meant": shortened(meant)}
    return Fault("table-space", severity, arguments)


def _placeholder(column: Column, text: str) -> Iterator[Fault]:
    """A word for "nothing" where any text is right; a list of codes may hold one that means it."""
    for value in column.values(text) if column.is_free_text else ():
        if means_nothing(value):
            yield Fault("text-placeholder", Severity.WARNING, {"column": column.title, "value": shortened(value)})


def spoiled(column: Column, text: str, mark: Mark, arguments: Arguments) -> Iterator[Fault]:
    """What only a workbook shows: a cell that the column accepts but that is not what was typed or is displayed.

    Args:
        column: its column.
        text: what is in it.
        mark: what the spreadsheet knows of it.
        arguments: those that name column and value in the message.
    """
    if mark.is_date and column.is_free_text:
        yield Fault("excel-date", Severity.VIOLATION, {**arguments, "meant": spoiled_codes(text) or "?"})
    elif mark.percentage is not None:
        yield Fault("excel-percentage", Severity.WARNING, {**arguments, "shown": mark.percentage})


def shortened(text: str) -> str:
    """A text for a message: not too long, and without what can't be written."""
    text = FORBIDDEN.sub("\ufffd", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

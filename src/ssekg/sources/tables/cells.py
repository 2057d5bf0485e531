"""One cell judged: all that is wrong with it or odd about it, and, where it can be known, how it came to be so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ssekg.base.findings import Severity
from ssekg.base.said import Arguments, Said, Texts
from ssekg.sources.suspicious_text import FORBIDDEN, is_ordinary, named, oddities
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.grids import Mark
from ssekg.sources.tables.spreadsheet_damage import ERRORS, damage, spoiled_codes

# `=` makes any text a formula; + and @ make one of what is no number; a dash mostly opens a sentence.
_FORMULA: Final = re.compile(r"[+@](?!\s)|-[\d.+*/-]*[A-Za-z]+[\d]*[(!|]")
_LONGEST: Final = 200
IDENTIFIER: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_WORDS: Final = re.compile(r"[\w-]+(\|[\w-]+)*")
_EXPECTED: Final = frozenset({"integer", "decimal", "boolean", "date", "anyURI"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding without its place."""

    code: str
    severity: Severity
    arguments: Arguments = field(default_factory=dict)


def faults(column: Column, text: str, mark: Mark | None) -> Iterator[Fault]:
    """What is wrong with a cell and what is odd about it; `mark` is what a spreadsheet knows of it."""
    if mark is None and is_ordinary(text):
        yield from _wrong(column, text)
        return
    about = {"column": column.name, "value": shortened(text)}
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        yield Fault("table-character", Severity.VIOLATION, about | {"character": named(forbidden[0])})
    elif text.startswith("=") or (mark is not None and mark.is_formula):
        yield Fault("table-formula", Severity.VIOLATION, about)
    elif text.startswith(("#", "Err:")) and ERRORS.fullmatch(text.strip()):
        yield Fault("excel-error", Severity.VIOLATION, about)
    else:
        wrong = list(_wrong(column, text))
        yield from wrong
        if mark is not None and not wrong:
            yield from _spoiled(column, text, mark, about)
        yield from _odd(column, text, about, is_wrong=bool(wrong))


def _wrong(column: Column, text: str) -> Iterator[Fault]:
    if column.datatype is None:
        return
    for value in column.values(text):
        try:
            column.literal(value)
        except ValueError:
            about = {"column": column.name, "value": shortened(value)}
            explained = damage(column, value)
            if explained:
                yield Fault(explained[0], Severity.VIOLATION, about | {"meant": explained[1]})
            elif _FORMULA.match(value):
                yield Fault("table-formula", Severity.VIOLATION, about)
            else:
                expected = {"expected": expectation(column), **purpose(column)}
                code = "table-date" if column.is_partial_date else "table-datatype"
                yield Fault(code, Severity.VIOLATION, {**about, **expected})


def expectation(column: Column) -> Said:
    """What a value of the column looks like."""
    base, form = str(column.datatype.base), str(column.datatype.format or "")
    if form == IDENTIFIER:
        return Said("expects-identifier")
    if _WORDS.fullmatch(form):
        return Said("expects-one-of", {"words": form.replace("|", ", ")})
    if form:
        return Said("expects-form", {"form": shortened(form)})
    return Said(f"expects-{base}") if base in _EXPECTED else Said("expects-datatype", {"datatype": base})


def purpose(column: Column) -> Arguments:
    """The argument `purpose` of a hint: what the description says that the column is for, if it says so."""
    texts = {tag: shortened(text) for tag, text in column.description.items() if text}
    return {"purpose": Said("column-purpose", {"text": Texts(texts)})} if texts else {}


def _spoiled(column: Column, text: str, mark: Mark, about: dict[str, str]) -> Iterator[Fault]:
    """What only a workbook tells: a cell that the column accepts and that still is not what was typed or is shown."""
    if mark.is_date and column.is_free_text:
        yield Fault("excel-date", Severity.VIOLATION, about | {"meant": spoiled_codes(text) or "?"})
    elif mark.percentage is not None:
        yield Fault("excel-percentage", Severity.WARNING, about | {"shown": mark.percentage})


def _odd(column: Column, text: str, about: dict[str, str], *, is_wrong: bool) -> Iterator[Fault]:
    for code, severity, arguments in oddities(text):
        short = {name: shortened(value) for name, value in arguments.items()}
        yield Fault(code, severity, about | short)
    if is_wrong or not column.keeps_space:
        return
    if text != text.strip():
        yield Fault("table-space", Severity.WARNING, about | {"meant": shortened(text.strip())})
    if column.is_free_text and _FORMULA.match(text):
        yield Fault("table-formula", Severity.WARNING, about)


def shortened(text: str) -> str:
    """A text for a message: not too long, and without what can't be written."""
    text = FORBIDDEN.sub("\ufffd", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

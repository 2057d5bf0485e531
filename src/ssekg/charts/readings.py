"""What a chart shows of an answer: from each row, what the header of the query names for it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import isolate, joined
from ssekg.base.messages import text
from ssekg.base.numbers import read_number
from ssekg.charts.periods import Period, period_of
from ssekg.charts.styles import STYLES
from ssekg.queries.answers import Answer, Cell
from ssekg.queries.chart_headers import ChartHeader
from ssekg.queries.order import ordered
from ssekg.queries.parameters import Term

_MOST_NAMES: Final = 12
# The datatypes of XML Schema whose values are numbers, by the end of their names.
_NUMERIC: Final = ("#decimal", "#float", "#double", "nteger", "#int", "Int", "ong", "hort", "yte")
_Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows give: at which thing (`name` in front of people), how much, of which series, when; and all they say.

    `when` are the words for the date of a value that has one beside it.
    """

    thing: Term | None
    name: str
    value: Decimal | None
    series: int
    start: Period | None
    end: Period | None
    when: str
    tip: str


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of an answer, what their series and values are called, the unit of these, and what is left out."""

    rows: Sequence[Reading]
    series: Sequence[str]
    measure: str
    unit: str
    notes: Sequence[str]

    @property
    def values(self) -> list[Decimal]:
        """The values that are known."""
        return [row.value for row in self.rows if row.value is not None]

    def by_name(self) -> dict[str, list[Reading]]:
        """The readings at each thing, in the order of the answer."""
        found: dict[str, list[Reading]] = {}
        for row in self.rows:
            found.setdefault(row.name, []).append(row)
        return found


def read(answer: Answer, header: ChartHeader, language: str, words: str) -> Readings:
    """What the rows of an answer give to its chart. Rows that would look the same are one.

    `words` is the language of the tool's own words.

    Raises:
        AskedWronglyError: the answer has no column that the header names.
    """
    names = [column.name for column in answer.columns]
    for variable in header.columns.values():
        if variable not in names:
            raise AskedWronglyError("chart-without-column", column=variable, known=", ".join(names))
    return _Reader(answer, header, language, words).readings()


class _Reader:
    """Reads an answer for someone who reads a language."""

    def __init__(self, answer: Answer, header: ChartHeader, language: str, words: str) -> None:
        self.answer = answer
        self.language, self.words = language, words
        self.columns = {column.name: column for column in answer.columns}
        self.header = header
        self.rows: list[_Row] = [dict(zip(self.columns, row, strict=True)) for row in ordered(answer, language)]
        y = header.columns.get("y")
        cells = [row[y] for row in self.rows if row[y]] if y and header.type != "timeline" else []
        self.is_counted = bool(cells) and all(number_of(cell) is None for cell in cells)
        self.notes: list[str] = []

    def readings(self) -> Readings:
        """All that the chart shows."""
        unit = self._keep_one_unit()
        series = self._first_series()
        groups: dict[object, list[_Row]] = {}
        for row in self.rows:
            groups.setdefault(self._key(row), []).append(row)
        found = [self._reading(group, series) for group in groups.values()]
        if all(row.start for row in found):
            found.sort(key=lambda row: row.start.start if row.start else 0)
        elif self.is_counted:
            found.sort(key=lambda row: -(row.value or 0))
        y = self.columns.get(self.header.columns.get("y", ""))
        measure = y.title(self.language) if y else ""
        return Readings(
            rows=found,
            series=series,
            measure=text("chart-count", self.words, {"things": measure}) if self.is_counted else measure,
            unit=unit or (y.unit(self.language) if y and not self.is_counted else ""),
            notes=self.notes,
        )

    def _key(self, row: _Row) -> object:
        """What rows that look the same have in common."""
        roles = self.header.columns.items()
        return tuple(row[column] for role, column in roles if not (self.is_counted and role == "y"))

    def _reading(self, rows: Sequence[_Row], series: Sequence[str]) -> Reading:
        x, y, end, when = (self._cell(rows[0], role) for role in ("x", "y", "end", "when"))
        counted = dict.fromkeys(term for row in rows for term in self._cell(row, "y")) if self.is_counted else {}
        what = y if self.header.type == "timeline" else x
        return Reading(
            thing=what[0] if what else None,
            name=self._name(what),
            value=Decimal(len(counted)) if self.is_counted else number_of(y),
            series=self._series(rows[0], series),
            start=period_of(x),
            end=period_of(end),
            when=self._name(when) if when else "",
            tip=self._counted_names(what, counted) if self.is_counted else self._whole(rows[0]),
        )

    def _keep_one_unit(self) -> str:
        """Keep the rows in the unit that most have, because an axis has one. Those without any are taken to have it."""
        units = [cell for row in self.rows if (cell := self._cell(row, "unit"))]
        if not units:
            return ""
        unit = max(dict.fromkeys(units), key=units.count)
        kept = [row for row in self.rows if self._cell(row, "unit") in {unit, ()}]
        if len(kept) < len(self.rows):
            arguments = {"unit": self._name(unit), "count": str(len(self.rows) - len(kept))}
            self.notes.append(text("chart-other-units", self.words, arguments))
        self.rows = kept
        return self._name(unit)

    def _first_series(self) -> list[str]:
        """The names of as many series as can be told apart. Others share a look, but lines of others are left out."""
        if "series" not in self.header.columns:
            return []
        names = list(dict.fromkeys(self._name(self._cell(row, "series")) for row in self.rows))
        if len(names) <= len(STYLES):
            return names
        if self.header.type == "line":
            lengths = Counter(self._name(self._cell(row, "series")) for row in self.rows)
            kept = sorted(names, key=lambda name: -lengths[name])[: len(STYLES)]
            arguments = {"shown": str(len(kept)), "all": str(len(names))}
            self.notes.append(text("chart-more-series", self.words, arguments))
            self.rows = [row for row in self.rows if self._name(self._cell(row, "series")) in kept]
            return kept
        kept = names[: len(STYLES) - 1]
        return [*kept, text("chart-other-series", self.words, {"count": str(len(names) - len(kept))})]

    def _series(self, row: _Row, series: Sequence[str]) -> int:
        """The place of the series of a row: the last if it shares that one's look."""
        name = self._name(self._cell(row, "series"))
        return series.index(name) if name in series else max(len(series) - 1, 0)

    def _cell(self, row: _Row, role: str) -> Cell:
        return row[self.header.columns[role]] if role in self.header.columns else ()

    def _whole(self, row: _Row) -> str:
        """All that a row says, a line for each column."""
        cells = ((self.columns[name].title(self.language), cell) for name, cell in row.items() if cell)
        return "\n".join(f"{title}: {isolate(self._name(cell), self.language)}" for title, cell in cells)

    def _counted_names(self, what: Cell, terms: Iterable[Term]) -> str:
        """The thing, and the names of what was counted at it."""
        names = [self._name((term,)) for term in terms]
        more = ["…"] if len(names) > _MOST_NAMES else []
        return f"{self._name(what)}\n{joined([*names[:_MOST_NAMES], *more], self.language)}"

    def _name(self, cell: Cell) -> str:
        if not cell:
            return text("chart-no-value", self.words)
        return joined((self.answer.label(term, self.language) for term in cell), self.language)


def number_of(cell: Cell) -> Decimal | None:
    """The number in a cell, None without a finite one."""
    term = cell[0] if cell else None
    is_numeric = isinstance(term, ox.Literal) and term.datatype.value.endswith(_NUMERIC)
    return read_number(term.value) if is_numeric and term is not None else None

"""Bars from one side to the other, one below the other, with the names of what they are of beside them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from ssekg.charts.frame import Body, Frame
from ssekg.charts.lettering import width, wrapped
from ssekg.charts.marks import Anchor, Bar, Group, Line, Mark, Text, Tone
from ssekg.charts.readings import Reading, Readings
from ssekg.charts.scales import Scale, ticks

# How many bars there can be, if they are not of one thing.
_MOST: Final = 32
_THICKNESS: Final = 20
_GAP: Final = 3
_SPACE: Final = 14
_LINE: Final = 16
_NAME_SIZE: Final = 13
_VALUE_SIZE: Final = 12
# The part of the width that names may have.
_NAMES: Final = 0.34


def bars(readings: Readings, frame: Frame) -> Body:
    """A bar for each value; values of the same thing are side by side, and never added up."""
    groups = readings.by_name()
    shown = _first(groups)
    room = min(max(width(name, _NAME_SIZE) for name in shown), frame.width * _NAMES) + 2
    values = [row.value for rows in shown.values() for row in rows if row.value is not None]
    axis = ticks(values)
    margin = max((width(_said(row, frame), _VALUE_SIZE) for rows in shown.values() for row in rows), default=0) + 10
    start = room + 12 + (margin if min(axis.values) < 0 else 0)
    scale = axis.scale(start, frame.width - margin)
    marks: list[Mark] = []
    y = 4.0
    for name, rows in shown.items():
        lines = wrapped(name, _NAME_SIZE, room, 2)
        height = max(len(rows) * (_THICKNESS + _GAP) - _GAP, len(lines) * _LINE)
        marks.append(Group(name, _names(lines, room, y + height / 2)))
        top = y + (height - len(rows) * (_THICKNESS + _GAP) + _GAP) / 2
        marks += [_bar(row, top + place * (_THICKNESS + _GAP), scale, frame) for place, row in enumerate(rows)]
        y += height + _SPACE
    grid = _grid(axis.values, scale, y, frame)
    title = Text((start + frame.width - margin) / 2, y + 40, frame.measure(readings), Anchor.MIDDLE, 12, tone=Tone.SOFT)
    return Body([*grid, *marks, title], y + 46, list(_notes(frame, groups, len(shown))))


def _first(groups: Mapping[str, Sequence[Reading]]) -> dict[str, Sequence[Reading]]:
    """As many things as a page has room for."""
    shown: dict[str, Sequence[Reading]] = {}
    for name, rows in groups.items():
        if shown and sum(map(len, shown.values())) + len(rows) > _MOST:
            break
        shown[name] = rows
    return shown


def _names(lines: list[str], room: float, middle: float) -> list[Mark]:
    """The name of a thing, up to the axis."""
    first = middle - len(lines) * _LINE / 2 + _LINE - 4
    return [Text(room, first + place * _LINE, line, Anchor.END, _NAME_SIZE) for place, line in enumerate(lines)]


def _bar(row: Reading, y: float, scale: Scale, frame: Frame) -> Mark:
    base = y + _THICKNESS / 2 + 4.5
    if row.value is None:
        missing = Text(scale(0) + 6, base, _said(row, frame), size=_VALUE_SIZE, tone=Tone.SOFT)
        return Group(row.tip, [missing])
    zero, end = scale(0), scale(row.value)
    bar = Bar(min(zero, end), y, abs(end - zero), _THICKNESS, row.series)
    is_negative = row.value < 0
    beside = end - 6 if is_negative else end + 6
    value = Text(beside, base, _said(row, frame), Anchor.END if is_negative else Anchor.START, _VALUE_SIZE)
    return Group(row.tip, [bar, value])


def _said(row: Reading, frame: Frame) -> str:
    """What is beside a bar: its value, and when it was so."""
    value = frame.text("chart-no-value") if row.value is None else frame.number(row.value)
    return f"{value} · {row.when}" if row.when else value


def _grid(values: Sequence[Decimal], scale: Scale, bottom: float, frame: Frame) -> list[Mark]:
    """The axis of values, with a line at each that it names, and a strong one at 0."""
    marks: list[Mark] = []
    for value in values:
        x = scale(value)
        marks.append(Line([(x, 0), (x, bottom - 4)], tone=Tone.SOFT if value == 0 else Tone.GRID))
        marks.append(Text(x, bottom + 14, frame.number(value), Anchor.MIDDLE, 11, tone=Tone.SOFT))
    return marks


def _notes(frame: Frame, groups: Mapping[str, Sequence[Reading]], shown: int) -> Iterator[str]:
    if len(groups) > shown:
        yield frame.text("chart-more", shown=str(shown), all=str(len(groups)))
    if any(len(rows) > len({row.series for row in rows}) for rows in groups.values()):
        yield frame.text("chart-side-by-side")

"""Values over time, a line for each series. Where values of the same time differ, the line widens to a band."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ssekg.charts.frame import Body, Frame
from ssekg.charts.lettering import width
from ssekg.charts.marks import Anchor, Area, Dot, Group, Line, Mark, Text, Tone
from ssekg.charts.placement import Placement
from ssekg.charts.readings import Reading, Readings
from ssekg.charts.scales import Scale, ticks, year_ticks

_HEIGHT: Final = 380
_TOP: Final = 34
_SIZE: Final = 12
_RADIUS: Final = 5
_TICK_ROOM: Final = 64
_SIDES: Final = ("above", "below", "before", "after", "above before", "below after", "above after", "below before")


def lines(readings: Readings, frame: Frame) -> Body:
    """A line for each series, with a marker at each value, and as many values written as there is room for."""
    rows = [row for row in readings.rows if row.start is not None and row.value is not None]
    if not rows:
        return Body([], 0, list(_notes(readings, rows, frame)))
    axis = ticks([row.value for row in rows if row.value is not None])
    start = max(width(frame.number(value), _SIZE) for value in axis.values) + 12
    times = [row.start.middle for row in rows if row.start is not None]
    low, high = min(times), max(times)
    spare = (high - low) * 0.03 or 0.5
    across = Scale(low - spare, high + spare, start, frame.width)
    up = axis.scale(_TOP + _HEIGHT, _TOP)
    marks = [*_grid(axis.values, up, start, frame), *_times(across)]
    marks.append(Text(0, 12, frame.measure(readings), size=12, tone=Tone.SOFT))
    by_series: dict[int, list[Reading]] = defaultdict(list)
    for row in rows:
        by_series[row.series].append(row)
    for series, found in by_series.items():
        marks += _course(series, _ranges(found), across, up)
    spots = [(across(row.start.middle), up(row.value), row) for row in rows if row.start and row.value is not None]
    marks += [Group(row.tip, [Dot(x, y, _RADIUS, row.series)]) for x, y, row in spots]
    if len(by_series) == 1:
        marks += _values(spots, frame)
    return Body(marks, _TOP + _HEIGHT + 30, list(_notes(readings, rows, frame)))


def _ranges(rows: Sequence[Reading]) -> list[tuple[float, Decimal, Decimal]]:
    """The lowest and the highest value at each time, in order of time."""
    at: dict[float, list[Decimal]] = defaultdict(list)
    for row in rows:
        if row.start is not None and row.value is not None:
            at[row.start.middle].append(row.value)
    return [(time, min(values), max(values)) for time, values in sorted(at.items())]


def _course(series: int, ranges: Sequence[tuple[float, Decimal, Decimal]], across: Scale, up: Scale) -> Iterator[Mark]:
    """The line of a series; a band between two lines where its values differ."""
    low = [(across(time), up(lowest)) for time, lowest, _ in ranges]
    high = [(across(time), up(highest)) for time, _, highest in ranges]
    if low != high:
        yield Area([*low, *high[::-1]], series)
        yield Line(low, series)
    yield Line(high, series)


def _grid(values: Sequence[Decimal], up: Scale, start: float, frame: Frame) -> Iterator[Mark]:
    for value in values:
        y = up(value)
        yield Line([(start, y), (frame.width, y)], tone=Tone.SOFT if value == 0 else Tone.GRID)
        yield Text(start - 8, y + 4, frame.number(value), Anchor.END, _SIZE, tone=Tone.SOFT)


def _times(across: Scale) -> Iterator[Mark]:
    bottom = _TOP + _HEIGHT
    most = int((across.end - across.start) / _TICK_ROOM)
    for time, name in year_ticks(across.low, across.high, most):
        x = across(time)
        if across.start <= x <= across.end - 16:
            yield Line([(x, bottom), (x, bottom + 5)], tone=Tone.SOFT)
            yield Text(x, bottom + 20, name, Anchor.MIDDLE, _SIZE, tone=Tone.SOFT)


def _values(spots: Sequence[tuple[float, float, Reading]], frame: Frame) -> Iterator[Mark]:
    """The values beside their markers, the last and the first before others, where nothing is in the way."""
    placement = Placement(frame.width, _TOP + _HEIGHT)
    ordered = sorted(spots, key=lambda spot: spot[:2])
    for x, y, _ in ordered:
        placement.take(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)
    for (x, y, _), (next_x, next_y, _) in pairwise(ordered):
        placement.take_line((x, y), (next_x, next_y))
    for x, y, row in [*ordered[-1:], *ordered[:-1]]:
        if row.value is not None:
            words = frame.number(row.value)
            spot = placement.beside(x, y, _RADIUS + 3, width(words, _SIZE), _SIZE, _SIDES)
            if spot is not None:
                yield Text(spot.x, spot.middle + 4, words, spot.anchor, _SIZE)


def _notes(readings: Readings, rows: Sequence[Reading], frame: Frame) -> Iterator[str]:
    left_out = len(readings.rows) - len(rows)
    if left_out:
        yield frame.text("chart-incomplete", count=str(left_out))
    if any(
        low != high
        for series in range(max(len(readings.series), 1))
        for _, low, high in _ranges([row for row in rows if row.series == series])
    ):
        yield frame.text("chart-band")

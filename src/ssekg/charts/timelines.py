"""What happened when: a line for each thing, in order of time."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ssekg.charts.frame import Body, Frame
from ssekg.charts.lettering import cut, width
from ssekg.charts.marks import Anchor, Bar, Dot, Group, Line, Mark, Text, Tone
from ssekg.charts.periods import Period
from ssekg.charts.readings import Reading, Readings
from ssekg.charts.scales import Scale, year_ticks

_MOST: Final = 60
_ROW: Final = 22
_TOP: Final = 26
_SIZE: Final = 12
_RADIUS: Final = 5
_TICK_ROOM: Final = 60
_GAP: Final = 8
_DAY: Final = 0.003


def timeline(readings: Readings, frame: Frame) -> Body:
    """A marker or, where it lasted, a bar for each thing, with its name beside it."""
    dated = [(row, _whole(row.start, row.end)) for row in readings.rows if row.start]
    dated.sort(key=lambda pair: (pair[1].start, pair[1].end))
    if not dated:
        return Body([], 0)
    rows = list(islice(dated, _MOST))
    low, high = min(period.start for _, period in rows), max(period.end for _, period in rows)
    spare = (high - low) * 0.02 or 0.1
    across = Scale(low - spare, high + spare, 0, frame.width)
    height = _TOP + len(rows) * _ROW
    marks: list[Mark] = [*_times(across, height)]
    for place, (row, period) in enumerate(rows):
        marks.append(Group(row.tip, list(_item(row, period, _TOP + (place + 0.5) * _ROW, across, frame))))
    return Body(marks, height + 6, list(_notes(readings, len(dated), rows, frame)))


def _whole(start: Period, end: Period | None) -> Period:
    return Period(start.start, max(start.end, end.end) if end else start.end)


def _times(across: Scale, height: float) -> Iterator[Mark]:
    """A line where each year begins that is named, or each month."""
    for time, name in year_ticks(across.low, across.high, int(across.end / _TICK_ROOM)):
        x = across(time - (0.5 / 12 if "-" in name else 0.5))
        if across.start <= x <= across.end - 30:
            yield Line([(x, 4), (x, height)])
            yield Text(x + 4, 14, name, size=_SIZE, tone=Tone.SOFT)


def _item(row: Reading, period: Period, y: float, across: Scale, frame: Frame) -> Iterator[Mark]:
    """The mark of one thing, and its name on the side that has more room."""
    first, last = across(period.start), across(period.end)
    middle = (first + last) / 2
    if _lasts(row) and last - first > 2 * _RADIUS:
        yield Bar(first, y - _RADIUS, last - first, 2 * _RADIUS, row.series)
    else:
        if last - first > 2 * _RADIUS:
            yield Line([(first, y), (last, y)], tone=Tone.SOFT)
        yield Dot(middle, y, _RADIUS, row.series)
        first, last = min(first, middle - _RADIUS), max(last, middle + _RADIUS)
    after, before = frame.width - last - _GAP, first - _GAP
    goes_after = width(row.name, _SIZE) <= after or after >= before
    words = cut(row.name, _SIZE, max(after, before))
    whole = row.name if words != row.name else None
    if goes_after:
        yield Text(last + _GAP, y + 4, words, size=_SIZE, whole=whole)
    else:
        yield Text(first - _GAP, y + 4, words, Anchor.END, _SIZE, whole=whole)


def _lasts(row: Reading) -> bool:
    """Whether it is known to have lasted; the time of others is known to the year or the month."""
    return row.end is not None and row.end != row.start


def _notes(readings: Readings, dated: int, rows: Sequence[tuple[Reading, Period]], frame: Frame) -> Iterator[str]:
    if any(not _lasts(row) and period.end - period.start > _DAY for row, period in rows):
        yield frame.text("chart-imprecise")
    undated = len(readings.rows) - dated
    if undated:
        yield frame.text("chart-undated", count=str(undated))
    if dated > _MOST:
        yield frame.text("chart-more", shown=str(_MOST), all=str(dated))

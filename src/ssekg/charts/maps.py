"""Values as dots at the positions of places. A map has no borders: the other known places show where one is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from math import sqrt
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import joined
from ssekg.charts.frame import Body, Frame
from ssekg.charts.lettering import width
from ssekg.charts.marks import Anchor, Dot, Group, Line, Mark, Text, Tone
from ssekg.charts.placement import Placement
from ssekg.charts.projection import Projection
from ssekg.charts.readings import Reading, Readings
from ssekg.graph.points import Point

_HEIGHT: Final = 620
_EDGE: Final = 60
_LARGEST: Final = 30
_SMALLEST: Final = 4
_SIZE: Final = 12
_KEY: Final = 76
_SIDES: Final = ("after", "before", "above", "below", "above after", "above before", "below after", "below before")
_MOST_NAMES: Final = 8
_MOST_VALUES: Final = 3


def dots(readings: Readings, frame: Frame, points: Mapping[ox.NamedNode, Point]) -> Body:
    """A dot at each place, whose surface is as large as its value; several values of a place are rings in each other.

    Args:
        readings: at places.
        frame: of the chart.
        points: where places are: also others, which are shown without a name.
    """
    groups = {
        name: (points[rows[0].thing], rows)
        for name, rows in readings.by_name().items()
        if isinstance(rows[0].thing, ox.NamedNode) and rows[0].thing in points
    }
    unplaced = [name for name in readings.by_name() if name not in groups]
    if not groups:
        return Body([], 0, list(_notes(unplaced, readings, frame)))
    top = _KEY if readings.values else 10
    grid = _Ground(points.values(), frame, top)
    marks: list[Mark] = [*grid.marks()]
    marks += [Dot(*grid.at(point), 2, None) for point in sorted(set(points.values()))]
    largest = max(map(abs, readings.values), default=Decimal(0))
    spots = [(grid.at(point), name, rows) for name, (point, rows) in groups.items()]
    radii = {name: max(_radius(row.value, largest) for row in rows) for _, name, rows in spots}
    placement = Placement(frame.width, grid.bottom)
    for x, y in map(grid.at, points.values()):
        placement.take(x - 3, y - 3, x + 3, y + 3)
    for (x, y), name, _ in spots:
        placement.take(x - radii[name] * 0.8, y - radii[name] * 0.8, x + radii[name] * 0.8, y + radii[name] * 0.8)
    spots.sort(key=lambda spot: -radii[spot[1]])
    for (x, y), _, rows in spots:
        marks += _rings(x, y, rows, largest)
    for (x, y), name, rows in spots:
        marks += _label(x, y, radii[name], name, rows, placement, frame)
    if readings.values:
        marks += _key(largest, readings, frame)
    return Body(marks, grid.bottom, list(_notes(unplaced, readings, frame)))


class _Ground:
    """The map in the middle of a frame, below its key."""

    def __init__(self, points: Collection[Point], frame: Frame, top: float) -> None:
        self.frame = frame
        self.top = top
        self.map = Projection(points, frame.width, _HEIGHT + 2 * _EDGE, _EDGE)
        self.bottom = top + self.map.height
        self.side = (frame.width - self.map.width) / 2

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point is: west is on the left, wherever the language begins to write."""
        x, y = self.map.at(point)
        return self._turned(self.side + x), self.top + y

    def marks(self) -> Iterator[Mark]:
        """The lines of latitude and longitude, named in degrees."""
        for at, name in self.map.meridians(-self.side, self.frame.width - self.side):
            x = self._turned(self.side + at)
            yield Line([(x, self.top), (x, self.bottom)])
            if 30 < x < self.frame.width - 30:
                yield Text(x, self.bottom - 6, name, Anchor.MIDDLE, 10, tone=Tone.SOFT)
        for at, name in self.map.parallels(0, self.map.height):
            y = self.top + at
            yield Line([(0, y), (self.frame.width, y)])
            if at > 16:
                yield Text(4, y - 4, name, size=10, tone=Tone.SOFT)

    def _turned(self, x: float) -> float:
        return self.frame.width - x if self.frame.is_mirrored else x


def _radius(value: Decimal | None, largest: Decimal) -> float:
    """The radius of a dot; its surface, not its radius, shows the value."""
    if value is None or not largest:
        return _SMALLEST + 2
    return max(_LARGEST * sqrt(abs(value) / largest), _SMALLEST)


def _rings(x: float, y: float, rows: Sequence[Reading], largest: Decimal) -> Iterator[Mark]:
    for row in sorted(rows, key=lambda row: abs(row.value or Decimal(0)), reverse=True):
        yield Group(row.tip, [Dot(x, y, _radius(row.value, largest), 0, is_open=True)])


def _label(
    x: float, y: float, radius: float, name: str, rows: Sequence[Reading], placement: Placement, frame: Frame
) -> Iterator[Mark]:
    """The name of a place and its values, where nothing is in the way."""
    known = [frame.number(row.value) for row in rows if row.value is not None]
    values = " · ".join([*known[:_MOST_VALUES], *(["…"] if len(known) > _MOST_VALUES else [])])
    room = max(width(name, _SIZE, is_bold=True), width(values, _SIZE))
    spot = placement.beside(x, y, radius + 4, room, 30 if values else 15, _SIDES)
    if spot is None:  # then there may be room for the name alone
        values = ""
        spot = placement.beside(x, y, radius + 4, width(name, _SIZE, is_bold=True), 15, _SIDES)
    if spot is None:
        return
    baseline = spot.middle - 3 if values else spot.middle + 4
    texts: list[Mark] = [Text(spot.x, baseline, name, spot.anchor, _SIZE, is_bold=True)]
    if values:
        texts.append(Text(spot.x, baseline + 15, values, spot.anchor, _SIZE))
    yield Group("\n".join(row.tip for row in rows), texts)


def _key(largest: Decimal, readings: Readings, frame: Frame) -> Iterator[Mark]:
    """What the size of a dot means."""
    measure = frame.measure(readings)
    yield Text(0, 34, measure, size=_SIZE, tone=Tone.SOFT)
    x = width(measure, _SIZE) + 16 + _SMALLEST
    are_whole = all(value == value.to_integral_value() for value in readings.values)
    parts = {_rounded(largest * part) for part in (Decimal("0.05"), Decimal("0.25"), Decimal(1))}
    for value in sorted(part for part in parts if part >= 1 or not are_whole):
        radius = _radius(value, largest)
        words = frame.number(value)
        yield Dot(x + radius, 30, radius, 0, is_open=True)
        yield Text(x + 2 * radius + 6, 34, words, size=_SIZE, tone=Tone.SOFT)
        x += 2 * radius + 26 + width(words, _SIZE)


def _rounded(value: Decimal) -> Decimal:
    """A value with one digit that is not 0: one that a reader can compare with."""
    return round(value, -value.adjusted()) if value else value


def _notes(unplaced: Sequence[str], readings: Readings, frame: Frame) -> Iterator[str]:
    if unplaced:
        names = [*unplaced[:_MOST_NAMES], *(["…"] if len(unplaced) > _MOST_NAMES else [])]
        yield frame.text("chart-unplaced", places=joined(names, frame.language))
    if any(len(rows) > 1 for rows in readings.by_name().values()):
        yield frame.text("chart-rings")

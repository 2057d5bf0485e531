"""Values as dots at the positions of places. A map has no borders: the other known places show where one is."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import cos, radians, sqrt
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import joined
from ssekg.charts.frame import Body, Frame
from ssekg.charts.lettering import width
from ssekg.charts.marks import Anchor, Dot, Group, Line, Mark, Text, Tone
from ssekg.charts.placement import Placement
from ssekg.charts.readings import Reading, Readings
from ssekg.charts.scales import Scale
from ssekg.graph.points import Point

_HEIGHT: Final = 620
_EDGE: Final = 60
_LARGEST: Final = 30
_SMALLEST: Final = 4
_SIZE: Final = 12
_KEY: Final = 76
_MOST_NAMES: Final = 8
_MOST_VALUES: Final = 3
# What the lines of latitude and longitude are apart, in degrees.
_STEPS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)


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
    grid = _Projection(list(points.values()), frame, top)
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


class _Projection:
    """An equirectangular map of points: as true to form as a country needs."""

    def __init__(self, points: Sequence[Point], frame: Frame, top: float) -> None:
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        narrowing = cos(radians((south + north) / 2))
        room = frame.width - 2 * _EDGE
        per_degree = min(_HEIGHT / (north - south or 1), room / ((east - west or 1) * narrowing))
        side = (frame.width - (east - west) * narrowing * per_degree) / 2
        self.frame = frame
        self.top = top
        self.bottom = top + (north - south) * per_degree + 2 * _EDGE
        self.across = Scale(west, west + 1, side, side + narrowing * per_degree)
        self.up = Scale(north, north - 1, top + _EDGE, top + _EDGE + per_degree)
        self.per_degree = per_degree

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point is: west is on the left, wherever the language begins to write."""
        x = self.across(point[0])
        return self.frame.width - x if self.frame.is_mirrored else x, self.up(point[1])

    def marks(self) -> Iterator[Mark]:
        """The lines of latitude and longitude, named in degrees."""
        step = next((each for each in _STEPS if each * self.per_degree >= 110), _STEPS[-1])
        west, south = self._degrees(0, self.bottom)
        east, north = self._degrees(self.frame.width, self.top)
        for degree in _multiples(west, east, step):
            x, _ = self.at((degree, 0))
            yield Line([(x, self.top), (x, self.bottom)])
            if 30 < x < self.frame.width - 30:
                yield Text(x, self.bottom - 6, _degrees(degree), Anchor.MIDDLE, 10, tone=Tone.SOFT)
        for degree in _multiples(south, north, step):
            _, y = self.at((0, degree))
            yield Line([(0, y), (self.frame.width, y)])
            if y > self.top + 16:
                yield Text(4, y - 4, _degrees(degree), size=10, tone=Tone.SOFT)

    def _degrees(self, x: float, y: float) -> Point:
        narrow = self.across.end - self.across.start
        return self.across.low + (x - self.across.start) / narrow, self.up.low - (y - self.up.start) / self.per_degree


def _degrees(number: float) -> str:
    return f"{number:g}°".replace("-", "\N{MINUS SIGN}")


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = int(low // step) + 1
    return [round(count * step, 6) for count in range(first, int(high // step) + 1)]


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
    spot = placement.beside(x, y, radius + 4, room, 30 if values else 15, ("after", "before", "above", "below"))
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

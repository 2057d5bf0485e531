"""Where the points of the earth are in a picture: equirectangular, as true to form as a country needs."""

from collections.abc import Collection
from math import cos, radians
from typing import Final

from ssekg.graph.points import Point

# What the lines of latitude and longitude are apart, in degrees, and in pixels at least.
_STEPS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)
_LEAST: Final = 110


class Projection:
    """A map as large as its points need, with an edge around them, and no larger than a room.

    Degrees of longitude are as much narrower than those of latitude as they are in the middle of the map.
    """

    def __init__(self, points: Collection[Point], width: float, height: float, edge: float) -> None:
        """The map of some points; one without any is empty."""
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        self._west, self._north, self._edge = min(xs), max(ys), edge
        self._narrowing = cos(radians((min(ys) + max(ys)) / 2))
        across, down = (max(xs) - self._west) * self._narrowing, self._north - min(ys)
        rooms = (width - 2 * edge) / (across or down or 1), (height - 2 * edge) / (down or across or 1)
        self._per_degree = min(rooms)
        self.width, self.height = across * self._per_degree + 2 * edge, down * self._per_degree + 2 * edge

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point is, from the western and northern sides of the map."""
        x, y = point
        across = (x - self._west) * self._narrowing * self._per_degree
        return self._edge + across, self._edge + (self._north - y) * self._per_degree

    def meridians(self, first: float, last: float) -> list[tuple[float, str]]:
        """The lines of longitude between two distances from the western side: where each is, and its name."""
        per_degree = self._narrowing * self._per_degree
        west, east = (self._west + (x - self._edge) / per_degree for x in (first, last))
        return [(self.at((each, 0))[0], _degrees(each)) for each in _multiples(west, east, self._step())]

    def parallels(self, first: float, last: float) -> list[tuple[float, str]]:
        """The lines of latitude between two distances from the northern side: where each is, and its name."""
        north, south = (self._north - (y - self._edge) / self._per_degree for y in (first, last))
        return [(self.at((0, each))[1], _degrees(each)) for each in _multiples(south, north, self._step())]

    def _step(self) -> float:
        return next((each for each in _STEPS if each * self._per_degree >= _LEAST), _STEPS[-1])


def _degrees(number: float) -> str:
    return f"{number:g}°".replace("-", "\N{MINUS SIGN}")


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = int(low // step) + 1
    return [round(count * step, 6) for count in range(first, int(high // step) + 1)]

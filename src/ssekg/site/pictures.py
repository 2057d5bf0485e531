"""Small pictures of a record, drawn as SVG: where it is among all places that are known, and what is around it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import is_right_to_left
from ssekg.charts.projection import Projection
from ssekg.graph.points import Point
from ssekg.graph.portrait import Portrait, Value

_MAP_WIDTH: Final = 240
_EDGE: Final = 12
# What fits around a record without names over each other.
_MOST_NEIGHBOURS: Final = 12
_LONGEST: Final = 36
WIDTH: Final = 960
HEIGHT: Final = 340


@dataclass(frozen=True, slots=True)
class Map:
    """A map: its size, the positions of all places, and that of the record."""

    width: float
    height: float
    dots: Sequence[tuple[float, float]]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing that is linked with a record: its name, whole and cut to fit, its link, its place, how it is linked."""

    name: str
    short: str
    page: str
    label: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is linked with a record, around it."""

    width: int
    height: int
    neighbours: Sequence[Neighbour]


class Places:
    """The map that all small maps are made from."""

    def __init__(self, points: Mapping[ox.NamedNode, Point]) -> None:
        """Take the positions of things."""
        self._points = points
        self._map = Projection(points.values(), _MAP_WIDTH, _MAP_WIDTH, _EDGE)
        self._dots = sorted({self._at(point) for point in points.values()})

    def map_of(self, node: ox.NamedNode) -> Map | None:
        """The map of a thing; None for one without a position, and where no other place is known."""
        point = self._points.get(node)
        if point is None or len(self._dots) < 2:
            return None
        x, y = self._at(point)
        return Map(round(self._map.width, 1), round(self._map.height, 1), self._dots, x, y)

    def _at(self, point: Point) -> tuple[float, float]:
        x, y = self._map.at(point)
        return round(x, 1), round(y, 1)


def neighbourhood(shown: Portrait, pages: Mapping[str, str], language: str) -> Neighbourhood | None:
    """The first things that a record leads to, and that lead to it, in a ring; None if they are fewer than two."""
    found: dict[str, tuple[Value, str]] = {}
    for label, values in _linked(shown):
        for value in values:
            if value.address and value.address in pages and value.address != shown.title.address:
                found.setdefault(value.address, (value, label))
    chosen = list(found.values())[:_MOST_NEIGHBOURS]
    if len(chosen) < 2:
        return None
    turn = -1 if is_right_to_left(language) else 1
    placed = []
    for number, (value, label) in enumerate(chosen):
        angle = 2 * pi * (number + 0.5) / len(chosen) - pi / 2
        x, y = WIDTH / 2 + turn * 150 * cos(angle), HEIGHT / 2 + 130 * sin(angle)
        side = "start" if x > WIDTH / 2 + 30 else "end" if x < WIDTH / 2 - 30 else "middle"
        name = value.name.text
        short = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
        placed.append(Neighbour(name, short, pages[value.address], label, round(x, 1), round(y, 1), side))
    return Neighbourhood(WIDTH, HEIGHT, placed)


def _linked(shown: Portrait) -> Iterable[tuple[str, Sequence[Value]]]:
    """What a record is linked with: by its facts, by its parts, by what mentions it."""
    for fact in shown.facts:
        yield fact.label, fact.values
    for part in shown.parts:
        for line in part.lines:
            yield part.label, line.facts[0].values if line.facts else ()
    for mention in shown.mentions:
        yield mention.label, mention.things

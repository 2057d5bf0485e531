"""The map: how many records of which kinds lie at each place whose position is known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, sqrt
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold
from ssekg.charts.chart import embedded
from ssekg.charts.lettering import cut, width
from ssekg.charts.placement import Placement
from ssekg.charts.projection import Projection
from ssekg.charts.styles import STYLES
from ssekg.graph.links import links_of
from ssekg.graph.naming import Name, kind_names
from ssekg.graph.points import points_of
from ssekg.graph.public import Public
from ssekg.project.vocabulary import MAPPED, PLACE
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.linked_names import Link, link_to

PAGE: Final = "map.html"
_WIDTH: Final = 900
_HEIGHT: Final = 920
_EDGE: Final = 84
_LARGEST: Final = 15
_SMALLEST: Final = 3.5
_CELL: Final = 2 * _LARGEST + 2
_SIZE: Final = 13
_LONGEST: Final = 230
_SIDES: Final = ("below", "above", "after", "before", "below after", "below before", "above after", "above before")
# Where there are more dots, no name would have room between them.
_MOST_AVOIDED: Final = 150
_MOST_RECORDS: Final = 50
_MOST_OTHERS: Final = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """How many records of a kind are at a place: where that is drawn, how large, and in which style."""

    x: float
    y: float
    radius: float
    style: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with what is at it; `x` of the name is None where the name has no room."""

    name: Name
    short: str
    page: str
    tip: str
    marks: Sequence[Mark]
    x: float | None = None
    y: float = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The records of a kind at a place: how many, and the first of them."""

    kind: str
    count: int
    records: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the list, with its records by kind."""

    place: Link
    groups: Sequence[Group]

    @property
    def total(self) -> int:
        """How many records are at it."""
        return sum(group.count for group in self.groups)


class PlaceMap:
    """The places with a known position, and the records of the kinds on the map (`tool:Mapped`) that are at them."""

    def __init__(self, public: Public, addresses: Addresses) -> None:
        """Find out what is where: by the properties that say so (`tool:Place`)."""
        self._public, self._addresses = public, addresses
        self._points = points_of(public)
        mapped = set(public.terms.with_role(MAPPED))
        self._kinds = [k for k, term in public.terms.kinds.items() if term in mapped and k in addresses.kinds]
        self._at: dict[ox.NamedNode, dict[str, list[ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
        kind_of = {iri: kind for kind in self._kinds for iri in addresses.kinds[kind]}
        placed = set()
        for record, place in links_of(public, *public.terms.with_role(PLACE)):
            if record.value in kind_of and place in self._points:
                self._at[place][kind_of[record.value]].append(record)
                placed.add(record.value)
        self._unplaced = len(kind_of.keys() - placed)

    def __bool__(self) -> bool:
        """Whether there is anything to show: two places that are not at the same point."""
        return len(set(self._points.values())) > 1

    def pages(self, site: Site) -> dict[str, bytes]:
        """`map.html` in each language, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        return site.pages(PAGE, "map.html", lambda language: self._values(site, language))

    def _values(self, site: Site, language: str) -> Mapping[str, object]:
        ground = Projection(self._points.values(), _WIDTH, _HEIGHT, _EDGE)
        rows = sorted(self._rows(language), key=lambda row: (-row.total, fold(row.place.name.text)))
        others = [self._link(place, language) for place in self._points if place not in self._at]
        names = {kind: kind_names(self._public, kind) for kind in self._kinds}
        return {
            "width": round(ground.width),
            "height": round(ground.height),
            "meridians": [(round(x, 1), name) for x, name in ground.meridians(0, ground.width)],
            "parallels": [(round(y, 1), name) for y, name in ground.parallels(0, ground.height)],
            "dots": sorted({_rounded(ground.at(self._points[place])) for place in self._points.keys() - self._at}),
            "spots": list(self._spots(site, ground, language)),
            "kinds": [(kind, names[kind] or {"": kind}, self._addresses.kind_page(kind)) for kind in self._kinds],
            "largest": self._largest,
            "rows": rows,
            "others": sorted(others, key=lambda each: fold(each.name.text))[:_MOST_OTHERS],
            "other_count": len(others),
            "unplaced": self._unplaced,
            "styles": STYLES,
            "lettered": partial(embedded, language=language),
        }

    @property
    def _largest(self) -> int:
        return max((len(records) for at in self._at.values() for records in at.values()), default=0)

    def _rows(self, language: str) -> Iterator[Row]:
        for place, at in self._at.items():
            groups = [
                Group(kind, len(at.get(kind, ())), [self._link(each, language) for each in at[kind][:_MOST_RECORDS]])
                for kind in self._kinds
            ]
            yield Row(self._link(place, language), groups)

    def _link(self, node: ox.NamedNode, language: str) -> Link:
        return link_to(node, self._public, self._addresses, language)

    def _spots(self, site: Site, ground: Projection, language: str) -> Iterator[Spot]:
        """The places with something at them, each name where it has room; the largest choose first."""
        columns = max(ceil(sqrt(len(self._kinds))), 1)
        lines = max(ceil(len(self._kinds) / columns), 1)
        half = columns * _CELL / 2, lines * _CELL / 2
        placement = Placement(ground.width, ground.height)
        dots = {ground.at(self._points[place]) for place in self._points.keys() - self._at}
        for x, y in dots if len(dots) <= _MOST_AVOIDED else ():
            placement.take(x - 3, y - 3, x + 3, y + 3)
        for place in self._at:
            x, y = ground.at(self._points[place])
            placement.take(x - half[0], y - half[1], x + half[0], y + half[1])
        for place, at in sorted(self._at.items(), key=lambda pair: (-sum(map(len, pair[1].values())), pair[0].value)):
            x, y = ground.at(self._points[place])
            marks = [
                Mark(
                    round(x - half[0] + (number % columns + 0.5) * _CELL, 1),
                    round(y - half[1] + (number // columns + 0.5) * _CELL, 1),
                    self._radius(len(at[kind])),
                    number % len(STYLES),
                )
                for number, kind in enumerate(self._kinds)
                if at.get(kind)
            ]
            link = self._link(place, language)
            short = cut(link.name.text, _SIZE, _LONGEST)
            spot = placement.beside(x, y, half[1] + 1, width(short, _SIZE, is_bold=True), 17, _SIDES)
            drawn = Spot(link.name, short, link.page, self._tip(site, link.name, at, language), marks)
            if spot is None:
                yield drawn
            else:
                yield Spot(
                    *(drawn.name, short, link.page, drawn.tip, marks),
                    x=round(spot.x, 1),
                    y=round(spot.middle + 4.5, 1),
                    anchor=spot.anchor.value,
                )

    def _tip(self, site: Site, name: Name, at: Mapping[str, Sequence[ox.NamedNode]], language: str) -> str:
        colon = site.say("record-colon", language)
        counts = [
            f"{kind_names(self._public, kind).get(language, kind)}{colon} {len(at[kind])}"
            for kind in self._kinds
            if at.get(kind)
        ]
        return "\n".join([name.text, *counts])

    def _radius(self, count: int) -> float:
        """The surface of a mark, not its radius, shows the number."""
        return round(max(_LARGEST * sqrt(count / self._largest), _SMALLEST), 1)


def _rounded(at: tuple[float, float]) -> tuple[float, float]:
    return round(at[0], 1), round(at[1], 1)

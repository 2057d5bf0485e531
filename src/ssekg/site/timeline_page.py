"""The timeline: what was when, a picture for each kind of records, and all of it year by year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold, is_right_to_left
from ssekg.charts.chart import embedded
from ssekg.charts.lettering import cut, width
from ssekg.charts.scales import Scale, year_ticks
from ssekg.charts.styles import STYLES
from ssekg.graph.naming import kind_names
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.linked_names import Link, link_to
from ssekg.site.moments import Moment, moments_of

PAGE: Final = "timeline.html"
WIDTH: Final = 1100
_EDGE: Final = 12
_TOP: Final = 30
_ROW: Final = 24
_RADIUS: Final = 5.5
_SIZE: Final = 13
_LONGEST: Final = 250
_GAP: Final = 8
_TICK_ROOM: Final = 70
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Item:
    """A record in a picture: what it is called, its marks, and where they are.

    `bar` is when it was for certain, `pale` when it may have begun or ended, each as x and width; `dot` is where its
    mark is where it has no bar, open if it is not known to the day. `x` is the place of its name.
    """

    link: Link
    short: str
    moment: Moment
    pale: Sequence[tuple[float, float]]
    bar: tuple[float, float] | None
    dot: float | None
    is_open: bool
    x: float
    anchor: str
    y: float = 0

    def mirrored(self) -> "Item":
        """The same where time runs from right to left."""
        return replace(
            self,
            pale=[(WIDTH - x - wide, wide) for x, wide in self.pale],
            bar=self.bar and (WIDTH - self.bar[0] - self.bar[1], self.bar[1]),
            dot=None if self.dot is None else WIDTH - self.dot,
            x=WIDTH - self.x,
            anchor="start" if self.anchor == "end" else "end",
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """The records of a kind in time: how many there are and are drawn, the names of years, and the records."""

    kind: str
    names: Mapping[str, str]
    page: str
    style: int
    count: int
    height: float
    ticks: Sequence[tuple[float, str]]
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in the list of a year: its dates in words, its kind."""

    link: Link
    moment: Moment
    names: Mapping[str, str]


class Timeline:
    """The records of a public graph that have a date (`tool:Start` and so on)."""

    def __init__(self, public: Public, addresses: Addresses) -> None:
        """Find out when they were."""
        self._public, self._addresses = public, addresses
        self._moments = moments_of(public, addresses)

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._moments)

    def pages(self, site: Site) -> dict[str, bytes]:
        """`timeline.html` in each language, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        return site.pages(PAGE, "timeline.html", self._values)

    def _values(self, language: str) -> Mapping[str, object]:
        pictures = [self._picture(kind, number % len(STYLES), language) for number, kind in enumerate(self._moments)]
        return {
            "width": WIDTH,
            "row": _ROW,
            "radius": _RADIUS,
            "pictures": pictures,
            "years": list(self._years(language)),
            "most": _MOST,
            "styles": STYLES,
            "lettered": partial(embedded, language=language),
        }

    def _picture(self, kind: str, style: int, language: str) -> Picture:
        """The latest records of a kind, as many as a picture may have, in rows in which nothing meets."""
        moments = self._moments[kind][-_MOST:]
        low, high = min(each.whole[0] for each in moments), max(each.whole[1] for each in moments)
        spare = max((high - low) * 0.01, 0.05)
        across = Scale(low - spare, high + spare, _EDGE, WIDTH - _EDGE)
        rows: list[list[tuple[float, float]]] = []
        items = []
        for moment in moments:
            item, room = self._item(moment, across, language)
            row = next((n for n, taken in enumerate(rows) if all(room[1] < s or room[0] > e for s, e in taken)), None)
            if row is None:
                row = len(rows)
                rows.append([])
            rows[row].append(room)
            items.append(replace(item, y=_TOP + (row + 0.5) * _ROW))
        ticks = [
            (across(time - (0.5 / 12 if "-" in name else 0.5)), name)
            for time, name in year_ticks(across.low, across.high, WIDTH // _TICK_ROOM)
        ]
        ticks = [(round(x, 1), name) for x, name in ticks if _EDGE <= x <= WIDTH - 40]
        if is_right_to_left(language):
            ticks, items = [(WIDTH - x, name) for x, name in ticks], [each.mirrored() for each in items]
        names = kind_names(self._public, kind) or {"": kind}
        count, page = len(self._moments[kind]), self._addresses.kind_page(kind)
        return Picture(kind, names, page, style, count, _TOP + len(rows) * _ROW + 6, ticks, items)

    def _item(self, moment: Moment, across: Scale, language: str) -> tuple[Item, tuple[float, float]]:
        """A record at its time, and what it takes of a row; its name is after it, or before it for want of room."""
        link = self._link(moment, language)
        pale = [_drawn(across, span) for span in moment.vague]
        bar = _drawn(across, moment.known) if moment.known else None
        whole = _drawn(across, moment.whole)
        is_point = (bar is None or bar[1] < 2 * _RADIUS) and (bar is None or not pale)
        dot = round(whole[0] + whole[1] / 2, 1) if is_point else None
        first, last = whole[0], whole[0] + whole[1]
        if dot is not None:
            first, last = min(first, dot - _RADIUS), max(last, dot + _RADIUS)
        short = cut(link.name.text, _SIZE, _LONGEST)
        wide = _GAP + width(short, _SIZE)
        goes_after = last + wide <= WIDTH
        x, anchor = (last + _GAP, "start") if goes_after else (first - _GAP, "end")
        room = (first - _GAP, last + wide + _GAP) if goes_after else (first - wide - _GAP, last + _GAP)
        item = Item(
            *(link, short, moment, pale, None if is_point else bar, dot, bar is None and bool(pale)),
            x=round(x, 1),
            anchor=anchor,
        )
        return item, room

    def _years(self, language: str) -> Iterator[tuple[int, Sequence[Entry]]]:
        """The same records by the year in which they began, the latest years first."""
        entries = [
            Entry(self._link(moment, language), moment, kind_names(self._public, kind) or {"": kind})
            for kind, moments in self._moments.items()
            for moment in moments[-_MOST:]
        ]
        entries.sort(key=lambda each: (-each.moment.year, each.moment.whole, fold(each.link.name.text)))
        for year, of_year in groupby(entries, key=lambda each: each.moment.year):
            yield year, list(of_year)

    def _link(self, moment: Moment, language: str) -> Link:
        return link_to(ox.NamedNode(moment.iri), self._public, self._addresses, language)


def _drawn(across: Scale, span: tuple[float, float]) -> tuple[float, float]:
    start, end = across(span[0]), across(span[1])
    return round(start, 1), round(max(end - start, 1), 1)

"""The picture of a network: a tree, a line for each thing, and arcs beside it.

What belongs to something is below it, so that every name can be read; all other ties are arcs on the other side of the
names. No place depends on chance or on how a machine rounds, as it would where forces find the places.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold, is_right_to_left
from ssekg.charts.lettering import cut, width
from ssekg.site.linked_names import Link
from ssekg.site.ties import Tie

WIDTH: Final = 1060
_ROW: Final = 24
_EDGE: Final = 14
_INDENT: Final = 36
_DEEPEST: Final = 11
_AXIS: Final = 640
_RADIUS: Final = 6
_SIZE: Final = 13
_GAP: Final = 12
_SHORTEST: Final = 160
_LEAST_REACH: Final = 30
_MOST_REACH: Final = 520
_THICKEST: Final = 5
# How many lines, and arcs of one property, can still be followed.
_MOST_LINES: Final = 300
_MOST_ARCS: Final = 40

_Above = Mapping[str, Tie]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the network: its name with its page, and the style of its kind."""

    link: Link
    style: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in its line: where its mark and its name are, and what leads from its name to its arcs, if it has any."""

    thing: Thing
    short: str
    x: float
    y: float
    text_x: float
    leader: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Branch:
    """What leads from a thing to the one above it: a stem that all below have in common, and a line in a style."""

    style: int
    stem: Sequence[float]
    line: Sequence[float]


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie beside the names: its path, how thick it is, what it says, and whether there is one back."""

    style: int
    path: str
    stroke: float
    tip: str
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture; `arc_count` is how many arcs there would be, were all drawn."""

    height: int
    axis: float
    nodes: Sequence[Node]
    branches: Sequence[Branch]
    arcs: Sequence[Arc]
    arc_count: int


def drawn(
    ties: Sequence[Tie], things: Mapping[str, Thing], labels: Mapping[ox.NamedNode, str], language: str
) -> Drawing:
    """The picture of ties; of several direct ones the first of a thing says below which other it is.

    Args:
        ties: the strongest of each property first.
        things: what they tie.
        labels: what the properties are called.
        language: of the reader.
    """
    return _Drawer(ties, things, labels, is_mirrored=is_right_to_left(language)).drawing()


class _Drawer:
    def __init__(
        self,
        ties: Sequence[Tie],
        things: Mapping[str, Thing],
        labels: Mapping[ox.NamedNode, str],
        *,
        is_mirrored: bool,
    ) -> None:
        self.things, self.labels, self.is_mirrored = things, labels, is_mirrored
        self.styles = {each: number for number, each in enumerate(labels)}
        self.above = _tree(ties)
        beside = [tie for tie in ties if self.above.get(tie.start) != tie]
        self.groups = _groups(beside)
        lines = self._lines()
        self.ys = {iri: _GAP + (number + 0.5) * _ROW for number, (iri, _) in enumerate(lines)}
        self.xs = {iri: _EDGE + min(depth, _DEEPEST) * _INDENT for iri, depth in lines}

    def drawing(self) -> Drawing:
        groups = [group for group in self._strongest() if {group[0].start, group[0].end} <= self.ys.keys()]
        with_arc = {end for group in groups for end in (group[0].start, group[0].end)}
        longest = max((abs(self.ys[group[0].start] - self.ys[group[0].end]) for group in groups), default=1)
        return Drawing(
            height=round(2 * _GAP + len(self.ys) * _ROW),
            axis=self._turned(_AXIS),
            nodes=[self._node(iri, has_arc=iri in with_arc) for iri in self.ys],
            branches=[self._branch(tie) for tie in self.above.values() if {tie.start, tie.end} <= self.ys.keys()],
            arcs=[self._arc(group, longest) for group in groups],
            arc_count=len(self.groups),
        )

    def _strongest(self) -> Iterator[Sequence[Tie]]:
        """The arcs of each property, so many that each can be followed."""
        counts: Counter[ox.NamedNode] = Counter()
        for group in self.groups:
            counts[group[0].property] += 1
            if counts[group[0].property] <= _MOST_ARCS:
                yield group

    def _lines(self) -> list[tuple[str, int]]:
        """The things from above to below, each with how many are above it: the largest tree first, then single ones.

        Single ones are in the order of what they are tied to, so that arcs cross less.
        """
        below: dict[str, list[str]] = defaultdict(list)
        for tie in self.above.values():
            below[tie.end].append(tie.start)
        roots = [iri for iri in below if iri not in self.above]
        trees = sorted(
            (list(self._tree(root, below)) for root in roots), key=lambda tree: (-len(tree), *self._key(tree[0][0]))
        )
        lines = [line for tree in trees for line in tree][:_MOST_LINES]
        places = {iri: number for number, (iri, _) in enumerate(lines)}
        first: dict[str, int] = {}
        for group in self._strongest():
            for iri, other in ((group[0].start, group[0].end), (group[0].end, group[0].start)):
                if iri not in below and iri not in self.above:
                    first[iri] = min(first.get(iri, _MOST_LINES), places.get(other, _MOST_LINES))
        singles = sorted(first, key=lambda iri: (first[iri], *self._key(iri)))
        return [*lines, *((iri, 0) for iri in singles)][:_MOST_LINES]

    def _tree(self, root: str, below: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
        waiting = [(root, 0)]
        while waiting:
            iri, depth = waiting.pop()
            yield iri, depth
            waiting += [(each, depth + 1) for each in sorted(below.get(iri, ()), key=self._key, reverse=True)]

    def _key(self, iri: str) -> tuple[str, str]:
        return fold(self.things[iri].link.name.text), iri

    def _node(self, iri: str, *, has_arc: bool) -> Node:
        x, y, thing = self.xs[iri], self.ys[iri], self.things[iri]
        text_x = x + _RADIUS + 6
        short = cut(thing.link.name.text, _SIZE, max(_AXIS - text_x - 2 * _GAP, _SHORTEST))
        end = text_x + width(short, _SIZE) + 6
        leader = (self._turned(end), self._turned(_AXIS)) if has_arc else None
        return Node(thing, short, self._turned(x), y, self._turned(text_x), leader)

    def _branch(self, tie: Tie) -> Branch:
        x, top, bottom = self.xs[tie.end], self.ys[tie.end] + _RADIUS, self.ys[tie.start]
        line = self._turned(x), self._turned(self.xs[tie.start] - _RADIUS)
        return Branch(self.styles[tie.property], (self._turned(x), top, bottom), (*line, bottom))

    def _arc(self, group: Sequence[Tie], longest: float) -> Arc:
        start, end = self.ys[group[0].start], self.ys[group[0].end]
        reach = _LEAST_REACH + (_MOST_REACH - _LEAST_REACH) * sqrt(abs(start - end) / longest)
        x, control = round(self._turned(_AXIS), 1), round(self._turned(_AXIS + reach), 1)
        return Arc(
            self.styles[group[0].property],
            f"M{x} {start:g}C{control} {start:g} {control} {end:g} {x} {end:g}",
            round(min(1 + 0.6 * max(tie.count for tie in group), _THICKEST), 1),
            "\n".join(map(self._told, group)),
            len(group) > 1,
        )

    def _told(self, tie: Tie) -> str:
        names = self.things[tie.start].link.name.text, self.labels[tie.property], self.things[tie.end].link.name.text
        return " · ".join([*names, *([str(tie.count)] if tie.count else [])])

    def _turned(self, x: float) -> float:
        return round(WIDTH - x if self.is_mirrored else x, 1)


def _tree(ties: Sequence[Tie]) -> dict[str, Tie]:
    """What says below which other each thing is: the first direct tie of each that makes no circle."""
    above: dict[str, Tie] = {}
    for tie in ties:
        upper = tie.end
        while upper != tie.start and upper in above:
            upper = above[upper].end
        if not tie.count and tie.start not in above and upper != tie.start:
            above[tie.start] = tie
    return above


def _groups(ties: Sequence[Tie]) -> list[Sequence[Tie]]:
    """The ties of a property between the same two things, which are one arc."""
    groups: dict[tuple[ox.NamedNode, frozenset[str]], list[Tie]] = defaultdict(list)
    for tie in ties:
        groups[tie.property, frozenset((tie.start, tie.end))].append(tie)
    return list(groups.values())

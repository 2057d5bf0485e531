"""A diagram of how the classes of a graph hang together, as SVG that loads nothing.

Boxes are in columns: classes that lead to others come first, those that others lead to last. What nearly everything
leads to, and what leads to nearly everything, would hide the rest, and has no box.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ssekg.base.language import is_right_to_left, joined, writing_direction
from ssekg.base.messages import text
from ssekg.base.said import Named
from ssekg.guides.model import ModelGuide
from ssekg.guides.model_words import ModelWords

_COLUMNS: Final = 4
_MOST_ROWS: Final = 6
# In pixels: a box, what is between boxes, and a line of text.
_WIDTH, _GAP, _SPACE, _LINE, _HEAD, _EDGE = 270, 70, 26, 20, 30, 20
# Between lines that pass a column side by side.
_BESIDE = 3
# How many characters fit into a line of a box, and into its bold heading.
_LONGEST, _LONGEST_HEADING = 36, 27

_TIP: Final = (
    '<defs><marker id="{name}-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7"'
    ' orient="auto"><path d="M0 0L8 4L0 8z" fill="#5b6b7f"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class Row:
    """A property of a class, and the classes that it leads to."""

    name: Named
    targets: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class DrawnClass:
    """A class with its properties; `note` is at the end of its heading, `link` the page that its heading leads to."""

    name: Named
    rows: tuple[Row, ...]
    note: str = ""
    is_part: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    """A class with the rows that are shown, and where its corner is."""

    drawn: DrawnClass
    rows: tuple[Row, ...]
    column: int
    x: int
    y: int

    @property
    def height(self) -> int:
        """How high it is, with its heading."""
        return _HEAD + _LINE * len(self.rows) + (_LINE // 2 if self.rows else 0)


def classes_of(model: ModelGuide) -> list[DrawnClass]:
    """The classes of a model, with the number of their members."""
    return [
        DrawnClass(
            Named(guide.name.short, guide.plural),
            tuple(Row(each.name, each.targets) for each in guide.properties),
            str(guide.count),
            bool(guide.part_of),
        )
        for guide in model.classes
    ]


def model_diagram(model: ModelGuide, language: str, own: str | None = None) -> str:
    """The diagram of a model; `own` is the language of the tool's own words, if it has none in `language`."""
    return diagram(classes_of(model), language, own)


def diagram(
    classes: Sequence[DrawnClass],
    language: str,
    own: str | None = None,
    *,
    name: str = "model",
    texts: tuple[str, str] = ("model-diagram", "model-diagram-text"),
) -> str:
    """The diagram, mirrored for a language that is written from right to left.

    `own` is the language of the tool's own words, if it has none in `language`; `name` tells several on a page apart,
    and `texts` are the codes of its title and description.
    """
    words = ModelWords(language, str, str)
    boxes = _placed(_shown(classes))
    width = 2 * _EDGE + _COLUMNS * (_WIDTH + _GAP) - _GAP // 2
    height = max((box.y + box.height for box in boxes), default=0) + _EDGE
    title, description = (text(code, own or language) for code in texts)
    arrows = list(_arrows(boxes, name))
    mirror = f' transform="translate({width} 0) scale(-1 1)"' if is_right_to_left(language) else ""
    role = "group" if any(box.drawn.link for box in boxes) else "img"  # of a picture links could not be followed
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="{role}" aria-labelledby="{name}-title {name}-text" lang={quoteattr(language)}'
        f' direction="{writing_direction(language)}" font-family="system-ui, sans-serif" font-size="13">'
    )
    lines = [
        head,
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-text">{escape(description)}</desc>',
        _TIP.format(name=name),
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<g fill="none" stroke="#5b6b7f" stroke-opacity="0.65"{mirror}>',
        *arrows,
        "</g>",
        *chain.from_iterable(_drawn(box, words, width) for box in boxes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _shown(classes: Sequence[DrawnClass]) -> list[tuple[DrawnClass, tuple[Row, ...]]]:
    """The classes with a box, each with its rows: properties that lead to a class with a box."""
    many = len(classes)
    leading = Counter(
        target for each in classes for target in {target.short for row in each.rows for target in row.targets}
    )
    shown = [
        each
        for each in classes
        if leading[each.name.short] <= max(2, many / 2)
        and all(len(row.targets) <= max(2, many / 5) for row in each.rows)
    ]
    names = {each.name.short for each in shown}
    rows = [(each, _rows(each, names)) for each in shown]
    reached = {target.short for _, found in rows for row in found for target in row.targets}
    return [(each, found) for each, found in rows if found or each.name.short in reached]


def _rows(drawn: DrawnClass, names: Iterable[str]) -> tuple[Row, ...]:
    leading = [row for row in drawn.rows if any(target.short in names for target in row.targets)]
    return tuple(leading[:_MOST_ROWS])


def _placed(shown: Sequence[tuple[DrawnClass, tuple[Row, ...]]]) -> list[_Box]:
    """The boxes, in columns of about the same number."""
    arriving = [target.short for _, rows in shown for each in rows for target in each.targets]
    leaving = {drawn.name.short: sum(len(each.targets) for each in rows) for drawn, rows in shown}

    def weight(pair: tuple[DrawnClass, tuple[Row, ...]]) -> int:
        name = pair[0].name.short
        return arriving.count(name) - leaving[name]

    ordered = sorted(shown, key=weight)
    each = -(-len(ordered) // _COLUMNS)
    boxes: list[_Box] = []
    for number, (drawn, rows) in enumerate(ordered):
        column = number // each
        above = boxes[-1] if number % each else None
        y = above.y + above.height + _SPACE if above else _EDGE
        boxes.append(_Box(drawn, rows, column, _EDGE + column * (_WIDTH + _GAP), y))
    return boxes


def _arrows(boxes: Sequence[_Box], name: str) -> Iterator[str]:
    by_name, passages = {box.drawn.name.short: box for box in boxes}, _Passages(boxes)
    for box in boxes:
        for number, row in enumerate(box.rows):
            y = box.y + _HEAD + _LINE * number + _LINE // 2
            for target in row.targets:
                there = by_name.get(target.short)
                if there is not None and there is not box:
                    yield _arrow(box, y, there, passages, name)


def _arrow(box: _Box, y: int, there: _Box, passages: "_Passages", name: str) -> str:
    """A curve from a row to the nearest side of another box, between the boxes of the columns on the way."""
    end, is_back = there.y + _HEAD // 2, there.column < box.column
    x = box.x if is_back else box.x + _WIDTH
    stop = there.x if there.column > box.column else there.x + _WIDTH
    bend = (-_GAP if is_back else _GAP) * 3 // 4
    curve = f"M{x} {y}"
    step = -1 if is_back else 1
    for column in range(box.column + step, there.column, step) if there.column != box.column else ():
        y_there = passages.through(column, y + (end - y) // (abs(there.column - column) + 1))
        near = _EDGE + column * (_WIDTH + _GAP) + (_WIDTH if is_back else 0)
        curve += f"C{x + bend} {y} {near - bend} {y_there} {near} {y_there}H{near + step * _WIDTH}"
        x, y = near + step * _WIDTH, y_there
    last = bend if there.column == box.column else -bend
    curve += f"C{x + bend} {y} {stop + last} {end} {stop} {end}"
    return f'<path d="{curve}" marker-end="url(#{name}-arrow)"/>'


class _Passages:
    """Where lines can pass a column: between its boxes, above them and below them, beside one another."""

    def __init__(self, boxes: Sequence[_Box]) -> None:
        """Begin with the boxes, and no line."""
        self._boxes = boxes
        self._lines: Counter[tuple[int, int]] = Counter()

    def through(self, column: int, y: int) -> int:
        """The free place that is nearest to one."""
        boxes = [box for box in self._boxes if box.column == column]
        if not any(box.y - _SPACE // 2 < y < box.y + box.height + _SPACE // 2 for box in boxes):
            return y
        ends = [box.y - _SPACE // 2 for box in boxes] + [box.y + box.height + _SPACE // 2 for box in boxes]
        middle = min(ends, key=lambda each: (abs(each - y), each))
        number = self._lines[column, middle]
        self._lines[column, middle] += 1
        return middle + (number + 1) // 2 % (_SPACE // _BESIDE // 2) * _BESIDE * (-1 if number % 2 else 1)


def _drawn(box: _Box, words: ModelWords, width: int) -> Iterable[str]:
    """A box with its texts, which begin at the side where the language begins."""
    is_mirrored = is_right_to_left(words.language)
    x = width - box.x - _WIDTH if is_mirrored else box.x
    start = x + _WIDTH - 10 if is_mirrored else x + 10
    end = x + 10 if is_mirrored else x + _WIDTH - 10
    fill = "#eef2f7" if box.drawn.is_part else "#dfeaf8"
    name = _shortened(words.label(box.drawn.name), _LONGEST_HEADING)
    yield f'<rect x="{x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="6" fill="{fill}" stroke="#5b6b7f"/>'
    heading = _text(start, box.y + 20, name, ' font-weight="600"' + (' fill="#0b4f9e"' if box.drawn.link else ""))
    if box.drawn.link:
        target = f'<rect x="{x}" y="{box.y}" width="{_WIDTH}" height="{_HEAD}" fill="{fill}" fill-opacity="0"/>'
        heading = f"<a href={quoteattr(box.drawn.link)}>{target}{heading}</a>"
    yield heading
    if box.drawn.note:
        yield _text(end, box.y + 20, box.drawn.note, ' text-anchor="end" fill="#45505e"')
    for number, row in enumerate(box.rows):
        y = box.y + _HEAD + _LINE * number + 14
        label, targets = words.label(row.name), joined(map(words.label, row.targets), words.language)
        yield _text(start, y, _shortened(label, _LONGEST))
        # What leads to several classes, or is long, has its arrows only.
        if len(label) + len(targets) < _LONGEST - 3:
            yield _text(end, y, targets, ' text-anchor="end" fill="#45505e"')


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _text(x: int, y: int, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{more}>{escape(words)}</text>'

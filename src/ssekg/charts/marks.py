"""What a picture consists of. A template turns marks into SVG.

Coordinates are in pixels. x counts from the side where the language begins to write: a picture is laid out once, and
mirrored for languages that are written from right to left. Texts are not turned round by that, only put elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Final, Self


class Anchor(StrEnum):
    """Which side of a text is at its x: the side where the line begins, the middle, or the side where it ends."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Tone(StrEnum):
    """The colours of what is not data."""

    INK = "ink"
    SOFT = "soft"
    GRID = "grid"
    FAINT = "faint"


_TURNED: Final = {Anchor.START: Anchor.END, Anchor.MIDDLE: Anchor.MIDDLE, Anchor.END: Anchor.START}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is its baseline. `whole` is the text before it was cut, which is shown on pointing at it."""

    kind: ClassVar[str] = "text"
    x: float
    y: float
    words: str
    anchor: Anchor = Anchor.START
    size: int = 13
    is_bold: bool = False
    tone: Tone = Tone.INK
    whole: str | None = None

    def mirrored(self, width: float) -> Self:
        """The same text on the other side, anchored at the same of its sides."""
        return replace(self, x=width - self.x, anchor=_TURNED[self.anchor])


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle in the colour and pattern of a series."""

    kind: ClassVar[str] = "bar"
    x: float
    y: float
    width: float
    height: float
    series: int

    def mirrored(self, width: float) -> Self:
        """The same bar on the other side."""
        return replace(self, x=width - self.x - self.width)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points: of a series, or one that helps to read, in a tone."""

    kind: ClassVar[str] = "line"
    points: Sequence[tuple[float, float]]
    series: int | None = None
    tone: Tone = Tone.GRID

    def mirrored(self, width: float) -> Self:
        """The same line the other way round."""
        return replace(self, points=[(width - x, y) for x, y in self.points])


@dataclass(frozen=True, slots=True)
class Area:
    """A surface in the pale colour of a series."""

    kind: ClassVar[str] = "area"
    points: Sequence[tuple[float, float]]
    series: int

    def mirrored(self, width: float) -> Self:
        """The same surface the other way round."""
        return replace(self, points=[(width - x, y) for x, y in self.points])


@dataclass(frozen=True, slots=True)
class Dot:
    """A marker in the colour and shape of a series; without a series it is grey. One that is open is a pale circle."""

    kind: ClassVar[str] = "dot"
    x: float
    y: float
    radius: float
    series: int | None
    is_open: bool = False

    def mirrored(self, width: float) -> Self:
        """The same marker on the other side; shapes look alike from both."""
        return replace(self, x=width - self.x)


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together; `tip` is shown on pointing at them."""

    kind: ClassVar[str] = "group"
    tip: str
    marks: Sequence["Mark"]

    def mirrored(self, width: float) -> Self:
        """The same marks on the other side."""
        return replace(self, marks=[mark.mirrored(width) for mark in self.marks])


Mark = Text | Bar | Line | Area | Dot | Group

"""What all types of charts need to lay out their marks: the room, the words, and how numbers are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ssekg.base.language import is_right_to_left
from ssekg.base.messages import text
from ssekg.base.numbers import grouped
from ssekg.charts.marks import Mark
from ssekg.charts.readings import Readings

_MILLION: Final = 1_000_000
# From which number on values are written in millions.
_LARGE: Final = 10 * _MILLION


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide the body of a chart is, the language and country of its reader, and whether values are in millions.

    `words` is the language of the tool's own words.
    """

    width: float
    language: str
    country: str
    words: str
    in_millions: bool

    @property
    def is_mirrored(self) -> bool:
        """Whether the body will be mirrored."""
        return is_right_to_left(self.language)

    def number(self, value: Decimal) -> str:
        """A value as it is written in the chart."""
        words = grouped(value / _MILLION if self.in_millions else value, self.language, self.country)
        # Without the mark a minus would follow its number in a line that runs from right to left.
        return f"\N{LEFT-TO-RIGHT MARK}{words}" if value < 0 and self.is_mirrored else words

    def text(self, code: str, **arguments: str) -> str:
        """A message for the reader."""
        return text(code, self.words, arguments)

    def measure(self, readings: Readings) -> str:
        """What the values are, with their unit."""
        unit = readings.unit
        if self.in_millions:
            unit = self.text("chart-millions-of", unit=unit) if unit else self.text("chart-millions")
        return self.text("chart-measure", measure=readings.measure, unit=unit) if unit else readings.measure


@dataclass(frozen=True, slots=True)
class Body:
    """The marks of a chart below its heading, how high they are, and what the reader has to know besides."""

    marks: Sequence[Mark]
    height: float
    notes: Sequence[str] = field(default=())


def frame_for(readings: Readings, width: float, language: str, country: str, words: str) -> Frame:
    """The frame for values: millions are written where the largest are many."""
    return Frame(width, language, country, words, max(map(abs, readings.values), default=Decimal(0)) >= _LARGE)

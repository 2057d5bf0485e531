"""Places in a text: from character offsets to the lines and columns that an editor shows."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Triple

from ssekg.base.findings import Place

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_ONE_LINE_END: Final = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class PlacedTriple:
    """A triple with the places of what was written for its subject, its predicate and its object."""

    triple: Triple
    subject: Place
    predicate: Place
    object: Place


class UnplacedError(Exception):
    """It is not clear where each triple of a text is written."""


def on_lines(place: Place, number: Callable[[int], int]) -> Place:
    """A place on other lines, those that `number` gives for its own."""
    line = None if place.line is None else number(place.line)
    end = None if place.end_line is None else number(place.end_line)
    return Place(place.file, line, place.column, end, place.end_column, place.cell)


class Lines:
    """The lines of one text, to turn offsets into places of `file`."""

    def __init__(self, file: str, text: str) -> None:
        """Note where each line of `text` starts."""
        self.file = file
        self.text = text
        end = _LINE_END if "\r" in text else _ONE_LINE_END  # several times quicker
        self.starts = [0, *(match.end() for match in end.finditer(text))]

    def start(self, line: int) -> int:
        """The offset at which a line (counted from 1) starts."""
        return self.starts[line - 1]

    def place(self, start: int, end: int) -> Place:
        """The place of the characters from offset `start` up to `end`."""
        line, column = self._position(start)
        end_line, end_column = self._position(end)
        return Place(self.file, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

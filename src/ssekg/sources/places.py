"""Places in a text: from character offsets to the lines and columns that an editor shows."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pyoxigraph import Triple

from ssekg.base.findings import Place

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


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
        if "\r" in text:
            self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        else:  # a few times quicker
            self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]

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

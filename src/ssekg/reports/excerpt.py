"""The source line of a finding with the term marked in it, safe to show in a terminal or on a page.

A line may run from right to left in part, hold tabs, control characters and characters that hide or reorder text, and
be very long. Widths are those of a terminal's cells (UAX 11), as rich counts them.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from ssekg.base.findings import Place

TAB: Final = "    "
CUT: Final = "…"
# Embeddings, overrides, isolates and marks can make a text look like another one (UTS 55); shown, they can't.
_HIDING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff{_HIDING}]")
_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of line `number`: what precedes the term, the term ("" for a place between two), what follows."""

    number: int
    before: str
    term: str
    after: str

    @property
    def width(self) -> int:
        """The cells that the term takes; at least one, so that there is something to point at."""
        return max(1, cell_len(self.term))

    @property
    def indent(self) -> int:
        """The cells before the term."""
        return cell_len(self.before)

    @property
    def runs_both_ways(self) -> bool:
        """Whether the line has characters that run from right to left."""
        return runs_right_to_left(self.before + self.term + self.after)

    @property
    def caret_is_reliable(self) -> bool:
        """Whether a caret under the term is under it in every terminal.

        A terminal that reorders shows text after a run from right to left, and such a run itself, in other cells than
        one that does not.
        """
        return not runs_right_to_left(self.before + self.term)


class Lines:
    """The lines of some files, split once each."""

    def __init__(self, texts: Mapping[str, str | Mapping[int, str]]) -> None:
        """`texts` maps the name that places have to the text of the file, or to its lines by number."""
        self.texts = texts
        self._split: dict[str, list[str]] = {}

    def excerpt(self, place: Place | None, width: int | None = None) -> Excerpt | None:
        """The line where `place` begins, cut around the term to `width` cells; None if there is no such line."""
        line = self._line(place)
        if place is None or place.line is None or line is None:
            return None
        start = min((place.column or 1) - 1, len(line))
        end = _end(place, len(line))
        parts = visible(line[:start]), visible(line[start:end]), visible(line[end:])
        before, term, after = parts if width is None else _cut(*parts, width)
        return Excerpt(place.line, before, term, after)

    def _line(self, place: Place | None) -> str | None:
        if place is None or place.line is None or place.file not in self.texts:
            return None
        text = self.texts[place.file]
        if not isinstance(text, str):
            line = text.get(place.line)
            return None if line is None else line.removesuffix("\r")
        if place.file not in self._split:
            self._split[place.file] = text.split("\n")
        lines = self._split[place.file]
        return lines[place.line - 1].removesuffix("\r") if 0 < place.line <= len(lines) else None


def visible(text: str) -> str:
    """Text of one line with tabs expanded, and with what is not to be seen made visible: `␛`, `<U+202E>`."""
    return _UNSEEN.sub(_shown, text.replace("\t", TAB)) if not text.isprintable() else text


def safe(text: str) -> str:
    """A message without control characters and overrides; its isolates stay, for they are ours."""
    return _UNSAFE.sub(_shown, text) if not text.isprintable() else text


def runs_right_to_left(text: str) -> bool:
    """Whether there is any character that runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else f"<U+{code:04X}>"


def _end(place: Place, length: int) -> int:
    """Where the term ends in its first line, as an index."""
    start = (place.column or 1) - 1
    if place.column is None or (place.end_line is not None and place.end_line != place.line):
        return length
    return max(start, min((place.end_column or place.column) - 1, length))


def _cut(before: str, term: str, after: str, width: int) -> tuple[str, str, str]:
    """The parts cut to `width` cells together: first what is far from the term, then the end of the term."""
    if cell_len(before) + cell_len(term) + cell_len(after) <= width:
        return before, term, after
    term = _head(term, width * 2 // 3)
    room = width - cell_len(term)
    ahead = min(cell_len(before), max(room * 2 // 3, room - cell_len(after)))
    return _tail(before, ahead), term, _head(after, room - ahead)


def _head(text: str, width: int) -> str:
    """The beginning of `text`, at most `width` cells, with an ellipsis where it is cut."""
    if width < 1 or cell_len(text) <= width:
        return text if width > 0 else ""
    kept: list[str] = []
    cells = 1
    for character in text:
        cells += cell_len(character)
        if cells > width:
            break
        kept.append(character)
    return "".join(kept) + CUT


def _tail(text: str, width: int) -> str:
    """The end of `text`, at most `width` cells, with an ellipsis where it is cut; it does not begin with a mark."""
    if width < 1 or cell_len(text) <= width:
        return text if width > 0 else ""
    kept: list[str] = []
    cells = 1
    for character in reversed(text[-width:]):
        cells += cell_len(character)
        if cells > width:
            break
        kept.append(character)
    while kept and unicodedata.combining(kept[-1]):
        kept.pop()
    return CUT + "".join(reversed(kept))

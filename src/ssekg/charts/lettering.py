"""How wide texts are, so that they are wrapped and cut before they run into something.

The widths are those of DejaVu Sans, which the pictures name first: it is wider than most fonts, and what fits with it
fits with the font of the reader's system.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE

# In thousandths of the size of the font.
_WIDTHS: Final = {
    280: "ijlIJ|'‘’",
    320: "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} ،؛.,;:!",
    395: 'frt()[]{}/\\-‐"',
    530: "cszLF“”–_°·",
    600: "aeokvxyzPTYE«»?=+",
    640: "bdghnpqu0123456789BKSRZAVXC$€",
    850: "DGHNOQUM&w…−",
    980: "mW@%—",
}
_OF_CHARACTER: Final = {character: width for width, characters in _WIDTHS.items() for character in characters}
_OTHER: Final = 660
# Arabic letters before another one, and at the end of a word.
_ARABIC_WIDTHS: Final = {
    (300, 300): "ا",
    (330, 900): "بتثنىي",
    (660, 660): "جحخعغ",
    (480, 480): "دذرزو",
    (880, 1240): "سشصض",
    (940, 940): "طظ",
    (560, 900): "فق",
    (620, 840): "ك",
    (330, 760): "ل",
    (600, 640): "مه",
    (560, 560): "ةء",
}
_OF_LETTER: Final = {letter: widths for widths, letters in _ARABIC_WIDTHS.items() for letter in letters}
_OTHER_LETTER: Final = (640, 900)
_BOLD: Final = 1.13
# Other programs round otherwise.
_ALLOWANCE: Final = 1.02


def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """About how wide a text is, rather a little more than less."""
    units = sum(_width(character, following) for character, following in pairwise(f"{words} "))
    return units * size / 1000 * _ALLOWANCE * (_BOLD if is_bold else 1)


@cache
def _width(character: str, following: str) -> int:
    category = unicodedata.category(character)
    if category in {"Cf", "Mn"}:
        return 0
    plain = unicodedata.normalize("NFD", character)[0]
    if category == "Lo" and unicodedata.bidirectional(character) == "AL":
        return _OF_LETTER.get(plain, _OTHER_LETTER)[not following.isalpha()]
    return _OF_CHARACTER.get(plain, _OTHER)


def wrapped(words: str, size: float, room: float, most: int, *, is_bold: bool = False) -> list[str]:
    """The text in at most `most` lines that fit into `room`; what is too long for these is cut."""
    lines: list[str] = []
    rest = [word for word in words.split(" ") if word]
    while rest and len(lines) < most - 1:
        count = _fitting(rest, size, room, is_bold=is_bold)
        line = cut(" ".join(rest[:count]), size, room, is_bold=is_bold)
        lines.append(_closed(line))
        rest = rest[count:]
        if rest and lines[-1] != line:
            rest[0] = FIRST_STRONG_ISOLATE + rest[0]
    if rest:
        lines.append(cut(" ".join(rest), size, room, is_bold=is_bold))
    return lines


def cut(words: str, size: float, room: float, *, is_bold: bool = False) -> str:
    """The text, without its end if it is wider than `room`."""
    if width(words, size, is_bold=is_bold) <= room:
        return words
    kept = words
    while kept and width(kept + "…", size, is_bold=is_bold) > room:
        kept = kept[:-1]
    return _closed(kept.rstrip(" ,،–-(") + "…")


def _fitting(words: Sequence[str], size: float, room: float, *, is_bold: bool) -> int:
    """How many words fit into a line: at least one."""
    count = 1
    while count < len(words) and width(" ".join(words[: count + 1]), size, is_bold=is_bold) <= room:
        count += 1
    return count


def _closed(words: str) -> str:
    """A text whose isolates are all closed, as they may not be once it was cut."""
    opened = words.count(FIRST_STRONG_ISOLATE) - words.count(POP_DIRECTIONAL_ISOLATE)
    return words + POP_DIRECTIONAL_ISOLATE * opened

"""Text that a program read in the wrong encoding, and what it was: thé for thÃ©, th√©, thأ© and th‚, عربي for ط¹ط±ط¨ظٹ.

UTF-8 that was misread is certain: nothing else is UTF-8 again when the misreading is undone. An encoding of single
bytes leaves less evidence: a letter or symbol must be where no word has one, and the repair must leave only letters and
punctuation of Arabic, French and English.
"""

import re
from collections.abc import Iterator
from typing import Final

# What a program may take the bytes for: Windows' own, Windows in Arabic, an old Mac, DOS in France, America, Arabia.
_READ_AS: Final = ("cp1252", "cp1256", "mac_roman", "cp850", "cp437", "cp720")
# What French was written in, and what it was read as; what is alike in both needs no repair.
_FRENCH: Final = (
    *(("cp850", "cp1252"), ("mac_roman", "cp1252"), ("cp1252", "mac_roman"), ("cp1252", "cp850"), ("cp1252", "cp437")),
    *(("cp850", "cp1256"), ("mac_roman", "cp1256"), ("cp850", "mac_roman"), ("mac_roman", "cp850")),
)
_ARABIC_READ_AS: Final = ("cp1252", "mac_roman", "cp850", "cp437")
# The letters of French with a mark, and those of Arabic, the commonest within words first.
_MARKED: Final = "éèêçôîâûàïœùëüöäæÿÉÀÈÊÇÔÎÂŒÛÏËÜÖÄÙÆŸ"
_ARABIC: Final = "الينموتربةعدسفهكقحجأشطصخذضزثظغىئءإآؤ"
_USUAL: Final = re.compile(
    rf"[\x00-\x7f{_MARKED}\u0600-\u06ff\xa0\u202f«»“”‘’–—…•·°€§™©®ºª²³¼½¾×±‰\u200c-\u200f\u2011]*"
)
_CAPITAL: Final = "[\xc0-\xd6\xd8-\xdeŠŒŽŸ]"
# Signs and letters that are never within a word of these languages, nor at the end of one.
_FOREIGN: Final = "[‚ƒ„†‡ˆ‰‹˜™›¡¢£¤¥¦¨¬¯´µ¶¸¿√≈∆◊ﬁﬂı˘˙˚˝˛ˇ∞≤≥∂∑∏π∫Ω\x80-\x9f\u2500-\u259fþðÞÐ]"
_OUT_OF_PLACE: Final = re.compile(
    rf"[A-Za-z]{_CAPITAL}(?=[a-z])|[a-z]{_CAPITAL}\b|[A-Za-z]{_FOREIGN}[a-z]|[a-z][‚ƒˆ\x80-\x9fþÞ](?!\w)"
    r"|[A-Za-z][\u0621-\u06d3](?:[a-z]|[^\x00-\x7f\u0600-\u06ff])|[a-z][پٹچڈژڑکگ](?![\u0621-\u06d3])"
    # The first byte of a letter in UTF-8, read as Arabic, and the second, read as a symbol.
    r"|[\u0622-\u063a][^\x00-\x7f\u0600-\u06ff\xa0\u200b-\u200f\u202f»”’…]"
)
_FOREIGN_RUN: Final = re.compile(r"[^\x00-\x7f\u0600-\u06ff]{4}")
_ARABIC_WORD: Final = re.compile("[\u0621-\u064a]{3,}")


def may_be_garbled(text: str) -> bool:
    """Whether a text has anything that is rare in Arabic, French and English, which is so of few."""
    return not text.isascii() and (_USUAL.fullmatch(text) is None or _OUT_OF_PLACE.search(text) is not None)


def repaired(text: str) -> str | None:
    """What a text was before a program read it in the wrong encoding; None if nothing says that one did.

    A text that is garbled in part is repaired word by word.
    """
    if not may_be_garbled(text):
        return None
    whole = _repair(text)
    if whole is not None or " " not in text:
        return whole
    words = " ".join(_repair(word) or word for word in text.split(" "))
    return words if words != text else None


def _repair(text: str) -> str | None:
    if text.isascii():
        return None
    for repairs in (_from_utf8, _from_arabic, _from_french):
        found = list(dict.fromkeys(repairs(text)))
        if found:
            return max(found, key=_likelihood)
    return None


def _from_utf8(text: str) -> Iterator[str]:
    for read_as in _READ_AS:
        try:
            meant = _bytes(text, read_as).decode("utf-8")
        except UnicodeError:
            continue
        if _USUAL.fullmatch(meant):
            yield meant
        elif meant != text:
            yield from _from_utf8(meant)  # misread more than once


def _from_arabic(text: str) -> Iterator[str]:
    for read_as in _ARABIC_READ_AS if _FOREIGN_RUN.search(text) else ():
        try:
            meant = _bytes(text, read_as).decode("cp1256")
        except UnicodeError:
            continue
        # A line of one character is not a word.
        if _USUAL.fullmatch(meant) and any(len(set(word)) > 2 for word in _ARABIC_WORD.findall(meant)):
            yield meant


def _from_french(text: str) -> Iterator[str]:
    for written, read_as in _FRENCH if _OUT_OF_PLACE.search(text) else ():
        try:
            meant = _bytes(text, read_as).decode(written)
        except UnicodeError:
            continue
        if _USUAL.fullmatch(meant) and not _OUT_OF_PLACE.search(meant):
            yield meant


def _likelihood(text: str) -> int:
    """How common the letters of a text are: of several readings the likelier counts."""
    return sum(50 - letters.index(letter) for letter in text for letters in (_MARKED, _ARABIC) if letter in letters)


def _bytes(text: str, encoding: str) -> bytes:
    """The bytes of a text; in Windows-1252 with the five that it leaves undefined, which some programs keep."""
    if encoding != "cp1252":
        return text.encode(encoding)
    return b"".join(bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode(encoding) for letter in text)

"""What is odd about a text, whatever it says: characters that hide, that were lost, or that only look right."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from ssekg.base.findings import Finding, Severity
from ssekg.sources.mojibake import may_be_garbled, repaired
from ssekg.sources.places import Lines

# Embeddings, overrides and isolates reorder what is shown (Unicode, UAX #9); the marks U+200E, U+200F and U+061C
# do not, and Arabic texts need them.
BIDI_CONTROLS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_HIDDEN_IN_BYTES: Final = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
# XML 1.0 and editors refuse these; U+FFFD replaces a character that a program could not read.
FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
# What XML 1.0 can't hold, even escaped (https://www.w3.org/TR/xml/#charsets).
NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHOWN: Final = bytes(byte for byte in range(256) if not _HIDDEN_IN_BYTES.match(bytes([byte])))
_LOST: Final = re.compile(r"\?{2,}(\s+\?+)+|\A\s*\?{3,}\s*\Z")
# Letters in the shape they take in a word, as they are copied from a PDF, and what shows as nothing.
_SHAPES: Final = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc]")
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
# Anything of the above, or what a cell may not begin or end with: one look at a cell shows that it is ordinary.
_UNUSUAL: Final = re.compile(
    r"\A[\s=+@#-]|\s\Z|\AErr:|\?\?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069"
    r"\ud800-\udfff\ufb50-\ufdc7\ufe70-\uffff]"
)


def is_ordinary(text: str) -> bool:
    """Whether nothing in a text can be odd, which is so of nearly all."""
    if _UNUSUAL.search(text):
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not may_be_garbled(text))


def oddities(text: str) -> Iterator[tuple[str, Severity, dict[str, str]]]:
    """Finding codes with their severity and arguments, for the text of a cell."""
    if "??" in text and _LOST.search(text):
        yield "text-lost", Severity.WARNING, {}
    if text.isascii():
        return
    hiding = BIDI_CONTROLS.search(text)
    if hiding:
        yield "text-bidi-control", Severity.WARNING, {"character": named(hiding[0])}
    meant = repaired(text)
    if meant is not None:
        yield "text-garbled", Severity.WARNING, {"meant": meant}
        return
    usual = usual_form(text)
    if usual is not None:
        yield "text-unicode-form", Severity.INFO, {"meant": usual}


def usual_form(text: str) -> str | None:
    """The text in the form that keyboards give (NFC, letters of Arabic without shape), None if it is in it.

    The order of marks on one letter is left alone: Arabic typists put the shadda first, the standard last.
    """
    usual = _INVISIBLE.sub("", _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))
    if not unicodedata.is_normalized("NFC", usual):
        composed = unicodedata.normalize("NFC", usual)
        usual = composed if sorted(composed) != sorted(usual) else usual
    return usual if usual != text else None


def named(character: str) -> str:
    """A character by its number and, where it has one, its name: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def may_change_direction(content: bytes) -> bool:
    """Whether a UTF-8 file may hold controls of direction, and surely holds none if not."""
    # One byte is found many times faster than two.
    return b"\xe2" in content and (b"\xe2\x80" in content or b"\xe2\x81" in content)


def hidden_findings(content: bytes, shown: str) -> list[Finding]:
    """A warning for each line of a UTF-8 file that holds controls, of direction or others, at the first one."""
    # Two looks that cost next to nothing at what nearly every file is made of.
    if not content.translate(None, _SHOWN) and not may_change_direction(content):
        return []
    if not _HIDDEN_IN_BYTES.search(content):
        return []
    lines = Lines(shown, content.decode("utf-8-sig", "replace"))
    findings: dict[int | None, Finding] = {}
    for match in _HIDDEN.finditer(lines.text):
        place = lines.place(*match.span())
        code = "text-bidi-control" if BIDI_CONTROLS.match(match[0]) else "text-control"
        findings.setdefault(place.line, Finding(code, Severity.WARNING, place, {"character": named(match[0])}))
    return list(findings.values())

"""From the bytes of a text file to its text: UTF-8 is read, any other encoding is named and refused.

Only what is certain is read. Windows' one-byte encodings can't be told apart with certainty, and a wrong guess would
garble names without anybody noticing; so the guess serves the message, never the reading.
"""

import codecs
import re
from typing import Final

from ssekg.base.findings import Finding, Place, Severity

_MARKS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_KINDS: Final = {
    b"PK\x03\x04": "XLSX, ODS, ZIP",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"%PDF": "PDF",
    b"\x1f\x8b": "GZIP",
    b"{\\rtf": "RTF",
}
_CONTROL: Final = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_ARABIC_WORD: Final = re.compile(r"[\u0621-\u064a]{2}")


def decoded(content: bytes, shown: str) -> str | Finding:
    """The text of a UTF-8 file, its byte-order mark left out, or why it can't be read.

    Lone surrogates, which some programs write, are kept for the cells to be judged with them.
    """
    for start, kind in _KINDS.items():
        if content.startswith(start):
            return Finding("table-not-text", Severity.VIOLATION, Place(shown, 1, 1), {"kind": kind})
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None) or _unmarked(content)
    if encoding:
        return _refused(shown, 1, 1, encoding, content.decode(encoding, "replace"))
    if _is_binary(content):
        return Finding("table-not-text", Severity.VIOLATION, Place(shown, 1, 1), {"kind": "?"})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        try:
            return content.decode("utf-8-sig", "surrogatepass")
        except UnicodeDecodeError:
            return _windows(content, problem, shown)


def by_mark(content: bytes) -> str | None:
    """The text of a file that says by its byte-order mark that it is UTF-16 or UTF-32, and is; None for any other."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    try:
        return content.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None


def _unmarked(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero, and no other."""
    even, odd = content[:512:2].count(0), content[1:512:2].count(0)
    many = len(content[:512]) // 8
    if max(even, odd) <= many or min(even, odd):
        return None
    return "UTF-16-LE" if odd > even else "UTF-16-BE"


def _is_binary(content: bytes) -> bool:
    start = content[:4096]
    return len(start) - len(start.translate(None, _CONTROL)) > len(start) // 10


def _windows(content: bytes, problem: UnicodeDecodeError, shown: str) -> Finding:
    # The French letters have the same bytes in both, so Arabic is what distinguishes them.
    arabic = _ARABIC_WORD.search(content.decode("cp1256", "replace"))
    codec, encoding = ("cp1256", "Windows-1256") if arabic else ("cp1252", "Windows-1252")
    before = problem.object[: problem.start].removeprefix(codecs.BOM_UTF8)
    line_start = before.rsplit(b"\n", 1)[-1]
    column = len(line_start.decode("utf-8", "replace")) + 1
    around = problem.object[max(problem.start - 12, problem.start - len(line_start)) : problem.start + 12]
    sample = re.split(r"[\r\n]", around.decode(codec, "replace"), maxsplit=1)[0]
    return _refused(shown, before.count(b"\n") + 1, column, encoding, sample)


def _refused(shown: str, line: int, column: int, encoding: str, text: str) -> Finding:
    sample = text.lstrip("\ufeff").partition("\n")[0].strip()[:24]
    arguments = {"encoding": encoding, "sample": sample}
    return Finding("table-encoding", Severity.VIOLATION, Place(shown, line, column), arguments)

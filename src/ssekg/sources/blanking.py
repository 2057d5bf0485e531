"""What a large file says about a few subjects: all other statements blanked, so that a parser is quick through it.

Every character that stays keeps its line and column. When in doubt a statement stays: the parser decides what it says.
"""

import io
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

import pyoxigraph as ox

# Within these nothing ends a statement; a dot within a name or a number does not either.
_SIGNS: Final = re.compile(
    r'''
      (?P<opaque> \#[^\n\r]* | <[^<>\n\r]*>
        | """(?:(?:"|"")?(?:[^"\\]|\\.))*""" | \'\'\'(?:(?:'|'')?(?:[^'\\]|\\.))*\'\'\'
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<open> [\[(] ) | (?P<close> [\])] )
    | (?P<end> (?<=[>"'\])])\. | (?<!\\)\.(?![\w:%\\-]) | (?<=@[a-z]{2})\. | (?<=@[a-z]{3})\. )
    ''',
    re.VERBOSE | re.DOTALL,
)
_SPACE: Final = re.compile(r"(?:\s+|#[^\n\r]*)*")
_DIRECTIVE: Final = re.compile(r"(?:PREFIX\s+[^:\s]*:\s*|BASE\s+)<[^>]*>", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"<([^>]*)>|([^\s<>\"'\[\](){};,#@]+)")
_NT_SUBJECT: Final = re.compile(rb"\s*(<[^>]*>|_:[^\s<]+)")
_NAME_END: Final = re.compile(r"[/#:]")


def about(content: bytes, subjects: Collection[Any], *, by_lines: bool) -> str:
    """The text of a Turtle file, or by lines of N-Triples, with the statements about other subjects blanked."""
    if by_lines:
        return _lines_about(content, subjects)
    text = content.decode("utf-8-sig", errors="replace")
    names = {_end(subject.value) for subject in subjects if isinstance(subject, ox.NamedNode)}
    labelled = any(isinstance(subject, ox.BlankNode) for subject in subjects)
    kept = []
    for start, end in _statements(text):
        if _may_be_about(text, start, names, labelled=labelled):
            kept.append(text[start:end])
        else:
            kept.append(_blank(text, start, end))
    return "".join(kept)


def _lines_about(content: bytes, subjects: Collection[Any]) -> str:
    wanted = {str(subject).encode() for subject in subjects}
    kept = []
    for line in io.BytesIO(content.removeprefix(b"\xef\xbb\xbf")):
        match = _NT_SUBJECT.match(line)
        blank = match is not None and match[1] not in wanted and b"\\" not in match[1]
        kept.append(b"\n" if blank else line)
    return b"".join(kept).decode(errors="replace")


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the statements, each with the space before it; what comes behind the last is one too."""
    start = depth = 0
    for match in _SIGNS.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "end" and depth <= 0:
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def _may_be_about(text: str, start: int, names: set[str], *, labelled: bool) -> bool:
    at = _after_space(text, start)
    if _DIRECTIVE.match(text, at):
        return True
    match = _SUBJECT.match(text, at)
    if match is None:
        return True
    subject = match[0].strip("<>")
    if subject.startswith("_:"):
        return labelled
    end = _end(subject)
    # Whatever an IRI is relative to, its end stays; unless it has none, or hides it in an escape.
    return end in names or end in {"", ".", ".."} or "\\" in subject or "?" in subject


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _end(iri: str) -> str:
    return _NAME_END.split(iri)[-1]


def _blank(text: str, start: int, end: int) -> str:
    """As many lines, and as many characters in the last."""
    breaks = text.count("\n", start, end)
    if not breaks and "\r" not in text[start:end]:
        return " " * (end - start)
    lines = text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n" * (len(lines) - 1) + " " * len(lines[-1])

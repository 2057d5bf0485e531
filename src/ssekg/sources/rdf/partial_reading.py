"""What a large file says about a few subjects: all other statements blanked, so that it is read again quickly.

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
    | (?P<open> [\[(] ) | (?P<close> [\])] ) | (?P<graph> \{(?!\|) ) | (?P<over> (?<!\|)\} )
    | (?P<end> (?<=[>"'\])])\. | (?<!\\)\.(?![\w:%\\-]) | (?<=@[a-z]{2})\. | (?<=@[a-z]{3})\. )
    ''',
    re.VERBOSE | re.DOTALL,
)
# A statement without brackets, comments and texts of several lines, which is most of them, at one stroke.
_PLAIN: Final = re.compile(
    r"""
      (?: [^<>"'\#.\[\](){}\\]++ | <[^<>\n\r]*+> | "(?:[^"\\\n\r]++|\\.)*+"(?!") | \\.
        | (?<![>"'\])])(?<!@[a-z]{2})(?<!@[a-z]{3})\.(?=[\w:%\\-]) )*+ \.
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE: Final = re.compile(r"(?:\s+|#[^\n\r]*)*")
_DIRECTIVE: Final = re.compile(r"(?:PREFIX\s+[^:\s]*:\s*|BASE\s+)<[^>]*>", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"<([^>]*)>|([^\s<>\"'\[\](){};,#@]+)")
_NT_SUBJECT: Final = re.compile(rb"\s*(<[^>]*>|_:[^\s<]+)")
# What makes or names a blank node; within a literal it does no harm.
_BLANK: Final = re.compile(r"[\[(~]|_:|<<|\{\|")
_ESCAPED: Final = re.compile(r"\\([_~.!$&'()*+,;=/?#@%-])")
_NAME_END: Final = re.compile(r"[/#:]")


def about(content: bytes, subjects: Collection[Any], suffix: str) -> bytes:
    """The content of a file with the statements about other subjects blanked, where its format is known for it.

    Args:
        content: a file in UTF-8.
        subjects: nodes, with the labels that they have in the file or that `labels.steady` gives them.
        suffix: the extension of the file. N-Triples and N-Quads go by lines, Turtle and TriG by statements.
    """
    if suffix in {".nt", ".nq"}:
        return _lines_about(content, subjects)
    if suffix not in {".ttl", ".trig"}:
        return content
    text = content.decode(errors="replace")
    names = {_end(subject.value) for subject in subjects if isinstance(subject, ox.NamedNode)}
    blank = any(isinstance(subject, ox.BlankNode) for subject in subjects)
    kept: list[str] = []
    for start, end in _statements(text):
        if _may_be_about(text, start, end, names) or (blank and _BLANK.search(text, start, end)):
            kept.append(text[start:end])
        else:
            space = _blank(text, start, end)
            # Spaces at the end of a line keep nothing in its column.
            if kept and space[0] == "\n" and kept[-1].isspace():
                kept[-1] = kept[-1].rstrip(" ")
            kept.append(space)
    return "".join(kept).encode()


def _lines_about(content: bytes, subjects: Collection[Any]) -> bytes:
    wanted = {str(subject).encode() for subject in subjects}
    kept = []
    for line in io.BytesIO(content):
        match = _NT_SUBJECT.match(line)
        blank = match is not None and match[1] not in wanted and b"\\" not in match[1]
        kept.append(b"\n" if blank else line)
    return b"".join(kept)


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the statements, each with the space before it; what comes behind the last is one too.

    So are the brace that begins a graph, with the name before it, and the one that ends it.
    """
    start = 0
    while start < len(text):
        plain = _PLAIN.match(text, start)
        ends = [plain.end()] if plain else _ends(text, start)
        for end in ends:
            yield start, end
            start = end


def _ends(text: str, start: int) -> list[int]:
    """Where the statement that begins at an offset ends, and where the brace does that ends its graph."""
    depth = 0
    for match in _SIGNS.finditer(text, start):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif depth <= 0 and kind in {"end", "graph"}:
            return [match.end()]
        elif depth <= 0 and kind == "over":
            return [match.start(), match.end()]
    return [len(text)]


def _may_be_about(text: str, start: int, end: int, names: set[str]) -> bool:
    at = _after_space(text, start)
    if _DIRECTIVE.match(text, at) or text[end - 1] in "{}":
        return True
    match = _SUBJECT.match(text, at)
    if match is None:
        return True
    subject = match[0].strip("<>")
    if subject.startswith("_:"):
        return False
    if match[2]:  # the signs that a prefixed name escapes are its own
        subject = _ESCAPED.sub(r"\1", subject)
    last = _end(subject)
    # Whatever an IRI is relative to, its end stays; unless it has none, or hides it in an escape.
    return last in names or last in {"", ".", ".."} or "\\" in subject or "?" in subject


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

"""What a large file says about a few subjects: all other statements blanked, so that it is read again quickly.

Every character that stays keeps its line and column. When in doubt a statement stays: the parser decides what it says.
"""

import io
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache
from itertools import pairwise
from typing import Any, Final

import pyoxigraph as ox

from ssekg.sources.rdf.tokens import COMMENT, SPACE, STRING, TAG, TERM, Kind, tokens

_NT_SUBJECT: Final = re.compile(rb"\s*(<[^>]*>|_:[^\s<]+)")
# What makes or names a blank node; within a literal it does no harm.
_BLANK: Final = re.compile(r"[\[(~]|_:|<<|\{\|")
_ESCAPED: Final = re.compile(r"\\([_~.!$&'()*+,;=/?#@%-])")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_NAME_END: Final = re.compile(r"[/#:]")


@cache
def _plain() -> re.Pattern[str]:
    """A statement without brackets, which is most of them, at one stroke."""
    return re.compile(rf"(?:{SPACE}++|{COMMENT}|{TERM}|{STRING}|{TAG}|\^\^|[;,])*+\.")


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(rf"(?:{SPACE}++|{COMMENT})*+({TERM})")


def blank_others(content: bytes, subjects: Collection[Any], suffix: str) -> bytes:
    """The content of a file with the statements about other subjects blanked, where its format is known for it.

    Args:
        content: a file in UTF-8.
        subjects: nodes, with the labels that they have in the file or that `labels` gives them.
        suffix: the extension of the file. N-Triples and N-Quads go by lines, Turtle and TriG by statements.
    """
    if suffix in {".nt", ".nq"}:
        return _blank_other_lines(content, subjects)
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


def statements_about(blocks: Iterable[str], subjects: Iterable[Any]) -> tuple[str, list[int]]:
    """The statements of Turtle or TriG about some subjects, those that may be, and all that others depend on.

    Args:
        blocks: the text in blocks.
        subjects: nodes, as `blank_others` takes them.

    Returns:
        A text in which each statement begins on a line of its own, in the column that it has in the file, and for each
        line its number in the file.
    """
    nodes = [*subjects]
    names = {_end(node.value) for node in nodes if isinstance(node, ox.NamedNode)}
    blank = any(isinstance(node, ox.BlankNode) for node in nodes)
    kept: list[str] = []
    numbers: list[int] = []
    line, column = 1, 0
    for text, start, end in _in_blocks(blocks):
        breaks, last = _breaks(text, start, end)
        if _may_be_about(text, start, end, names) or (blank and _BLANK.search(text, start, end)):
            kept.append(" " * column + text[start:end])
            numbers += range(line, line + breaks + 1)
        line, column = line + breaks, last if breaks else column + end - start
    return "\n".join(kept), numbers


def _in_blocks(blocks: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """The spans of the statements, each in the text that it is in; one that a block ends within is read on."""
    text = ""
    for block in blocks:
        text += block
        done = 0
        # The last may go on in the next block; and so may an end of line of two characters.
        for start, end in pairwise([*dict.fromkeys([0, *(end for _, end in _statements(text))])][:-1]):
            yield text, start, end
            done = end
        text = text[done:]
    for start, end in _statements(text):
        yield text, start, end


def _breaks(text: str, start: int, end: int) -> tuple[int, int]:
    """How many lines end in a part of a text, and how many characters are behind the last end."""
    if text.find("\r", start, end) < 0:
        breaks = text.count("\n", start, end)
        return breaks, end - text.rfind("\n", start, end) - 1 if breaks else 0
    ends = [match.end() for match in _LINE_END.finditer(text, start, end)]
    return len(ends), end - ends[-1] if ends else 0


def _blank_other_lines(content: bytes, subjects: Collection[Any]) -> bytes:
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
        plain = _plain().match(text, start)
        ends = [plain.end()] if plain else _ends(text, start)
        for end in ends:
            yield start, end
            start = end


def _ends(text: str, start: int) -> list[int]:
    """Where the statement that begins at an offset ends, and where the brace does that ends its graph."""
    depth = 0
    with suppress(ValueError):  # the parser judges what is not a token
        for token in tokens(text, start):
            if token.kind is Kind.OPEN:
                depth += 1
            elif token.kind is Kind.CLOSE:
                depth -= 1
            elif depth <= 0 and token.kind is Kind.STOP and token.text in ".{":
                return [token.end]
            elif depth <= 0 and token.text == "}":
                return [token.start, token.end]
    return [len(text)]


def _may_be_about(text: str, start: int, end: int, names: set[str]) -> bool:
    match = _subject().match(text, start)
    if match is None or match[1].isalpha() or text[end - 1] in "{}":  # a bracket, a directive, a graph
        return True
    if match[1].startswith("_:"):
        return False
    # The characters that a prefixed name escapes are its own.
    subject = match[1][1:-1] if match[1][0] == "<" else _ESCAPED.sub(r"\1", match[1])
    last = _end(subject)
    # Whatever an IRI is relative to, its end stays; unless it has none, or hides it in an escape.
    return last in names or last in {"", ".", ".."} or "\\" in subject or "?" in subject


def _end(iri: str) -> str:
    return _NAME_END.split(iri)[-1]


def _blank(text: str, start: int, end: int) -> str:
    """As many lines, and as many characters in the last."""
    breaks = text.count("\n", start, end)
    if not breaks and "\r" not in text[start:end]:
        return " " * (end - start)
    lines = text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n" * (len(lines) - 1) + " " * len(lines[-1])

"""The place of each value in a JSON text, which Python's own parser does not report."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined] # undocumented, as the scanner is
from typing import Any, Final

from ssekg.base.findings import Place
from ssekg.sources.places import Lines

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_SCALAR: Final = re.compile(r"[^\s,\]}]+")
_BRACKETS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]]', re.DOTALL)
_DEEPEST: Final = 500
Path = tuple[str | int, ...]
Span = tuple[int, int]


@dataclass
class Item:
    """A value of a JSON text from offset `start` to `end`: `kind` is "{", "[" or "" for one that holds no other.

    `members` are its parts, each with its key and the span of the key, which for those of a list is their own.
    """

    kind: str
    start: int
    end: int = 0
    value: Any = None
    members: list[tuple[str | int, Span, "Item"]] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """Its offsets."""
        return self.start, self.end


def refuse_deep(content: bytes) -> None:
    """Refuse JSON whose brackets are nested so deeply that pyoxigraph would need all memory and break off.

    Raises:
        SyntaxError: they are; it has the line and column.
    """
    depth = 0
    brackets = _BRACKETS.finditer(content) if content.count(b"{") + content.count(b"[") > _DEEPEST else ()
    for match in brackets:
        if match[0] in b"{[":
            depth += 1
        elif match[0] in b"}]":
            depth -= 1
        if depth > _DEEPEST:
            before = content[: match.start()]
            line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
            raise SyntaxError(f"more than {_DEEPEST} nested brackets", (None, line, column, None, line, column + 1))


def json_places(text: str, shown: str) -> Mapping[Path, Place]:
    """The place of each value by its path: ("tableSchema", "columns", 3, "propertyUrl").

    The text is one that `json.loads` accepts. If a key appears twice the last one counts, as in Python.

    Raises:
        ValueError: it is not JSON.
    """
    json.loads(text)
    lines = Lines(shown, text)
    return {path: lines.place(*item.span) for path, item in _walk(read_json(text))}


def read_json(text: str) -> Item:
    """The value of a text that is JSON, with all that it holds; however deep it is, nothing is called again."""
    outermost = Item("[", 0)
    around = [outermost]
    position = _space(text, 0)
    while position < len(text):
        here = around[-1]
        if text[position] in "]}":
            position += 1
            around.pop().end = position
        elif text[position] == ",":
            position += 1
        else:
            position = _member(text, position, around, here)
        position = _space(text, position)
    return outermost.members[0][2]


def _member(text: str, position: int, around: list[Item], here: Item) -> int:
    """Read the next member of `here`, as far as it can be read without what it holds; returns where to continue."""
    key: str | int = len(here.members)
    span: Span | None = None
    if here.kind == "{":
        key, end = scanstring(text, position + 1)
        span = position, end
        position = _space(text, _space(text, end) + 1)
    item = Item(text[position] if text[position] in "{[" else "", position)
    if item.kind:
        around.append(item)
        end = position + 1
    elif text[position] == '"':
        item.value, end = scanstring(text, position + 1)
    else:
        match = _SCALAR.match(text, position)
        end = match.end() if match else position + 1
        item.value = json.loads(text[position:end], parse_int=number)
    item.end = end
    here.members.append((key, span or item.span, item))
    return int(end)


def number(digits: str) -> float:
    """A whole number; one of more digits than Python turns into an integer is rounded."""
    return int(digits) if len(digits) < sys.int_info.default_max_str_digits else float(digits)


def _walk(item: Item) -> Iterator[tuple[Path, Item]]:
    waiting: list[tuple[Path, Item]] = [((), item)]
    while waiting:
        path, here = waiting.pop()
        yield path, here
        waiting += [((*path, key), inner) for key, _, inner in here.members]


def _space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start

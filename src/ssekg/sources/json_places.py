"""Where each value of a JSON text stands, which Python's own parser does not tell."""

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined] # undocumented, as the scanner is
from typing import Final

from ssekg.findings import Place
from ssekg.sources.places import Lines

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_SCALAR: Final = re.compile(r"[^\s,\]}]+")
Path = tuple[str | int, ...]


def json_places(text: str, shown: str) -> Mapping[Path, Place]:
    """The place of each value by its path: ("tableSchema", "columns", 3, "propertyUrl").

    The text is one that `json.loads` accepts. Of a key that stands twice the last counts, as it does for Python.

    Raises:
        ValueError: it is not JSON.
    """
    json.loads(text)
    lines = Lines(shown, text)
    return {path: lines.place(start, end) for path, start, end in _values(text, _space(text, 0), ())}


def _space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _values(text: str, start: int, path: Path) -> Iterator[tuple[Path, int, int]]:
    """The value at `start` and all inside it, the outermost last, each as path, start and end."""
    if text[start] == '"':
        yield path, start, scanstring(text, start + 1)[1]
    elif text[start] in "{[":
        end = start + 1
        for inner, first, last in _members(text, start, path):
            yield inner, first, last
            end = last
        yield path, start, _space(text, end) + 1
    else:
        match = _SCALAR.match(text, start)
        yield path, start, match.end() if match else start


def _members(text: str, start: int, path: Path) -> Iterator[tuple[Path, int, int]]:
    closing = "}" if text[start] == "{" else "]"
    position = _space(text, start + 1)
    index = 0
    while text[position] != closing:
        key: str | int = index
        if closing == "}":
            key, position = scanstring(text, position + 1)
            position = _space(text, _space(text, position) + 1)
        for inner, first, last in _values(text, position, (*path, key)):
            yield inner, first, last
            position = last
        position = _space(text, position)
        if text[position] == ",":
            position = _space(text, position + 1)
        index += 1

"""Files that are not by lines, written as N-Triples once, so that they can be cut into parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from operator import add
from pathlib import Path
from typing import Final

from ssekg.base.findings import Finding
from ssekg.shacl.chunks.scanning import FileName
from ssekg.sources.places import on_lines
from ssekg.sources.rdf.large_turtle import LargeTurtle
from ssekg.sources.suspicious_text import hidden_findings

_BLOCK: Final = 16_000_000


@dataclass(frozen=True)
class Converted:
    """The file of the triples, empty if the file does not parse, and what is wrong with that file."""

    triples: Path
    findings: tuple[Finding, ...]


def converted(name: FileName, target: Path, is_large: bool) -> Converted:
    """Write the triples of a file to another as N-Triples; of large Turtle or TriG only some is held at a time.

    Raises:
        CannotRunError: the file can't be opened.
    """
    return _as_stream(name, target) if is_large else _at_once(name, target)


def _at_once(name: FileName, target: Path) -> Converted:
    file = name.opened()
    target.touch()
    try:
        content = file.ntriples()
    except SyntaxError as problem:
        return Converted(target, (file.syntax_finding(problem),))
    target.write_bytes(content)
    lost = file.lost_findings()
    empty = [] if content or lost else [file.empty_finding()]
    return Converted(target, (*empty, *hidden_findings(file.source.content, file.shown), *lost))


def _as_stream(name: FileName, target: Path) -> Converted:
    file = LargeTurtle(*name.parts)
    try:
        with target.open("wb") as triples:
            triples.writelines(file.blocks())
    except SyntaxError as problem:
        target.write_bytes(b"")
        return Converted(target, (file.syntax_finding(problem),))
    empty = [] if target.stat().st_size else [file.empty_finding()]
    return Converted(target, (*empty, *_hidden(name)))


def _hidden(name: FileName) -> Iterator[Finding]:
    """What is hidden in a file, which is read in blocks of whole lines."""
    before = 0
    with name.path.open("rb") as file:
        while lines := file.readlines(_BLOCK):
            content = b"".join(lines)
            for finding in hidden_findings(content, name.shown):
                yield finding.at([on_lines(each, partial(add, before)) for each in finding.places])
            before += content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")

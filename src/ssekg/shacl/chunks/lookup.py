"""What results mention is looked up in parts: triples about nodes, and where these are written."""

import io
import pickle
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from ssekg.base.terms import Node
from ssekg.shacl.chunks.parts import Part
from ssekg.shacl.chunks.scanning import FileName
from ssekg.sources.places import PlacedTriple, on_lines
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.source_text import KnownText

_USUAL: Final = re.compile(rb"<[^<>]*>|_:[^\s<]+")


@dataclass(frozen=True)
class Sought:
    """Which lines are sought: those about `subjects`, only with one of `predicates` unless it is None.

    There are also those that go on from `starts` by predicates: to objects by those of `forwards`, to subjects by those
    of `backwards`, None for any.
    """

    subjects: frozenset[bytes] = frozenset()
    predicates: frozenset[bytes] | None = None
    starts: frozenset[bytes] = frozenset()
    forwards: frozenset[bytes] = frozenset()
    backwards: frozenset[bytes] | None = frozenset()

    def written(self, path: Path) -> Path:
        """The file in which workers find it."""
        path.write_bytes(pickle.dumps(self))
        return path


def find(part: Part, sought_in: Path, runs: Sequence[int] | None = None) -> list[bytes]:
    """The lines of a part that are sought, in its order.

    Args:
        part: the part.
        sought_in: the file that says what is sought.
        runs: where in the part the lines about each subject begin that may be sought; None for anywhere.
    """
    found = []
    sought = _sought(sought_in)
    subjects, predicates, starts = sought.subjects, sought.predicates, sought.starts
    content = part.content()
    for line in io.BytesIO(content) if runs is None else _lines_of(content, runs):
        subject, _, rest = line.partition(b" ")
        if subject in subjects and (predicates is None or rest.partition(b" ")[0] in predicates):
            found.append(line)
        elif starts:
            predicate, _, rest = rest.partition(b" ")
            is_further = subject in starts and predicate in sought.forwards
            back = sought.backwards is None or predicate in sought.backwards
            if is_further or (back and rest[:-3] in starts):
                found.append(line)
    return found


def _lines_of(content: bytes, runs: Iterable[int]) -> Iterator[bytes]:
    """The lines from where each run begins, as long as they are about one subject."""
    file = io.BytesIO(content)
    for start in runs:
        file.seek(start)
        subject = None
        for line in file:
            about = line.partition(b" ")[0]
            if subject not in {None, about}:
                break
            subject = about
            yield line


@lru_cache(1)
def _sought(path: Path) -> Sought:
    sought: Sought = pickle.loads(path.read_bytes())  # noqa: S301 - our own process wrote it
    return sought


def place(
    name: FileName, part: Part, first: int, subjects: Collection[Node], runs: Sequence[int] | None = None
) -> list[PlacedTriple]:
    """Where the triples about some subjects are written in a part, whose first line is the n-th of the file.

    Args:
        name: the file.
        part: the part.
        first: the number of its first line.
        subjects: the subjects.
        runs: where in the part the lines about each of them begin; None for anywhere.
    """
    file = name.opened(part)
    content = file.source.content
    if b"\r" in content:  # a line may end in it
        return [_moved(each, lambda line: line + first - 1) for each in file.placed(subjects)]
    if runs is not None:
        return placed_on(_numbered(content, runs, first), file, subjects)
    wanted = {str(file.own(node)).encode() for node in subjects}
    kept: dict[int, bytes] = {}
    previous, is_kept = b"", False
    for number, line in enumerate(io.BytesIO(content), start=first):
        subject = line.partition(b" ")[0]
        if subject != previous:
            # What is not written as usual may be anything.
            is_usual = _USUAL.fullmatch(subject) and b"\\" not in subject
            previous, is_kept = subject, subject in wanted or not is_usual
        if is_kept:
            kept[number] = line
    return placed_on(kept, file, subjects)


def _numbered(content: bytes, runs: Iterable[int], first: int) -> dict[int, bytes]:
    """The lines of some runs by their numbers, where the first line of the content has one."""
    numbered: dict[int, bytes] = {}
    counted = 0
    for start in runs:
        first += content.count(b"\n", counted, start)
        counted = start
        numbered.update(enumerate(_lines_of(content, [start]), first))
    return numbered


def placed_on(lines: Mapping[int, bytes], file: RdfFile, subjects: Collection[Node]) -> list[PlacedTriple]:
    """Where the triples about some subjects are written on lines of a file, by number."""
    numbers = [*lines]
    file.source = KnownText(file.path, file.shown, b"".join(lines.values()))
    return [_moved(each, lambda line: numbers[line - 1]) for each in file.placed(subjects)]


def _moved(placed: PlacedTriple, number: Callable[[int], int]) -> PlacedTriple:
    places = (on_lines(each, number) for each in (placed.subject, placed.predicate, placed.object))
    return PlacedTriple(placed.triple, *places)

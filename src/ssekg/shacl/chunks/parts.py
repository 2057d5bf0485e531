"""Parts of files: ranges of lines that end where the subject changes."""

import codecs
import mmap
import re
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

_SUBJECT: Final = re.compile(rb"\s*(<[^>]*>|_:[^\s<]+)")
# How many slices of all subjects are looked at one after the other, to hold few of them at once.
_SLICES: Final = 16


@dataclass(frozen=True)
class Part:
    """The bytes of a file from offset `start` up to `end`."""

    path: Path
    start: int
    end: int

    def content(self) -> bytes:
        """The bytes."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start)


def parts_of(path: Path, size: int) -> Iterator[Part]:
    """A file of lines in parts of about a size, none of which ends between two lines about one subject."""
    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = len(codecs.BOM_UTF8) if content[:3] == codecs.BOM_UTF8 else 0
        while start < len(content):
            end = _line_end(content, start + size)
            subject = _subject(content, content.rfind(b"\n", start, end - 1) + 1)
            while end < len(content) and subject is not None and _subject(content, end) == subject:
                end = _line_end(content, end)
            yield Part(path, start, end)
            start = end


def digest(subject: bytes) -> int:
    """A number of 64 bits for a subject, the same in every process."""
    return int.from_bytes(blake2b(subject, digest_size=8).digest())


class Subjects:
    """The subjects of one part, as their digests in order, and at which byte of the part the triples of each begin."""

    def __init__(self, starts: Mapping[bytes, int], *, are_together: bool = True) -> None:
        """Take the digests.

        Args:
            starts: the bytes before the first line about each subject.
            are_together: whether all lines about each come one after the other.
        """
        found = sorted((digest(subject), start) for subject, start in starts.items())
        self.digests = array("Q", [number for number, _ in found])
        self._starts = array("Q", [start for _, start in found]) if are_together else None

    def runs(self, wanted: Container[int]) -> list[int] | None:
        """Where the lines about subjects begin that have some digests; None if lines may be anywhere in the part."""
        if self._starts is None:
            return None
        return sorted(start for number, start in zip(self.digests, self._starts, strict=True) if number in wanted)

    def between(self, low: int, high: int) -> list[int]:
        """The digests from `low` up to `high`."""
        return self.digests[bisect_left(self.digests, low) : bisect_left(self.digests, high)].tolist()


def is_any_split(parts: Iterable[Subjects]) -> bool:
    """Whether a subject is in more than one part."""
    parts = list(parts)
    step = 2**64 // _SLICES
    for number in range(_SLICES):
        found = [each.between(number * step, (number + 1) * step) for each in parts]
        if len(set().union(*found)) < sum(map(len, found)):
            return True
    return False


def _line_end(content: mmap.mmap, start: int) -> int:
    """The offset of the line after the one that an offset is in."""
    return content.find(b"\n", start) + 1 or len(content)


def _subject(content: mmap.mmap, start: int) -> bytes | None:
    match = _SUBJECT.match(content, start)
    return match[1] if match else None

"""A file of sources, read once: places then fit what was checked, and no file is read twice in a run."""

import codecs
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from ssekg.base.files import read_file
from ssekg.sources.places import Lines


class SourceText:
    """The content of a file, read when it is first used; `shown` is its name for people."""

    def __init__(self, path: Path, shown: str) -> None:
        """Name the file; nothing is read yet."""
        self.path = path
        self.shown = shown

    @cached_property
    def content(self) -> bytes:
        """Its bytes, without the mark that some programs put before UTF-8.

        Raises:
            CannotRunError: it can't be opened.
        """
        return read_file(self.path, self.shown).removeprefix(codecs.BOM_UTF8)

    @property
    def text(self) -> str:
        """Its text as UTF-8; bytes that are not are replaced.

        Raises:
            CannotRunError: it can't be opened.
        """
        return self.content.decode(errors="replace")

    @property
    def lines(self) -> Lines:
        """Its text by lines.

        Raises:
            CannotRunError: it can't be opened.
        """
        return Lines(self.shown, self.text)


class SourcePart(SourceText):
    """A part of a file, from offset `start` up to `end`, as if there were nothing else in it."""

    def __init__(self, path: Path, shown: str, start: int, end: int) -> None:
        """Name the part; nothing is read yet."""
        super().__init__(path, shown)
        self.start = start
        self.end = end

    @cached_property
    def content(self) -> bytes:
        """Its bytes.

        Raises:
            CannotRunError: the file can't be opened.
        """
        return read_file(self.path, self.shown, self.start, self.end)


class KnownText(SourceText):
    """A text that has been read."""

    def __init__(self, path: Path, shown: str, content: bytes) -> None:
        """Take the content; it may be less than the file has."""
        super().__init__(path, shown)
        self.__dict__["content"] = content


class LinesOfFile(Mapping[int, str]):
    """The lines of a file by number, from 1; only the part of the file is read in which a line is."""

    def __init__(self, path: Path, shown: str, parts: Sequence[tuple[int, int, int]]) -> None:
        """Take the parts of the file in order: the number of the first line, the first offset and that of the end."""
        self._parts = parts
        self._firsts = [first for first, _, _ in parts]
        self._lines = lru_cache(1)(lambda start, end: SourcePart(path, shown, start, end).text.split("\n"))

    def __getitem__(self, number: int) -> str:
        """The text of a line."""
        at = bisect_right(self._firsts, number) - 1
        if at < 0:
            raise KeyError(number)
        first, start, end = self._parts[at]
        lines: list[str] = self._lines(start, end)
        if number - first >= len(lines):
            raise KeyError(number)
        return lines[number - first]

    def __iter__(self) -> Iterator[int]:
        """The numbers of the first lines of the parts, since nobody counts the others."""
        return iter(self._firsts)

    def __len__(self) -> int:
        """How many of them there are."""
        return len(self._firsts)

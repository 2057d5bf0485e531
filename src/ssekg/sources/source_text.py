"""A file of sources, read once: places then fit what was checked, and no file is read twice in a run."""

import codecs
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from ssekg.base.files import read_file
from ssekg.sources.places import Lines

_BLOCK: Final = 4_000_000


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
    """The lines of a file by number, from 1; only the block of the file is held in which a line is."""

    def __init__(self, path: Path, shown: str) -> None:
        """Name the file; nothing is read yet."""
        self._path = path
        self._shown = shown
        self._block = lru_cache(1)(lambda start, end: SourcePart(path, shown, start, end).text.split("\n"))

    @cached_property
    def _blocks(self) -> list[tuple[int, int, int]]:
        """The blocks of the file: the number of the first line, the first offset and that of the end."""
        blocks = []
        line, start = 1, 0
        with self._path.open("rb") as file:
            while lines := file.readlines(_BLOCK):
                end = file.tell()
                blocks.append((line, start, end))
                line, start = line + len(lines), end
        return blocks

    def __getitem__(self, number: int) -> str:
        """The text of a line."""
        at = bisect_right(self._blocks, (number + 1,)) - 1
        if at < 0:
            raise KeyError(number)
        first, start, end = self._blocks[at]
        lines: list[str] = self._block(start, end)
        if number - first >= len(lines):
            raise KeyError(number)
        return lines[number - first].removeprefix("\ufeff" if number == 1 else "")

    def __iter__(self) -> Iterator[int]:
        """The numbers of the lines where blocks begin, since nobody counts the others."""
        return (first for first, _, _ in self._blocks)

    def __len__(self) -> int:
        """How many of them there are."""
        return len(self._blocks)

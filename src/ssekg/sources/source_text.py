"""A file of sources, read once: places then fit what was checked, and no file is read twice in a run."""

import codecs
from functools import cached_property
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

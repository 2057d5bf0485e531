"""The folder of a release while it is being written: files as streams, each hashed as it is written."""

import gzip
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from ssekg.base.formats import media_type_of
from ssekg.catalogue.files import PublishedFile

_CHUNK: Final = 1 << 16


class Folder:
    """A folder that is filled file by file; `files` says what it holds so far.

    Paths are relative and have forward slashes. Nothing is sure to be on the disk before `sync`.
    """

    def __init__(self, root: Path) -> None:
        """Begin with an empty folder."""
        self.root = root
        self._files: dict[str, PublishedFile] = {}

    @property
    def files(self) -> list[PublishedFile]:
        """The files in order of their paths."""
        return [self._files[path] for path in sorted(self._files)]

    @property
    def paths(self) -> list[str]:
        """The paths of the files, in order."""
        return sorted(self._files)

    @contextmanager
    def file(self, path: str) -> Iterator[IO[bytes]]:
        """A new file, open for writing.

        Raises:
            FileExistsError: two parts of the release want the same path.
            OSError: the disk does not let us write.
        """
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb", buffering=0) as raw:
            hashing = _Hashing(raw)
            with io.BufferedWriter(hashing, _CHUNK) as file:
                yield file
        self._files[path] = PublishedFile(path, hashing.bytes, hashing.digest.hexdigest(), media_type_of(path))

    @contextmanager
    def packed(self, path: str) -> Iterator[IO[bytes]]:
        """A new file, open for writing, and beside it the same one packed with gzip, as `path`.gz.

        The packed file tells neither its name nor a time (RFC 1952), so that the same content gives the same bytes.
        """
        with (
            self.file(path) as plain,
            self.file(f"{path}.gz") as packed,
            gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=6) as packing,
            io.BufferedWriter(_Both(plain, packing), _CHUNK) as both,
        ):
            yield both

    def write(self, path: str, content: bytes) -> None:
        """A file with this content."""
        with self.file(path) as file:
            file.write(content)

    def add(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Files by path and content."""
        for path, content in files:
            self.write(path, content)

    def sync(self) -> None:
        """Have the disk hold every file and folder; once after all are written is quicker than after each."""
        folders = {self.root}
        for path in self._files:
            place = self.root / path
            sync(place)
            folders |= {parent for parent in place.parents if parent.is_relative_to(self.root)}
        for folder in sorted(folders):
            sync(folder)


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Hashing(io.RawIOBase):
    """Writes on to a file, counting and hashing what is written."""

    def __init__(self, file: io.FileIO) -> None:
        self.out = file
        self.digest = hashlib.sha256()
        self.bytes = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        written = self.out.write(data) or 0
        self.digest.update(memoryview(data)[:written])
        self.bytes += written
        return written


class _Both(io.RawIOBase):
    """Writes the same to two files."""

    def __init__(self, *files: Any) -> None:
        self.files = files

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        for file in self.files:
            file.write(data)
        return len(data)

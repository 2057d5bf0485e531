"""The folder of a release while it is being written: every file hashed as it is written."""

import ctypes
import hashlib
import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from ssekg.base.formats import media_type_of
from ssekg.catalogue.files import PublishedFile

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Content = bytes | Callable[[BinaryIO], object]
"""What a file holds or, if that is too much to be in memory, what writes it."""
_AT_ONCE: Final = 1 << 20


class Folder:
    """A folder that is filled file by file; `files` says what it holds so far.

    Paths are relative and have forward slashes. Nothing is sure to be on the disk before `sync`.
    """

    def __init__(self, root: Path) -> None:
        """Begin with an empty folder."""
        self.root = root
        self._files: dict[str, PublishedFile] = {}
        self._folders: set[Path] = set()

    @property
    def files(self) -> list[PublishedFile]:
        """The files in order of their paths."""
        return [self._files[path] for path in sorted(self._files)]

    @property
    def paths(self) -> list[str]:
        """The paths of the files, in order."""
        return sorted(self._files)

    def __getitem__(self, path: str) -> PublishedFile:
        """The file with a path."""
        return self._files[path]

    def content(self, path: str) -> bytes:
        """What was written to a file."""
        return (self.root / path).read_bytes()

    def write(self, path: str, content: Content) -> None:
        """A new file with this content.

        Raises:
            FileExistsError: two parts of the release want the same path.
            OSError: the disk does not let us write.
        """
        if path in self._files:
            raise FileExistsError(path)
        place = self.root / path
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        with place.open("wb", buffering=0) as file:
            counted = _Counted(file)
            if isinstance(content, bytes):
                counted.write(content)
            else:
                with io.BufferedWriter(counted, _AT_ONCE) as output:
                    content(output)
        self._files[path] = PublishedFile(path, counted.size, counted.digest, media_type_of(path))

    def add(self, files: Iterable[tuple[str, Content]]) -> None:
        """Files by path and content, each written before the next is made."""
        for path, content in files:
            self.write(path, content)

    def take(self, files: Iterable[PublishedFile]) -> None:
        """Files that another process has written here.

        Raises:
            FileExistsError: two parts of the release want the same path.
        """
        for file in files:
            if self._files.setdefault(file.path, file) != file:
                raise FileExistsError(file.path)

    def sync(self) -> None:
        """Have the disk hold every file and folder, all in one step: one by one, thousands take many seconds."""
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            _sync_file_system(descriptor)
        finally:
            os.close(descriptor)


class _Counted(io.RawIOBase):
    """Counts and hashes what is written to a file."""

    def __init__(self, file: io.FileIO) -> None:
        super().__init__()
        self._file, self._hash = file, hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def writable(self) -> bool:
        return True

    def write(self, content: "ReadableBuffer", /) -> int:
        rest = memoryview(content)
        self._hash.update(rest)
        size = rest.nbytes
        while rest:
            rest = rest[self._file.write(rest) :]
        self.size += size
        return size


def _sync_file_system(descriptor: int) -> None:
    """Have the disk hold what was written to the file system of an open file; to all of them where Linux is not.

    Raises:
        OSError: the disk could not take it.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
    elif syncfs(descriptor) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

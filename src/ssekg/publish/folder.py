"""The folder of a release while it is being written: every file hashed as it is written."""

import ctypes
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from ssekg.base.formats import media_type_of
from ssekg.catalogue.files import PublishedFile


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

    def write(self, path: str, content: bytes) -> None:
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
        place.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        self._files[path] = PublishedFile(path, len(content), digest, media_type_of(path))

    def add(self, files: Iterable[tuple[str, bytes]]) -> None:
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

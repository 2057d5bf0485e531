"""The files of a release that somebody else published: in a folder or an archive, each what its publisher made."""

import gzip
import hashlib
import io
import json
import tarfile
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file

_MANIFEST: Final = "manifest.json"
_ZIP: Final = ".zip"
# What of an archive is taken into memory at once: a file of a release has no more.
_LARGEST: Final = 1 << 30
_BROKEN_ARCHIVE: Final = (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error)
_UNREADABLE: Final = (*_BROKEN_ARCHIVE, KeyError, TypeError, ValueError, RecursionError)

Readers = Mapping[str, Callable[[], bytes]]


class ReleaseContent:
    """The files of a release in a folder or an archive; what is read is compared with the checksums of the release."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            CannotRunError: it can't be opened, or holds no release.
        """
        self.path = path
        self._archive = b"" if path.is_dir() else read_file(path, str(path))
        try:
            self._readers = self._opened()
            self._manifest: Any = json.loads(self._readers[_MANIFEST]())
            self._checksums = {file["path"]: file["sha256"] for file in self._manifest["files"]}
        except _UNREADABLE:
            raise CannotRunError("no-release", folder=str(path)) from None

    @property
    def digest(self) -> str:
        """The SHA-256 of the archive or, of a folder, that of its manifest, which has those of all other files."""
        return hashlib.sha256(self._archive or self._readers[_MANIFEST]()).hexdigest()

    @property
    def names(self) -> list[str]:
        """The paths of the files that the release lists."""
        return sorted(self._checksums)

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            CannotRunError: it is missing, or is not what the release lists.
        """
        try:
            content = self._readers[name]()
        except (KeyError, *_BROKEN_ARCHIVE):
            raise CannotRunError("import-damaged", release=str(self.path), file=name) from None
        if hashlib.sha256(content).hexdigest() != self._checksums.get(name):
            raise CannotRunError("import-damaged", release=str(self.path), file=name)
        return content

    def unpacked(self, name: str) -> bytes:
        """The content of a file of which the release may have a packed copy only.

        Raises:
            CannotRunError: it has neither, or it is not what the release lists.
        """
        return gzip.decompress(self.read(f"{name}.gz")) if f"{name}.gz" in self._checksums else self.read(name)

    def _opened(self) -> Readers:
        if not self._archive:
            return _InFolder(self.path)
        content = io.BytesIO(self._archive)
        if self.path.suffix.lower() == _ZIP:
            packed = zipfile.ZipFile(content)
            return _below({each.filename: partial(packed.read, each) for each in packed.infolist() if _is_small(each)})
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - its members are read later
        weakref.finalize(self, copy.close)
        archive = _unpacked(content, copy)
        return _below({each.name: partial(_member, archive, each) for each in archive.getmembers()})


class _InFolder(dict[str, Callable[[], bytes]]):
    """What reads the files of a folder, which may have thousands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __missing__(self, name: str) -> Callable[[], bytes]:
        return (self._folder / name).read_bytes


def _is_small(file: zipfile.ZipInfo) -> bool:
    return not file.is_dir() and file.file_size <= _LARGEST


def _unpacked(content: BinaryIO, copy: BinaryIO) -> tarfile.TarFile:
    """An archive in `copy`, not compressed: what is compressed is read from its beginning for each of its files."""
    with tarfile.open(fileobj=content) as compressed, tarfile.open(fileobj=copy, mode="w") as written:
        for each in compressed:
            if each.isfile() and each.size <= _LARGEST:
                written.addfile(each, compressed.extractfile(each))
    copy.seek(0)
    return tarfile.open(fileobj=copy)


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    content = archive.extractfile(member)
    return content.read() if content is not None else b""


def _below(readers: Readers) -> Readers:
    """The files below the folder of the archive that has the manifest."""
    manifests = [PurePosixPath(name) for name in readers if PurePosixPath(name).name == _MANIFEST]
    root = min(manifests, key=lambda each: len(each.parts)).parent
    paths = {PurePosixPath(name): reader for name, reader in readers.items()}
    return {path.relative_to(root).as_posix(): each for path, each in paths.items() if path.is_relative_to(root)}

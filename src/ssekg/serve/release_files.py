"""The files of a release in memory: each as it is and compressed, found by its path in a table made once.

A path is never joined to a folder, so no address leads out of the release. What is withheld is not read at all.
"""

import gzip
import hashlib
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

import brotli
import zstandard

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file, real, reason
from ssekg.base.formats import media_type_of, rdf_format_of
from ssekg.base.said import Said
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.versions import MANIFEST
from ssekg.publish.manifest import BUILD, Manifest
from ssekg.serve.negotiation import CODINGS

LARGEST: Final = 8 << 20
"""Larger files are read when they are sent, and are compressed only if the release has them so."""
SMALL: Final = 32 << 10
"""Smaller ones are compressed when somebody first asks for them, which takes a fraction of a millisecond."""
_CHUNK: Final = 256 << 10
# So many files are handed out to be read: to wait takes a kilobyte for each.
_AT_ONCE: Final = 1024
# What is compressed already, by the end of its name.
_PACKED: Final = (".gz", ".parquet", ".png", ".xlsx", ".zip")
# A coding that saves less than this is not worth it.
_SAVING: Final = 0.95
# Brotli's best takes a hundred times as long; every page needs these.
_BROTLI: Final = 5
_BROTLI_OF_ALL_PAGES: Final = 11
_OF_ALL_PAGES: Final = (".css", ".js")
_GZIP: Final = 6
_ZSTD: Final = 9


class LargeFile:
    """A file that stays on the disk, open as long as somebody may read it, even if its release is taken away."""

    def __init__(self, opened: BinaryIO, size: int) -> None:
        """Keep an open file."""
        self._opened = opened
        self._size = size

    def __len__(self) -> int:
        """How many bytes it has."""
        return self._size

    def chunks(self) -> Iterator[bytes]:
        """The content, piece by piece.

        Raises:
            OSError: somebody cut it short.
        """
        for start in range(0, self._size, _CHUNK):
            chunk = os.pread(self._opened.fileno(), min(_CHUNK, self._size - start), start)
            if not chunk:
                raise OSError(self._opened.name)
            yield chunk


Content = bytes | LargeFile


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file of a release, as it is and, if that took long to make, by coding; `digest` is its SHA-256."""

    path: str
    media_type: str
    digest: str
    content: Content
    _coded: dict[str, Content | None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, path: str, media_type: str, content: bytes) -> "ServedFile":
        """A content that is in no file of the release."""
        return cls(path, media_type, hashlib.sha256(content).hexdigest(), content)

    def in_coding(self, coding: str) -> Content | None:
        """The content in a coding; None where that would not make it clearly smaller."""
        if coding == "identity":
            return self.content
        if coding in self._coded:
            return self._coded[coding]
        coded = _coded(self.path, self.content, coding)
        if len(self.content) > SMALL:
            self._coded[coding] = coded
        return coded

    def is_at_hand(self, coding: str) -> bool:
        """Whether the content is in a coding without that anybody has to wait for it."""
        return len(self.content) <= SMALL or coding == "identity" or coding in self._coded


@dataclass(frozen=True, slots=True)
class ReleaseFiles:
    """The files of a release by their paths."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, ServedFile]


def load_files(folder: Path, *, whole: bool = False, before: ReleaseFiles | None = None) -> ReleaseFiles:
    """The files of the release in a folder, each compared with the manifest.

    Args:
        folder: where it is; a link is followed once, so that all files are of one release.
        whole: also the dumps of the whole graph.
        before: an earlier release; its files that did not change are taken as they are.

    Raises:
        CannotRunError: there is no release, or a file is missing, unreadable, or not what the manifest says.
    """
    root = real(folder)
    manifest = Manifest.read(root)
    known = before.files if before else {}

    def load(file: PublishedFile) -> ServedFile:
        same = known.get(file.path)
        if same and (same.digest, same.media_type) == (file.sha256, file.media_type):
            return same
        return _coded_at_once(ServedFile(file.path, file.media_type, file.sha256, _read(root, file)))

    listed = [file for file in manifest.files if whole or not _is_withheld(file.path, manifest)]
    files: dict[str, ServedFile] = {}
    with ThreadPoolExecutor() as pool:
        for start in range(0, len(listed), _AT_ONCE):
            files.update((file.path, file) for file in pool.map(load, listed[start : start + _AT_ONCE]))
    for path, file in files.items():
        if isinstance(file.content, LargeFile) and f"{path}.gz" in files:
            files[path] = replace(file, _coded={"gzip": files[f"{path}.gz"].content})
    return ReleaseFiles(root, manifest, files | {name: _unlisted(root, name) for name in (MANIFEST, BUILD)})


def _is_withheld(path: str, manifest: Manifest) -> bool:
    """Whether a file is a dump of the whole graph, where that is not for everybody."""
    bare = path.removesuffix(".gz")
    is_whole = "/" not in path and bare.partition(".")[0] == manifest.id != manifest.public_id
    return is_whole and rdf_format_of(bare) is not None


def _read(root: Path, file: PublishedFile) -> Content:
    """The content of a file that the manifest lists.

    Raises:
        CannotRunError: it can't be read, or is not what the manifest says.
    """
    path = root / file.path
    try:
        size = path.stat().st_size
        content: Content = LargeFile(path.open("rb"), size) if size > LARGEST else path.read_bytes()
        chunks = content.chunks() if isinstance(content, LargeFile) else [content]
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
    except OSError as problem:
        raise CannotRunError("unreadable-file", file=str(path), problem=reason(problem)) from None
    if digest.hexdigest() != file.sha256:
        raise CannotRunError("broken-release", folder=str(root), problem=Said("changed-file", {"file": file.path}))
    return content


def _unlisted(root: Path, name: str) -> ServedFile:
    """A file that is in no list of checksums.

    Raises:
        CannotRunError: it can't be read.
    """
    return _coded_at_once(ServedFile.of(name, media_type_of(name), read_file(root / name, str(root / name))))


def _coded_at_once(file: ServedFile) -> ServedFile:
    """A file that nobody waits for in any coding."""
    for coding in () if file.is_at_hand(CODINGS[0]) else CODINGS:
        file.in_coding(coding)
    return file


def _coded(path: str, content: Content, coding: str) -> bytes | None:
    """A content in a coding, None where that would not make it clearly smaller."""
    if path.endswith(_PACKED) or isinstance(content, LargeFile):
        return None
    if coding == "br":
        packed = brotli.compress(content, quality=_BROTLI_OF_ALL_PAGES if path.endswith(_OF_ALL_PAGES) else _BROTLI)
    elif coding == "zstd":
        packed = zstandard.ZstdCompressor(level=_ZSTD).compress(content)
    else:
        packed = gzip.compress(content, _GZIP, mtime=0)
    # The coders leave an answer in the memory that it might have taken.
    return bytes(memoryview(packed)) if len(packed) < _SAVING * len(content) else None

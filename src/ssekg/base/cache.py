"""A folder of the user's that keeps what takes long to make; whatever is wrong with it costs time and nothing else.

Each entry is a folder, named by the hash of what it was made of. It is filled under another name and then renamed, and
has the hashes of its files, so that half of one is none.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ssekg.base.files import reason
from ssekg.base.said import Argument, Said

VARIABLE: Final = "SSEKG_CACHE"
_OFF: Final = "off"
MOST_BYTES: Final = 500_000_000
_OURS: Final = re.compile(r"[0-9a-f]{64}\.(kept|[A-Za-z0-9_]+\.part)")
_SUMS: Final = "sums.json"
_NOT_OF_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH

Teller = Callable[[str, Mapping[str, Argument]], None]
"""Takes the code and the arguments of a message that only who asks for details wants to read."""


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Where to keep things: in the folder that SSEKG_CACHE names, else in the user's usual one; None if it is `off`."""
    named = environment.get(VARIABLE, "")
    if named == _OFF:
        return None
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("ssekg", appauthor=False)


class Cache:
    """The entries of a folder."""

    def __init__(self, folder: Path, tell: Teller, most: int = MOST_BYTES) -> None:
        """Take a folder, which need not exist; `most` is how many bytes may be in it."""
        self.folder = folder
        self._tell = tell
        self._most = most

    def find(self, key: str) -> Path | None:
        """The folder of the entry of a key; None if there is none that is whole and our own."""
        entry = self._path(key)
        try:
            _refuse_foreign(self.folder.stat())
            sums = dict.fromkeys(_files(entry), "")
            for name in sums:
                sums[name] = hashlib.sha256(_own_content(entry / name)).hexdigest()
        except FileNotFoundError:
            return None
        except OSError as problem:
            self._tell("cache-ignored", {"folder": str(self.folder), "problem": _why(problem)})
            return None
        if not _is_whole(entry, sums):
            self._tell("cache-damaged", {"file": str(entry)})
            _remove(entry)
            return None
        with suppress(OSError):  # what was used last is kept longest
            os.utime(entry)
        return entry

    def add(self, key: str, fill: Callable[[Path], None]) -> None:
        """Keep an entry for a key, if that can be done, and remove the oldest entries if they are too many.

        `fill` writes its files into the folder that it is given.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _refuse_foreign(self.folder.stat())
            beside = Path(tempfile.mkdtemp(".part", f"{key}.", self.folder))  # nobody else may read it
            try:
                fill(beside)
                sums = dict.fromkeys(_files(beside), "")
                for name in sums:
                    (beside / name).chmod(0o600)
                    sums[name] = hashlib.sha256(_own_content(beside / name)).hexdigest()
                (beside / _SUMS).write_text(json.dumps(sums), encoding="utf-8")
                if _size(beside) <= self._most and not self._path(key).exists():
                    beside.rename(self._path(key))
            finally:
                _remove(beside)
            self._remove_oldest()
        except OSError as problem:
            self._tell("cache-ignored", {"folder": str(self.folder), "problem": _why(problem)})

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.kept"

    def _remove_oldest(self) -> None:
        """Keep within the limit; what is not called as our own entries are is left alone."""
        own = [path for path in self.folder.iterdir() if _OURS.fullmatch(path.name)]
        newest_first = sorted(((path.lstat(), path) for path in own), key=lambda each: -each[0].st_mtime_ns)
        total = 0
        for status, path in newest_first:
            total += _size(path) if stat.S_ISDIR(status.st_mode) else status.st_size
            if total > self._most:
                _remove(path)


def _files(entry: Path) -> Iterator[str]:
    """The names of the files of an entry, without that of their sums.

    Raises:
        OSError: it is no folder, or belongs to others.
    """
    status = entry.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise _ForeignError
    _refuse_foreign(status)
    for folder, _, names in os.walk(entry):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), entry)  # noqa: PTH118 - much quicker than paths
            if path != _SUMS:
                yield path


def _own_content(path: Path) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        _refuse_foreign(os.fstat(file.fileno()))
        return file.read()


def _is_whole(entry: Path, sums: Mapping[str, str]) -> bool:
    try:
        return bool(json.loads(_own_content(entry / _SUMS)) == sums)
    except (OSError, ValueError):
        return False


def _size(entry: Path) -> int:
    return sum(path.lstat().st_size for path in entry.rglob("*") if not path.is_dir())


def _remove(entry: Path) -> None:
    """Remove an entry or what is called like one, as far as that can be done."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        with suppress(OSError):
            entry.unlink()


def _refuse_foreign(status: os.stat_result) -> None:
    """Take nothing from where others could have put it.

    Raises:
        PermissionError: it belongs to another user, or others may write to it.
    """
    owner = os.getuid() if hasattr(os, "getuid") else status.st_uid
    if status.st_uid != owner or status.st_mode & _NOT_OF_OTHERS:
        raise _ForeignError


class _ForeignError(PermissionError):
    """What belongs to others, or is open to them."""


def _why(problem: OSError) -> Argument:
    return Said("cache-foreign") if isinstance(problem, _ForeignError) else reason(problem)

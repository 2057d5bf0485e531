"""A folder of the user's that keeps what takes long to make; whatever is wrong with it costs time and nothing else.

Each entry is one file, named by the hash of what it was made of. Its content is written to a file beside it, which is
then renamed, and begins with its own hash, so that half of one is none.
"""

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ssekg.base.files import reason
from ssekg.base.said import Argument, Said

VARIABLE: Final = "SSEKG_CACHE"
_OFF: Final = "off"
MOST_BYTES: Final = 500_000_000
_OURS: Final = re.compile(r"[0-9a-f]{64}\.(kept|[A-Za-z0-9_]+\.part)")
_HASH_BYTES: Final = 32
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

    def read(self, key: str) -> bytes | None:
        """The entry of a key; None if there is none that is whole and our own."""
        path = self._path(key)
        try:
            self._refuse_foreign(self.folder.stat())
            with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
                self._refuse_foreign(os.fstat(file.fileno()))
                content = file.read()
        except FileNotFoundError:
            return None
        except OSError as problem:
            self._tell("cache-ignored", {"folder": str(self.folder), "problem": _why(problem)})
            return None
        if hashlib.sha256(content[_HASH_BYTES:]).digest() != content[:_HASH_BYTES]:
            self._tell("cache-damaged", {"file": str(path)})
            return None
        with suppress(OSError):  # what was used last is kept longest
            os.utime(path)
        return content[_HASH_BYTES:]

    def write(self, key: str, content: bytes) -> None:
        """Keep the entry of a key, if that can be done, and remove the oldest entries if they are too many."""
        if len(content) + _HASH_BYTES > self._most:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._refuse_foreign(self.folder.stat())
            descriptor, name = tempfile.mkstemp(".part", f"{key}.", self.folder)  # nobody else may read it
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(content).digest())
                    file.write(content)
                Path(name).replace(self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
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
            total += status.st_size
            if total > self._most:
                path.unlink(missing_ok=True)

    @staticmethod
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

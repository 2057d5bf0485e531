"""The SHA-256 of files; one that is as it was is not read again, as git's index does it.

A file is as it was if its size, times and inode are. Who writes a file can set back the time of the change of its
content, but not that of its status.
"""

import hashlib
import json
import os
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ssekg.base.files import read_file

State = tuple[int, ...]

# A file that was written so short a time ago may be written once more with the same times; some systems count by two.
_UNSETTLED: Final = 3_000_000_000
_NOT_OF_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


class ForeignError(PermissionError):
    """What belongs to others, or is open to them."""


def refuse_foreign(status: os.stat_result) -> None:
    """Take nothing from where others could have put it.

    Raises:
        PermissionError: it belongs to another user, or others may write to it.
    """
    owner = os.getuid() if hasattr(os, "getuid") else status.st_uid
    if status.st_uid != owner or status.st_mode & _NOT_OF_OTHERS:
        raise ForeignError


def own_content(path: Path) -> bytes:
    """The content of a file of the user's own; a link is not followed.

    Raises:
        OSError: it can't be read, or others may write to it.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        refuse_foreign(os.fstat(file.fileno()))
        return file.read()


def state_of(status: os.stat_result) -> State:
    """What of the status of a file is another after it was written to."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


class Digests:
    """The digests of files, with the state in which each was found, kept in a file from one run to the next."""

    def __init__(self, file: Path | None) -> None:
        """Take the file, which need not exist, and that may be damaged or belong to others; None to keep nothing."""
        self._file = file
        self._known: dict[str, tuple[State, str]] = {}
        self._has_changed = False
        if file is not None:
            with suppress(OSError, ValueError, TypeError, AttributeError):
                refuse_foreign(file.parent.stat())
                kept: dict[str, Any] = json.loads(own_content(file))
                self._known = {path: (tuple(state), str(digest)) for path, (state, digest) in kept.items()}

    def of(self, path: Path) -> str:
        """The digest of the content of a file.

        Raises:
            CannotRunError: it can't be read.
        """
        name, state = str(path), _state_now(path)
        known = self._known.get(name)
        if known is not None and known[0] == state:
            return known[1]
        digest = hashlib.sha256(read_file(path, name)).hexdigest()
        if state is not None and max(state[1:3]) < time.time_ns() - _UNSETTLED:
            self._known[name] = (state, digest)
            self._has_changed = True
        return digest

    def remember(self) -> None:
        """Write the file, if there is something new and it can be written."""
        if self._file is None or not self._has_changed:
            return
        with suppress(OSError):
            refuse_foreign(self._file.parent.stat())
            handle, beside = tempfile.mkstemp(".part", f"{self._file.stem}.", self._file.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._known, file)
            Path(beside).replace(self._file)


def _state_now(path: Path) -> State | None:
    try:
        return state_of(path.stat())
    except (OSError, ValueError):
        return None

"""Files as users name them: read completely or refused with the reason, and written completely or left as they were."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from ssekg.base.errors import CannotRunError
from ssekg.base.said import Argument, Said

_REASONS: Final = {
    errno.ENOENT: "no-such-file",
    errno.EACCES: "no-access",
    errno.EPERM: "no-access",
    errno.EISDIR: "is-folder",
    errno.ENOTDIR: "no-folder",
    errno.ENOSPC: "disk-full",
    errno.EROFS: "read-only",
    errno.ELOOP: "link-loop",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ECONNREFUSED: "connection-refused",
    errno.ECONNRESET: "connection-reset",
    errno.ENETUNREACH: "no-network",
    errno.EHOSTUNREACH: "no-network",
}


def read_file(path: Path, shown: str, start: int = 0, end: int | None = None) -> bytes:
    """The content of a file, or of a part of it, which `shown` names for people.

    A pipe or a device is refused, since it may never end.

    Raises:
        CannotRunError: it can't be opened.
    """
    try:
        if not stat.S_ISREG(mode := path.stat().st_mode):
            kind = Said("is-folder" if stat.S_ISDIR(mode) else "no-file")
            raise CannotRunError("unreadable-file", file=shown, problem=kind)
        if not start and end is None:
            return path.read_bytes()
        with path.open("rb") as file:
            file.seek(start)
            return file.read() if end is None else file.read(end - start)
    except OSError as problem:
        raise CannotRunError("unreadable-file", file=shown, problem=reason(problem)) from None
    except ValueError:  # a name with a null character
        raise CannotRunError("unreadable-file", file=shown, problem=Said("no-such-file")) from None


def write_file(path: Path, content: bytes, shown: str | None = None) -> None:
    """Write a file completely, or leave the one that was there; a pipe or a device is written to directly.

    The permissions of the file stay, and a symbolic link stays a link. `shown` names it for people.

    Raises:
        CannotRunError: it can't be written.
    """
    with written(path, shown) as file:
        file.write(content)


@contextmanager
def written(path: Path, shown: str | None = None) -> Iterator[BinaryIO]:
    """The same for a file that is written bit by bit.

    Raises:
        CannotRunError: it can't be written.
    """
    try:
        target = real(path)
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        if target.exists() and not os.access(target, os.W_OK):  # renaming would not ask
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}-", dir=target.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            beside.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_mask())
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise CannotRunError("cannot-write", target=shown or str(path), problem=reason(problem)) from None


@contextmanager
def writing(folder: Path | None = None) -> Iterator[Path]:
    """A folder to write to, by default the one for temporary files; what the system says against it is for people.

    Raises:
        CannotRunError: it can't be written to.
    """
    try:
        yield folder or Path(tempfile.gettempdir())
    except OSError as problem:
        where = str(folder or tempfile.gettempdir())
        raise CannotRunError("cannot-write", target=where, problem=reason(problem)) from None


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def real(path: Path) -> Path:
    """The path without symbolic links, also where they go round in a circle, for which `Path.resolve` raises."""
    return Path(os.path.realpath(path))


def reason(problem: OSError) -> Argument:
    """Why the system refused, for a message: in our own words for what is usual, else in those of the system."""
    # What the engine's store meets comes without a number.
    number = problem.errno or next((each for each in _REASONS if os.strerror(each) in str(problem)), 0)
    code = _REASONS.get(number)
    return Said(code) if code else str(problem.strerror or problem)

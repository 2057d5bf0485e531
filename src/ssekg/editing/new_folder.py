"""A new folder with all its files, or none: it is written under another name first."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import real, reason

_UNFINISHED: Final = ".ssekg-unfinished"


def put_folder(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    """Write files into a folder that is new or empty, all or none of them.

    What a crash leaves behind has a name that is nobody's, and is taken away the next time.

    Args:
        folder: the folder; those above it are made where they are missing.
        files: the files by their paths in it.
        last: the file that makes the folder what it is. Where the folder is there already, it comes after all others.

    Raises:
        CannotRunError: the folder is not empty, or somebody else is writing it, or the disk does not let us write.
    """
    target = real(folder)
    try:
        require_empty(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target / _UNFINISHED if target.exists() else target.with_name(f"{_UNFINISHED}-{target.name}")
        with _alone(unfinished, folder):
            for path, content in files.items():
                _write(unfinished / path, content)
            if unfinished.parent != target:
                unfinished.rename(target)
                return
            require_empty(folder)
            _move(unfinished, target, last)
    except OSError as problem:
        raise CannotRunError("cannot-write", target=str(folder), problem=reason(problem)) from None


def require_empty(folder: Path) -> None:
    """Refuse what is there and is no folder, or has something in it.

    Raises:
        CannotRunError: it is, or its contents can't be read.
    """
    target = real(folder)
    try:
        if target.parent.is_file():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if os.path.lexists(target) and any(path.name != _UNFINISHED for path in _contents(target)):
            raise CannotRunError("folder-not-empty", folder=str(folder))
    except OSError as problem:
        raise CannotRunError("cannot-write", target=str(folder), problem=reason(problem)) from None


def _contents(target: Path) -> Iterator[Path]:
    """What is in a folder; what is no folder counts as its own content."""
    yield from target.iterdir() if target.is_dir() else (target,)


@contextmanager
def _alone(unfinished: Path, folder: Path) -> Iterator[None]:
    """An empty folder for us alone, which does not stay unless it gets another name.

    Raises:
        CannotRunError: somebody else is writing into it.
    """
    import fcntl

    unfinished.mkdir(exist_ok=True)
    descriptor = os.open(unfinished, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRunError("already-writing", folder=str(folder)) from None
        for path in unfinished.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        try:
            yield
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    finally:
        os.close(descriptor)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(unfinished: Path, target: Path, last: str) -> None:
    """Give what is in a folder to the one above it; nothing where something can't be."""
    moved: list[Path] = []
    try:
        for path in sorted(unfinished.iterdir(), key=lambda each: (each.name == last, each.name)):
            path.rename(target / path.name)
            moved.append(target / path.name)
    except OSError:
        for path in moved:
            path.rename(unfinished / path.name)
        raise

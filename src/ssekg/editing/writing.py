"""Several files of a project changed in one step: whoever reads them, whenever, sees all as before or all as after.

The folder data/ is swapped for a copy with the new files, which Linux (`renameat2`) and macOS (`renamex_np`) do in one
step. Where neither is to be had, two renames do it, and what a crash in between leaves is put right the next time.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file, real, reason, write_file
from ssekg.project.settings import PROJECT_FILE, Project

_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_AT_WORKING_FOLDER: Final = -100


def put(project: Project, contents: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> None:
    """Write the new contents of files: those in data/ all or none, after the others.

    Args:
        project: the project.
        contents: what is to be in the files, by path.
        before: what was in them when the new contents were made.

    Raises:
        CannotRunError: somebody has changed one of the files meanwhile, or is writing to the project, or the disk does
            not let us write.
    """
    if not contents:
        return
    data = real(project.root / "data")
    with _alone(project):
        _put_right(data)
        for path, content in before.items():
            if read_file(path, project.shown(path)) != content:
                raise CannotRunError("changed-meanwhile", file=project.shown(path))
        together = {path: content for path, content in contents.items() if real(path).is_relative_to(data)}
        apart = contents if len(together) == 1 else {path: contents[path] for path in contents if path not in together}
        for path, content in apart.items():
            write_file(path, content, project.shown(path))
        if len(together) < 2:
            return
        try:
            _swap(data, {real(path).relative_to(data): content for path, content in together.items()})
        except OSError as problem:
            raise CannotRunError("cannot-write", target=project.shown(data), problem=reason(problem)) from None


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """The project for us alone, as far as others ask the same way.

    Raises:
        CannotRunError: somebody else is writing.
    """
    import fcntl

    with (project.root / PROJECT_FILE).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRunError("already-writing", folder=str(project.root)) from None
        yield


def _beside(data: Path, name: str) -> Path:
    return data.with_name(f".{data.name}-{name}")


def _put_right(data: Path) -> None:
    """Take away what a crash left behind."""
    after, before = _beside(data, "after"), _beside(data, "before")
    if not data.exists() and before.exists():
        before.rename(data)
    for folder in (after, before):
        shutil.rmtree(folder, ignore_errors=True)


def _swap(data: Path, contents: Mapping[Path, bytes]) -> None:
    """Swap a folder for a copy of it with other contents."""
    after = _beside(data, "after")
    try:
        shutil.copytree(data, after, symlinks=True, copy_function=_same)
        for path, content in contents.items():
            _write(after / path, content)
        _sync(after)
        _exchange(data, after)
        _sync(data.parent)
    finally:
        shutil.rmtree(after, ignore_errors=True)


def _same(source: str, target: str, **_: object) -> str:
    """A second name of a file that does not change, or a copy where the file system has no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _write(path: Path, content: bytes) -> None:
    """New content under the name of a file, whose other names keep the old."""
    mode = path.stat().st_mode & 0o7777
    path.unlink()
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)


def _exchange(data: Path, after: Path) -> None:
    """Have two folders take each other's name."""
    one_step = _one_step()
    if one_step is not None and one_step(os.fsencode(data), os.fsencode(after)) == 0:
        return
    before = _beside(data, "before")
    data.rename(before)
    after.rename(data)
    shutil.rmtree(before, ignore_errors=True)


def _one_step() -> Callable[[bytes, bytes], int] | None:
    """What exchanges two names in one step here and returns 0 if it could; None if nothing does."""
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        here = _AT_WORKING_FOLDER
        return lambda one, other: int(library.renameat2(here, one, here, other, _EXCHANGE))
    if hasattr(library, "renamex_np"):
        return lambda one, other: int(library.renamex_np(one, other, _EXCHANGE))
    return None


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as problem:
        if problem.errno != errno.EINVAL:  # a file system that syncs no folders
            raise
    finally:
        os.close(descriptor)

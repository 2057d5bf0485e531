"""The releases next to the target, and the link to the one in place.

`public` is a symbolic link to `.public-releases/0007-1.2.0`. Releases are numbered as they come; the one in place is
swapped by renaming a new link over the old one, which is one step for every reader. Whatever happens before leaves the
old release as it was, and what a crash leaves behind has a name that the next run knows.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.base.files import reason
from ssekg.publish.folder import sync

KEPT: Final = 3
_NUMBERED: Final = re.compile(r"(\d{4,})-[0-9A-Za-z.+-]+")
_UNFINISHED: Final = ".writing"
_DROPPED: Final = ".dropped-"
_LINK: Final = ".link"
_LOCK: Final = ".lock"


class ReleaseStore:
    """The folder `.{target}-releases` next to a target."""

    def __init__(self, target: Path) -> None:
        """`target` is the path that readers use; nothing is touched yet.

        Raises:
            CannotRunError: `target` is there and is neither a release of ours nor an empty folder.
        """
        self.target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow the link
        self.root = self.target.parent / f".{self.target.name}-releases"
        if self._is_in_the_way():
            raise CannotRunError("target-in-the-way", target=str(target))

    @property
    def current(self) -> Path | None:
        """The folder that the link leads to, even if damaged; None if nothing is published."""
        folder = self.root / self.target.readlink().name if self.target.is_symlink() else None
        return folder if folder is not None and folder.is_dir() else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """The store for us alone, cleared of what a crash left behind.

        Raises:
            CannotRunError: somebody else is publishing here; the disk does not let us write.
        """
        import fcntl

        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / _LOCK).open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise CannotRunError("already-publishing", target=str(self.target)) from None
                self._clear()
                yield
        except OSError as problem:
            raise CannotRunError("cannot-write", target=str(self.target), problem=reason(problem)) from None

    @contextmanager
    def unfinished(self) -> Iterator[Path]:
        """An empty folder for a release that is being made, on the file system of the target; it does not stay."""
        folder = self.root / _UNFINISHED
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put_in_place(self, folder: Path, version: str) -> None:
        """Make an unfinished folder, which is on the disk, the release in place."""
        before = self._number(self.current)
        number = max([before, *map(self._number, self._releases())]) + 1
        release = self.root / f"{number:04}-{version}"
        folder.rename(release)
        sync(self.root)
        self._swap(release)
        # What is newer than the release that was in place until now had been rolled back from.
        stay = [release, *(kept for kept in self._releases() if self._number(kept) <= before)][:KEPT]
        self._drop(path for path in self._releases() if path not in stay)

    def earlier(self) -> list[Path]:
        """The releases before the one in place, the newest first."""
        return [release for release in self._releases() if self._number(release) < self._number(self.current)]

    def go_back_to(self, release: Path) -> None:
        """Put a release of this folder in place."""
        self._swap(release)

    def _is_in_the_way(self) -> bool:
        if self.target.is_symlink():
            return self.target.readlink().parent not in {Path(self.root.name), self.root}
        return self.target.exists() and not (self.target.is_dir() and not any(self.target.iterdir()))

    def _releases(self) -> list[Path]:
        """The releases here, the newest first; anything with another name is not ours."""
        folders = [path for path in self.root.iterdir() if _NUMBERED.fullmatch(path.name) and path.is_dir()]
        return sorted(folders, key=self._number, reverse=True)

    def _number(self, release: Path | None) -> int:
        numbered = _NUMBERED.fullmatch(release.name) if release is not None else None
        return int(numbered[1]) if numbered else 0

    def _swap(self, release: Path) -> None:
        link = self.root / _LINK
        link.symlink_to(Path(self.root.name) / release.name, target_is_directory=True)
        if self.target.is_dir() and not self.target.is_symlink():
            self.target.rmdir()
        link.replace(self.target)
        sync(self.target.parent)

    def _drop(self, releases: Iterator[Path]) -> None:
        """Take releases away, each from under its readers in one step; what does not go now goes the next time."""
        for release in releases:
            dropped = self.root / f"{_DROPPED}{release.name}"
            with suppress(OSError):
                release.rename(dropped)
            shutil.rmtree(dropped, ignore_errors=True)

    def _clear(self) -> None:
        """Take away what a crash left behind."""
        (self.root / _LINK).unlink(missing_ok=True)
        for path in [self.root / _UNFINISHED, *self.root.glob(f"{_DROPPED}*")]:
            shutil.rmtree(path, ignore_errors=True)

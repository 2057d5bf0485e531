"""A newly published release takes the place of the one that is served, between two requests."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from ssekg.base.errors import SsekgError
from ssekg.graph.versions import MANIFEST
from ssekg.serve.app import Application
from ssekg.serve.release import Release

_LOOKED: Final = 0.2
# A release that can't be served may be one that is still being copied.
_AGAIN: Final = 5.0
# No query takes as long; who reads a file slowly needs no workers for it.
_LONGEST_USE: Final = 120.0
_LOG: Final = logging.getLogger("ssekg.serve")
State = tuple[int, int, int, int] | None


def state_of(folder: Path) -> State:
    """What tells one release at a path from another, None if there is none."""
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


class Follower:
    """Looks whether another release is published at a path, and has it served."""

    def __init__(
        self,
        folder: Path,
        application: Application,
        open_release: Callable[[Path, Release], Awaitable[Release]],
        refused: Callable[[SsekgError], None],
    ) -> None:
        """Follow a path.

        Args:
            folder: where releases are published; usually a link that is swapped.
            application: what serves them; it serves the one that is there now.
            open_release: opens the release at a path, beside the one that is served.
            refused: is called with the reason why a release is not served, once for each.
        """
        self._folder = folder
        self._application = application
        self._open = open_release
        self._refused = refused
        self._served = state_of(folder)
        self._failed: State = None
        self._failed_at = 0.0
        self._retired: list[tuple[Release, float]] = []

    async def follow(self) -> None:
        """Look five times a second, for ever."""
        while True:
            await asyncio.sleep(_LOOKED)
            await self._close_retired()
            found = state_of(self._folder)
            is_tried = found == self._failed and time.monotonic() - self._failed_at < _AGAIN
            if found not in {None, self._served} and not is_tried:
                await self._take(found)

    async def _close_retired(self) -> None:
        """Close the releases that nobody is at any more, or for too long."""
        now = time.monotonic()
        for retired in list(self._retired):
            release, since = retired
            if release.is_idle or now - since > _LONGEST_USE:
                self._retired.remove(retired)
                await release.close()

    async def _take(self, found: State) -> None:
        try:
            release = await self._open(self._folder, self._application.release)
        except SsekgError as problem:
            if found != self._failed:
                self._refused(problem)
            self._failed, self._failed_at = found, time.monotonic()
        except Exception:
            _LOG.exception("A release was not taken up because of a bug of our own")
            self._failed, self._failed_at = found, time.monotonic()
        else:
            before, self._application.release = self._application.release, release
            self._served, self._failed = found, None
            before.is_retired = True
            self._retired.append((before, time.monotonic()))

"""A newly published release takes the place of the one that is served, between two requests."""

import asyncio
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
State = tuple[int, int, int, int] | None
Open = Callable[[Path, Release], Awaitable[Release]]


def state_of(folder: Path) -> State:
    """What tells one release at a path from another, None if there is none."""
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


async def follow(
    folder: Path, application: Application, open_release: Open, state: State, refused: Callable[[SsekgError], None]
) -> None:
    """Serve what is published at a path, for ever.

    Args:
        folder: where releases are published; usually a link that is swapped.
        application: what serves them.
        open_release: opens the release at a path, beside the one that is served now.
        state: that of the release which is served already.
        refused: is called with the reason why a release is not served, once for each.
    """
    retired: list[Release] = []
    reported: State = None
    while True:
        await asyncio.sleep(_LOOKED)
        retired = [release for release in retired if not await _closed(release)]
        found = state_of(folder)
        if found in {None, state}:
            continue
        try:
            release = await open_release(folder, application.release)
        except SsekgError as problem:
            if reported != found:
                refused(problem)
            reported = found
            await asyncio.sleep(_AGAIN if reported == found else 0)
            continue
        retired.append(application.release)
        application.release, state = release, found
        retired[-1].is_retired = True


async def _closed(release: Release) -> bool:
    if not release.is_idle:
        return False
    await release.close()
    return True

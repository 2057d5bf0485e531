"""Stores on the disk: for a graph that is kept, and for one that is too large for the memory."""

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.memory import apart

# What the store writes to tell what it does, and to be alone: nobody else writes to it.
_OF_WRITERS: Final = ("LOG", "LOCK")


def write_store(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Make a store in a new folder that is read only from then on.

    Raises:
        OSError: the disk does not let us write.
    """
    store = ox.Store(str(folder))
    store.bulk_extend(quads)
    store.flush()
    del store  # which closes it
    for name in _OF_WRITERS:
        (folder / name).unlink(missing_ok=True)


def store_on_disk(quads: Iterable[ox.Quad], user: object) -> ox.Store:
    """A store of very many quads, to be read only, in a folder that goes when who uses it does.

    It is written apart, since that takes much memory.

    Raises:
        OSError: the disk does not let us write.
    """
    folder = tempfile.mkdtemp(prefix="ssekg-")
    weakref.finalize(user, _remove, folder, os.getpid())
    apart(lambda: write_store(Path(folder), quads))
    return ox.Store.read_only(folder)


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # processes that it has forked use the same folder
        shutil.rmtree(folder, ignore_errors=True)

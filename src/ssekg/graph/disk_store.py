"""Stores on the disk: for a graph that is kept, and for one that is too large for the memory.

Run as a module it is the program that makes such a store: of a file of N-Quads, in a new folder.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.files import writing

# Writing many at once takes as much memory as these.
_AT_ONCE: Final = 100_000
# What the store writes to tell what it does, and to be alone: nobody else writes to it.
_OF_WRITERS: Final = ("LOG", "LOCK")


def write_store(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Make a store in a new folder that is read only from then on.

    Raises:
        OSError: the disk does not let us write.
    """
    store = ox.Store(str(folder))
    fill(store, quads)
    store.flush()
    del store  # which closes it
    for name in _OF_WRITERS:
        (folder / name).unlink(missing_ok=True)


def fill(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Add quads to a store, so many at once that it takes little memory."""
    waiting = iter(quads)
    while some := list(islice(waiting, _AT_ONCE)):
        store.bulk_extend(some)


def store_on_disk(quads: Iterable[ox.Quad], user: object, *, read_only: bool = True) -> ox.Store:
    """A store of very many quads in a folder that goes when who uses it does.

    A program of its own writes it: what that takes much memory for ends with it, and what a store has going on in the
    background does not go on in processes that are forked.

    If it is ended or fails, the store is written here.

    Raises:
        CannotRunError: the folder for temporary files can't be written to.
    """
    with writing() as place:
        folder = Path(tempfile.mkdtemp(prefix="ssekg-", dir=place))
        weakref.finalize(user, _remove, folder, os.getpid())
        given, store = folder / "quads.nq", folder / "store"
        with given.open("wb") as file:
            ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
        program = [sys.executable, "-P", "-m", __name__, str(store), str(given)]
        if subprocess.run(program, capture_output=True, check=False).returncode:  # noqa: S603 - our own
            shutil.rmtree(store, ignore_errors=True)
            _write(store, given)
        given.unlink()
        return ox.Store.read_only(str(store)) if read_only else ox.Store(str(store))


def _write(store: Path, quads: Path) -> None:
    write_store(store, ox.parse(path=quads, format=ox.RdfFormat.N_QUADS))  # which leaves blank nodes their names


def _remove(folder: Path, owner: int) -> None:
    if os.getpid() == owner:  # processes that it has forked use the same folder
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _write(*map(Path, sys.argv[1:]))

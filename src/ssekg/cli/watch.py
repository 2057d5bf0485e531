"""Waiting for files to be saved."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.base.formats import rdf_format_of
from ssekg.project.settings import PROJECT_FILE
from ssekg.sources.table_files import is_table

# In milliseconds: how long files must be quiet, so that a save that touches many is one, but no longer than the next;
# and how long is waited before the first check.
_QUIET: Final = 100
_LONGEST: Final = 1000
_WAIT: Final = 200


def saves(folders: Callable[[], set[Path]]) -> Iterator[set[Path]]:
    """The sources that were saved in some folders, each time that some were; first, and at once, an empty set.

    What is saved while the caller is at work is reported afterwards. `folders` is called again after each save, since a
    new folder may be among what was saved.

    Raises:
        CannotRunError: the package that notices saves is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise CannotRunError("no-watcher") from None
    while True:
        watched = folders()
        is_first = True
        for batch in watch(
            *watched,
            watch_filter=None,
            recursive=False,
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=_WAIT,
            yield_on_timeout=True,
        ):
            saved = {Path(name) for _, name in batch if is_source(Path(name))}
            if batch and folders() != watched:
                break
            if saved or is_first:
                yield saved
            is_first = False


def is_source(path: Path) -> bool:
    """Whether a file can be one of a project, by its name; the copies that editors make next to it can't."""
    if path.name == PROJECT_FILE:
        return True
    is_named = path.suffix.lower() == ".rq" or path.name.endswith("-metadata.json") or is_table(path)
    return (is_named or rdf_format_of(path) is not None) and not path.name.startswith(".")


def folders_within(paths: set[Path]) -> set[Path]:
    """Folders with all folders in them, and for files the folder that they are in; hidden ones are left out."""
    found = set()
    for path in paths:
        if path.is_dir():
            inner = (folder for folder in path.rglob("*") if folder.is_dir())
            found |= {path, *(each for each in inner if not _is_aside(each.relative_to(path)))}
        else:
            found.add(path.parent)
    return {folder.resolve() for folder in found}


def _is_aside(path: Path) -> bool:
    return any(part.startswith(".") or part in {"public", "node_modules"} for part in path.parts)

"""The files that are checked, and the texts of those that findings are in."""

from collections.abc import Callable, Iterable
from pathlib import Path

from ssekg.base.errors import CannotRunError
from ssekg.base.files import real
from ssekg.base.findings import Finding
from ssekg.sources.load import Sources
from ssekg.sources.tables.table import Table


def all_targets(paths: Iterable[Path], is_ours: Callable[[Path], bool]) -> list[Path]:
    """The files themselves and, of folders, what is ours in them, each once.

    Raises:
        CannotRunError: there is nothing of ours in a folder.
    """
    targets: dict[Path, Path] = {}
    for path in paths:
        found = sorted(file for file in path.rglob("*") if is_ours(file)) if path.is_dir() else [path]
        if not found:
            raise CannotRunError("nothing-to-check", folder=str(path))
        for file in found:
            targets.setdefault(real(file), file)
    return list(targets.values())


def within(found: Iterable[Finding], names: set[str]) -> list[Finding]:
    """The findings in files of these names, each with its place there first."""
    kept = []
    for finding in found:
        here = [place for place in finding.places if place.file.removesuffix("-metadata.json") in names]
        if here:
            kept.append(finding.at([*here, *(place for place in finding.places if place not in here)]))
    return kept


def texts_of(found: Iterable[Finding], sources: Sources) -> dict[str, str]:
    """The text of each file that has a finding."""
    named = {finding.place.file for finding in found if finding.place is not None}
    tables = {file.shown: file.text for file in sources.files if isinstance(file, Table) and file.shown in named}
    texts = {shown: source.text for shown, source in sources.texts.items() if shown in named}
    return texts | {shown: text for shown, text in tables.items() if text is not None}

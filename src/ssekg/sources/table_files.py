"""Which files are tables, and which descriptions they have."""

from pathlib import Path
from typing import Final

from ssekg.base.errors import CannotRunError
from ssekg.project.settings import Project
from ssekg.sources.tables.parquet import PARQUET
from ssekg.sources.tables.workbooks import WORKBOOKS

_SUFFIXES: Final = (".csv", *sorted(WORKBOOKS), PARQUET)
_DESCRIBED: Final = ".csv-metadata.json"


def is_table(path: Path) -> bool:
    """Whether a file is a table, by its name; the lock files that spreadsheets leave next to it are not."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", ".~lock"))


def description_of(project: Project, path: Path) -> Path:
    """The description of a table from anywhere: the one next to it, or that of the project's table of the same name.

    Raises:
        CannotRunError: there is none.
    """
    beside = description_beside(path)
    alike = [described for described in project.table_descriptions if table_name(described) == table_name(path)]
    for description in (beside, *alike):
        if description.is_file():
            return description
    raise CannotRunError("no-description", file=project.shown(path), description=beside.name)


def description_beside(path: Path) -> Path:
    """Where the description of a table is looked for first."""
    return path.with_name(table_name(path) + _DESCRIBED)


def files_of(description: Path) -> list[Path]:
    """The files in which the rows of a described table may be kept, the usual one first."""
    return [description.with_name(table_name(description) + suffix) for suffix in _SUFFIXES]


def table_name(path: Path) -> str:
    """The name of a table, from the path of its file or of its description."""
    return path.name.removesuffix(_DESCRIBED) if path.name.endswith(_DESCRIBED) else path.stem

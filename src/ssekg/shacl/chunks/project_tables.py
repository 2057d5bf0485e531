"""The tables of a project, of which large ones are read in parts by all cores, and without holding their rows."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ssekg.base.files import writing
from ssekg.base.triples import collected
from ssekg.project.settings import Project
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource

if TYPE_CHECKING:
    from ssekg.shacl.chunks.workers import Workers

LARGE: Final = 10_000_000
"""Tables of this many bytes are large."""


@contextmanager
def project_reader(project: Project) -> Iterator[Callable[[TableSource], Table]]:
    """What reads the tables of a project.

    Those of a project that imports others are all read at once: their links lead to what is imported.

    Raises:
        CannotRunError: there is no place for the triples meanwhile.
    """
    sizes = (path.stat().st_size for path in project.files_in("data") if path.is_file())
    if project.imports or max(sizes, default=0) < LARGE:
        yield read_table
        return
    from ssekg.shacl.chunks import workers  # which small projects do without

    with (
        writing() as place,
        tempfile.TemporaryDirectory(prefix="ssekg-", dir=place) as name,
        workers.workers(workers.core_count(), Path(name)) as processes,
    ):
        yield partial(_read, processes, Path(name) / "table.nt")


def _read(processes: "Workers", target: Path, source: TableSource) -> Table:
    path = source.path
    if path is None or path.stat().st_size < LARGE:
        return read_table(source)
    from ssekg.sources.tables.large_table import LargeTable, read_large_table  # which small projects do without

    table = read_large_table(source, target, processes.each, to_publish=True)
    if not isinstance(table, LargeTable):
        return table
    return replace(
        table, stated=collected(quad.triple for quad in ox.parse(path=target, format=ox.RdfFormat.N_TRIPLES))
    )

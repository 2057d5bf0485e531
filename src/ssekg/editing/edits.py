"""Changes to the rows of a project's tables, gathered to be looked at and made together."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ssekg.base.files import read_file
from ssekg.editing.proposal import Proposal, propose
from ssekg.editing.rows import Cells, Rows
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project
from ssekg.sources.tables.table import Table
from ssekg.sources.tables.workbooks import WORKBOOKS


@dataclass
class _Changes:
    changed: dict[int, Cells | None] = field(default_factory=dict)
    added: list[Cells] = field(default_factory=list)


class Edits:
    """The tables of a project and what is to be changed in them; nothing is written before the proposal is."""

    def __init__(self, project: Project) -> None:
        """Read the project.

        Raises:
            CannotRunError: a file can't be opened.
        """
        self.project = project
        kept = (path for path in project.files_in("data") if path.suffix.lower() in {".csv", *WORKBOOKS})
        # Read before the tables: who changes a file in between is noticed when the change is written.
        self._before = {path: read_file(path, project.shown(path)) for path in kept}
        self.graph: Graph = build_graph(project)
        self._changes: dict[str, _Changes] = defaultdict(_Changes)
        self._others: dict[Path, bytes] = {}
        self._rows: dict[str, Rows] = {}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by the names of their files, such as `wells.csv`."""
        return {file.name: file for file in self.graph.sources.files if isinstance(file, Table)}

    def rows(self, name: str) -> Rows:
        """The rows of one of the tables as they are.

        Raises:
            CannotRunError: it is kept in a workbook, or could not be read completely.
        """
        if name not in self._rows:
            self._rows[name] = Rows.of(self.tables[name])
        return self._rows[name]

    def change(self, name: str, record: int, cells: Cells | None) -> None:
        """Give the row with the number `record` other cells; None takes it out."""
        self._changes[name].changed[record] = cells

    def add(self, name: str, cells: Cells) -> None:
        """Add a row."""
        self._changes[name].added.append(cells)

    def rewrite(self, path: Path, content: bytes) -> None:
        """Give a file of the project that is no table other content."""
        self._before.setdefault(path, read_file(path, self.project.shown(path)))
        self._others[path] = content

    def contents(self) -> dict[Path, bytes]:
        """What would be in the files that are to be changed."""
        contents = dict(self._others)
        for name, changes in self._changes.items():
            rows = self.rows(name)
            contents[rows.table.path] = rows.rewritten(changes.changed, changes.added)
        return contents

    def proposal(self) -> Proposal:
        """What the changes would do.

        Raises:
            CannotRunError: the shapes can't be used, or a file can't be opened.
        """
        return propose(self.project, self.graph, self.contents(), self._before)

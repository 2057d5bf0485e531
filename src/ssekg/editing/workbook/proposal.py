"""What a workbook would change, with all findings where they are in the workbook."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ssekg.base.findings import Finding, Place
from ssekg.editing.entry import heading
from ssekg.editing.proposal import Proposal
from ssekg.editing.rows import Rows
from ssekg.editing.workbook.reading import Import
from ssekg.sources.tables.grids import cell_name
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table


def proposed(outcome: Import) -> Proposal:
    """What a read workbook would do; its own problems come first.

    Raises:
        CannotRunError: the shapes can't be used, or a file can't be opened.
    """
    proposal = outcome.edits.proposal()
    found = tuple(map(_Places(outcome, proposal).moved, proposal.report.findings))
    return replace(proposal, report=replace(proposal.report, findings=(*outcome.problems, *found)))


class _Places:
    """Where in the workbook a finding in a table is, if the row came from there."""

    def __init__(self, outcome: Import, proposal: Proposal) -> None:
        self._outcome = outcome
        self._contents = proposal.contents
        self._later: dict[str, Rows] = {}

    def moved(self, finding: Finding) -> Finding:
        """A finding at its place in the workbook, with the heading there; as it is, if it is about no row there."""
        places = [self._moved(place) for place in finding.places]
        table = self._table(finding.place)
        if table is None or places[0] == finding.place:
            return finding.at(places)
        column = next((each for each in table.columns if each.title == finding.arguments.get("column")), None)
        called = {} if column is None else {"column": heading(column)}
        return replace(finding.at(places), arguments={**finding.arguments, **called})

    def _table(self, place: Place | None) -> Table | None:
        """The table that a place is in."""
        tables = self._outcome.edits.tables.values()
        return next((each for each in tables if place is not None and each.shown == place.file), None)

    def _moved(self, place: Place) -> Place:
        table = self._table(place)
        if table is None or table.path not in self._contents:
            return place
        rows = self._rows(table)
        found = [record for record in rows.records if record.line <= (place.line or 0)]
        row = self._outcome.written.get((table.name, rows.key(rows.cells(found[-1])))) if found else None
        if row is None:
            return place
        letters = (place.cell or "").rpartition("!")[2].rstrip("0123456789")
        names = {cell_name(1, index).removesuffix("1"): name for name, index in rows.indices.items()}
        return row.place(names.get(letters))

    def _rows(self, table: Table) -> Rows:
        """The rows of a table as they would be."""
        if table.name not in self._later:
            with TemporaryDirectory() as folder:
                copy = Path(folder) / table.name
                copy.write_bytes(self._contents[table.path])
                self._later[table.name] = Rows.of(read_table(replace(table.source, path=copy)))
        return self._later[table.name]

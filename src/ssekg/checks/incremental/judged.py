"""What is judged again after a change: nodes and rows, and which rows that takes."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place
from ssekg.checks.incremental.baseline import Run
from ssekg.checks.incremental.bounds import MOST_NODES, UnboundedError
from ssekg.checks.incremental.changes import Found, Statements
from ssekg.checks.incremental.mentions import places_of, shown_names
from ssekg.checks.incremental.reach import Reach
from ssekg.checks.incremental.row_index import RowName, of_term
from ssekg.checks.incremental.tables import triples_of


@dataclass
class Judged:
    """The nodes and the rows, as they were and as they are, whose findings are made anew.

    `context` are rows that these link to, or that have the same keys.
    """

    nodes: set[Any] = field(default_factory=set)
    old_rows: set[RowName] = field(default_factory=set)
    rows: set[RowName] = field(default_factory=set)
    context: set[RowName] = field(default_factory=set)


class Judging:
    """Finds what is judged again."""

    def __init__(self, run: Run, statements: Statements, changed_files: Collection[str]) -> None:
        """Take a full run, what has changed since, and in which files."""
        self._run = run
        self.statements = statements
        self._tables = statements.tables
        self._files = changed_files
        self._numbers = {table.bare.shown: number for number, table in enumerate(self._tables.tables)}

    def judged(self, reach: Reach, names: Set[str]) -> Judged:
        """What is judged again; `names` are the things that have another name, as they are written.

        Raises:
            UnboundedError: it is too much, or not known.
        """
        gone, come = self.statements.changes
        changed = gone | come
        judged = Judged(reach.reached(changed, self.statements), {*self._tables.gone}, {*self._tables.came})
        self._add_linked(judged)
        repeated = self.statements.repeated
        mentioned = {triple.object for triple in changed}.union(*((t.subject, t.object) for t in repeated))
        places = _Places(self, repeated)
        for near, finding in self._run.findings:
            moved = self._has_moved(finding)
            if moved and not near:
                raise UnboundedError("the place of what the whole graph shows")
            is_named = bool(names) and not names.isdisjoint(shown_names(finding))
            if near and (moved or is_named or finding.focus in mentioned or places.has(finding)):
                self._add(judged, finding)
        self._add_context(judged)
        if len(judged.nodes) + len(judged.rows) > MOST_NODES:
            raise UnboundedError("too many nodes")
        return judged

    def _add(self, judged: Judged, finding: Finding) -> None:
        if finding.focus is not None:
            judged.nodes.add(finding.focus)
        for place in finding.places if finding.focus is None else ():
            row = self.old_row_at(place)
            if row is not None:
                judged.old_rows.add(row)
                now = self._tables.now(row)
                judged.rows.update(() if now is None else [now])

    # --- keys ---

    def _add_linked(self, judged: Judged) -> None:
        """Add the rows with keys that rows have or had where something has changed, and those that link to them."""
        own, linked = self.statements.changed_keys
        rows = [(self._table_of(name), self._tables.old_row(name)) for name in self._tables.gone]
        rows += [(self._table_of(name), self._tables.tables[name.table].row(name.at)) for name in self._tables.came]
        owned = {key for table, row in rows for key in self.statements.keys.own(table, row)}
        found = [each for key in owned for each in self.statements.rows_owning(key)]
        found += [each for key in own for each in self.statements.rows_linking(key)]
        for subject in {triple.subject for _, row in rows for triple in triples_of(row)}:
            if len({*self.statements.is_subject(subject)}) > 1:
                found += self.statements.rows_linking(_number(subject))
        for key in linked:
            owners = [*self.statements.rows_owning(key)]
            if not any(each.now for each in owners) or not any(each.old for each in owners):
                found += self.statements.rows_linking(key)
        self._take(judged, found)

    def _take(self, judged: Judged, found: Iterable[Found]) -> None:
        for each in found:
            judged.old_rows.update([each.old] if each.old is not None else ())
            judged.rows.update([each.now] if each.now is not None else ())

    def _add_context(self, judged: Judged) -> None:
        """Add what the rows that are judged link to, and what has the same keys."""
        keys = self.statements.keys
        for name in judged.rows:
            table, row = self._table_of(name), self._tables.tables[name.table].row(name.at)
            found = [
                each
                for key in (*keys.own(table, row), *keys.linked(table, row))
                for each in self.statements.rows_owning(key)
            ]
            found += [each for record in keys.referred(table, row) for each in self.statements.rows_about(record)]
            judged.context.update(each.now for each in found if each.now is not None)

    def _table_of(self, name: RowName) -> Any:
        return self._tables.tables[name.table].bare

    # --- places ---

    def is_table(self, place: Place) -> bool:
        """Whether a place is in a table."""
        return place.file in self._numbers

    def old_row_at(self, place: Place) -> RowName | None:
        """The row that a place was in; None for one in the header or another file."""
        number = self._numbers.get(place.file)
        if number is None or place.line is None:
            return None
        at = bisect_right(self._run.tables[number][1].lines, place.line) - 1
        return RowName(number, at) if at >= 0 else None

    def row_at(self, place: Place) -> RowName | None:
        """The row that a place is in; None for one in the header or another file."""
        number = self._numbers.get(place.file)
        at = self._tables.tables[number].at_line(place.line) if number is not None and place.line is not None else None
        return None if number is None or at is None else RowName(number, at)

    def _has_moved(self, finding: Finding) -> bool:
        """Whether something that a finding mentions is elsewhere now, or in a file of RDF that has changed."""
        for place in places_of(finding):
            row = self.old_row_at(place)
            if row is not None:
                now = self._tables.now(row)
                if now is None:
                    return True
                records = self._run.tables[row.table][1]
                if (records.lines[row.at], records.numbers[row.at]) != self._tables.tables[now.table].place_of(now.at):
                    return True
            elif place.file in self._files and place.file not in self._numbers:
                return True
        return False


class _Places:
    """Where something was stated already that is stated once more, which is one more place of what was found there."""

    def __init__(self, judging: Judging, repeated: Set[ox.Triple]) -> None:
        statements = judging.statements
        found = (each for node in {triple.subject for triple in repeated} for each in statements.rows_about(node))
        self._rows = {each.old for each in found if each.old is not None}
        self._is_in_rdf = statements.is_in_rdf(repeated)
        self._judging = judging

    def has(self, finding: Finding) -> bool:
        """Whether a finding may have a place there."""
        if not self._rows and not self._is_in_rdf:
            return False
        rows = (self._judging.old_row_at(place) for place in finding.places)
        is_in_rdf = any(not self._judging.is_table(place) for place in finding.places)
        return (self._is_in_rdf and is_in_rdf) or not self._rows.isdisjoint(row for row in rows if row is not None)


def _number(node: Any) -> int:
    return of_term(ox.NamedNode(node.value.partition("#")[0]) if isinstance(node, ox.NamedNode) else node)

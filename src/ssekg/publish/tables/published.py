"""All tables of a release."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ssekg.graph.public import Public
from ssekg.project.settings import Project
from ssekg.publish.tables.answers import answer_table
from ssekg.publish.tables.coverage import NAME as COVERAGE
from ssekg.publish.tables.coverage import coverage_table
from ssekg.publish.tables.naming import Descriptions
from ssekg.publish.tables.records import RecordTables
from ssekg.publish.tables.table import Outline, Table, with_targets
from ssekg.publish.tables.values import free_name
from ssekg.publish.tables.wide_tables import wide_tables
from ssekg.queries.columns import read_columns
from ssekg.queries.library import WIDE, Query, read_queries


@dataclass(frozen=True, slots=True)
class Listed:
    """The tables that are published as CSV, and the path of that of what the data have and lack."""

    tables: Sequence[Outline]
    coverage: str


class PublishedTables:
    """The tables of a release, each made when it is first asked for."""

    def __init__(self, project: Project, public: Public, files: Iterable[object] = ()) -> None:
        """Take the public graph and the files of the project.

        Of most tables among `files` only names and the IRIs of rows are used: what is in the published ones, the graph
        says.
        """
        self._project, self._public, self._files = project, public, files

    @cached_property
    def of_records(self) -> list[Table]:
        """Those of records and of their parts, and those that are published as they are kept."""
        made = self._made.all()
        wide = wide_tables(self._public, self._descriptions, self._made.names, self._project.languages)
        return [*made, *with_targets(list(wide), made)]

    @cached_property
    def coverage(self) -> Table:
        """That of what the data have and lack."""
        taken = [table.name for table in self.of_records]
        name = free_name([COVERAGE, f"{COVERAGE}_table"], taken)
        return coverage_table(self._public, name, self._project.languages, self._project.worded_languages)

    @cached_property
    def of_queries(self) -> list[tuple[Query, Table]]:
        """Those that queries make, each with its query."""
        tables = [*self.of_records, self.coverage]
        found, described = [], read_columns(self._project)
        for query in read_queries(self._project):
            if query.publish:
                tables.append(answer_table(self._public, query, tables, self._made.names, described))
                found.append((query, tables[-1]))
        return found

    @property
    def all(self) -> list[Table]:
        """All, as the database has them."""
        return [*self.of_records, self.coverage, *(table for _, table in self.of_queries)]

    @cached_property
    def in_csv(self) -> list[Table]:
        """Those that are published as CSV: not the answers of queries, but wide ones."""
        wide = (table for query, table in self.of_queries if query.publish == WIDE)
        return sorted([*self.of_records, self.coverage, *wide], key=lambda table: table.name)

    @property
    def listed(self) -> Listed:
        """Those that are published as CSV, without their rows."""
        return Listed([table.outline for table in self.in_csv], self.coverage.path)

    @cached_property
    def _made(self) -> RecordTables:
        return RecordTables(self._public, self._descriptions, self._project.languages)

    @cached_property
    def _descriptions(self) -> Descriptions:
        return Descriptions(self._files, self._public.base)

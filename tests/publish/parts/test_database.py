"""The SQLite database has the published tables with their keys, and answers questions as SPARQL does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.record_iris import slug
from ssekg.graph.public import Public
from ssekg.project.settings import Project, read_project
from ssekg.queries.library import WIDE, find_query, read_queries
from ssekg.queries.local import ask


@pytest.fixture(scope="module")
def database(release: Path) -> Iterator[sqlite3.Connection]:
    with closing(opened(release / "ssekg.sqlite")) as connection:
        yield connection


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def names(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_it_is_whole_and_all_its_keys_lead_somewhere(any_release: Path, any_root: Path) -> None:
    path = any_release / f"{read_project(any_root).id}.sqlite"
    with closing(opened(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = names(connection)
        assert {each.stem for each in any_release.glob("tables/*.csv")} <= tables
        keys = [row for name in tables for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')]
        assert len(keys) > 10
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("DELETE FROM queries")


def test_it_lists_the_tables_that_queries_make(any_release: Path, any_root: Path) -> None:
    project = read_project(any_root)
    wanted = {query.name: query for query in read_queries(project) if query.publish}
    with closing(opened(any_release / f"{project.id}.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM queries").fetchall()
        assert {row["query"] for row in rows} == set(wanted)
        for row in rows:
            for tag in project.languages:
                assert row[f"question_{tag}"] == wanted[row["query"]].questions[tag]
            is_published = (any_release / "tables" / f"{row['table_name']}.csv").exists()
            assert is_published == (wanted[row["query"]].publish == WIDE)
            assert connection.execute(f"SELECT COUNT(*) FROM {row['table_name']}").fetchone()[0] > 0  # noqa: S608


@pytest.mark.parametrize(
    ("query", "select"),
    [
        (
            "budgets-by-region",
            "SELECT region, undertaking, owner, total, currency, disputed, part_of FROM budgets_by_region",
        ),
        (
            "cooperatives-by-region-and-year",
            (
                "SELECT region, year, measure, sector, sex, indicator, value, unit, period, precision,"
                " method, confidence, source FROM cooperatives_by_region_and_year"
            ),
        ),
        ("partners-by-programme", "SELECT programme, partner, role, start, end, source FROM partners_by_programme"),
    ],
)
def test_one_select_gives_the_rows_of_sparql(
    database: sqlite3.Connection, public: Public, project: Project, query: str, select: str
) -> None:
    answer = ask(public, find_query(project, query).text)
    expected = [[plain(term) for term in row] for row in answer.rows]
    assert [list(map(bare, row)) for row in database.execute(select)] == expected
    assert expected


def plain(term: object) -> object:
    """A term as a cell has it; of a record only its name, since not every column needs its kind."""
    if isinstance(term, ox.NamedNode):
        return slug(term.value)
    if not isinstance(term, ox.Literal):
        return None
    if term.datatype.value.endswith("#boolean"):
        return Decimal(term.value in {"true", "1"})
    is_number = term.datatype.value.endswith(("#integer", "#decimal"))
    return Decimal(term.value) if is_number else term.value


def bare(cell: object) -> object:
    return Decimal(str(cell)) if isinstance(cell, int | float) else slug(str(cell)) if cell else None


def test_budgets_of_a_region_are_one_select_over_the_tables(database: sqlite3.Connection) -> None:
    """Without the table of the query as well."""
    found = database.execute(
        "SELECT id, total_budget FROM programmes JOIN programmes_in_region USING (id)"
        " WHERE total_budget IS NOT NULL AND value = 'fes-meknes'"
        " UNION SELECT id, total_budget FROM partnerships JOIN partnerships_in_region USING (id)"
        " WHERE total_budget IS NOT NULL AND value = 'fes-meknes'"
    ).fetchall()
    wanted = "SELECT DISTINCT undertaking, total FROM budgets_by_region WHERE region = 'fes-meknes' AND total > 0"
    assert sorted(found) == sorted((name.partition("/")[2], total) for name, total in database.execute(wanted))


def test_no_column_has_to_be_quoted(database: sqlite3.Connection) -> None:
    for name in names(database):
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
        plain = [each for each in columns if each.isidentifier() and each.isascii()]
        database.execute(f"SELECT {', '.join(plain)} FROM {name} LIMIT 1")  # noqa: S608


def test_a_wide_table_has_a_column_for_each_measure(database: sqlite3.Connection) -> None:
    row = database.execute(
        "SELECT region_label_fr, number_of_cooperatives, population FROM indicators_by_region_and_year"
        " WHERE region = 'beni-mellal-khenifra' AND year = 2024"
    ).fetchall()
    assert row == [("Béni Mellal-Khénifra", 4377, 2525801)]


def test_numbers_are_numbers(database: sqlite3.Connection) -> None:
    kinds = database.execute("SELECT DISTINCT typeof(amount), typeof(year) FROM amounts WHERE year IS NOT NULL")
    assert {kind for row in kinds for kind in row} <= {"integer", "real"}

"""The published tables as one SQLite database, with their keys, and the answers of queries as tables beside them."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from ssekg.publish.context import Context
from ssekg.publish.folder import Content
from ssekg.publish.tables.table import ID, Column, Row, Table
from ssekg.publish.tables.values import free_name
from ssekg.queries.library import Query

_TYPES: Final = {"integer": "INTEGER", "decimal": "NUMERIC", "double": "REAL", "boolean": "INTEGER", "gYear": "INTEGER"}
_BOOLEANS: Final = {"true": 1, "1": 1, "false": 0, "0": 0}
_PAGE: Final = 4096


def database(context: Context) -> Iterator[tuple[str, Content]]:
    """`{id}.sqlite`: the same bytes for the same tables and version of SQLite.

    The table `queries` says what each table of answers is called and which question it answers.
    """
    of_queries = context.tables.of_queries
    tables = context.tables.all
    listed = _queries(of_queries, context.project.languages, [table.name for table in tables])
    with tempfile.TemporaryDirectory(prefix="ssekg-") as folder:
        file = Path(folder) / "tables.sqlite"
        _make(file, (*tables, listed))
        yield f"{context.project.id}.sqlite", partial(_copy, file)


def _make(file: Path, tables: Iterable[Table]) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = OFF")  # nobody needs half of it
        connection.execute("BEGIN")
        for table in tables:
            _write(connection, table)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def _copy(file: Path, output: BinaryIO) -> None:
    with file.open("rb") as content:
        shutil.copyfileobj(content, output)


def _write(connection: sqlite3.Connection, table: Table) -> None:
    columns = [f"{_quoted(each.name)} {_TYPES.get(each.type, 'TEXT')}" for each in table.columns]
    keys = [f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})"] if table.key else []
    keys += [
        f"FOREIGN KEY ({_quoted(each.name)}) REFERENCES {_quoted(each.target)} ({_quoted(ID)})"
        for each in table.columns
        if each.target
    ]
    connection.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join([*columns, *keys])})")
    marks = ", ".join("?" * len(table.columns))
    rows = (_values(row, table.columns) for row in table.rows)
    connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", rows)  # noqa: S608 - names are ours


def _values(row: Row, columns: Sequence[Column]) -> list[str | int | None]:
    """The values of a row; SQLite makes numbers of the texts in columns of numbers."""
    return [
        _BOOLEANS.get(cell, cell) if cell is not None and column.type == "boolean" else cell
        for cell, column in zip(row, columns, strict=True)
    ]


def _queries(of_queries: Iterable[tuple[Query, Table]], languages: Sequence[str], taken: Sequence[str]) -> Table:
    """The table of the tables that queries make."""
    texts = [Column(f"{name}_{tag}") for name in ("title", "question") for tag in languages]
    rows = [
        (
            table.name,
            query.name,
            *(query.titles.get(tag.lower()) for tag in languages),
            *(query.questions.get(tag.lower()) for tag in languages),
        )
        for query, table in of_queries
    ]
    name = free_name(["queries", "query_tables"], taken)
    return Table(name, "", {}, (Column("table_name"), Column("query"), *texts), rows, key=("table_name",))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

"""Tables in their canonical form: UTF-8, lines that end with LF, quotes only where they are needed.

The columns are in the order of the description, the rows in that of their author: it groups what belongs together,
and lines that stay where they are make small diffs. Empty rows, and empty columns at the end, are left out; so is only
the white space that the reader does not take for part of a value. Problems with values are left for `validate` to
report.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ssekg.base.codes import CODES
from ssekg.base.files import read_file
from ssekg.base.findings import Finding
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.encodings import by_mark
from ssekg.sources.tables.grids import CsvGrid
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource


def formatted_table(
    path: Path, description: Path, base: str, shown: tuple[str, str], content: bytes | None = None
) -> bytes | list[Finding]:
    """A CSV file in its canonical form, or what keeps it from being read completely.

    Args:
        path: the file.
        description: its description.
        base: the IRI against which the description's templates are resolved.
        shown: the names of the file and of its description for people.
        content: what is to be in the file, if not what is.

    Raises:
        CannotRunError: a file can't be opened.
        RuntimeError: the new table would not say the same, which is an error of this package.
    """
    content = read_file(path, shown[0]) if content is None else content
    with TemporaryDirectory() as folder:
        source = Path(folder) / "content.csv"
        marked = by_mark(content)
        source.write_bytes(content if marked is None else marked.encode())
        table = read_table(TableSource(description, base, *shown, source))
        refused = [finding for finding in table.findings if CODES[finding.code].is_incomplete]
        if refused:
            return refused
        text = "".join(_lines(table))
        result = text.encode("utf-8", "surrogatepass")
        if result != content:
            target = Path(folder) / "formatted.csv"
            target.write_bytes(result)
            if _cells(table) != _cells(read_table(TableSource(description, base, *shown, target))):
                raise RuntimeError("The canonical form would not say the same.")
        return result


def _cells(table: Table) -> list[dict[str, str]]:
    """The cells of all records; not where in the file a record is, unless that counts."""
    left_out = set() if _counts_lines(table) else {"_sourceRow"}
    return [{name: text for name, text in row.cells.items() if name not in left_out} for row in table.rows]


def _counts_lines(table: Table) -> bool:
    """Whether a template of the table has the number of the record in the file, empty ones counted, as a variable."""
    templates = (template for column in table.columns for template in column.templates.values())
    return any("_sourceRow" in template.variables for template in templates)


def _lines(table: Table) -> Iterator[str]:
    cells = [record.cells for record in table.grid.records()[0]] if isinstance(table.grid, CsvGrid) else []
    header = next(filter(any, cells), [])
    width = max((index + 1 for index, title in enumerate(header) if title.strip()), default=0)
    known = {column.index: column for column in table.columns if column.index is not None}
    order = [*known, *(index for index in range(width) if index not in known)]
    delimiter = table.description.delimiter if table.description else ","
    empty = "\n" if _counts_lines(table) else ""
    for record in cells:
        if not any(record):
            yield empty
        elif record is header:
            titles = [_title(known.get(index), header[index], table) for index in order]
            yield csv_line(titles, delimiter)
        else:
            texts = [_cell(known.get(index), record[index]) for index in order]
            yield csv_line(texts, delimiter)


def _title(column: Column | None, title: str, table: Table) -> str:
    """A title as it is written, or the column's own where it is only nearly one of them."""
    if column is None or table.schema.columns[column.position].has_title(title):
        return title
    return column.title


def _cell(column: Column | None, text: str) -> str:
    return text if column is None else column.bare(text)


def csv_line(texts: Iterable[str], delimiter: str) -> str:
    """A record as a line of CSV, with quotes only where they are needed."""
    special = re.compile(f'[{re.escape(delimiter)}"\r\n]')
    return delimiter.join(_quoted(text, special) for text in texts) + "\n"


def _quoted(text: str, special: re.Pattern[str]) -> str:
    if not special.search(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'

"""What a spreadsheet did to a table when it saved it, put back where there is no doubt.

There is none where the committed row of the same key has a text that the spreadsheet turns into what is there now, and
none where only one text can have become it: 30/06/2013 was 2013-06-30, while 01/03/2022 may have been three things.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ssekg.base.files import read_file
from ssekg.base.findings import Finding
from ssekg.editing.rows import Rows
from ssekg.project.settings import Project
from ssekg.sources.git import committed
from ssekg.sources.table_files import description_of
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.encodings import by_mark
from ssekg.sources.tables.grids import CsvGrid
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.spreadsheet_damage import damage
from ssekg.sources.tables.table import Table, TableSource

# What Windows and old Macs save a CSV file in, in Arabic and in French.
_ENCODINGS: Final = ("cp1252", "cp1256", "mac_roman")
_SPOILED: Final = ("excel-", "table-digits", "table-encoding", "table-not-text", "table-syntax", "text-lost")
_SEVERAL: Final = " · "
_Cells = Mapping[str, str]


@dataclass(frozen=True)
class Undone:
    """A table's new content, how many cells were put back, and what a spreadsheet may have done that was left."""

    content: bytes
    cells: int
    left: tuple[Finding, ...]


def undone(project: Project, path: Path) -> Undone:
    """A CSV table as it was before a spreadsheet saved it, as far as that is certain.

    Raises:
        CannotRunError: a file can't be opened, or the table has no description.
    """
    before = committed(project.root, path)
    content = _decoded(read_file(path, project.shown(path)), before)
    with TemporaryDirectory() as folder:
        now = _read(project, path, Path(folder) / "now.csv", content)
        if not isinstance(now.grid, CsvGrid) or now.is_incomplete:
            return Undone(content, 0, _left(now))
        was = _read(project, path, Path(folder) / "was.csv", before) if before is not None else None
        rows = Rows.of(now)
        changed: dict[int, _Cells] = {}
        count = 0
        known = _rows_by_key(was) if was is not None else {}
        for record in rows.records:
            cells = rows.cells(record)
            restored = {**cells, **dict(_restored(now, cells, known.get(rows.key(cells), {})))}
            if restored != cells:
                changed[record.number] = restored
                count += sum(restored[name] != cells[name] for name in restored)
        if changed:
            content = rows.rewritten(changed)
            now = _read(project, path, Path(folder) / "now.csv", content)
        return Undone(content, count, _left(now))


def _restored(table: Table, cells: _Cells, was: _Cells) -> Iterator[tuple[str, str]]:
    """The cells of a row that a spreadsheet has spoiled, as they were."""
    for column in table.columns:
        text = cells.get(column.name)
        if column.index is None or not text or text == was.get(column.name):
            continue
        before = _before(column, text, was.get(column.name))
        if before is not None:
            yield column.name, before


def _before(column: Column, text: str, was: str | None) -> str | None:
    """What was in a cell; None if it is not spoiled, or not certain."""
    if column.datatype is not None and column.accepts(text):
        # Only what is committed shows that it had zeros, or other letters.
        has_lost = was is not None and column.keeps_space and (_lost_zeros(was, text) or _lost_letters(was, text))
        return was if has_lost else None
    found = damage(column, text) if column.datatype is not None else None
    meant = found[1].split(_SEVERAL) if found else []
    if was in meant:
        return was
    return meant[0] if len(meant) == 1 else None


def _lost_zeros(was: str, text: str) -> bool:
    return was != text and was.isdecimal() and was.lstrip("0") == text and text != ""


def _lost_letters(was: str, text: str) -> bool:
    """Whether all that differs are question marks, which an encoding has for letters that it lacks."""
    pairs = list(zip(was, text, strict=False))
    same = all(before == now or (now == "?" and not before.isascii()) for before, now in pairs)
    return was != text and len(was) == len(text) and same


def _rows_by_key(table: Table) -> Mapping[tuple[str, ...], _Cells]:
    """The cells of the rows of a table by what tells them from each other; none where it could not be read."""
    if not isinstance(table.grid, CsvGrid) or table.is_incomplete:
        return {}
    rows = Rows.of(table)
    return {key: rows.cells(record) for key, record in rows.by_key.items()}


def _decoded(content: bytes, before: bytes | None) -> bytes:
    """The content in UTF-8; as it is where the committed lines do not show in which encoding it was saved."""
    marked = by_mark(content)
    if marked is not None:
        return marked.encode()
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        known = _words((before or b"").decode("utf-8", "replace"))
        texts = [content.decode(encoding, "replace") for encoding in _ENCODINGS]
        alike = [len(_words(text) & known) for text in texts]
        best = {text for text, count in zip(texts, alike, strict=True) if count == max(alike)}
        return best.pop().encode() if max(alike) and len(best) == 1 else content
    return content


def _words(text: str) -> set[str]:
    """The words with other letters than those of ASCII, which encodings differ in."""
    return {word for word in text.replace(",", " ").replace(";", " ").split() if not word.isascii()}


def _read(project: Project, path: Path, copy: Path, content: bytes) -> Table:
    description = description_of(project, path)
    copy.write_bytes(content)
    names = project.shown(path), project.shown(description)
    return read_table(TableSource(description, project.base, *names, copy))


def _left(table: Table) -> tuple[Finding, ...]:
    return tuple(finding for finding in table.findings if finding.code.startswith(_SPOILED))

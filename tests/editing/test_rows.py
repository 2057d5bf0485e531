"""Rows of a table changed: only the lines of these rows are others, and the table says what was asked."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.base.errors import CannotRunError
from ssekg.editing.rows import Rows
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import TableSource

BASE = "https://example.org/id/"
# Quotation marks that no reader asks for, an empty line, a last line without an end: all of it stays.
CONTENT = 'record,key,"name",extra\na,1,"x",e\n\na,2,"two\nlines",f\nb,1,,'


def rows(folder: Path, content: bytes) -> Rows:
    columns = [{"name": name, "propertyUrl": name} for name in ("record", "key", "name")]
    schema = {"aboutUrl": "t/{record}-{key}", "primaryKey": ["record", "key"], "columns": columns}
    described = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": schema}
    description = folder / "t.csv-metadata.json"
    description.write_text(json.dumps(described), encoding="utf-8")
    (folder / "t.csv").write_bytes(content)
    return Rows.of(read_table(TableSource(description, BASE, "t.csv", description.name)))


def table(folder: Path, content: bytes) -> list[dict[str, str]]:
    found = rows(folder, content)
    return [found.cells(record) for record in found.records]


@pytest.fixture
def content() -> bytes:
    return CONTENT.replace(",extra", "").replace(",e\n", "\n").replace(",f\n", "\n").rstrip(",").encode() + b","


def test_nothing_changed_is_the_same_bytes(tmp_path: Path, content: bytes) -> None:
    assert rows(tmp_path, content).rewritten({}) == content


def test_one_row_changed_is_one_line_changed(tmp_path: Path, content: bytes) -> None:
    found = rows(tmp_path, content)
    first, second, _ = found.records
    changed = found.rewritten({first.number: {"record": "a", "key": "1", "name": 'a "b", c'}})
    assert changed == content.replace(b'a,1,"x"', b'a,1,"a ""b"", c"')
    assert found.rewritten({second.number: None}) == content.replace(b'a,2,"two\nlines"\n', b"")


def test_new_rows_come_after_those_of_the_same_record(tmp_path: Path, content: bytes) -> None:
    found = rows(tmp_path, content)
    new = [{"record": "a", "key": "3"}, {"record": "c", "key": "1", "name": "new"}, {"record": "a", "key": "4"}]
    lines = found.rewritten({}, new).decode().split("\n")
    assert lines[4:] == ['lines"', "a,3,", "a,4,", "b,1,", "c,1,new", ""]


def test_lines_end_as_in_the_file(tmp_path: Path) -> None:
    content = b"record;key;name\r\na;1;x\r\n"
    found = rows(tmp_path, content)
    assert found.rewritten({}, [{"record": "b", "key": "1", "name": "y"}]) == content + b"b;1;y\r\n"


def test_a_table_that_can_not_be_read_whole_is_not_changed(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="completely"):
        rows(tmp_path, b'record,key,name\na,1,"x')


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\"',;"), max_size=6)
ROWS = st.lists(
    st.fixed_dictionaries({"record": st.sampled_from("abc"), "key": st.sampled_from("123"), "name": TEXTS}), max_size=5
)


@given(ROWS, ROWS, st.data())
@settings(max_examples=30)
def test_any_rows_any_changes(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[dict[str, str]],
    new: list[dict[str, str]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    found = rows(folder, rows(folder, b"record,key,name\n").rewritten({}, before))
    full = [{name: text for name, text in row.items() if text} for row in [*before, *new]]
    changed = {
        record.number: data.draw(st.one_of(st.none(), ROWS.map(lambda rows: rows[0] if rows else None)))
        for record in found.records
        if data.draw(st.booleans())
    }
    kept = [
        changed.get(record.number, found.cells(record))
        for record in found.records
        if changed.get(record.number, {}) is not None
    ]
    now = table(folder, found.rewritten(changed, new))
    wanted = [{name: text for name, text in (row or {}).items() if text} for row in kept] + full[len(before) :]
    assert sorted(sorted(row.items()) for row in now) == sorted(sorted(row.items()) for row in wanted)

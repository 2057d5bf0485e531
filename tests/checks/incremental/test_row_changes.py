"""Records that are said to be as they were are; the others are named, by where they were and are."""

import csv
import io
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.row_changes import Records, row_changes
from ssekg.sources.places import Lines
from ssekg.sources.tables.grids import CsvGrid

CELLS = st.sampled_from(["", "a", "b", "ab", 'q"q', "two\nlines", "x,y", "é", "\u2028", "\n"])
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=9)
END = st.sampled_from(["\n", "\r\n"])


def written(rows: list[list[str]], end: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end).writerows([["id", "name"], *rows])
    return file.getvalue()


def records(text: str) -> tuple[Records, list[list[str]]]:
    """Where the records of a text are, as reading it whole tells, and their cells."""
    found, wrong = CsvGrid("f", text).records()
    assert not wrong
    full = [record for record in found if any(record.cells)][1:]
    starts = Lines("f", text).starts
    begins = array("Q", [starts[record.line - 1] for record in full])
    places = array("Q", [record.line for record in full]), array("Q", [record.number for record in full])
    return Records(begins, *places), [[*record.cells] for record in full]


@given(ROWS, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["cut", "copy", "new"]), CELLS), max_size=3), END)
def test_what_changed(rows: list[list[str]], edits: list[tuple[int, str, str]], end: str) -> None:
    changed = [*rows]
    for place, how, cell in edits:
        at = place % (len(changed) + 1)
        if how == "cut":
            del changed[at : at + 1]
        else:
            changed.insert(at, [*changed[at - 1]] if how == "copy" and changed else [cell, "new"])
    old, new = written(rows, end), written(changed, end)
    known, before = records(old)
    expected, after = records(new)
    if not before:
        return
    changes, places = row_changes(known, old, new, ",")
    assert places == expected
    kept = {at: changes.now(at) for at in range(len(before))}
    assert {at: [*record.cells] for at, record in changes.gone.items()} == {
        at: before[at] for at, now in kept.items() if now is None
    }
    there = {now: before[at] for at, now in kept.items() if now is not None}
    assert there == {at: after[at] for at in there}
    assert sorted([*there, *changes.came]) == [*range(len(after))]


@pytest.mark.parametrize(
    "text", ["id,title\na,b\n", 'id,name\na,"b\n', "id,name\ra,b\n"], ids=["title", "quote", "end"]
)
def test_what_cannot_be_told(text: str) -> None:
    old = "id,name\na,b\nc,d\n"
    with pytest.raises(UnboundedError):
        row_changes(records(old)[0], old, text, ",")

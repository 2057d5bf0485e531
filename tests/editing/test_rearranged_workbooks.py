"""Workbooks whose rows, columns and sheets people have copied, moved, taken out or called otherwise."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ssekg.base import messages
from ssekg.editing.edits import Edits
from ssekg.editing.workbook.export import export
from ssekg.editing.workbook.selection import Selection
from ssekg.project.settings import read_project
from tests.editing.workbooks import cell, imported, lines, violations


def test_a_row_that_was_copied(littoral: Path, exported: bytes) -> None:
    """Whole rows are copied with the mark that they have in the hidden column, above the original as well."""

    def change(book: Any) -> None:
        groups = book["Groupements"]
        copied = [each.value for each in groups[3]]
        groups.insert_rows(3)
        for index, value in enumerate(copied, start=1):
            groups.cell(3, index).value = value
        for heading, value in {"Identifiant *": None, "Nom en français *": "GIE de Ngor", "Sigle": "GN"}.items():
            cell(groups, heading, 3).value = value

    gone, come = lines(imported(littoral, exported, change), "groupements.csv")
    assert gone == []
    assert come == ["gie-de-ngor,GIE de Ngor,Mbootaay Jàppoo,GN,guet-ndar,210,0,2003-07-19,,peche,registre-2024,lu"]


@pytest.mark.parametrize("shift", ["taken out", "moved"])
def test_without_the_marks_where_they_were(littoral: Path, exported: bytes, shift: str) -> None:
    """Rows are known by their marks wherever these are, and without them by their keys."""

    def change(book: Any) -> None:
        groups = book["Groupements"]
        cell(groups, "Sigle", 3).value = "JGT"
        if shift == "taken out":
            groups.delete_cols(1)
        else:
            groups.insert_cols(1, 2)

    assert lines(imported(littoral, exported, change), "groupements.csv")[1] == [
        "jappoo,Coopérative Jàppoo,Mbootaay Jàppoo,JGT,guet-ndar,210,0,2003-07-19,,peche,registre-2024,lu"
    ]


def test_columns_taken_out_and_twice(littoral: Path, exported: bytes) -> None:
    """A column that is gone is left as it was; of two with one heading nobody knows which is meant."""

    def without(book: Any) -> None:
        groups = book["Groupements"]
        cell(groups, "Membres", 3).value = 211
        groups.delete_cols(cell(groups, "Sigle", 1).column)

    proposal = imported(littoral, exported, without)
    assert lines(proposal, "groupements.csv")[1][0].startswith(
        "jappoo,Coopérative Jàppoo,Mbootaay Jàppoo,JGN,guet-ndar,211,"
    )

    def twice(book: Any) -> None:
        groups = book["Groupements"]
        last = groups.max_column + 1
        groups.cell(1, last).value = "Sigle"
        groups.cell(3, last).value = "JGT"

    proposal = imported(littoral, exported, twice)
    assert violations(proposal) == {"table-repeated-column"}
    assert proposal.contents == {}


def test_a_sheet_under_another_name(littoral: Path, exported: bytes) -> None:
    def change(book: Any) -> None:
        cell(book["Groupements"], "Membres", 3).value = 211
        book["Groupements"].title = "GIE"

    proposal = imported(littoral, exported, change)
    found = proposal.report.findings[0]
    assert (found.code, found.place and found.place.cell) == ("workbook-unknown-sheet", "GIE!A1")
    assert found.arguments["missing"] == "Groupements"
    assert proposal.is_refused


def test_what_the_spreadsheet_made_of_what_was_typed(littoral: Path, exported: bytes) -> None:
    """A name became a date, a number a percentage: the cell shows something else than the table would have."""

    def change(book: Any) -> None:
        groups = book["Groupements"]
        cell(groups, "Sigle", 3).value = datetime.datetime(2025, 3, 1)  # noqa: DTZ001 - as openpyxl writes it
        share = cell(groups, "Femmes", 4)
        share.value, share.number_format = 12, "0%"

    proposal = imported(littoral, exported, change)
    found = [each for each in proposal.report.findings if each.code.startswith("excel-")]
    assert {each.code: each.place.cell for each in found if each.place} == {
        "excel-date": "Groupements!E3",
        "excel-percentage": "Groupements!H4",
    }
    assert proposal.is_refused


def test_text_stays_text(exported: bytes) -> None:
    """Where text is wanted, a spreadsheet is asked not to make a date or number of it."""
    sheet = openpyxl.load_workbook(io.BytesIO(exported))["Groupements"]
    columns = sheet.column_dimensions.values()
    formats = {
        sheet.cell(1, at).value: each.number_format
        for each in columns
        for at in range(each.min or 1, (each.max or 0) + 1)
    }
    assert formats["Sigle"] == "@"
    assert formats["Nom en français *"] == "@"
    assert formats["Membres"] == "General"


def test_two_columns_of_one_heading(littoral: Path) -> None:
    """They are told apart by their names; what nobody has touched stays."""
    described = littoral / "data" / "groupements.csv-metadata.json"
    described.write_text(described.read_text("utf-8").replace('"fr": "Femmes"', '"fr": "Membres"'), encoding="utf-8")
    edits = Edits(read_project(littoral))
    exported = export(edits, Selection.of(edits, ()), "fr")
    assert imported(littoral, exported).contents == {}

    def change(book: Any) -> None:
        cell(book["Groupements"], "Membres (femmes)", 3).value = 12

    assert ",210,12," in lines(imported(littoral, exported, change), "groupements.csv")[1][0]


def test_a_row_taken_out_on_one_side_and_changed_on_the_other(littoral: Path, exported: bytes) -> None:
    table = littoral / "data" / "groupements.csv"
    rows = table.read_text("utf-8")

    def change(book: Any) -> None:
        cell(book["Groupements"], "Membres", 3).value = 300

    def take_out(book: Any) -> None:
        book["Groupements"].delete_rows(3)

    gone_here = "".join(line for line in rows.splitlines(keepends=True) if not line.startswith("jappoo,"))
    for text, changed, words in (
        (gone_here, change, "supprimée dans le projet"),
        (rows.replace(",210,0,", ",212,0,"), take_out, "supprimée dans le classeur"),
    ):
        table.write_text(text, encoding="utf-8")
        found = imported(littoral, exported, changed).report.findings[0]
        assert found.code == "workbook-conflict"
        assert words in messages.text(found.code, "fr", found.arguments)
        assert table.read_text("utf-8") == text

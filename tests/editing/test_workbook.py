"""Tables as a workbook and back: what nobody has touched stays byte by byte, and only that is changed which was."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ssekg.base import messages
from ssekg.base.findings import Severity
from ssekg.editing.edits import Edits
from ssekg.editing.workbook.export import export
from ssekg.editing.workbook.layout import MEMORY
from ssekg.editing.workbook.selection import Selection
from ssekg.project.settings import read_project
from tests.conftest import SECOND
from tests.editing.workbooks import cell, imported, lines, violations


def test_nothing_changed(littoral: Path, exported: bytes) -> None:
    assert imported(littoral, exported).contents == {}
    assert imported(littoral, exported, lambda book: book.move_sheet("Groupements", 3)).contents == {}


def test_what_people_see(exported: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported))
    groups = book["Groupements"]
    assert cell(groups, "Quai d’attache *", 2).value == "Quai de Kayar (kayar)"
    assert cell(groups, "Activités 1", 2).value == "Pêche (peche)"
    assert cell(groups, "Activités 4", 2).value is None
    assert groups.protection.sheet
    identifier, name = cell(groups, "Identifiant *", 2), cell(groups, "Nom en français *", 2)
    assert (identifier.protection.locked, name.protection.locked) == (True, False)
    assert book[MEMORY].sheet_state == "veryHidden"
    listed = [rule for rule in groups.data_validations.dataValidation if rule.type == "list"]
    assert listed
    assert all("lists!" in rule.formula1 for rule in listed)


def test_a_cell_and_a_list(littoral: Path, exported: bytes) -> None:
    def change(book: Any) -> None:
        groups = book["Groupements"]
        cell(groups, "Nom en français *", 3).value = "Jàppoo, GN"
        cell(groups, "Activités 2", 3).value = "Transformation"
        cell(groups, "Quai d’attache *", 3).value = "joal"

    proposal = imported(littoral, exported, change)
    assert not proposal.is_refused
    assert list(proposal.contents) == [littoral / "data" / "groupements.csv"]
    assert lines(proposal, "groupements.csv") == (
        ["jappoo,Coopérative Jàppoo,Mbootaay Jàppoo,JGN,guet-ndar,210,0,2003-07-19,,peche,registre-2024,lu"],
        ['jappoo,"Jàppoo, GN",Mbootaay Jàppoo,JGN,joal,210,0,2003-07-19,,peche|transformation,registre-2024,lu'],
    )


def test_a_new_record_with_links_to_it_by_name(littoral: Path, exported: bytes) -> None:
    def change(book: Any) -> None:
        groups, permits = book["Groupements"], book["Permis de pêche"]
        row = groups.max_row + 1
        values = {
            "Nom en français *": "GIE de Ngor",
            "Nom en wolof *": "Mbootaay Ngor",
            "Quai d’attache *": "Quai de Joal",
            "Activités 1": "pêche",
            "Document *": "Registre des quais et des permis",
            "Certitude *": "lu",
        }
        for heading, value in values.items():
            cell(groups, heading, row).value = value
        holder = next(each.value for each in permits[1] if each.value and "itulaire" in each.value)
        cell(permits, holder, 2).value = "GIE de Ngor"

    proposal = imported(littoral, exported, change)
    assert violations(proposal) == set()
    assert lines(proposal, "groupements.csv")[1] == [
        "gie-de-ngor,GIE de Ngor,Mbootaay Ngor,,joal,,,,,peche,registre-2024,lu"
    ]
    assert ",gie-de-ngor,1,2023-01-15," in lines(proposal, "permis.csv")[1][0]


def test_rows_taken_out(littoral: Path, exported: bytes) -> None:
    proposal = imported(
        littoral,
        exported,
        lambda book: next(sheet for sheet in book.worksheets if sheet.title.startswith("Redevances")).delete_rows(3),
    )
    gone, come = lines(proposal, "redevances.csv")
    assert (len(gone), come) == (1, [])


def test_problems_name_sheet_and_cell(littoral: Path, exported: bytes) -> None:
    def change(book: Any) -> None:
        cell(book["Groupements"], "Membres", 4).value = "beaucoup"
        cell(book["Groupements"], "Quai d’attache *", 5).value = "Quai de Jol"

    proposal = imported(littoral, exported, change)
    assert proposal.is_refused
    places = {finding.place.cell for finding in proposal.report.findings if finding.place and finding.place.cell}
    assert {"Groupements!G4", "Groupements!F5"} <= places
    said = {messages.text(each.code, "fr", each.arguments) for each in proposal.report.findings}
    assert any("colonne «\N{NO-BREAK SPACE}Quai d’attache\N{NO-BREAK SPACE}»" in each for each in said), said


def test_a_row_changed_on_both_sides(littoral: Path, exported: bytes) -> None:
    table = littoral / "data" / "groupements.csv"
    table.write_text(table.read_text("utf-8").replace(",210,0,", ",212,0,"), encoding="utf-8")

    def change(book: Any) -> None:
        cell(book["Groupements"], "Membres", 3).value = 300
        cell(book["Groupements"], "Membres", 4).value = 133

    proposal = imported(littoral, exported, change)
    assert [finding.code for finding in proposal.report.findings if finding.code.startswith("workbook")] == [
        "workbook-conflict"
    ]
    assert proposal.is_refused
    conflict = proposal.report.findings[0]
    assert conflict.place
    assert conflict.place.cell == "Groupements!G3"
    said = messages.text(conflict.code, "fr", conflict.arguments)
    assert "Membres\N{NO-BREAK SPACE}: 212 dans le projet, 300 dans le classeur" in said
    assert ",212,0," in table.read_text("utf-8")


def test_sorted_moved_and_other_columns(littoral: Path, exported: bytes) -> None:
    def change(book: Any) -> None:
        groups = book["Groupements"]
        rows = [[each.value for each in row] for row in groups.iter_rows()]
        rows = [rows[0], *reversed(rows[1:])]
        moved = [[row[0], *reversed(row[1:]), "note" if index else ""] for index, row in enumerate(rows)]
        groups.delete_rows(1, groups.max_row)
        for row in moved:
            groups.append(row)

    proposal = imported(littoral, exported, change)
    assert proposal.contents == {}
    assert violations(proposal) == {"table-unknown-column"}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_some_records_only(language: str) -> None:
    edits = Edits(read_project(SECOND))
    book = openpyxl.load_workbook(io.BytesIO(export(edits, Selection.of(edits, ["permit/p-2024-009"]), language)))
    permits = next(sheet for sheet in book.worksheets if "p-2024-009" in {each.value for each in sheet["B"]})
    assert permits.max_row == 2
    assert Selection.of(edits, ["cooperative jappoo"]).wanted == {"group/jappoo"}
    assert bool(permits.sheet_view.rightToLeft) == (language == "ar")


def test_merged_cells_and_line_breaks(littoral: Path, exported: bytes) -> None:
    """Of merged cells the first alone has the value; the others are asked for by sheet and cell."""

    def change(book: Any) -> None:
        groups = book["Groupements"]
        cell(groups, "Nom en français *", 3).value = "Coopérative\nJàppoo"
        for row in (8, 9):
            for heading in ("Nom en français *", "Nom en wolof *"):
                cell(groups, heading, row).value = f"Ngor {row}"
            for heading, value in {"Quai d’attache *": "joal", "Activités 1": "Pêche", "Certitude *": "lu"}.items():
                cell(groups, heading, row).value = value
            cell(groups, "Document *", row).value = "registre-2024"
        column = cell(groups, "Document *", 8).column_letter
        groups.merge_cells(f"{column}8:{column}9")

    proposal = imported(littoral, exported, change)
    empty = [each for each in proposal.report.findings if each.severity is Severity.VIOLATION]
    assert {each.place.cell.rpartition("!")[2][-1] for each in empty if each.place and each.place.cell} == {"9"}
    assert 'jappoo,"Coopérative\nJàppoo"' in proposal.contents[littoral / "data" / "groupements.csv"].decode()

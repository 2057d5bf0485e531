"""Whatever is wrong with a cell that takes a code, its finding lists the codes, and a name leads to its own."""

from pathlib import Path

import pytest

from ssekg.base.findings import Finding
from ssekg.checks import names
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from ssekg.reports.wording import hint_for

GRADES = "Valeurs possibles\u00a0: deduit (Déduit), lu (Lu dans le document)."


def found(folder: Path, name: str, cell: str) -> list[Finding]:
    report = report_of(check_project(read_project(folder)))
    placed = ((each.place, each) for each in report.findings)
    return [each for place, each in placed if place and (place.file, place.cell) == (f"data/{name}", cell)]


def rewritten(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "data" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("written", "code", "meant"),
    [
        ("sûr", "table-datatype", None),
        ("certain", "shacl-node", None),
        ("Déduit", "table-datatype", "deduit (Déduit)"),
        ("deduits", "shacl-node", "deduit (Déduit)"),
        ("lu-dans-le-document", "shacl-node", "lu (Lu dans le document)"),
        ("n/a", "table-datatype", None),
        ("peche", "shacl-node", None),  # a concept, but of another list
        ("", "table-required", None),
    ],
)
def test_a_code_column_always_gets_its_list(littoral: Path, written: str, code: str, meant: str | None) -> None:
    rewritten(littoral, "zones.csv", "atlas-2021,lu", f"atlas-2021,{written}")
    (finding,) = found(littoral, "zones.csv", "F2")
    assert finding.code in {code, "text-placeholder"}
    hint = hint_for(finding, "fr") or ""
    assert GRADES in hint
    assert (f"Vouliez-vous dire {meant}" in hint) if meant else ("Vouliez-vous dire" not in hint)


@pytest.mark.parametrize(("written", "code"), [("Mareyage", "table-datatype"), ("mareyages", "shacl-node")])
def test_a_value_of_a_list_cell_gets_the_list(littoral: Path, written: str, code: str) -> None:
    rewritten(littoral, "groupements.csv", "peche|mareyage", f"peche|{written}")
    (finding,) = found(littoral, "groupements.csv", "J2")
    hint = hint_for(finding, "fr") or ""
    assert finding.code == code
    assert "Valeurs possibles" in hint
    assert "Vouliez-vous dire mareyage (Mareyage)" in hint


def test_only_what_the_column_takes_is_meant(littoral: Path) -> None:
    """The name of a concept of another list is no answer."""
    rewritten(littoral, "zones.csv", "atlas-2021,lu", "atlas-2021,Pêche")
    (finding,) = found(littoral, "zones.csv", "F2")
    assert "nearest" not in finding.arguments


@pytest.mark.parametrize(("written", "code"), [("Mareyage", "table-datatype"), ("mareyages", "shacl-node")])
def test_a_long_list_is_left_to_the_command_that_shows_it(
    littoral: Path, monkeypatch: pytest.MonkeyPatch, written: str, code: str
) -> None:
    monkeypatch.setattr(names, "_MOST_CHOICES", 1)
    rewritten(littoral, "groupements.csv", "peche|mareyage", f"peche|{written}")
    (finding,) = found(littoral, "groupements.csv", "J2")
    assert finding.code == code
    hint = hint_for(finding, "fr") or ""
    assert "Valeurs possibles" not in hint
    column = (littoral / "data" / "groupements.csv").read_text("utf-8").partition("\n")[0].split(",")[9]
    assert f"valeurs possibles\u00a0; ssekg describe groupements.csv {column} les montre" in hint


@pytest.mark.parametrize("written", ["peche, mareyage", "peche;mareyage", "peche، mareyage"])
def test_values_of_a_list_cell_with_another_separator_are_recognised(littoral: Path, written: str) -> None:
    rewritten(littoral, "groupements.csv", "peche|mareyage", f'"{written}"')
    hints = [hint_for(each, "fr") or "" for each in found(littoral, "groupements.csv", "J2")]
    assert any("Séparez les valeurs par |." in hint for hint in hints)

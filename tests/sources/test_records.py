"""References to records of any kind: each leads to a record of a table or an RDF file, or is found."""

from pathlib import Path

import pytest

from ssekg.base.findings import Finding
from ssekg.base.said import Named, Said, Several
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from ssekg.reports.wording import hint_for, message

NOTES = "data/notes.csv"


def found(folder: Path) -> list[Finding]:
    report = report_of(check_project(read_project(folder)))
    return [finding for finding in report.findings if finding.code in {"table-dangling-link", "text-placeholder"}]


def note(folder: Path, *records: str) -> None:
    """Write a note on each of these records."""
    rows = [f"{record},note-{number},lit:ouvertEn,2002,,lu" for number, record in enumerate(records)]
    path = folder / NOTES
    header = path.read_text("utf-8").splitlines()[0]
    path.write_text("\n".join([header, *rows, ""]), "utf-8")


def meant(finding: Finding) -> list[str]:
    nearest = finding.arguments.get("nearest")
    term = nearest.arguments["term"] if isinstance(nearest, Said) else None
    terms = term.parts if isinstance(term, Several) else (term,)
    return [each.short if isinstance(each, Named) else str(each) for each in terms if each is not None]


def test_records_of_tables_and_of_rdf_files_are_found(littoral: Path) -> None:
    note(littoral, "quay/joal", "permit/p-2024-003", "group/delegue-petite-cote", "term/lu")
    assert found(littoral) == []


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("quay/joale", ["quay/joal"]),
        ("quay/Quai de Joal", ["quay/joal"]),  # a name, in any language
        ("quay/teeru jowaal", ["quay/joal"]),
        ("joal", ["quay/joal"]),
        ("Quai de Joal", ["quay/joal"]),
        ("quai/joal", ["quay/joal"]),
        ("group/joal", ["quay/joal"]),
        ("permit/p-2023-014x", ["permit/p-2023-014"]),
        ("group/delegue-petite-cot", ["group/delegue-petite-cote"]),
    ],
)
def test_what_was_meant_is_offered(littoral: Path, written: str, right: list[str]) -> None:
    note(littoral, written)
    (finding,) = found(littoral)
    assert (finding.code, finding.arguments["value"], finding.arguments["column"]) == (
        *("table-dangling-link", written, "fiche"),
    )
    assert finding.place is not None
    assert (finding.place.file, finding.place.cell) == (NOTES, "A2")
    assert meant(finding) == right


def test_a_row_does_not_make_the_record_that_it_refers_to(littoral: Path) -> None:
    """Though it says something about a part of it, or even about the record itself."""
    path = littoral / "data" / "notes.csv-metadata.json"
    path.write_text(path.read_text("utf-8").replace("{+fiche}#note-{champ}", "{+fiche}"), "utf-8")
    note(littoral, "quay/nowhere")
    assert [finding.arguments["value"] for finding in found(littoral)] == ["quay/nowhere"]


def test_the_table_of_the_kind_is_named_or_else_the_project(littoral: Path) -> None:
    note(littoral, "quay/nowhere", "boat/nowhere")
    quay, boat = found(littoral)
    assert "quais.csv" in message(quay, "en")
    assert message(boat, "en") == "No record “boat/nowhere” in the project (column “fiche”)."
    assert hint_for(boat, "fr") == "Corrigez l’orthographe, ou ajoutez d’abord l’enregistrement dans le projet."


def test_references_to_a_renamed_record_follow_from_the_same_cell_as_foreign_keys(littoral: Path) -> None:
    quays = littoral / "data" / "quais.csv"
    quays.write_text(quays.read_text("utf-8").replace("kayar,", "kayarr,", 1), "utf-8")
    note(littoral, "quay/kayar")
    causes = {finding.cause.place.cell if finding.cause else None for finding in found(littoral)}
    assert NOTES in {finding.place.file for finding in found(littoral) if finding.place}
    assert causes == {"A2"}


def test_what_repeats_follows_from_the_first(littoral: Path) -> None:
    note(littoral, "boat/nowhere", "boat/nowhere")
    first, second = found(littoral)
    assert first.cause is None
    assert second.cause is not None
    assert second.cause.place == first.place


def test_words_for_nothing_are_no_names(littoral: Path) -> None:
    note(littoral, "n/a", "quay/néant")
    assert [(finding.code, finding.arguments["value"]) for finding in found(littoral)] == [
        ("text-placeholder", "n/a"),
        ("text-placeholder", "quay/néant"),
    ]


def test_a_list_of_references_is_checked_value_by_value(littoral: Path) -> None:
    path = littoral / "data" / "notes.csv-metadata.json"
    listed = path.read_text("utf-8").replace('"valueUrl": "{+fiche}"', '"valueUrl": "{+fiche}", "separator": "|"')
    path.write_text(listed.replace("{+fiche}#note-{champ}", "note/{champ}"), "utf-8")
    note(littoral, "quay/joal|quay/nowhere|mbour")
    assert {str(finding.arguments["value"]) for finding in found(littoral)} == {"quay/nowhere", "mbour"}


@pytest.mark.parametrize(
    ("file", "content"), [("data/broken.ttl", "<quay/unread> a"), ("data/quais.csv", "id,nom_fr\nunread\n")]
)
def test_nothing_is_missed_that_may_be_in_a_file_that_could_not_be_read(
    littoral: Path, file: str, content: str
) -> None:
    (littoral / file).write_text(content, "utf-8")
    note(littoral, "quay/unread")
    assert [finding for finding in found(littoral) if finding.place and finding.place.file == NOTES] == []


def test_an_unknown_prefix_is_found_with_the_term_that_was_meant(littoral: Path) -> None:
    path = littoral / NOTES
    path.write_text(path.read_text("utf-8").replace("lit:ouvertEn", "littoral:ouvertEn"), "utf-8")
    report = report_of(check_project(read_project(littoral)))
    (finding,) = (each for each in report.findings if each.code == "table-term")
    assert meant(finding) == ["lit:ouvertEn"]


def test_an_unknown_term_is_found_in_the_cell_that_names_it(littoral: Path) -> None:
    path = littoral / NOTES
    path.write_text(path.read_text("utf-8").replace("lit:ouvertEn", "lit:ouvertes"), "utf-8")
    report = report_of(check_project(read_project(littoral)))
    (finding,) = (each for each in report.findings if each.code == "ontology-unknown-property")
    assert finding.place is not None
    assert (finding.place.file, finding.place.cell) == (NOTES, "C2")
    assert meant(finding) == ["lit:ouvertEn"]

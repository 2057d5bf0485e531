"""One mistake is told once, and first where other findings follow from it."""

import re
from pathlib import Path
from typing import Final

import pytest

import ssekg
from ssekg.base.findings import Finding, Report, Severity
from ssekg.checks.run import CheckedGraph, check_project, report_of
from ssekg.project.settings import read_project
from ssekg.reports.wording import hint_for
from tests.conftest import copy_project

SOURCE: Final = Path(ssekg.__file__).parent


def violations(copy: Path) -> list[Finding]:
    report = report_of(check_project(read_project(copy)))
    return [finding for finding in report.findings if finding.severity is Severity.VIOLATION]


def test_a_table_that_can_not_be_read_is_the_only_finding_about_what_it_holds(copy: Path) -> None:
    offices = copy / "data/offices.csv"
    offices.write_bytes(offices.read_text(encoding="utf-8").encode("cp1256", "replace"))
    report = report_of(check_project(read_project(copy)))
    unused = [finding.focus for finding in report.findings if finding.code == "shape-unused"]
    assert [finding.code for finding in report.findings if finding.severity is Severity.VIOLATION] == ["table-encoding"]
    assert unused == []


def test_what_keeps_a_file_from_being_read_comes_first(copy: Path) -> None:
    sources = copy / "data/sources.csv"
    sources.write_bytes(sources.read_text(encoding="utf-8").encode("cp1256", "replace"))
    (copy / "data/a.ttl").write_text("<programme/a> a <https://w3id.org/ssekg/ontology#Programme> .\n")
    (copy / "data/z.ttl").write_text("<place/z> a\n")
    found = violations(copy)
    assert [finding.code for finding in found[:2]] == ["table-encoding", "syntax-error"]
    assert len(found) > 2


def test_a_record_that_can_not_be_taken_is_the_only_finding_about_it(copy: Path) -> None:
    for name, right, wrong in (
        ("offices", "نائبة رئيس الجهة المكلفة", "نائبة رئيس الجهة, المكلفة"),
        ("institutions", 'solidaire","Ministry of T', 'solidaire,"Ministry of T'),
        ("amounts", "programme/moazara,invested-", ",invested-"),
    ):
        table = copy / f"data/{name}.csv"
        text = table.read_text(encoding="utf-8")
        assert right in text
        table.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    found = sorted(finding.code for finding in violations(copy))
    assert found == ["table-ragged-row", "table-required", "table-syntax"]


LINK: Final = "competence/own-promotion-social-economy-regional-products,dct:subject,concept/"
# In each file something that is there, and a mistake to write in its place: once in a table, else wherever it is.
MISTAKES: Final = (
    ("links.csv", f"{LINK}sse-sector", f"{LINK}women"),
    ("programmes.csv", ",Programme Moazara,", ",,"),
    ("laws.csv", ",stated", ",sure"),
    ("institutions.csv", ",ministry,government-of-morocco,", ",وزارة,government-of-morocco,"),
    ("events.csv", ",Oujda,oriental,", ",Oujda,الشرق,"),
    ("conference-fes-2023.ttl", "<office/king-of-morocco>", "<office/king-of-maroco>"),
)


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """The violations in a copy with the mistakes, by file."""
    root = copy_project(tmp_path_factory.mktemp("mistaken") / "project")
    for name, right, wrong in MISTAKES:
        text = (root / "data" / name).read_text(encoding="utf-8")
        assert right in text
        count = 1 if name.endswith(".csv") else -1
        (root / "data" / name).write_text(text.replace(right, wrong, count), encoding="utf-8")
    found: dict[str, list[Finding]] = {}
    for finding in violations(root):
        assert finding.place
        found.setdefault(finding.place.file.removeprefix("data/"), []).append(finding)
    return found


def test_each_mistake_in_a_table_is_told_once(
    mistaken: dict[str, list[Finding]],
) -> None:
    assert mistaken.keys() == {name for name, *_ in MISTAKES}
    assert {len(found) for name, found in mistaken.items() if name.endswith(".csv")} == {1}


def test_a_wrong_concept_is_shown_in_its_own_cell_and_a_missing_name_at_the_record(
    mistaken: dict[str, list[Finding]],
) -> None:
    places = [mistaken[name][0].place for name in ("links.csv", "programmes.csv")]
    assert [(place.line, place.column) for place in places if place] == [(91, 71), (2, 1)]


def test_a_value_outside_its_list_is_answered_with_the_list(mistaken: dict[str, list[Finding]]) -> None:
    (finding,) = mistaken["laws.csv"]
    for language, words in {"ar": "القيم الممكنة", "fr": "Valeurs possibles", "en": "Possible values"}.items():
        advice = hint_for(finding, language) or ""
        assert words in advice
        assert all(word in advice for word in ("inferred", "stated"))
        assert "store" not in advice


def test_a_cell_of_the_wrong_form_is_not_also_a_dangling_link(mistaken: dict[str, list[Finding]]) -> None:
    assert [finding.code for finding in mistaken["institutions.csv"]] == ["table-datatype"]


def test_a_link_to_nothing_names_what_was_probably_meant(mistaken: dict[str, list[Finding]]) -> None:
    advice = [hint_for(finding, "fr") or "" for finding in mistaken["conference-fes-2023.ttl"]]
    assert all("office/king-of-morocco (" in words for words in advice)


def test_a_name_in_place_of_an_identifier_is_answered_with_the_identifier(mistaken: dict[str, list[Finding]]) -> None:
    advice = {
        finding.code: hint_for(finding, "ar") or ""
        for name in ("events.csv", "institutions.csv")
        for finding in mistaken[name]
    }
    assert set(advice) == {"table-dangling-link", "table-datatype"}
    assert "هل تقصد \u2068oriental\u2069 (" in advice["table-dangling-link"]
    assert "هل تقصد \u2068ministry\u2069 (" in advice["table-datatype"]


def test_only_the_checks_make_a_checked_graph() -> None:
    made = [path for path in SOURCE.rglob("*.py") if re.search(r"\bCheckedGraph\(", path.read_text(encoding="utf-8"))]
    assert [path.relative_to(SOURCE).as_posix() for path in made] == ["checks/run.py"]


def test_a_graph_with_violations_is_not_a_checked_one(checked: CheckedGraph, copy: Path) -> None:
    assert checked.report.count(Severity.VIOLATION) == 0
    (copy / "data/more.ttl").write_text("<place/fes> a", encoding="utf-8")
    assert isinstance(check_project(read_project(copy)), Report)

"""Annotations as GitHub reads them: one command a line, nothing in a finding can end it or begin another."""

import re
from urllib.parse import unquote

import pytest

from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.reports.github import github_report

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*,?)*)::(.*)")


def commands(report: Report, language: str = "en") -> list[tuple[str, dict[str, str], str]]:
    *lines, _ = github_report(report, report.findings, language).splitlines()
    found = []
    for line in lines:
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        found.append((match[1], {key: unquote(value) for key, value in properties.items()}, unquote(match[3])))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_annotated(project_report: Report, report: Report, language: str) -> None:
    for each in (project_report, report):
        levels = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
        found = commands(each, language)
        assert [level for level, _, _ in found] == [levels[finding.severity] for finding in each.findings]
        for (_, properties, _), finding in zip(found, each.findings, strict=True):
            assert finding.place
            assert (properties["file"], properties["line"]) == (finding.place.file, str(finding.place.line))
            assert finding.code in properties["title"]


def test_place_and_message_of_a_cell(project_report: Report) -> None:
    level, properties, message = next(one for one in commands(project_report) if "table-date" in one[1]["title"])
    assert (level, properties["file"], properties["line"], properties["endLine"]) == (
        "error",
        "data/events.csv",
        "35",
        "35",
    )
    assert int(properties["endColumn"]) - int(properties["col"]) == len("2022-10-34")
    assert "“2022-10-34”" in message
    assert "\n" in message, "the hint stands on a line of its own"


def test_hostile_texts_stay_inside_their_command() -> None:
    value = "100%\r\n::error file=x::fake\n::stop-commands::x\x1b[31m"
    finding = Finding(
        "table-datatype",
        Severity.VIOLATION,
        Place("a,b:c%\n.csv", 1, 1, 1, 5),
        {"value": value, "column": "c", "expected": "p", "nearest": "", "purpose": ""},
    )
    written = github_report(Report((finding,)), (finding,), "en")
    assert len(written.splitlines()) == 2
    assert "\x1b" not in written
    ((_, properties, message),) = commands(Report((finding,)))
    assert properties["file"] == "a,b:c%\n.csv"
    assert "100%\n::error file=x::fake" in message


def test_columns_are_left_out_where_github_takes_none() -> None:
    arguments = {"column": "c", "purpose": ""}
    over_lines = Finding("table-required", Severity.INFO, Place("a.csv", 1, 4, 3, 2), arguments)
    nowhere = Finding("table-required", Severity.WARNING, None, arguments)
    (_, first, _), (level, second, _) = commands(Report((over_lines, nowhere)))
    assert (first["line"], first["endLine"]) == ("1", "3")
    assert "col" not in first
    assert (level, set(second)) == ("warning", {"title"})

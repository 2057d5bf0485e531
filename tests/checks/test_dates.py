"""Dates that do not exist are violations at their place, in whatever property they are; dates that exist are none."""

from pathlib import Path

import pytest

from ssekg.base.findings import Severity
from ssekg.catalogue.kinds import Period, period_of
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from tests.conftest import Cli
from tests.examples import TURTLE_HEAD, empty_project

INVALID = {
    "gYearMonth": ["1956-13", "1956-00", "1956-3", "1956-03+15:00"],
    "gYear": ["56", "MCMLVI"],
    "date": ["1957-02-29", "1956-04-31", "1956-03-32", "1956-00-02", "0000-00-00", "2 mars 1956", ""],
    "dateTime": ["1956-03-02T25:00:00", "1957-02-29T00:00:00Z", "1956-03-02"],
    "time": ["12:60:00", "24:00:01"],
    "gMonth": ["--13"],
    "gMonthDay": ["--02-30"],
    "gDay": ["---32"],
}
VALID = {
    "gYearMonth": ["1956-03", "1956-03Z", "1956-03+01:00", "-0043-12", "12026-01"],
    "gYear": ["1956", "0000", "-0043", "1956-05:00", "12026"],
    "date": ["1956-02-29", "0000-01-01", "-0044-03-15", "12026-01-01", "1956-03-02Z", "1956-03-02-05:00"],
    "dateTime": ["1956-03-02T24:00:00", "1956-03-02T12:00:00.5Z"],
    "time": ["24:00:00", "12:00:00+01:00"],
    "gMonth": ["--12"],
    "gMonthDay": ["--02-29"],
    "gDay": ["---31"],
}


def written(folder: Path, dates: dict[str, list[str]]) -> list[str]:
    """Give a thing of a project each of the dates in a line of its own; the lines."""
    lines = [f'  "{text}"^^xsd:{name}' for name, texts in dates.items() for text in texts]
    content = TURTLE_HEAD + "\n<event/independence> <https://example.org/when>\n" + ",\n".join(lines) + " .\n"
    (folder / "data" / "dates.ttl").write_text(content, encoding="utf-8")
    return lines


def test_each_date_that_does_not_exist_is_a_violation_at_its_place(tmp_path: Path) -> None:
    folder = empty_project(tmp_path)
    lines = written(folder, INVALID)
    report = report_of(check_project(read_project(folder)))
    found = [finding for finding in report.findings if finding.code == "syntax-date"]
    places = [(each.place.file, each.place.line, each.place.column) for each in found if each.place]
    assert places == [("data/dates.ttl", line, 3) for line in range(3, 3 + len(lines))]
    assert {finding.severity for finding in found} == {Severity.VIOLATION}
    assert [f'  "{each.arguments["value"]}"^^{each.arguments["datatype"]}' for each in found] == lines


@pytest.mark.parametrize("command", ["validate", "publish"])
def test_commands_end_with_findings_and_not_with_an_error_of_ours(cli: Cli, tmp_path: Path, command: str) -> None:
    folder = empty_project(tmp_path / "project")
    written(folder, INVALID)
    done = cli("--lang", "en", command, cwd=folder)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr


def test_dates_that_exist_are_right_and_can_be_published(cli: Cli, tmp_path: Path) -> None:
    folder = empty_project(tmp_path / "project")
    written(folder, VALID)
    report = report_of(check_project(read_project(folder)))
    assert [finding for finding in report.findings if finding.code == "syntax-date"] == []
    done = cli("publish", "--dry-run", cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        (["1956-02", "1957"], Period("1956-02-01", "1957-12-31")),
        (["1956-03-02T23:00:00Z", "1956-03+01:00"], Period("1956-03-01", "1956-03-31")),
        (["1956-02Z"], Period("1956-02-01", "1956-02-29")),
        (["0000", "1956-13", "1956-00-01", "1957-02-29", "-0044-03-15", "12026-01", "١٩٥٦", ""], None),
    ],
)
def test_the_period_of_dates_leaves_out_those_that_no_calendar_has(dates: list[str], period: Period | None) -> None:
    assert period_of(dates) == period

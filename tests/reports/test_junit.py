"""JUnit XML: valid against the schema of Jenkins' xUnit plugin (tests/data/junit-10.xsd, MIT licence).

The schema is the copy that pytest's source distribution carries for its own tests of the same format.
"""

from typing import Any

import pytest
from lxml import etree

from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.reports.junit import junit_report
from tests.conftest import ROOT

SCHEMA = etree.XMLSchema(etree.parse(str(ROOT / "tests" / "data" / "junit-10.xsd")))


def parsed(report: Report, language: str = "en") -> Any:
    root = etree.fromstring(junit_report(report, report.findings, language).encode())
    SCHEMA.assertValid(root)
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_suite_a_file_and_case_a_finding(project_report: Report, report: Report, language: str) -> None:
    for each in (project_report, report):
        root = parsed(each, language)
        assert {suite.get("name") for suite in root} == {f.place.file for f in each.findings if f.place}
        assert len(root.findall(".//testcase")) == len(each.findings) == int(root.get("tests", ""))
        assert len(root.findall(".//failure")) == each.count(Severity.VIOLATION) == int(root.get("failures", ""))
        assert sum(int(suite.get("tests", "")) for suite in root) == len(each.findings)
        assert sum(int(suite.get("failures", "")) for suite in root) == each.count(Severity.VIOLATION)


def test_failure_says_where_what_and_how(project_report: Report) -> None:
    failure = next(f for f in parsed(project_report).iter("failure") if f.get("type") == "table-date")
    assert "“2022-10-34”" in str(failure.get("message"))
    where, what, how = str(failure.text).split("\n")
    assert where.startswith("data/events.csv:35:")
    assert what == failure.get("message")
    assert how.startswith("Write 2023")


def test_report_without_findings_has_a_test_that_passes() -> None:
    root = parsed(Report((), files=3))
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert len(root.findall(".//testcase")) == 1


def test_what_xml_can_not_hold_is_replaced() -> None:
    arguments = {"column": "a\x00b\x1b\ud800\uffff]]><&\"'\n\tc", "purpose": ""}
    finding = Finding("table-required", Severity.VIOLATION, Place("a&<\x01.csv", 1, 1), arguments)
    failure = next(parsed(Report((finding,))).iter("failure"))
    assert "a\N{REPLACEMENT CHARACTER}b" in str(failure.text)
    assert "]]><&\"'\n\tc" in str(failure.text)
    assert "]]><&\"'\n\tc" in str(failure.get("message"))

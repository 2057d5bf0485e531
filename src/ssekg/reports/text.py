"""The report for people: a block a finding, then the counts."""

from collections import defaultdict
from typing import Final

from ssekg.findings import Finding, Place, Report, Severity
from ssekg.language import isolate
from ssekg.messages import text
from ssekg.reports.wording import mending, message

# How many findings of one kind are spelled out before the rest is only counted.
_SPELLED_OUT: Final = {Severity.VIOLATION: 50, Severity.WARNING: 20, Severity.INFO: 3}


def text_report(report: Report, shown: tuple[Finding, ...], language: str, *, unfolded: bool = False) -> str:
    """The findings that are to be shown, each with place, severity, code, message and hint, then a summary.

    Of many findings of the same kind (severity, code and shape) only the first are spelled out, unless `unfolded`.
    """
    kinds: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in shown:
        kinds[finding.severity, finding.code, finding.shape or ""].append(finding)
    blocks = []
    for alike in kinds.values():
        most = len(alike) if unfolded else _SPELLED_OUT[alike[0].severity]
        blocks += [_block(finding, language) for finding in alike[:most]]
        if alike[most:]:
            blocks.append(text("report-alike", language, {"count": str(len(alike[most:]))}) + "\n")
    left_out = len(report.findings) - len(shown)
    if left_out:
        blocks.append(text("report-left-out", language, {"count": str(left_out)}) + "\n")
    return "\n".join([*blocks, summary(report, language)])


def summary(report: Report, language: str) -> str:
    """One line: how many findings of each severity, in how many files and triples, in what time."""
    counts = {severity.value: str(report.count(severity)) for severity in Severity}
    verdict = "report-violations" if report.reaches(Severity.VIOLATION) else "report-conforms"
    figures = {"files": str(report.files), "triples": str(report.triples), "seconds": f"{report.seconds:.1f}"}
    return text(verdict, language, counts | figures) + "\n"


def _block(finding: Finding, language: str) -> str:
    severity = text(f"severity-{finding.severity.value}", language)
    head = (
        f"{_place(finding.place, language)}: {severity} [{finding.code}]"
        if finding.place
        else f"{severity} [{finding.code}]"
    )
    lines = [head, "  " + message(finding, language)]
    advice = mending(finding, language)
    if advice:
        lines.append("  → " + advice if language != "ar" else "  ← " + advice)
    return "\n".join(lines) + "\n"


def _place(place: Place, language: str) -> str:
    position = "".join(f":{number}" for number in (place.line, place.column) if number is not None)
    return isolate(place.file + position, language)

"""The report as commands of a GitHub workflow: annotations shown next to the line in a pull request."""

from typing import Final

from ssekg.base.findings import Finding, Report, Severity
from ssekg.reports.excerpt import safe
from ssekg.reports.wording import hint_for, position, severity_name, summary, whole_message

COMMANDS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def github_report(report: Report, shown: tuple[Finding, ...], language: str) -> str:
    """One line per finding, then the summary. GitHub shows ten annotations of each level per step; the log has all."""
    lines = [_annotation(finding, language) for finding in shown]
    return "\n".join([*lines, summary(report, language)]) + "\n"


def _annotation(finding: Finding, language: str) -> str:
    properties: dict[str, str] = {}
    place = finding.place
    title = f"{severity_name(finding.severity, language)} [{finding.code}]"
    if place is not None:
        properties["file"] = place.file
        if place.line is not None:
            properties["line"] = str(place.line)
            properties["endLine"] = str(place.end_line or place.line)
            # GitHub takes columns only for a finding within one line.
            if place.column is not None and place.end_line in {None, place.line}:
                properties |= {"col": str(place.column), "endColumn": str(place.end_column or place.column)}
        if place.cell:
            title += f" {position(place)}"
    properties["title"] = title
    advice = hint_for(finding, language)
    content = whole_message(finding, language) + (f"\n{advice}" if advice else "")
    written = ",".join(f"{key}={safe_property(value)}" for key, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {written}::{_lines_safe(content).translate(_IN_MESSAGE)}"


def safe_property(value: str) -> str:
    """A value of a workflow command with GitHub's escapes."""
    return _lines_safe(value).translate(_IN_PROPERTY)


def _lines_safe(content: str) -> str:
    return "\n".join(safe(line) for line in content.replace("\r\n", "\n").split("\n"))

"""The words of a finding in one language, the same in every report."""

from string import Formatter

from ssekg.findings import Finding, Place, Report, Severity
from ssekg.language import isolate, joined, pick
from ssekg.messages import catalogue, hint, text

UNKNOWN_COMPONENT = "shacl-other"
# How many further places are named.
_MOST = 20


def message(finding: Finding, language: str) -> str:
    """What is wrong: what the shape itself says, then what the engine found, with names and the value."""
    precise = text(_entry(finding.code, language), language, _arguments(finding, language))
    own = pick(finding.texts, language)
    if not own:
        return precise
    return f"{own if language in finding.texts else isolate(own, language)} {precise}"


def also(finding: Finding, language: str) -> str | None:
    """Where else it stands, None if nowhere; of very many places the first."""
    if not finding.others:
        return None
    names = [isolate(f"{place.file}:{position(place)}".removesuffix(":"), language) for place in finding.others[:_MOST]]
    if len(names) < len(finding.others):
        names.append("…")
    return text("report-also", language, {"places": joined(names, language)})


def whole_message(finding: Finding, language: str) -> str:
    """What is wrong and where else it stands, for formats in which a finding has one place only."""
    return "\n".join(filter(None, (message(finding, language), also(finding, language))))


def mending(finding: Finding, language: str) -> str | None:
    """How to mend it, None where the catalogue has no hint."""
    return hint(_entry(finding.code, language), language, _arguments(finding, language))


def rule(code: str, language: str) -> tuple[str, str]:
    """What every finding of this code is about, and how such a thing is mended; "…" stands for what differs."""
    entry = catalogue(language)[_entry(code, language)]
    about = _generic(entry["message"].removeprefix("{focus}: "))
    return about, _generic(entry.get("hint", entry["message"]))


def severity_name(severity: Severity, language: str) -> str:
    """The severity as people call it."""
    return text(f"severity-{severity.value}", language)


def position(place: Place) -> str:
    """Where in its file something stands: `31:134`, the cell of a spreadsheet, or ""."""
    if place.cell:
        return place.cell
    return ":".join(str(number) for number in (place.line, place.column) if number is not None)


def summary(report: Report, language: str) -> str:
    """One line: how many findings of each severity, in how many files and triples, in what time."""
    counts = {severity.value: str(report.count(severity)) for severity in Severity}
    verdict = "report-violations" if report.reaches(Severity.VIOLATION) else "report-conforms"
    figures = {"files": str(report.files), "triples": str(report.triples), "seconds": f"{report.seconds:.1f}"}
    return text(verdict, language, counts | figures)


def _entry(code: str, language: str) -> str:
    return code if code in catalogue(language) else UNKNOWN_COMPONENT


def _arguments(finding: Finding, language: str) -> dict[str, str]:
    """The arguments of the finding, those of another language left out: `focus.ar` serves as `focus`."""
    chosen = {}
    for name, value in finding.arguments.items():
        key, dot, tag = name.partition(".")
        if not dot or tag == language:
            chosen[key] = value
    return chosen


def _generic(template: str) -> str:
    return "".join(literal + ("…" if name is not None else "") for literal, name, _, _ in Formatter().parse(template))

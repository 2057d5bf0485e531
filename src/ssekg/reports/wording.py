"""The words of a finding in one language, the same in every report."""

from collections.abc import Mapping
from string import Formatter
from typing import Final

from ssekg.base.codes import CODES, Group, known_code
from ssekg.base.findings import Finding, Place, Report, Score, Severity
from ssekg.base.language import isolate, joined, pick
from ssekg.base.messages import catalogue, hint, sentences, text, title
from ssekg.base.said import Arguments

# What OOPS! calls the severities of its pitfalls.
_IMPORTANCE: Final[Mapping[str, Severity]] = {
    "critical": Severity.VIOLATION,
    "important": Severity.WARNING,
    "minor": Severity.INFO,
}
# How many further places are named.
_MOST = 20


def message(finding: Finding, language: str) -> str:
    """What is wrong: what the shape itself says, then what the engine found, with names and the value."""
    precise = text(known_code(finding.code).name, language, finding.arguments).rstrip()
    own = pick(finding.texts, language)
    if not own:
        return precise
    return f"{own if language in finding.texts else isolate(own, language)} {precise}"


def also(finding: Finding, language: str) -> str | None:
    """Its other places, None if there are none; of very many places the first."""
    if not finding.others:
        return None
    names = [isolate(f"{place.file}:{position(place)}".removesuffix(":"), language) for place in finding.others[:_MOST]]
    if len(names) < len(finding.others):
        names.append("…")
    return text("report-also", language, {"places": joined(names, language)})


def origin(finding: Finding, language: str) -> str | None:
    """What is to be fixed first, None where the finding follows from nothing else."""
    if finding.cause is None:
        return None
    place, code = finding.cause.place, finding.cause.code
    where = f"{place.file}:{position(place)}".removesuffix(":") + (f" [{code}]" if code else "")
    return text("report-cause", language, {"place": where})


def whole_message(finding: Finding, language: str) -> str:
    """What is wrong, where else, and what it follows from, for formats in which a finding has one place only."""
    parts = (message(finding, language), also(finding, language), origin(finding, language))
    return "\n".join(filter(None, parts))


def hint_for(finding: Finding, language: str) -> str | None:
    """How to fix it, None if the catalogue has no hint."""
    return hint(known_code(finding.code).name, language, finding.arguments)


def notation(finding: Finding) -> dict[str, str | None]:
    """The terms of a finding as N-Triples and SPARQL write them, by their names; None for what does not apply."""
    terms = {"focus": finding.focus, "path": finding.path, "value": finding.value, "shape": finding.shape}
    return {name: None if term is None else str(term) for name, term in terms.items()}


def general_hint(code: str, language: str, arguments: Arguments | None = None) -> str:
    """How findings of this code are fixed; "…" replaces what differs between them and is not given."""
    names = {name for _, name, _, _ in Formatter().parse(catalogue(language)[code]["hint"]) if name is not None}
    blank = dict.fromkeys(names - sentences(code), "…")
    return hint(code, language, {**blank, **(arguments or {})}) or ""


def severity_name(severity: Severity, language: str) -> str:
    """The severity as people call it."""
    return text(f"severity-{severity.value}", language)


def position(place: Place) -> str:
    """Where in its file something is: `31:134`, in a CSV file with the cell too, in a workbook the cell, or ""."""
    if place.cell and "!" in place.cell:
        return place.cell
    position = ":".join(str(number) for number in (place.line, place.column) if number is not None)
    return f"{position} ({place.cell})" if place.cell else position


def scores(report: Report, language: str) -> list[str]:
    """What an ontology scores, check by check, one line each; nothing where none was asked for.

    The pitfalls of OOPS! are critical, important or minor, as it has them.
    """
    if not report.scores:
        return []
    pitfalls = [finding for finding in report.findings if known_code(finding.code).group is Group.PITFALLS]
    counted = {
        name: str(sum(finding.severity is severity for finding in pitfalls if finding.code.startswith("OOPS-")))
        for name, severity in _IMPORTANCE.items()
    }
    looked_for = sum(name.startswith("OOPS-") for name in CODES)
    lines = [
        text("score-pitfalls", language, {**counted, "count": str(looked_for)}),
        text("score-fairness", language, {"share": f"{100 * report.score:.0f}"}),
    ]
    lines += [_score(each, language) for each in report.scores]
    live = joined([isolate(code, language) for code in report.not_scored], language)
    return [*lines, text("score-live", language, {"codes": live})]


def _score(score: Score, language: str) -> str:
    name = title(score.code, language) if score.code in CODES else text("score-parses", language)
    figures = {"code": score.code, "passed": str(score.passed), "of": str(score.of), "title": name}
    return "  " + text("score-line" if score.of else "score-none", language, figures)


def summary(report: Report, language: str) -> str:
    """One line: how many findings of each severity, in how many files and triples, in what time."""
    counts = {severity.value: str(report.count(severity)) for severity in Severity}
    verdict = "report-violations" if report.reaches(Severity.VIOLATION) else "report-conforms"
    figures = {"files": str(report.files), "triples": str(report.triples), "seconds": f"{report.seconds:.1f}"}
    return text(verdict, language, counts | figures)

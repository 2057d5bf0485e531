"""The report as one HTML page that needs no network: by file or kind, to be filtered, printed, read in any direction.

Without scripts everything is there, by file; a small script inside the page filters and groups.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssekg.base.codes import known_code
from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.html import Templates
from ssekg.base.messages import title
from ssekg.reports.excerpt import Excerpt, Lines, safe, visible
from ssekg.reports.wording import also, hint_for, message, notation, origin, position, scores, severity_name, summary

# How many findings of one code in one file are spelled out before the rest is only counted.
SPELLED_OUT: Final = 200
_WIDTH: Final = 240


@dataclass(frozen=True)
class _FindingOnPage:
    """A finding in the words of the page."""

    code: str
    title: str
    severity: str
    severity_title: str
    place: str
    excerpt: Excerpt | None
    message: str
    also: str
    hint: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Group:
    """The findings in one file: those that are spelled out, and of each code how many more there are."""

    name: str
    count: int
    findings: Iterator[_FindingOnPage]
    folded: dict[str, str]


def html_report(
    report: Report,
    shown: tuple[Finding, ...],
    language: str,
    *,
    unfolded: bool = False,
    templates: Path | None = None,
) -> str:
    """The findings that are to be shown as a page in `language`.

    Args:
        report: the findings, and the texts of the files that they are in.
        shown: those that are to be shown.
        language: one of the tool's own.
        unfolded: spell out all findings, where of very many with the same code in the same file only the first are.
        templates: a project's folder of templates that go before the tool's.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    severities, codes = Counter(each.severity for each in shown), Counter(each.code for each in shown)
    left_out = len(report.findings) - len(shown)
    return Templates("ssekg.reports", templates).page(
        "report.html",
        language,
        summary=summary(report, language),
        scores=scores(report, language),
        severities=[
            {"name": each.value, "title": severity_name(each, language), "count": severities[each]} for each in Severity
        ],
        kinds=[
            {"code": code, "title": _title(code, language), "count": count} for code, count in sorted(codes.items())
        ],
        groups=_groups(shown, Lines(report.texts), language, unfolded=unfolded),
        left_out=str(left_out) if left_out else "",
    )


def _groups(shown: tuple[Finding, ...], lines: Lines, language: str, *, unfolded: bool) -> Iterator[_Group]:
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in shown:
        by_file[finding.place.file if finding.place else ""].append(finding)
    for file, found in by_file.items():
        seen: Counter[str] = Counter()
        spelled_out = []
        for finding in found:
            seen[finding.code] += 1
            if unfolded or seen[finding.code] <= SPELLED_OUT:
                spelled_out.append(finding)
        more = {} if unfolded else {code: count - SPELLED_OUT for code, count in seen.items() if count > SPELLED_OUT}
        on_page = (_on_page(finding, lines, language) for finding in spelled_out)
        yield _Group(visible(file), len(found), on_page, {code: str(count) for code, count in more.items()})


def _on_page(finding: Finding, lines: Lines, language: str) -> _FindingOnPage:
    place = finding.place
    names = {"focus": "sh:focusNode", "path": "sh:resultPath", "value": "sh:value", "shape": "sh:sourceShape"}
    terms = [(names[part], term) for part, term in notation(finding).items()]
    return _FindingOnPage(
        code=finding.code,
        title=_title(finding.code, language),
        severity=finding.severity.value,
        severity_title=severity_name(finding.severity, language),
        place=visible(f"{place.file}:{position(place)}".removesuffix(":")) if place else "",
        excerpt=lines.excerpt(place, _WIDTH),
        message=_safe(message(finding, language)),
        also=_safe("\n".join(filter(None, (also(finding, language), origin(finding, language))))),
        hint=_safe(hint_for(finding, language) or ""),
        terms=tuple((name, safe(term)) for name, term in terms if term),
    )


def _title(code: str, language: str) -> str:
    return title(known_code(code).name, language)


def _safe(words: str) -> str:
    """A message of one or more lines, each without control characters."""
    return "\n".join(map(safe, words.replace("\r", "").split("\n")))

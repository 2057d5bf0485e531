"""All formats of a report by name; each writer is imported when it is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ssekg.base.findings import Finding, Report
from ssekg.reports.text import WIDTH, text_report

Findings = tuple[Finding, ...]

EXTENSIONS: Final = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".html": "html",
    ".htm": "html",
    ".ttl": "turtle",
}


@dataclass(frozen=True)
class RenderOptions:
    """How a report is wanted.

    Attributes:
        language: one of the tool's own.
        unfolded: spell out all findings that are alike, in text and HTML.
        width: how many cells a line of a terminal has.
        colour: whether the terminal shows colours.
        shacl_only: leave out of Turtle what SHACL does not know.
        templates: a project's folder of templates for HTML.
        infos: list infos in text, where they are only counted otherwise.
    """

    language: str
    unfolded: bool = False
    width: int = WIDTH
    colour: bool = False
    shacl_only: bool = False
    templates: Path | None = None
    infos: bool = False


def _text(report: Report, shown: Findings, options: RenderOptions) -> str:
    return text_report(
        report,
        shown,
        options.language,
        unfolded=options.unfolded,
        infos=options.infos,
        width=options.width,
        colour=options.colour,
    )


def _json(report: Report, shown: Findings, options: RenderOptions) -> str:
    from ssekg.reports.json import json_report

    return json_report(report, shown, options.language)


def _sarif(report: Report, shown: Findings, options: RenderOptions) -> str:
    from ssekg.reports.sarif import sarif_report

    return sarif_report(report, shown, options.language)


def _junit(report: Report, shown: Findings, options: RenderOptions) -> str:
    from ssekg.reports.junit import junit_report

    return junit_report(report, shown, options.language)


def _github(report: Report, shown: Findings, options: RenderOptions) -> str:
    from ssekg.reports.github import github_report

    return github_report(report, shown, options.language)


def _html(report: Report, shown: Findings, options: RenderOptions) -> str:
    from ssekg.reports.html import html_report

    return html_report(report, shown, options.language, unfolded=options.unfolded, templates=options.templates)


def _turtle(report: Report, shown: Findings, options: RenderOptions) -> str:
    from ssekg.reports.turtle import turtle_report

    return turtle_report(report, shown, shacl_only=options.shacl_only)


WRITERS: Final[Mapping[str, Callable[[Report, Findings, RenderOptions], str]]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "html": _html,
    "turtle": _turtle,
}
FORMATS: Final = tuple(WRITERS)


def rendered(form: str, report: Report, shown: Findings, options: RenderOptions) -> bytes:
    """The report in one of FORMATS as UTF-8; half a surrogate pair in a file's name becomes a question mark."""
    return WRITERS[form](report, shown, options).encode("utf-8", "replace")

"""All formats of a report by name; each writer is imported when it is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ssekg.base.findings import Finding, Report
from ssekg.reports.text import WIDTH

FORMATS: Final = ("text", "json", "sarif", "junit", "github", "html", "turtle")
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
    """Options of a report: `unfolded` shows similar findings in full, `width` and `colour` are for a terminal.

    `shacl_only` leaves out of Turtle what SHACL does not know. `templates` is a project's folder of templates for HTML.
    """

    language: str
    unfolded: bool = False
    width: int = WIDTH
    colour: bool = False
    shacl_only: bool = False
    templates: Path | None = None


def rendered(form: str, report: Report, shown: tuple[Finding, ...], wish: RenderOptions) -> bytes:
    """The report in one of FORMATS as UTF-8; half a surrogate pair in a file's name becomes a question mark."""
    write: Callable[..., str] = getattr(import_module(f"ssekg.reports.{form}"), f"{form}_report")
    if form == "turtle":
        content = write(report, shown, shacl_only=wish.shacl_only)
    else:
        content = write(report, shown, wish.language, **_options(form, wish))
    return content.encode("utf-8", "replace")


def _options(form: str, wish: RenderOptions) -> Mapping[str, Any]:
    if form == "text":
        return {"unfolded": wish.unfolded, "width": wish.width, "colour": wish.colour}
    return {"unfolded": wish.unfolded, "templates": wish.templates} if form == "html" else {}

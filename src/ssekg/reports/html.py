"""The report as one HTML page that needs no network: by file or kind, to be filtered, printed, read in any direction.

Without scripts everything is there, by file; a small script inside the page filters and groups.
"""

from collections import Counter, defaultdict
from html import escape
from importlib.resources import files
from typing import Final

from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE
from ssekg.base.messages import text, title
from ssekg.base.page import page
from ssekg.reports.excerpt import Lines, safe, visible
from ssekg.reports.wording import also, known_code, mending, message, position, severity_name, summary

# How many findings of one code in one file are spelled out before the rest is only counted.
SPELLED_OUT: Final = 200
_WIDTH: Final = 240


def html_report(report: Report, shown: tuple[Finding, ...], language: str, *, unfolded: bool = False) -> str:
    """The findings that are to be shown as a page in `language`.

    Of very many with the same code in the same file only the first are spelled out, unless `unfolded`.
    """
    heading = text("report-title", language)
    parts = _Parts(Lines(report.texts), language)
    notes = []
    left_out = len(report.findings) - len(shown)
    if left_out:
        notes.append(text("report-left-out", language, {"count": str(left_out)}))
    body = f"""<header>
<h1>{escape(heading)}</h1>
<p>{_words(summary(report, language))}</p>
</header>
{parts.filters(shown)}
<p class="status" role="status" hidden>{escape(text("report-visible", language))} <output></output></p>
<p class="no-match" hidden>{escape(text("report-no-match", language))}</p>
<main>
{parts.groups(shown, unfolded)}{"".join(f'<p class="more">{_words(note)}</p>' for note in notes)}</main>
<template>{parts.group("")}</details></section></template>"""
    return page(language, heading, body, style=_resource("report.css"), script=_resource("report.js"))


class _Parts:
    """Writes the parts of the page in one language."""

    def __init__(self, lines: Lines, language: str) -> None:
        self.lines = lines
        self.language = language

    def filters(self, shown: tuple[Finding, ...]) -> str:
        """The form, hidden until the script is there to serve it."""

        def say(code: str) -> str:
            return escape(text(code, self.language))

        counts = Counter(finding.severity for finding in shown)
        boxes = "".join(
            f'<label class="{severity.value}"><input type="checkbox" name="severity" value="{severity.value}" checked> '
            f'<span class="severity">{escape(severity_name(severity, self.language))}</span> ({counts[severity]})'
            "</label>"
            for severity in Severity
        )
        codes = Counter(finding.code for finding in shown)
        options = "".join(
            f'<option value="{escape(code)}">{escape(self._title(code))} ({count}) – {escape(code)}</option>'
            for code, count in sorted(codes.items())
        )
        groups = "".join(
            f'<label><input type="radio" name="group" value="{value}"{checked}> {say(code)}</label>'
            for value, code, checked in (("file", "report-file", " checked"), ("code", "report-kind", ""))
        )
        return f"""<form hidden role="search" autocomplete="off">
<fieldset><legend>{say("report-severity")}</legend>{boxes}</fieldset>
<label><span class="label">{say("report-kind")}</span>
<select name="code"><option value="">{say("report-every")}</option>{options}</select></label>
<label><span class="label">{say("report-search")}</span><input type="search" name="text" dir="auto"></label>
<fieldset><legend>{say("report-group")}</legend>{groups}</fieldset>
</form>"""

    def _title(self, code: str) -> str:
        return title(known_code(code), self.language)

    def groups(self, shown: tuple[Finding, ...], unfolded: bool) -> str:
        """A section a file, with its findings and how many of each code are only counted."""
        by_file: dict[str, list[Finding]] = defaultdict(list)
        for finding in shown:
            by_file[finding.place.file if finding.place else ""].append(finding)
        written = []
        for file, found in by_file.items():
            seen: Counter[str] = Counter()
            articles = []
            for finding in found:
                seen[finding.code] += 1
                if unfolded or seen[finding.code] <= SPELLED_OUT:
                    articles.append(self._finding(finding))
            folded = {} if unfolded else {code: count - SPELLED_OUT for code, count in seen.items()}
            more = "".join(
                f'<p class="more"><bdi dir="ltr">{escape(visible(file))} [{escape(code)}]</bdi> '
                f"{_words(text('report-alike', self.language, {'count': str(count)}))}</p>\n"
                for code, count in folded.items()
                if count > 0
            )
            written.append(f"{self.group(file, len(found))}{''.join(articles)}</details>{more}</section>\n")
        return "".join(written)

    def group(self, name: str, count: int = 0) -> str:
        """The beginning of a section with its heading."""
        heading = escape(visible(name)) or escape(text("report-no-place", self.language))
        direction = ' dir="ltr"' if name else ""
        return (
            f'<section class="group"><details open><summary><h2><bdi class="name"{direction}>{heading}</bdi> '
            f'<span class="count">{count}</span></h2></summary>\n'
        )

    def _finding(self, finding: Finding) -> str:
        place = finding.place
        where = f'<bdi dir="ltr" class="place">{escape(visible(_where(finding)))}</bdi> ' if place else ""
        severity = escape(severity_name(finding.severity, self.language))
        advice = mending(finding, self.language)
        name = escape(self._title(finding.code))
        elsewhere = also(finding, self.language)
        data = (
            f'data-severity="{finding.severity.value}" data-code="{escape(finding.code)}" '
            f'data-file="{escape(visible(place.file)) if place else ""}"'
        )
        return (
            f'<article class="finding {finding.severity.value}" {data}>\n'
            f'<h3>{where}<span class="severity">{severity}</span> '
            f'<code class="code" dir="ltr" title="{name}">[{escape(finding.code)}]</code></h3>\n'
            f"{self._source(finding)}<p>{_words(message(finding, self.language))}</p>\n"
            + (f'<p class="also">{_words(elsewhere)}</p>\n' if elsewhere else "")
            + (f'<p class="hint">{_words(advice)}</p>\n' if advice else "")
            + _terms(finding)
            + "</article>\n"
        )

    def _source(self, finding: Finding) -> str:
        excerpt = self.lines.excerpt(finding.place, _WIDTH)
        if excerpt is None:
            return ""
        return (
            f'<pre dir="ltr"><span class="number">{excerpt.number} | </span><bdi dir="ltr">'
            f"{escape(excerpt.before)}<mark>{escape(excerpt.term)}</mark>{escape(excerpt.after)}</bdi></pre>\n"
        )


def _where(finding: Finding) -> str:
    place = finding.place
    return f"{place.file}:{position(place)}".removesuffix(":") if place else ""


def _terms(finding: Finding) -> str:
    """The RDF terms of a result of SHACL under their names in SHACL."""
    facts = (
        ("sh:focusNode", finding.focus),
        ("sh:resultPath", finding.path),
        ("sh:value", finding.value),
        ("sh:sourceShape", finding.shape),
    )
    items = "".join(
        f"<dt><code>{name}</code></dt><dd><bdi>{escape(safe(fact))}</bdi></dd>" for name, fact in facts if fact
    )
    return (
        f'<details class="terms"><summary><code dir="ltr">RDF</code></summary><dl dir="ltr">{items}</dl></details>\n'
        if items
        else ""
    )


def _words(content: str) -> str:
    """A message as HTML: its isolates become elements, its lines stay lines."""
    marked = escape(
        safe(content.replace("\r", "")) if "\n" not in content else "\n".join(map(safe, content.split("\n")))
    )
    if marked.count(FIRST_STRONG_ISOLATE) == marked.count(POP_DIRECTIONAL_ISOLATE):
        marked = marked.replace(FIRST_STRONG_ISOLATE, "<bdi>").replace(POP_DIRECTIONAL_ISOLATE, "</bdi>")
    return marked.replace("\n", "<br>")


def _resource(name: str) -> str:
    return files("ssekg.reports").joinpath(name).read_text(encoding="utf-8")

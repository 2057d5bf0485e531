"""The report for people, as compilers write it: place, source line, the term pointed at, message, how to fix it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from ssekg.base.codes import known_code
from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, is_right_to_left, isolate
from ssekg.base.messages import text
from ssekg.reports.excerpt import Excerpt, Lines, safe, visible
from ssekg.reports.wording import hint_for, position, scores, severity_name, summary, whole_message

WIDTH: Final = 100
# How many findings of one kind are spelled out before the rest is only counted.
_SPELLED_OUT: Final = {Severity.VIOLATION: 50, Severity.WARNING: 20, Severity.INFO: 3}
# And how many that follow from the same thing.
_CONSEQUENCES: Final = 3
COLOURS: Final = {Severity.VIOLATION: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_GUTTER: Final = 5
_LEFT_TO_RIGHT_ISOLATE: Final = "\N{LEFT-TO-RIGHT ISOLATE}"


def text_report(
    report: Report,
    shown: tuple[Finding, ...],
    language: str,
    *,
    unfolded: bool = False,
    infos: bool = False,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """The findings that are to be shown, each with place, source line, message and hint, then a summary.

    Infos, which are often very many, are only counted, unless `infos` or `unfolded`. Of many findings of the same kind
    (severity, code, shape and cause) only the first are spelled out, unless `unfolded`, and a table counts them by
    code. Source lines are cut to `width` cells; `colour` adds the codes of ANSI.
    """
    writer = _Writer(Lines(report.texts), language, width, colour)
    listed = [each for each in shown if infos or unfolded or each.severity is not Severity.INFO]
    kinds: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in listed:
        kinds[finding.severity, finding.code, finding.shape, finding.cause].append(finding)
    blocks = []
    folded = False
    for alike in kinds.values():
        most = len(alike) if unfolded else _CONSEQUENCES if alike[0].cause else _SPELLED_OUT[alike[0].severity]
        blocks += [writer.block(finding) for finding in alike[:most]]
        if alike[most:]:
            folded = True
            blocks.append(text("report-alike", language, {"count": str(len(alike) - most)}) + "\n")
    if len(listed) < len(shown):
        blocks.append(text("report-infos", language, {"count": str(len(shown) - len(listed))}) + "\n")
    left_out = len(report.findings) - len(shown)
    if left_out:
        blocks.append(text("report-left-out", language, {"count": str(left_out)}) + "\n")
    if folded or left_out:
        blocks.append(writer.table(report.findings))
    if report.scores:
        blocks.append("\n".join(scores(report, language)) + "\n")
    blocks.append(summary(report, language) + "\n")
    if listed:
        blocks.append(writer.farewell(listed[0].code))
    return "\n".join(blocks)


def text_blocks(findings: Iterable[Finding], texts: Mapping[str, str], language: str) -> str:
    """Some findings as in the report, without anything about a whole run; `texts` are the texts of their files."""
    writer = _Writer(Lines(texts), language, WIDTH, colour=False)
    return "\n".join(writer.block(finding) for finding in findings)


class _Writer:
    """Writes findings in one language, with or without colours."""

    def __init__(self, lines: Lines, language: str, width: int, colour: bool) -> None:
        self.lines = lines
        self.language = language
        self.width = width
        self.colour = colour

    def block(self, finding: Finding) -> str:
        severity = painted(
            severity_name(finding.severity, self.language), COLOURS[finding.severity], colour=self.colour
        )
        place = f"{self._place(finding.place)}: " if finding.place else ""
        lines = [f"{place}{severity} [{finding.code}]"]
        excerpt = self.lines.excerpt(finding.place, self.width - 8)
        if excerpt is not None:
            style = COLOURS[finding.severity]
            lines += [numbered(excerpt, style, colour=self.colour), *pointer(excerpt, style, colour=self.colour)]
        lines.append(_indented("  ", whole_message(finding, self.language)))
        advice = hint_for(finding, self.language)
        if advice:
            lines.append(_indented("  ← " if is_right_to_left(self.language) else "  → ", advice))
        return "\n".join(lines) + "\n"

    def table(self, findings: tuple[Finding, ...]) -> str:
        """How many findings there are of each code, the gravest and the most frequent first."""
        counts = Counter((finding.severity, finding.code) for finding in findings)
        ordered = sorted(counts.items(), key=lambda item: (item[0][0].rank, -item[1], item[0][1]))
        wide = len(str(max(counts.values(), default=0)))
        return "".join(
            f"  {count:>{wide}} × {severity_name(severity, self.language)} [{code}]\n"
            for (severity, code), count in ordered
        )

    def farewell(self, code: str) -> str:
        """Where more is to be learnt of a code."""
        command = {"command": f"ssekg explain {known_code(code).name}"}
        return painted(text("report-explain", self.language, command), "dim", colour=self.colour) + "\n"

    def _place(self, place: Place | None) -> str:
        if place is None:
            return ""
        where = position(place)
        shown = isolate(visible(place.file) + (f":{where}" if where else ""), self.language)
        return painted(shown, "bold", colour=self.colour)


def numbered(excerpt: Excerpt, style: str = "", *, colour: bool = False) -> str:
    """A source line behind its number, with the term in a style of rich, if any."""
    line = excerpt.before + painted(excerpt.term, style, colour=colour) + excerpt.after
    if excerpt.runs_both_ways:
        line = f"{_LEFT_TO_RIGHT_ISOLATE}{line}{POP_DIRECTIONAL_ISOLATE}"
    return f"{excerpt.number:>{_GUTTER}} | {line}"


def pointer(excerpt: Excerpt, style: str, *, colour: bool) -> list[str]:
    """The text under a numbered line: a caret, the term itself if a caret could mislead, or nothing."""
    gutter = " " * max(_GUTTER, len(str(excerpt.number)))
    if excerpt.caret_is_reliable:
        return [f"{gutter} | {' ' * excerpt.indent}{painted('^' * excerpt.width, style, colour=colour)}"]
    if excerpt.term:
        term = painted(excerpt.term, style, colour=colour)
        return [f"{gutter} ^ {FIRST_STRONG_ISOLATE}{term}{POP_DIRECTIONAL_ISOLATE}"]
    return []


def painted(content: str, style: str, *, colour: bool) -> str:
    """A text with the codes of ANSI for a style of rich, if colours are wanted."""
    if not colour or not content or not style:
        return content
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(content, color_system=ColorSystem.STANDARD)


def _indented(start: str, content: str) -> str:
    """A text that may have several lines, the first after `start`, the others as far in."""
    first, *others = (safe(line) for line in content.split("\n"))
    return "\n".join([start + first, *(" " * len(start) + line for line in others)])

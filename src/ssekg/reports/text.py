"""The report for people, as compilers write it: place, source line, the term pointed at, message, how to mend it."""

from collections import Counter, defaultdict
from typing import Final

from ssekg.findings import Finding, Place, Report, Severity
from ssekg.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, is_right_to_left, isolate
from ssekg.messages import text
from ssekg.reports.excerpt import Excerpt, Lines, safe, visible
from ssekg.reports.wording import mending, position, severity_name, summary, whole_message

WIDTH: Final = 100
# How many findings of one kind are spelled out before the rest is only counted.
_SPELLED_OUT: Final = {Severity.VIOLATION: 50, Severity.WARNING: 20, Severity.INFO: 3}
_COLOURS: Final = {Severity.VIOLATION: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_LEFT_TO_RIGHT_ISOLATE: Final = "\N{LEFT-TO-RIGHT ISOLATE}"


def text_report(
    report: Report,
    shown: tuple[Finding, ...],
    language: str,
    *,
    unfolded: bool = False,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """The findings that are to be shown, each with place, source line, message and hint, then a summary.

    Of many findings of the same kind (severity, code and shape) only the first are spelled out, unless `unfolded`;
    then a table counts them by code. Source lines are cut to `width` cells; `colour` adds the codes of ANSI.
    """
    writer = _Writer(Lines(report.texts), language, width, colour)
    kinds: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for finding in shown:
        kinds[finding.severity, finding.code, finding.shape or ""].append(finding)
    blocks = []
    folded = False
    for alike in kinds.values():
        most = len(alike) if unfolded else _SPELLED_OUT[alike[0].severity]
        blocks += [writer.block(finding) for finding in alike[:most]]
        if alike[most:]:
            folded = True
            blocks.append(text("report-alike", language, {"count": str(len(alike) - most)}) + "\n")
    left_out = len(report.findings) - len(shown)
    if left_out:
        blocks.append(text("report-left-out", language, {"count": str(left_out)}) + "\n")
    if folded or left_out:
        blocks.append(writer.table(report.findings))
    return "\n".join([*blocks, summary(report, language) + "\n"])


class _Writer:
    """Writes findings in one language, with or without colours."""

    def __init__(self, lines: Lines, language: str, width: int, colour: bool) -> None:
        self.lines = lines
        self.language = language
        self.width = width
        self.colour = colour

    def block(self, finding: Finding) -> str:
        severity = self._painted(severity_name(finding.severity, self.language), _COLOURS[finding.severity])
        place = f"{self._place(finding.place)}: " if finding.place else ""
        lines = [f"{place}{severity} [{finding.code}]"]
        excerpt = self.lines.excerpt(finding.place, self.width - 8)
        if excerpt is not None:
            lines += self._source(excerpt, _COLOURS[finding.severity])
        lines.append(_indented("  ", whole_message(finding, self.language)))
        advice = mending(finding, self.language)
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

    def _place(self, place: Place | None) -> str:
        if place is None:
            return ""
        where = position(place)
        return self._painted(isolate(visible(place.file) + (f":{where}" if where else ""), self.language), "bold")

    def _source(self, excerpt: Excerpt, style: str) -> list[str]:
        """The source line in a gutter, and under it a caret, or the term itself where a caret could mislead."""
        number = f"{excerpt.number:>5}"
        gutter = " " * len(number)
        line = excerpt.before + self._painted(excerpt.term, style) + excerpt.after
        if excerpt.runs_both_ways:
            line = f"{_LEFT_TO_RIGHT_ISOLATE}{line}{POP_DIRECTIONAL_ISOLATE}"
        if excerpt.caret_is_reliable:
            below = f"{gutter} | {' ' * excerpt.indent}{self._painted('^' * excerpt.width, style)}"
        elif excerpt.term:
            term = f"{FIRST_STRONG_ISOLATE}{self._painted(excerpt.term, style)}{POP_DIRECTIONAL_ISOLATE}"
            below = f"{gutter} ^ {term}"
        else:
            return [f"{number} | {line}"]
        return [f"{number} | {line}", below]

    def _painted(self, content: str, style: str) -> str:
        if not self.colour or not content:
            return content
        from rich.color import ColorSystem
        from rich.style import Style

        return Style.parse(style).render(content, color_system=ColorSystem.STANDARD)


def _indented(start: str, content: str) -> str:
    """A text that may have several lines, the first after `start`, the others as far in."""
    first, *others = (safe(line) for line in content.split("\n"))
    return "\n".join([start + first, *(" " * len(start) + line for line in others)])

"""An answer as a picture that can be shown by itself: heading, key, body, notes, sources, and where it is from."""

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Final

from ssekg.base.errors import AskedWronglyError, RefusedError
from ssekg.base.html import Templates
from ssekg.base.language import direction, is_right_to_left, isolate, joined, pick
from ssekg.charts.bars import bars
from ssekg.charts.frame import Body, Frame, frame_for
from ssekg.charts.lettering import cut, width, wrapped
from ssekg.charts.lines import lines
from ssekg.charts.maps import dots
from ssekg.charts.marks import Bar, Dot, Line, Mark, Text, Tone
from ssekg.charts.readings import Readings, read
from ssekg.charts.styles import STYLES
from ssekg.charts.timelines import timeline
from ssekg.graph.points import points_of
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.order import ordered
from ssekg.queries.parameters import Term
from ssekg.queries.references import Reference, references
from ssekg.sources.suspicious_text import NOT_XML

WIDTH: Final = 960
_EDGE: Final = 28
_INNER: Final = WIDTH - 2 * _EDGE
_MOST_SOURCES: Final = 6
_NOT_IN_IDS: Final = re.compile(r"[^A-Za-z0-9-]+")
# It has no direction of its own, but that of its script (UAX 9).
_PUNCTUATION: Final = frozenset("،؛؟")


def chart(answer: Answer, project: Project, language: str, words: str = "") -> str:
    """The SVG of an answer, of the type that the header of its query names, for someone who reads a language.

    `words` is the language of the tool's own words, if it has none in that language.

    Raises:
        AskedWronglyError: the header has no chart, or names a column that the answer does not have.
        RefusedError: the answer has no rows, or nothing that can be drawn.
    """
    header = answer.query.chart
    if header is None:
        raise AskedWronglyError("no-chart", name=answer.query.name)
    if not answer.rows:
        raise RefusedError("chart-of-nothing")
    readings = read(answer, header, language, words or language)
    frame = frame_for(readings, _INNER, language, project.country, words or language)
    has_values = readings.values or header.type not in {"bar", "line"}
    body = _drawn(header.type, readings, frame, answer) if has_values else Body([], 0)
    if not body.marks:
        raise RefusedError("chart-without-values", columns=joined(header.columns.values(), "en"))
    return _Picture(answer, header.type, project, frame, readings, body).svg()


def _drawn(chart_type: str, readings: Readings, frame: Frame, answer: Answer) -> Body:
    match chart_type:
        case "bar":
            return bars(readings, frame)
        case "line":
            return lines(readings, frame)
        case "map":
            return dots(readings, frame, points_of(answer.graph))
        case _:
            return timeline(readings, frame)


@cache
def _templates() -> Templates:
    return Templates(__package__)


class _Picture:
    """Puts a picture together from above to below."""

    def __init__(
        self, answer: Answer, chart_type: str, project: Project, frame: Frame, readings: Readings, body: Body
    ) -> None:
        self.answer = answer
        self.chart_type = chart_type
        self.project = project
        self.frame = frame
        self.readings = readings
        self.body = body
        self.language = frame.language
        self.title = answer.title(frame.language)

    def svg(self) -> str:
        """The whole picture."""
        above, top = self._heading()
        below, height = self._foot(top + self.body.height)
        marks = [*above, *below]
        is_mirrored = self.frame.is_mirrored
        turned = [mark.mirrored(_INNER) for mark in marks] if is_mirrored else marks
        body = [mark.mirrored(_INNER) for mark in self.body.marks] if is_mirrored else self.body.marks
        return _templates().render(
            "chart.svg",
            name=_NOT_IN_IDS.sub("-", f"chart-{self.answer.query.name}"),
            language=self.language,
            title=self.title,
            description=self._description(),
            width=WIDTH,
            height=round(height) + _EDGE,
            edge=_EDGE,
            top=round(top, 1),
            marks=turned,
            body=body,
            styles=STYLES,
            several=len(self.readings.series) > 1,
            lettered=partial(embedded, language=self.language),
        )

    def _heading(self) -> tuple[list[Mark], float]:
        """The title, what was asked for, and the key of the series; and where the body begins."""
        marks: list[Mark] = []
        y = 22.0 + _EDGE / 2
        for line in wrapped(self.title, 20, _INNER, 2, is_bold=True):
            marks.append(Text(0, y, line, size=20, is_bold=True))
            y += 27
        for line in wrapped(self._asked(), 13, _INNER, 2):
            marks.append(Text(0, y - 3, line, tone=Tone.SOFT))
            y += 19
        if len(self.readings.series) > 1:
            key, y = _key(self.readings.series, y + 6, self.chart_type)
            marks += key
        return marks, y + 8

    def _asked(self) -> str:
        """The values of the parameters."""
        labels = {each.name: pick(each.labels, self.language) or each.name for each in self.answer.query.parameters}
        asked = (
            self.frame.text("chart-asked", name=labels[name], value=joined(map(self._label, terms), self.language))
            for name, terms in self.answer.parameters.items()
        )
        return " · ".join(asked)

    def _foot(self, y: float) -> tuple[list[Mark], float]:
        """The notes, the sources, and the version with its address; and how high the picture is."""
        marks: list[Mark] = []
        y += 26
        for note in (*self.readings.notes, *self.body.notes):
            for line in wrapped(note, 12, _INNER, 2):
                marks.append(Text(0, y, line, size=12))
                y += 17
        for line in self._sources():
            words = cut(line, 11, _INNER)
            marks.append(Text(0, y + 2, words, size=11, tone=Tone.SOFT, whole=line if words != line else None))
            y += 16
        marks.append(Line([(0, y - 2), (_INNER, y - 2)]))
        y += 16
        project, date = self.project, self.project.date.isoformat()
        name = pick(project.name, self.language) or project.id
        release = self.frame.text("chart-release", name=name, version=project.version, date=date)
        for line in wrapped(release, 11, _INNER, 2):
            marks.append(Text(0, y, line, size=11, tone=Tone.SOFT))
            y += 16
        marks.append(Text(0, y, f"{project.site} · {self.answer.query.name}", size=11, tone=Tone.SOFT))
        return marks, y

    def _sources(self) -> list[str]:
        """The sources of the answer, a line for each."""
        listed = references(self.answer, ordered(self.answer, self.language), self.language).listed
        if not listed:
            return []
        rest = len(listed) - _MOST_SOURCES
        more = [self.frame.text("chart-more-sources", count=str(rest))] if rest > 0 else []
        return [self.frame.text("chart-sources"), *map(self._cited, listed[:_MOST_SOURCES]), *more]

    def _cited(self, source: Reference) -> str:
        """The title of a source, with its publisher and date; all of it runs as the title does."""
        title = isolate(source.title, self.language)
        language = self.language if is_right_to_left(self.language) == (direction(title) == "rtl") else "en"
        details = (isolate(each, language) for each in (source.publisher, source.date) if each)
        published = joined(details, language)
        return self.frame.text("chart-source", title=title, published=published) if published else title

    def _label(self, term: Term) -> str:
        return self.answer.label(term, self.language)

    def _description(self) -> str:
        """What somebody reads who does not see the picture."""
        parts = [self.frame.text(f"chart-is-{self.chart_type}", count=str(len(self.readings.rows)))]
        valued = [row for row in self.readings.rows if row.value is not None]
        if valued:
            for code, row in (
                ("chart-lowest", min(valued, key=lambda row: row.value or 0)),
                ("chart-highest", max(valued, key=lambda row: row.value or 0)),
            ):
                value = self.frame.number(row.value) if row.value is not None else ""
                parts.append(self.frame.text(code, value=value, name=row.name))
            parts.append(self.frame.measure(self.readings))
        return "\n".join((*parts, *self.readings.notes, *self.body.notes))


def _key(series: Sequence[str], y: float, chart_type: str) -> tuple[list[Mark], float]:
    """The names of the series, each behind what it looks like in this type of charts; and where the rest begins."""
    marks: list[Mark] = []
    x = 0.0
    for number, name in enumerate(series):
        words = cut(name, 12, _INNER - 40)
        room = 40 + width(words, 12) + 16
        if x and x + room > _INNER:
            x, y = 0.0, y + 22
        if chart_type == "line":
            marks += [Line([(x, y - 4), (x + 32, y - 4)], number), Dot(x + 16, y - 4, 5, number)]
        else:
            marks.append(Bar(x, y - 10, 32 if chart_type == "bar" else 14, 12, number))
        if chart_type == "timeline":
            marks.append(Dot(x + 25, y - 4, 5, number))
        marks.append(Text(x + 40, y, words, size=12))
        x += room
    return marks, y + 18


def _runs_that_way(words: str) -> bool:
    """Whether a text has to be embedded for those who read from right to left."""
    directions = set(map(direction, set(words)))
    return "rtl" in directions or (directions == {None} and " " in words) or not _PUNCTUATION.isdisjoint(words)


def embedded(words: str, language: str) -> str:
    """A text that is in the right order in any program that draws SVG.

    Some do not look at the attribute `direction`, and those that do disagree about what `text-anchor` means then: the
    picture is left to right for all of them, and what is to be read from right to left is embedded (UAX 9).
    """
    words = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)
    if direction(words) == "rtl" or (is_right_to_left(language) and _runs_that_way(words)):
        return f"\N{RIGHT-TO-LEFT EMBEDDING}{words}\N{POP DIRECTIONAL FORMATTING}"
    return words

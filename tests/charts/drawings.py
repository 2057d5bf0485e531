"""Charts of small answers, and what is in them as lxml reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from ssekg.charts.chart import WIDTH, chart
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.library import parse_query
from ssekg.queries.local import ask
from ssekg.queries.parameters import Term

_SVG: Final = "{http://www.w3.org/2000/svg}"
_MARKS: Final = str.maketrans("", "", "\u200e\u202b\u202c\u2068\u2069")


@dataclass(frozen=True)
class Label:
    """A text with its place and the side of it that is there."""

    words: str
    x: float
    y: float
    anchor: str


class Drawing:
    """An SVG, taken apart."""

    def __init__(self, svg: str) -> None:
        """Read it."""
        self.svg = svg
        self.root: Any = etree.fromstring(svg.encode())

    @property
    def labels(self) -> list[Label]:
        """All texts, without the marks of their direction."""
        return [
            Label(_words(text), *_place(text), text.get("anchor") or text.get("text-anchor", "start"))
            for text in self.root.iter(f"{_SVG}text")
        ]

    @property
    def texts(self) -> list[str]:
        """The words of all texts."""
        return [label.words for label in self.labels]

    def label(self, words: str) -> Label:
        """The only text of these words."""
        (found,) = [label for label in self.labels if label.words == words]
        return found

    @property
    def bars(self) -> list[tuple[float, float]]:
        """Where each bar begins from the left, and how long it is; without its pattern."""
        rects = [each for each in self.root.iter(f"{_SVG}rect") if each.get("fill").startswith("#")]
        return [(_x(rect), float(rect.get("width"))) for rect in rects if rect.get("class") != "paper"]

    @property
    def dots(self) -> list[tuple[float, float, float]]:
        """The place and radius of each dot of a map that has a value."""
        circles = [each for each in self.root.iter(f"{_SVG}circle") if each.get("class") != "other"]
        return [(*_place(circle, "cx", "cy"), float(circle.get("r"))) for circle in circles]

    @property
    def markers(self) -> list[tuple[float, float]]:
        """The place of each marker."""
        paths = [path for path in self.root.iter(f"{_SVG}path") if path.get("class") == "marker"]
        return [_moved(path) for path in paths]

    @property
    def tips(self) -> list[str]:
        """What is shown on pointing at a group of marks."""
        return [
            group.find(f"{_SVG}title").text
            for group in self.root.iter(f"{_SVG}g")
            if group.find(f"{_SVG}title") is not None
        ]


def answered(query: str, graph: Graph, **parameters: Sequence[Term]) -> Answer:
    """The answer to a query with a header."""
    return Answer(parse_query("asked", query), parameters, ask(graph, query), graph)


def drawn(query: str, graph: Graph, project: Project, language: str = "en") -> Drawing:
    """The chart of what a query answers."""
    return Drawing(chart(answered(query, graph), project, language))


def rows(header: str, variables: str, values: str) -> str:
    """A query that answers with these rows."""
    return (
        f'#+ title: {{en: "Asked"}}\n#+ chart: {header}\nSELECT {variables} {{ VALUES ({variables}) {{ {values} }} }}'
    )


def middle(bar: tuple[float, float]) -> float:
    """How far a bar reaches from the middle of the picture."""
    return bar[0] + bar[1] / 2 - WIDTH / 2


def _words(text: Any) -> str:
    return "".join(part for part in text.xpath("text()")).translate(_MARKS)


def _place(element: Any, x: str = "x", y: str = "y") -> tuple[float, float]:
    offset = _offset(element)
    return float(element.get(x)) + offset[0], float(element.get(y)) + offset[1]


def _x(element: Any) -> float:
    return _place(element)[0]


def _moved(element: Any) -> tuple[float, float]:
    x, y = element.get("transform").partition("(")[2].partition(")")[0].split()
    offset = _offset(element)
    return float(x) + offset[0], float(y) + offset[1]


def _offset(element: Any) -> tuple[float, float]:
    """How far the groups around an element are moved."""
    x = y = 0.0
    for group in element.iterancestors(f"{_SVG}g"):
        if group.get("transform"):
            right, down = group.get("transform")[len("translate(") : -1].split()
            x, y = x + float(right), y + float(down)
    return x, y

"""The diagram of the model: lines run between the boxes, not behind them."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.guides.diagram import model_diagram
from ssekg.guides.model import Model
from ssekg.project.settings import Project

SVG: Final = "{http://www.w3.org/2000/svg}"
NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")
STEPS: Final = 40


def points(path: str) -> Iterator[tuple[float, float]]:
    """Points on a path of M, C and H."""
    x = y = 0.0
    for command, given in re.findall(r"([MCH])([^MCH]*)", path):
        numbers = [float(each) for each in NUMBERS.findall(given)]
        if command == "M":
            x, y = numbers
        elif command == "H":
            yield from ((x + (numbers[0] - x) * step / STEPS, y) for step in range(STEPS + 1))
            x = numbers[0]
        else:
            ends = [(x, y), *zip(numbers[::2], numbers[1::2], strict=True)]
            for step in range(STEPS + 1):
                t = step / STEPS
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
                yield (
                    sum(w * a for w, (a, _) in zip(weights, ends, strict=True)),
                    sum(w * b for w, (_, b) in zip(weights, ends, strict=True)),
                )
            x, y = ends[-1]


def test_no_line_runs_behind_a_box(project: Project, whole: Graph, public: Public) -> None:
    drawn = etree.fromstring(model_diagram(Model(project, whole, public).guide(), "en").encode())
    boxes = [
        tuple(float(each.get(key, "0")) for key in ("x", "y", "width", "height"))
        for each in drawn.iter(f"{SVG}rect")
        if each.get("rx")
    ]
    lines = [str(each.get("d")) for each in drawn.iter(f"{SVG}path") if each.get("marker-end")]
    assert len(boxes) > 10
    assert len(lines) > 30
    behind = [
        line
        for line in lines
        for px, py in points(line)
        for x, y, width, height in boxes
        if x + 1 < px < x + width - 1 and y < py < y + height
    ]
    assert behind == []

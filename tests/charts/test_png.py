"""PNG: as large as is said, and refused where the letters would be boxes."""

import struct

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.charts.png import png
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.charts.drawings import drawn, rows

BARS = rows("{type: bar, x: place, y: value}", "?place ?value", '("a" 1)')


def test_it_is_twice_as_large_as_the_svg(graph: Graph, project: Project) -> None:
    drawing = drawn(BARS, graph, project)
    content = png(drawing.svg)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    size = struct.unpack(">II", content[16:24])
    assert size == tuple(2 * int(drawing.root.get(side)) for side in ("width", "height"))


@pytest.mark.parametrize(("title", "is_there"), [("فاس", True), ("Fès", True), ("2024", True), ("नेपाल", False)])
def test_letters_that_no_font_has_are_refused(title: str, is_there: bool) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{title}</title></svg>'
    if is_there:
        assert png(svg)
    else:
        with pytest.raises(CannotRunError) as problem:
            png(svg)
        assert problem.value.code == "no-chart-font"

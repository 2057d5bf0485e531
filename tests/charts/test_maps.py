"""Maps: west is on the left in any language, and the surface of a dot is its value."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import RefusedError
from ssekg.graph.points import points_of
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.local import ask
from tests.charts.drawings import drawn, rows

MAP: Final = "{type: map, x: place, y: value}"
PLACES: Final = "(<place/oriental> 400) (<place/dakhla-oued-ed-dahab> 100) (<place/fes-meknes> 4)"


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_dots_are_where_their_places_are(language: str, graph: Graph, project: Project) -> None:
    points = {place.value.rpartition("/")[2]: point for place, point in points_of(graph).items()}
    drawing = drawn(rows(MAP, "?place ?value", PLACES), graph, project, language)
    key = 3
    east, west, middle = drawing.dots[:-key]
    for name, dot in {"oriental": east, "dakhla-oued-ed-dahab": west, "fes-meknes": middle}.items():
        longitude, latitude = points[name]
        across = (longitude - points["dakhla-oued-ed-dahab"][0]) / (
            points["oriental"][0] - points["dakhla-oued-ed-dahab"][0]
        )
        down = (points["oriental"][1] - latitude) / (points["oriental"][1] - points["dakhla-oued-ed-dahab"][1])
        assert (dot[0] - west[0]) / (east[0] - west[0]) == pytest.approx(across, abs=0.01)
        assert (dot[1] - east[1]) / (west[1] - east[1]) == pytest.approx(down, abs=0.01)
    assert (east[2] / west[2]) ** 2 == pytest.approx(4, rel=0.02)
    others = [each for each in drawing.root.iter("{*}circle") if each.get("class") == "other"]
    assert len(others) == len(set(points.values()))


def test_values_of_one_place_are_rings(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(MAP, "?place ?value", "(<place/oriental> 10) (<place/oriental> 40)"), graph, project, "fr")
    (x, y, large), (other_x, other_y, small) = drawing.dots[:2]
    assert (x, y) == (other_x, other_y)
    assert (large / small) ** 2 == pytest.approx(4, rel=0.02)
    assert "10 · 40" in drawing.texts


def test_places_without_a_position_are_named(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(MAP, "?place ?value", '(<place/oriental> 1) ("Atlantis" 2)'), graph, project)
    assert "Without a known position, and not shown: Atlantis." in drawing.texts
    with pytest.raises(RefusedError):
        drawn(rows(MAP, "?place ?value", '("Atlantis" 2)'), graph, project)


def test_a_map_needs_no_values(graph: Graph, project: Project) -> None:
    drawing = drawn(
        rows("{type: map, x: place}", "?place", "(<place/oriental>) (<place/fes-meknes>)"), graph, project, "fr"
    )
    assert len(drawing.dots) == 2
    assert {"Oriental", "Fès-Meknès"} <= set(drawing.texts)


def test_the_key_has_round_values(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(MAP, "?place ?value", "(<place/oriental> 33800)"), graph, project)
    assert {"2,000", "8,000", "30,000"} <= set(drawing.texts)
    counted = drawn(rows(MAP, "?place ?value", "(<place/oriental> 2)"), graph, project)
    assert all(Decimal(words) % 1 == 0 for words in counted.texts if words.isdecimal())
    assert len(counted.dots) == 2


def test_labels_do_not_overlap(graph: Graph, project: Project) -> None:
    values = " ".join(f"({place} 1)" for place in points_of(graph))
    drawing = drawn(rows(MAP, "?place ?value", values), graph, project)
    names = sorted((label for label in drawing.labels if label.words == "1"), key=lambda label: label.y)
    assert len(names) == len(points_of(graph)) + 1  # and that of the key
    assert all(after.y - before.y > 14 or abs(after.x - before.x) > 20 for before, after in pairwise(names))


def test_each_place_has_its_name_also_where_values_take_the_room(graph: Graph, project: Project) -> None:
    regions = [row[0] for row in ask(graph, "SELECT ?place { ?place a sse:Region }").rows]
    amounts = (33_800_000_000, 29_500_000_000, 11_190_000_000, 12_000_000)
    values = " ".join(f"({region} {amount})" for region in regions for amount in amounts)
    drawing = drawn(rows(MAP, "?place ?value", values), graph, project, "ar")
    names = {graph.labels[region]["ar"] for region in regions if isinstance(region, ox.NamedNode)}
    assert names
    assert names <= set(drawing.texts)

"""Lines: in order of time, from the right in Arabic, as wide as their sources disagree."""

import pytest

from ssekg.base.errors import RefusedError
from ssekg.charts.chart import WIDTH
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.charts.drawings import Drawing, drawn, rows

LINE = "{type: line, x: period, y: value}"
XSD = "http://www.w3.org/2001/XMLSchema#"


def dated(*pairs: tuple[str, object]) -> str:
    return " ".join(f'("{period}" {value})' for period, value in pairs)


def height(drawing: Drawing, value: str) -> float:
    """Where the axis names a value: the middle of the text is a little above its baseline."""
    return drawing.label(value).y - 4


def test_markers_are_where_time_and_value_are(graph: Graph, project: Project) -> None:
    values = dated(("2010", 30), ("2020", 90), ("2015", 60))
    drawing = drawn(rows(LINE, "?period ?value", values), graph, project)
    (first, low), (second, middle), (third, high) = drawing.markers
    assert second - first == pytest.approx(third - second, abs=0.3)
    assert low - middle == pytest.approx(middle - high, abs=0.3)
    zero, hundred = height(drawing, "0"), height(drawing, "100")
    assert (zero - high) / (zero - hundred) == pytest.approx(0.9, abs=0.01)
    assert first == pytest.approx(drawing.label("2010").x, abs=0.2)


def test_time_runs_from_the_right_in_arabic(graph: Graph, project: Project) -> None:
    query = rows(LINE, "?period ?value", dated(("2010", 30), ("2020", 90)))
    arabic, english = drawn(query, graph, project, "ar"), drawn(query, graph, project, "en")
    assert [WIDTH - x for x, _ in arabic.markers] == pytest.approx([x for x, _ in english.markers], abs=0.3)
    assert [y for _, y in arabic.markers] == pytest.approx([y for _, y in english.markers])
    assert arabic.label("0").x > arabic.markers[0][0] > arabic.markers[1][0]


def test_days_and_months_are_inside_their_year(graph: Graph, project: Project) -> None:
    query = rows(LINE, "?period ?value", dated(("2010", 1), ("2010-01-02", 2), ("2010-12", 3), ("2016", 4)))
    drawing = drawn(query, graph, project)
    year, january, december, later = (x for x, _ in drawing.markers)
    in_one_year = (later - year) / 6
    assert (year - january) / in_one_year == pytest.approx(0.5, abs=0.01)
    assert (december - year) / in_one_year == pytest.approx(11.5 / 12 - 0.5, abs=0.01)


def test_values_of_one_time_make_a_band(graph: Graph, project: Project) -> None:
    values = dated(("2010", 10), ("2015", 20), ("2015", 60), ("2020", 70))
    drawing = drawn(rows(LINE, "?period ?value", values), graph, project)
    areas = [path for path in drawing.root.iter("{*}path") if path.get("fill-opacity")]
    assert len(areas) == 1
    assert len(drawing.markers) == 4
    assert any(words.startswith("Where the sources of one date disagree") for words in drawing.texts)
    agreeing = drawn(rows(LINE, "?period ?value", dated(("2010", 10), ("2020", 70))), graph, project)
    assert not [path for path in agreeing.root.iter("{*}path") if path.get("fill-opacity")]


def test_series_have_a_line_with_dashes_of_their_own(graph: Graph, project: Project) -> None:
    header = "{type: line, x: period, y: value, series: place}"
    values = " ".join(f'("{year}" {year} "{place}")' for year in (2010, 2020) for place in "abc")
    drawing = drawn(rows(header, "?period ?value ?place", values), graph, project)
    courses = [path for path in drawing.root.iter("{*}path") if path.get("stroke-width") == "2.5"]
    assert len({(path.get("stroke"), path.get("stroke-dasharray")) for path in courses}) == 3
    assert {"a", "b", "c"} <= set(drawing.texts)


def test_of_many_series_the_longest_are_drawn(graph: Graph, project: Project) -> None:
    header = "{type: line, x: period, y: value, series: place}"
    single = " ".join(f'("2010" 1 "p{number}")' for number in range(9))
    drawing = drawn(rows(header, "?period ?value ?place", f'{single} ("2010" 1 "z") ("2011" 1 "z")'), graph, project)
    assert "z" in drawing.texts
    assert "Series shown: the 6 longest of 10." in drawing.texts


def test_rows_without_a_date_or_value_are_named(graph: Graph, project: Project) -> None:
    values = '("2010" 1) ("in spring" 2) ("2012" UNDEF) ("2013-13" 3) ("2013-02-30" 3)'
    drawing = drawn(rows(LINE, "?period ?value", values), graph, project)
    assert len(drawing.markers) == 1
    assert "Rows without a date or a value, which are not shown: 4." in drawing.texts


def test_no_date_at_all_is_refused(graph: Graph, project: Project) -> None:
    with pytest.raises(RefusedError):
        drawn(rows(LINE, "?period ?value", '("soon" 1)'), graph, project)


def test_months_are_named_where_there_are_few(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(LINE, "?period ?value", dated(("2024-01", 1), ("2024-04", 2))), graph, project)
    assert {"2024-01", "2024-04"} <= set(drawing.texts)

"""Timelines: what happened first comes first, from the right in Arabic."""

import pytest

from ssekg.charts.chart import WIDTH
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.charts.drawings import drawn, rows

LINE = "{type: timeline, x: start, y: event, end: end}"
VALUES = '("b" "2020-03-01" "2020-03-02") ("a" "2010-01-01" "2012-12-31") ("c" "2015" UNDEF) ("d" UNDEF UNDEF)'


def test_entries_are_in_order_of_time(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(LINE, "?event ?start ?end", VALUES), graph, project)
    assert [drawing.label(name).y for name in "acb"] == sorted(drawing.label(name).y for name in "acb")
    ((start, length),) = drawing.bars
    tick = {label.words: label.x for label in drawing.labels}
    in_one_year = (tick["2020"] - tick["2010"]) / 10
    assert length == pytest.approx(3 * in_one_year, abs=0.5)
    assert start == pytest.approx(tick["2010"] - 4, abs=0.5)
    year, _ = drawing.markers
    assert year[0] == pytest.approx(tick["2010"] - 4 + 5.5 * in_one_year, abs=0.5)
    assert "Without a known date, and not shown: 1." in drawing.texts
    assert "A thin line: only the month or the year is known." in drawing.texts


def test_time_runs_from_the_right_in_arabic(graph: Graph, project: Project) -> None:
    arabic, english = (drawn(rows(LINE, "?event ?start ?end", VALUES), graph, project, tag) for tag in ("ar", "en"))
    assert [WIDTH - x for x, _ in arabic.markers] == pytest.approx([x for x, _ in english.markers], abs=0.3)
    assert arabic.label("a").x < arabic.bars[0][0]


def test_an_end_before_the_start_does_no_harm(graph: Graph, project: Project) -> None:
    query = rows(LINE, "?event ?start ?end", '("a" "2020-03-01" "2010-01-01")')
    assert len(drawn(query, graph, project).markers) + len(drawn(query, graph, project).bars) == 1


def test_long_names_are_cut_at_the_edge_and_whole_in_the_tip(graph: Graph, project: Project) -> None:
    name = "Rencontre nationale sur les coopératives féminines " * 4
    drawing = drawn(rows(LINE, "?event ?start ?end", f'("{name}" "2020-03-01" UNDEF)'), graph, project)
    assert any(words.endswith("…") for words in drawing.texts)
    assert any(title.text == name for title in drawing.root.iter("{*}title"))


def test_many_entries_are_limited_and_said_to_be(graph: Graph, project: Project) -> None:
    values = " ".join(f'("e{year}" "{year}" UNDEF)' for year in range(1900, 2000))
    drawing = drawn(rows(LINE, "?event ?start ?end", values), graph, project)
    assert "e1959" in drawing.texts
    assert "e1960" not in drawing.texts
    assert "Shown: the first 60 of 100." in drawing.texts

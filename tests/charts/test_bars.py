"""Bars: as long as their values, on both sides of 0, side by side for one thing, and from the right in Arabic."""

import pytest

from ssekg.base.errors import RefusedError
from ssekg.charts.chart import WIDTH
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.charts.drawings import drawn, rows

BAR = "{type: bar, x: place, y: value}"


def test_bars_are_as_long_as_their_values(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(BAR, "?place ?value", '("Fès" 6200) ("Oujda" 3100) ("Agadir" 775.5)'), graph, project)
    first, second, third = (length for _, length in drawing.bars)
    assert first / second == pytest.approx(2, rel=0.01)
    assert first / third == pytest.approx(6200 / 775.5, rel=0.01)
    assert {"6,200", "3,100", "775.5"} <= set(drawing.texts)
    axis = drawing.label("0").x
    assert all(start == pytest.approx(axis, abs=0.2) for start, _ in drawing.bars)


def test_bars_begin_at_the_right_in_arabic(graph: Graph, project: Project) -> None:
    query = rows(BAR, "?place ?value", '("فاس" 6200) ("وجدة" 3100)')
    arabic, french = drawn(query, graph, project, "ar"), drawn(query, graph, project, "fr")
    assert [length for _, length in arabic.bars] == pytest.approx([length for _, length in french.bars], rel=0.01)
    for (start, length), (other, _) in zip(arabic.bars, french.bars, strict=True):
        assert start + length == pytest.approx(WIDTH - other, abs=2)
        assert start + length == pytest.approx(arabic.label("0").x, abs=0.2)
    assert arabic.label("فاس").x > arabic.label("0").x
    assert arabic.label("فاس").anchor == "start"


def test_negative_values_are_on_the_other_side_of_zero(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(BAR, "?place ?value", '("a" 10) ("b" -20)'), graph, project)
    (start, length), (other, other_length) = drawing.bars
    assert other + other_length == pytest.approx(start, abs=0.2)
    assert other_length / length == pytest.approx(2, rel=0.01)
    assert drawing.label("b").x < other
    arabic = drawn(rows(BAR, "?place ?value", '("a" 10) ("b" -20)'), graph, project, "ar")
    assert any("\N{LEFT-TO-RIGHT MARK}-20" in (text.text or "") for text in arabic.root.iter("{*}text"))


def test_values_of_one_thing_are_side_by_side_and_never_added_up(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(BAR, "?place ?value", '("a" 10) ("b" 5) ("a" 12) ("a" 10)'), graph, project)
    assert sorted(round(length / drawing.bars[0][1] * 10) for _, length in drawing.bars) == [5, 10, 12]
    assert drawing.texts.count("a") == 1
    assert "Several values of one item are side by side; they do not add up." in drawing.texts


def test_the_date_of_a_value_is_beside_it(graph: Graph, project: Project) -> None:
    header = "{type: bar, x: place, y: value, when: date}"
    query = rows(header, "?place ?value ?date", '("a" 1000 "2021-07") ("a" 1000 "2023") ("a" UNDEF UNDEF)')
    drawing = drawn(query, graph, project)
    assert {"1,000 · 2021-07", "1,000 · 2023", "not known"} <= set(drawing.texts)
    assert len(drawing.bars) == 2


def test_a_missing_value_is_not_a_bar(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(BAR, "?place ?value", '("a" 10) ("b" UNDEF)'), graph, project)
    assert len(drawing.bars) == 1
    assert "not known" in drawing.texts


def test_one_value_and_zero_are_drawn(graph: Graph, project: Project) -> None:
    assert len(drawn(rows(BAR, "?place ?value", '("a" 1)'), graph, project).bars) == 1
    assert [length for _, length in drawn(rows(BAR, "?place ?value", '("a" 0)'), graph, project).bars] == [0]


@pytest.mark.parametrize("values", ["", '("a" UNDEF)'])
def test_nothing_is_refused(values: str, graph: Graph, project: Project) -> None:
    with pytest.raises(RefusedError):
        drawn(rows(BAR, "?place ?value", values), graph, project)


def test_many_bars_are_limited_and_said_to_be(graph: Graph, project: Project) -> None:
    values = " ".join(f'("p{number}" {number})' for number in range(1, 101))
    drawing = drawn(rows(BAR, "?place ?value", values), graph, project)
    assert len(drawing.bars) == 32
    assert "Shown: the first 32 of 100." in drawing.texts


def test_things_are_counted_the_most_numerous_first(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(BAR, "?place ?value", '("a" "x") ("b" "x") ("b" "y") ("b" "y")'), graph, project)
    assert drawing.bars[0][1] / drawing.bars[1][1] == pytest.approx(2, rel=0.01)
    assert drawing.label("b").y < drawing.label("a").y
    assert "b\nx, y" in drawing.tips


def test_large_amounts_are_in_millions_and_whole_in_the_tip(graph: Graph, project: Project) -> None:
    header = "{type: bar, x: place, y: value, unit: unit}"
    query = rows(header, "?place ?value ?unit", '("a" 33800000000 "MAD") ("b" 4500000 "MAD") ("c" 7 "EUR")')
    drawing = drawn(query, graph, project)
    assert {"33,800", "4.5", "value (million MAD)"} <= set(drawing.texts)
    assert "Values in another unit than MAD, which are not shown: 1." in drawing.texts
    assert any("33800000000" in tip for tip in drawing.tips)


def test_series_differ_in_colour_and_pattern(graph: Graph, project: Project) -> None:
    header = "{type: bar, x: place, y: value, series: kind}"
    values = " ".join(f'("p{kind}" {kind} "k{kind}")' for kind in range(1, 10))
    drawing = drawn(rows(header, "?place ?value ?kind", values), graph, project)
    fills = [rect.get("fill") for rect in drawing.root.iter("{*}rect")]
    patterns = {fill for fill in fills if fill.startswith("url(#")}
    assert len({fill for fill in fills if fill.startswith("#")} - {"#ffffff"}) == 6
    assert patterns == {f"url(#{pattern.get('id')})" for pattern in drawing.root.iter("{*}pattern")}
    assert {"k1", "k5", "others (4)"} <= set(drawing.texts)
    assert "k6" not in drawing.texts


def test_long_names_are_wrapped_and_cut_with_the_whole_name_in_the_tip(graph: Graph, project: Project) -> None:
    name = "Programme de développement des initiatives régionales d’entreprise sociale et solidaire de la région " * 2
    drawing = drawn(rows(BAR, "?place ?value", f'("{name}" 1)'), graph, project)
    assert sum(words.startswith("Programme") or words.endswith("…") for words in drawing.texts) == 2
    assert name in drawing.tips

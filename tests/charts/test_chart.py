"""What every chart has: words for who does not see it, its sources and version, and the same bytes each time."""

import re
from math import isfinite
from typing import Final

import pytest
from lxml import etree

from ssekg.base.errors import AskedWronglyError, RefusedError
from ssekg.base.language import is_right_to_left
from ssekg.charts.chart import chart, embedded
from ssekg.charts.lettering import cut, width, wrapped
from ssekg.charts.styles import STYLES
from ssekg.checks.run import CheckedGraph
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.library import Query, parse_query, read_queries
from ssekg.queries.local import ask
from tests.charts.drawings import Drawing, answered, drawn, rows

BAR: Final = "{type: bar, x: place, y: value}"
TWO: Final = '("Fès & <Meknès>" 6200) ("Oujda" 3100)'


def test_it_says_what_it_shows_to_who_does_not_see_it(graph: Graph, project: Project) -> None:
    drawing = drawn(rows(BAR, "?place ?value", TWO), graph, project)
    root = drawing.root
    assert root.get("role") == "img"
    title, description = (root.find(f"{{*}}{name}") for name in ("title", "desc"))
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Asked"
    assert "Values: 2." in description.text
    assert "Lowest: 3,100 (Oujda)." in description.text
    assert "Highest: 6,200 (Fès & <Meknès>)." in description.text


def test_it_names_version_address_and_sources(graph: Graph, project: Project) -> None:
    header, _, _ = rows(BAR, "?place ?value", "").partition("SELECT")
    query = f"""{header}
        SELECT ?place ?value {{
          ?observation <https://w3id.org/ssekg/ontology#indicator> <concept/number-of-cooperatives> ;
            <https://w3id.org/ssekg/ontology#place> ?place ; <https://w3id.org/ssekg/ontology#value> ?value .
          FILTER(?place = <place/draa-tafilalet>)
        }}"""
    drawing = drawn(query, graph, project, "fr")
    words = " ".join(drawing.texts)
    assert project.site in words
    assert project.version in words
    assert project.date.isoformat() in words
    assert "Sources\N{NO-BREAK SPACE}:" in drawing.texts
    title = "Co-operatives increase regional interests in Draa-Tafilalet (Hespress, translated copy)"
    assert any(line.startswith(f"{title} (") for line in drawing.texts)


def test_it_says_what_was_asked_for(graph: Graph, project: Project) -> None:
    header = '#+ params:\n#+   - {name: place, type: place, label: {fr: "territoire"}}\n'
    query = parse_query("q", header + rows(BAR, "?place ?value", TWO))
    (term,) = answered("SELECT (<place/fes-meknes> AS ?x) { }", graph).rows[0][0]
    answer = Answer(query, {"place": [term]}, ask(graph, query.text), graph)
    assert "territoire\N{NO-BREAK SPACE}: Fès-Meknès" in Drawing(chart(answer, project, "fr")).texts


def test_it_has_the_same_bytes_each_time(graph: Graph, project: Project) -> None:
    query = rows("{type: map, x: place, y: value}", "?place ?value", "(<place/oriental> 5) (<place/fes-meknes> 4)")
    assert drawn(query, graph, project).svg == drawn(query, graph, project).svg


def test_it_loads_nothing_and_runs_nothing(graph: Graph, project: Project) -> None:
    values = '("<script>alert(1)</script>" 1) ("x\\" onload=\\"alert(1)" 2) ("{{ 7 * 7 }}" 3) ("\\u0001]]>" 4)'
    drawing = drawn(rows(BAR, "?place ?value", values), graph, project)
    assert {etree.QName(element).localname for element in drawing.root.iter("*")} <= {
        *("svg", "title", "desc", "style", "g", "rect", "path", "text", "circle", "defs", "pattern")
    }
    assert not [name for element in drawing.root.iter("*") for name in element.attrib if name.startswith("on")]
    assert "href" not in drawing.svg
    assert {"{{ 7 * 7 }}", "\N{REPLACEMENT CHARACTER}]]>"} <= set(drawing.texts)


@pytest.mark.parametrize("value", ["1e300", "-1e-300", "123456789012345678901234567890.5", '"-0"^^xsd:integer'])
@pytest.mark.parametrize("chart_type", ["bar", "line"])
def test_any_number_is_drawn(value: str, chart_type: str, graph: Graph, project: Project) -> None:
    query = rows(f"{{type: {chart_type}, x: place, y: value}}", "?place ?value", f'("2020" {value}) ("-999999" 1)')
    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nSELECT"
    drawing = drawn(query.replace("SELECT", prefix), graph, project)
    places = [
        float(each.get(name)) for each in drawing.root.iter("*") for name in ("x", "y", "width") if each.get(name)
    ]
    assert all(map(isfinite, places))


def test_the_name_of_a_file_can_be_anything(graph: Graph, project: Project) -> None:
    query = parse_query(
        "my «best» query (2)", rows("{type: bar, x: place, y: value, series: place}", "?place ?value", TWO)
    )
    drawing = Drawing(chart(Answer(query, {}, ask(graph, query.text), graph), project, "en"))
    names = drawing.root.get("aria-labelledby").split()
    assert [
        element.get("id") for name in ("title", "desc") if (element := drawing.root.find(f"{{*}}{name}")) is not None
    ] == names
    assert all(re.fullmatch(r"[\w-]+", pattern.get("id")) for pattern in drawing.root.iter("{*}pattern"))


@pytest.mark.parametrize(
    ("words", "language", "is_embedded"),
    [
        ("فاس مكناس", "ar", True),
        ("ODCO، 2024", "ar", True),
        ("فاس", "fr", True),
        ("Fès (فاس)", "fr", False),
        ("Fès (فاس)", "ar", True),
        ("Fès", "ar", False),
        ("6.200 · 5.100", "ar", True),
        ("6 200 · 5 100", "fr", False),
        ("2023-03-17", "ar", False),
    ],
)
def test_what_is_read_from_right_to_left_is_embedded(words: str, language: str, is_embedded: bool) -> None:
    assert embedded(words, language) == (f"\u202b{words}\u202c" if is_embedded else words)


def test_lines_of_a_text_keep_their_isolates_closed() -> None:
    words = (
        "المصدر: \u2068Une nouvelle trajectoire pour le développement du secteur coopératif\u2069 ؛ \u2068ODCO\u2069"
    )
    lines = wrapped(words, 12, 200, 6)
    assert len(lines) > 2
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    assert re.sub("[\u2068\u2069]", "", " ".join(lines)) == re.sub("[\u2068\u2069]", "", words)
    assert all(width(line, 12) <= 200 for line in lines)
    assert width(cut(words, 12, 100), 12) <= 100


def test_a_query_without_a_chart_or_with_another_column_is_asked_wrongly(graph: Graph, project: Project) -> None:
    with pytest.raises(AskedWronglyError) as without:
        chart(answered("SELECT ?x { }", graph), project, "en")
    assert without.value.code == "no-chart"
    with pytest.raises(AskedWronglyError) as other:
        drawn(rows("{type: bar, x: place, y: valeu}", "?place ?value", TWO), graph, project)
    assert other.value.arguments == {"column": "valeu", "known": "place, value"}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("paper", ["#ffffff", "#14181d"])
def test_colours_are_seen_on_light_and_dark_paper(paper: str) -> None:
    for style in STYLES:
        high, low = sorted((luminance(style.colour), luminance(paper)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, style.colour
    for part in ("marker", "dashes", "pattern"):
        assert len({getattr(style, part) for style in STYLES}) == len(STYLES)


def questions(checked: CheckedGraph) -> list[Query]:
    found = [query for query in read_queries(checked.project) if query.chart]
    assert {query.chart.type for query in found if query.chart} == {"bar", "line", "map", "timeline"}
    return [query for query in found if not any(each.required for each in query.parameters)]


def test_every_chart_of_any_project_is_drawn(any_checked: CheckedGraph, any_whole: Graph) -> None:
    project, graph = any_checked.project, any_whole
    for query in questions(any_checked):
        answer = Answer(query, {}, ask(graph, query.text), graph)
        for language in ("ar", "fr"):
            try:
                drawing = Drawing(chart(answer, project, language))
            except RefusedError:
                pytest.fail(f"{query.name}: nothing to draw")
            sides = [label.x for label in drawing.labels if label.words == drawing.texts[0]]
            assert (sides[0] > 480) == is_right_to_left(language), query.name
            values = [word for word in drawing.texts if re.search(r"\d", word)]
            assert values, query.name

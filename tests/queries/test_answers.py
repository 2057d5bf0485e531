"""An answer has one row for each fact, in the order of what is shown, and columns with words for people."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import DCT
from ssekg.project.settings import Project, read_project
from ssekg.queries.answers import Answer
from ssekg.queries.columns import COLUMNS_FILE, Column, parse_columns, read_columns
from ssekg.queries.library import parse_query
from ssekg.queries.order import conditions, ordered, sorting_key
from ssekg.queries.parameters import Term
from ssekg.queries.results import Result
from tests.graphs import graph_of, iri

GRAPH: Final = graph_of("""
<place/a> skos:prefLabel "Zagora"@fr, "أكادير"@ar . <place/b> skos:prefLabel "Élat"@fr, "وزان"@ar .
<place/c> skos:prefLabel "Essaouira"@fr, "إفران"@ar . <place/d> skos:prefLabel "Article 10"@fr .
<place/e> skos:prefLabel "Article 9"@fr .
""")
ONE, TWO, SMALL, LARGE = iri("source/1"), iri("source/2"), ox.Literal(5), ox.Literal(7)
A, B, C, D, E = (iri(f"place/{letter}") for letter in "abcde")


def answer_of(text: str, variables: list[str], rows: list[list[Term | None]], **described: Column) -> Answer:
    return Answer(parse_query("q", text), {}, Result(variables, rows), GRAPH, described)


def test_rows_that_differ_in_gathered_columns_alone_are_one_fact() -> None:
    rows: list[list[Term | None]] = [
        [A, SMALL, ONE],
        [B, None, None],
        [A, SMALL, TWO],
        [A, LARGE, ONE],
        [A, SMALL, ONE],
    ]
    answer = answer_of("#+ gather: [source]\nSELECT ?place ?value ?source { }", ["place", "value", "source"], rows)
    assert answer.rows == [((A,), (SMALL,), (ONE, TWO)), ((B,), (), ()), ((A,), (LARGE,), (ONE,))]
    assert [column.is_gathered for column in answer.columns] == [False, False, True]
    assert answer.result.rows == rows


def test_nothing_is_gathered_unasked() -> None:
    rows: list[list[Term | None]] = [[A, ONE], [A, ONE], [None, TWO]]
    assert answer_of("SELECT ?place ?source { }", ["place", "source"], rows).rows == [
        ((A,), (ONE,)),
        ((A,), (ONE,)),
        ((), (TWO,)),
    ]


def order_of(text: str, rows: list[list[Term | None]], language: str = "fr") -> list[list[Term | None]]:
    found = ordered(answer_of(f"SELECT ?x ?y {{ }} {text}", ["x", "y"], rows), language)
    return [[cell[0] if cell else None for cell in row] for row in found]


def test_things_are_in_the_order_of_their_names() -> None:
    rows: list[list[Term | None]] = [[None, SMALL], [A, SMALL], [B, SMALL], [C, SMALL], [D, SMALL], [E, SMALL]]
    assert [row[0] for row in order_of("ORDER BY ?x", rows)] == [None, E, D, B, C, A]
    assert [row[0] for row in order_of("ORDER BY ?x", rows[:4], "ar")] == [None, C, A, B]
    assert [row[0] for row in order_of("ORDER BY DESC(?x) LIMIT 9", rows[1:])] == [A, C, B, D, E]


def test_what_an_engine_orders_by_something_else_stays_where_it_is() -> None:
    rows: list[list[Term | None]] = [[A, LARGE], [B, LARGE], [C, SMALL], [B, SMALL]]
    assert order_of("", rows) == rows
    assert order_of("ORDER BY ?hidden ?x", rows) == rows
    expected = [[B, LARGE], [A, LARGE], [B, SMALL], [C, SMALL]]
    assert order_of("ORDER BY DESC(?y) ?x", rows) == expected
    assert order_of('ORDER BY COALESCE(STR(?y), "9999") ?x', rows) == expected
    assert order_of("ORDER BY (!BOUND(?y)) ?x", [[B, LARGE], [C, LARGE], [A, None]]) == [
        [B, LARGE],
        [C, LARGE],
        [A, None],
    ]


def test_the_conditions_are_those_of_the_outer_query() -> None:
    assert conditions("SELECT ?x { { SELECT ?x { } ORDER BY ?y } }") == []
    found = conditions("SELECT ?x { } ORDER BY ASC(?a) ?b xsd:integer(?c) LIMIT 3 VALUES ?d { 1 }")
    assert [(each.variables, each.is_plain, each.descends) for each in found] == [
        (("a",), True, False),
        (("b",), True, False),
        (("c",), False, False),
    ]


def test_letters_are_compared_as_people_do() -> None:
    assert sorted(["Zagora", "essaouira", "Élat", "Eau"], key=sorting_key) == ["Eau", "Élat", "essaouira", "Zagora"]
    assert sorted(["المادة 100", "المادة 82"], key=sorting_key) == ["المادة 82", "المادة 100"]


def test_words_of_columns_are_written_once_or_in_the_header() -> None:
    general = parse_columns(
        {"place": {"title": {"fr": "territoire", "en": "place"}, "meaning": {"fr": "Où."}, "type": "thing"}}
    )
    text = '#+ columns: {place: {title: {fr: commune}}, value: {unit: {fr: "%"}}}\nSELECT ?place ?value ?other { }'
    place, value, other = answer_of(text, ["place", "value", "other"], [], **general).columns
    assert (place.title("fr"), place.title("en"), place.meaning("ar"), place.type) == (
        "commune",
        "commune",
        "Où.",
        "thing",
    )
    assert (value.title("fr"), value.unit("en"), value.meaning("fr")) == ("value", "%", "")
    assert other == Column("other")


def test_a_project_describes_its_columns(any_root: Path) -> None:
    project = read_project(any_root)
    assert all(set(column.titles) >= {*project.languages} for column in read_columns(project).values())


@pytest.mark.parametrize(
    "content", ["[a", "a = 1", '[a]\ntitel = "x"', '[a]\ntype = "colour"', "[a.title]\nd_e = 'x'", "[a]\ntitle = 'x'"]
)
def test_a_broken_description_is_refused(wells: Path, content: str) -> None:
    project = _described(wells, content)
    with pytest.raises(CannotRunError) as caught:
        read_columns(project)
    assert caught.value.code == "broken-columns"


def test_a_description_of_columns_is_read(wells: Path) -> None:
    found = read_columns(_described(wells, '[depth]\ntitle = { EN = " depth " }\nunit.en = "m"\ntype = "number"'))
    assert found == {"depth": Column("depth", {"en": "depth"}, {}, {"en": "m"}, "number")}


def test_a_term_for_programs_is_kind_and_id() -> None:
    answer = answer_of("SELECT ?x { }", ["x"], [])
    assert [answer.short(term) for term in (A, ox.NamedNode(DCT + "source"), ox.Literal("فاس", language="ar"))] == [
        "place/a",
        DCT + "source",
        "فاس",
    ]


def _described(root: Path, content: str) -> Project:
    path = root / COLUMNS_FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return read_project(root)

"""Each canned query against rows that were worked out by hand from the facts (tests/data/expected/NAME.toml)."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from ssekg.base.language import LANGUAGES
from ssekg.graph.store import Graph
from ssekg.project.settings import read_project
from ssekg.queries.answers import Answer
from ssekg.queries.library import Query, read_queries
from ssekg.queries.local import ask
from ssekg.queries.parameters import Term, bindings
from ssekg.queries.results import Result
from ssekg.queries.syntax import bind

ROOT: Final = Path(__file__).parents[2]
EXPECTED: Final = ROOT / "tests" / "data" / "expected"
QUERIES: Final = {query.name: query for query in read_queries(read_project(ROOT))}


@dataclass(frozen=True)
class Case:
    """What a query must answer for given parameters.

    `rows` are all rows, `includes` some of them, cut to `columns`; `count` is the number of whole rows, `facts` that of
    the rows that are left when some are gathered. In a row a thing is written relative to the instance base, a term of
    a vocabulary with its prefix, nothing as "".
    """

    name: str
    parameters: list[tuple[str, str]]
    columns: list[str]
    rows: list[tuple[str, ...]] | None
    includes: list[tuple[str, ...]]
    count: int | None
    facts: int | None


def read_cases(path: Path) -> list[Case]:
    entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [_case(path.stem, entry) for entry in entries]


def _case(name: str, entry: dict[str, Any]) -> Case:
    unknown = set(entry) - {"parameters", "columns", "rows", "includes", "count", "facts"}
    if unknown:
        raise ValueError(f"{name}: {unknown}")
    return Case(
        name=name,
        parameters=[
            (key, str(value)) for key, values in entry.get("parameters", {}).items() for value in _list(values)
        ],
        columns=entry["columns"],
        rows=[tuple(row) for row in entry["rows"]] if "rows" in entry else None,
        includes=[tuple(row) for row in entry.get("includes", [])],
        count=entry.get("count"),
        facts=entry.get("facts"),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


CASES: Final = [case for path in sorted(EXPECTED.glob("*.toml")) for case in read_cases(path)]


def case_id(case: Case) -> str:
    return " ".join([case.name, *(f"{name}={value}" for name, value in case.parameters)])


def answer(query: Query, given: list[tuple[str, str]], graph: Graph) -> Result:
    return ask(graph, bind(query.text, bindings(query.parameters, given, graph)))


def written(term: Term | None, graph: Graph) -> str:
    if isinstance(term, ox.NamedNode):
        return graph.shortened(term.value)
    return "" if term is None else str(term.value)


@pytest.fixture(scope="module")
def graph(whole: Graph) -> Graph:
    """The graph of the project with what is derived, which is what a query is asked of."""
    return whole


@pytest.fixture(scope="module")
def turned(graph: Graph) -> Graph:
    """The same graph with its triples in the opposite order."""
    return replace(graph, data=graph.data[::-1], vocabulary=graph.vocabulary[::-1], derived=graph.derived[::-1])


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_answers_what_the_facts_say(case: Case, graph: Graph) -> None:
    found = answer(QUERIES[case.name], case.parameters, graph)
    picked = [list(found.variables).index(column) for column in case.columns]
    rows = [tuple(written(row[index], graph) for index in picked) for row in found.rows]
    assert rows
    if case.rows is not None:
        assert sorted(set(rows)) == sorted(case.rows)
    assert set(case.includes) <= set(rows)
    if case.count is not None:
        assert len(found.rows) == case.count
    if case.facts is not None:
        assert len(Answer(QUERIES[case.name], {}, found, graph).rows) == case.facts


def test_a_quarter_does_not_disagree_with_its_year(graph: Graph) -> None:
    """In 2012 there were 1572 new cooperatives, 217 of them by the end of March."""
    rows = answer(QUERIES["figures-that-disagree"], [("record", "place/morocco")], graph).rows
    assert rows
    assert "concept/new-cooperatives" not in {written(row[1], graph) for row in rows}


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_has_expected_rows(name: str) -> None:
    assert any(case.rows or case.includes for case in CASES if case.name == name)


def test_expected_rows_belong_to_a_query() -> None:
    assert {case.name for case in CASES} <= set(QUERIES)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_speaks_three_languages(query: Query) -> None:
    assert query.tags
    for texts in (query.titles, query.questions, *(parameter.labels for parameter in query.parameters)):
        assert list(texts) == list(LANGUAGES)
        assert all(texts.values())


def without_parameters(query: Query, graph: Graph) -> Result:
    """What it answers when nothing is asked for in particular; a required parameter is left free too."""
    optional = [parameter for parameter in query.parameters if not parameter.required]
    return ask(graph, bind(query.text, bindings(optional, [], graph)))


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_row_comes_twice(query: Query, graph: Graph) -> None:
    rows = [tuple(row) for row in without_parameters(query, graph).rows]
    assert rows
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_order_does_not_hang_on_the_order_of_the_triples(query: Query, graph: Graph, turned: Graph) -> None:
    assert without_parameters(query, turned).rows == without_parameters(query, graph).rows

"""Whatever is typed for a parameter, the parsed query keeps its shape: a value is a term or is refused."""

from typing import Any, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from ssekg.base.errors import AskedWronglyError
from ssekg.graph.store import Graph
from ssekg.project.settings import read_project
from ssekg.queries.library import Query, read_queries
from ssekg.queries.parameters import Parameter, bound
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.syntax import bind, tokens
from ssekg.queries.types import TYPES
from tests.conftest import ROOT

QUERIES: Final = read_queries(read_project(ROOT))
PARAMETERS: Final = [(query, parameter) for query in QUERIES for parameter in query.parameters]
# What ends a string, an IRI or a group, or is a part of SPARQL, in any order among other characters.
PIECES: Final = st.sampled_from(
    [
        *('"', "'", '"""', "\\", "\\u0022", "<", ">", "}", "{", ")", "#", "\n", "\r", "\0", ";", "?_region_iri", "@en"),
        *(
            "^^",
            "} UNION { ?s ?p ?o",
            "VALUES ?x { 1 }",
            "<x:y>",
            "SERVICE <http://x/> {}",
            "DROP ALL",
            "%22",
            "\u2028",
        ),
        *("place/fes-meknes", "فاس", "2023", "1,5", "ar", "-", " ", "é", "\N{RIGHT-TO-LEFT OVERRIDE}", "\U0001f4a3"),
    ]
)
TEXTS: Final = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=8).map("".join))


def shape(node: Any) -> Any:
    """The tree of a parsed query, with no more of its values than that they are there."""
    if isinstance(node, CompValue):
        return (node.name, *((key, shape(value)) for key, value in node.items()))
    return [shape(each) for each in node] if hasattr(node, "__iter__") and not isinstance(node, str) else "·"


def parsed(query: Query, parameter: Parameter, terms: list[Any], namespaces: dict[str, str]) -> Any:
    text = with_prefixes(bind(query.text, {parameter.variable: terms}), namespaces)
    return shape(parseQuery(text).asList())


@pytest.mark.parametrize(
    ("query", "parameter"), PARAMETERS, ids=[f"{query.name} {parameter.name}" for query, parameter in PARAMETERS]
)
def test_a_value_is_one_term_for_every_parser(query: Query, parameter: Parameter, whole: Graph) -> None:
    prefixes = dict(whole.prefixes.namespaces)
    sample = ox.Literal("x") if parameter.type in TYPES else ox.NamedNode("x:y")
    expected = parsed(query, parameter, [sample], prefixes)

    @settings(max_examples=15)
    @given(TEXTS)
    def check(text: str) -> None:
        try:
            reading = parameter.read(text, whole)
        except AskedWronglyError:
            return
        assert parsed(query, parameter, [reading.term], prefixes) == expected
        ox.Store().query(with_prefixes(bind(query.text, bound([reading])), prefixes), base_iri=whole.base)

    check()


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_texts_are_strings_whatever_is_in_them(texts: list[str]) -> None:
    """Of all types this one takes anything, so that the terms are written as they come."""
    parameter = Parameter("text", "string", False, {})
    query = "SELECT ?s { ?s ?p ?_text }"
    terms = bound(parameter.read(text, Graph("https://example.org/", [], [])) for text in texts)
    found = list(tokens(bind(query, terms)))
    assert [kind for kind, *_ in found].count("string") == len(texts)
    assert len(found) == len(list(tokens(query))) + len(texts) + 4
    rows = ox.Store().query(bind("SELECT ?_text { }", terms))
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["_text"].value for row in rows] == texts

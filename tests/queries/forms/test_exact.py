"""The W3C's forms say every term exactly, as another reader of them finds."""

import csv
import io
import json
from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.errors import AskedWronglyError
from ssekg.base.namespaces import XSD
from ssekg.queries.forms.exact import as_csv, as_json, as_tsv, as_xml
from ssekg.queries.parameters import Term
from ssekg.queries.results import Result

# What RDF has no way to say, and what XML has none for.
TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
XML_TEXTS: Final = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
IRIS: Final = st.sampled_from(["https://example.org/a?b=1&c=2#d", "urn:x:y", "https://example.org/فاس"])


def terms(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Term | None]:
    return st.one_of(
        st.none(),
        IRIS.map(ox.NamedNode),
        texts.map(ox.Literal),
        st.builds(lambda text: ox.Literal(text, language="fr"), texts),
        st.builds(
            lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
            st.one_of(texts, st.sampled_from(["5", "-07", "1.50", ".5", "1e9", "true", "1.", "+3"])),
            st.sampled_from(["integer", "decimal", "double", "boolean", "date"]),
        ),
    )


def results(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Result]:
    rows = st.lists(st.tuples(terms(texts), terms(texts)).map(list), max_size=4)
    return rows.map(lambda found: Result(["x", "y"], found))


def read(text: str, form: ox.QueryResultsFormat) -> list[list[Term | None]]:
    found = ox.parse_query_results(text.encode(), form)
    assert isinstance(found, ox.QuerySolutions)
    return [list(solution) for solution in found]


@given(results(TEXTS))
def test_json_and_tsv_give_the_same_terms_back(result: Result) -> None:
    assert read(as_json(result), ox.QueryResultsFormat.JSON) == result.rows
    assert read(as_tsv(result), ox.QueryResultsFormat.TSV) == result.rows


@given(results(XML_TEXTS))
def test_xml_gives_the_same_terms_back(result: Result) -> None:
    assert read(as_xml(result), ox.QueryResultsFormat.XML) == result.rows


@given(results(TEXTS))
def test_csv_gives_the_same_characters_back(result: Result) -> None:
    header, *rows = csv.reader(io.StringIO(as_csv(result), newline=""))
    assert header == ["x", "y"]
    assert rows == [["" if term is None else term.value for term in row] for row in result.rows]


def test_a_question_of_yes_or_no_has_its_own_form() -> None:
    result = Result(["answer"], [[ox.Literal(True)]], "ASK")
    assert json.loads(as_json(result)) == {"head": {}, "boolean": True}
    assert bool(ox.parse_query_results(as_xml(result).encode(), ox.QueryResultsFormat.XML))


def test_what_xml_can_not_hold_is_refused() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        as_xml(Result(["x"], [[ox.Literal("\x01")]]))
    assert caught.value.code == "answer-not-xml"


def test_a_blank_node_is_one_in_every_form() -> None:
    result = Result(["x"], [[ox.BlankNode("b")]])
    assert as_csv(result) == "x\r\n_:b\r\n"
    assert as_tsv(result) == "?x\n_:b\n"
    assert read(as_xml(result), ox.QueryResultsFormat.XML) == result.rows

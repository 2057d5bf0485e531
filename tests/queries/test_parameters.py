"""What users give for a parameter becomes the term that the query needs, or they are told why not."""

from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError
from ssekg.queries.parameters import KINDS, TYPES, Parameter, bindings
from tests.graphs import graph_of, iri, parsed

GRAPH: Final = graph_of("""
<place/fes-meknes> skos:prefLabel "فاس-مكناس"@ar, "Fès-Meknès"@fr .
<place/oujda> skos:prefLabel "Oujda"@fr .
<institution/oujda> skos:prefLabel "Oujda"@fr .
<concept/cooperative> skos:prefLabel "تعاونية"@ar .
""")


def parameter(name: str, kind: str, *, required: bool = False, default: str | None = None) -> Parameter:
    return Parameter(name, kind, required, {}, default)


@pytest.mark.parametrize(
    ("name", "kind", "variable"),
    [
        ("region", "place", "_region_iri"),
        ("thing", "iri", "_thing_iri"),
        ("from", "year", "_from_integer"),
        ("least", "integer", "_least_integer"),
        ("share", "decimal", "_share_decimal"),
        ("text", "string", "_text"),
    ],
)
def test_variables_are_named_as_grlc_names_them(name: str, kind: str, variable: str) -> None:
    assert parameter(name, kind).variable == variable


def test_every_kind_of_record_may_be_asked_for() -> None:
    kinds = "place institution office programme partnership event law article competence source concept"
    assert set(kinds.split()) | {"iri"} <= KINDS
    assert {"integer", "decimal", "year", "string"} == TYPES - KINDS


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("place", "fes-meknes", "<place/fes-meknes>"),
        ("place", "Fès-Meknès", "<place/fes-meknes>"),
        ("place", "oujda", "<place/oujda>"),
        ("institution", "oujda", "<institution/oujda>"),
        ("concept", "تعاونيه", "<concept/cooperative>"),
        ("iri", "place/oujda", "<place/oujda>"),
        ("integer", "12", "12"),
        ("integer", " -3 ", "-3"),
        ("integer", "١٢", "12"),
        ("integer", "123456789012345678901234567890", "123456789012345678901234567890"),
        ("year", "2023", "2023"),
        ("year", "٢٠٢٣", "2023"),
        ("decimal", "1.50", "1.50"),
        ("decimal", "1,5", "1.5"),
        ("decimal", "١٫٥", "1.5"),
        ("decimal", "1E2", '"100"^^xsd:decimal'),
        ("string", "المكتب", '"المكتب"'),
        ("string", 'a "b" {c} \\', r'"a \"b\" {c} \\"'),
    ],
)
def test_texts_become_terms(kind: str, text: str, expected: str) -> None:
    assert parameter("p", kind).term(text, GRAPH) == parsed(f"<a> schema:p {expected} .")[0].object


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1.5"),
        ("integer", "many"),
        ("integer", ""),
        ("year", "23"),
        ("year", "2023-03"),
        ("year", "soon"),
        ("decimal", "1.234,5"),
        ("decimal", "NaN"),
        ("decimal", "Infinity"),
        ("decimal", "half"),
    ],
)
def test_texts_of_another_type_are_refused(kind: str, text: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        parameter("p", kind).term(text, GRAPH)
    assert caught.value.code == "parameter-type"
    assert caught.value.arguments == {"name": "p", "value": text, "type": kind}


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("place", "rabat", "no-such-term"),
        ("place", "institution/oujda", "no-such-term"),
        ("iri", "oujda", "ambiguous-term"),
    ],
)
def test_names_of_nothing_or_of_several_things_are_refused(kind: str, text: str, code: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        parameter("p", kind).term(text, GRAPH)
    assert caught.value.code == code


PARAMETERS: Final = [
    parameter("region", "place", required=True),
    parameter("from", "year", default="2015"),
    parameter("text", "string"),
]


def test_what_is_given_is_bound_and_defaults_fill_the_rest() -> None:
    assert bindings(PARAMETERS, [("region", "oujda")], GRAPH) == {
        "_region_iri": [iri("place/oujda")],
        "_from_integer": [ox.Literal(2015)],
    }


def test_what_is_given_goes_before_the_default() -> None:
    bound = bindings(PARAMETERS, [("region", "oujda"), ("from", "2020"), ("text", "x")], GRAPH)
    assert bound["_from_integer"] == [ox.Literal(2020)]
    assert bound["_text"] == [ox.Literal("x")]


def test_a_parameter_given_twice_is_a_list() -> None:
    bound = bindings(PARAMETERS, [("region", "oujda"), ("region", "fes-meknes")], GRAPH)
    assert bound["_region_iri"] == [iri("place/oujda"), iri("place/fes-meknes")]


def test_nothing_given_and_nothing_asked() -> None:
    assert bindings([], [], GRAPH) == {}
    assert bindings(PARAMETERS[2:], [], GRAPH) == {}


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        bindings(PARAMETERS, [("from", "2020")], GRAPH)
    assert caught.value.code == "missing-parameter"
    assert caught.value.arguments == {"name": "region", "type": "place"}


def test_an_unknown_parameter_is_told_the_known_ones() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        bindings(PARAMETERS, [("regoin", "oujda")], GRAPH)
    assert caught.value.code == "unknown-parameter"
    assert caught.value.arguments == {"name": "regoin", "known": "region, from, text"}
    with pytest.raises(AskedWronglyError) as caught:
        bindings([], [("region", "oujda")], GRAPH)
    assert caught.value.arguments["known"] == "–"

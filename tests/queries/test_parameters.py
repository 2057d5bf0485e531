"""What users give for a parameter becomes the term that the query needs, or they are told why not."""

import re
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.graph.store import Graph
from ssekg.queries.parameters import Parameter, bindings, known_types
from ssekg.queries.types import TYPES
from tests.graphs import BASE, graph_of, iri, parsed

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
        ("since", "date", "_since_xsd_date"),
        ("text", "string", "_text"),
        ("farm", "farm", "_farm_iri"),
    ],
)
def test_variables_are_named_as_grlc_names_them(name: str, kind: str, variable: str) -> None:
    assert parameter(name, kind).variable == variable


def test_the_kinds_of_the_graph_are_types() -> None:
    assert {"place", "institution", "concept", "iri", *TYPES} <= {*known_types(GRAPH)}
    wards = Graph(
        BASE,
        parsed("<ward/nyeri> schema:name 'Nyeri' ."),
        parsed("sse:Farm <https://w3id.org/ssekg/tool#kind> 'farm' ."),
    )
    assert {"ward", "farm"} <= {*known_types(wards)}
    assert parameter("ward", "ward").read("Nyeri", wards).term == iri("ward/nyeri")
    with pytest.raises(CannotRunError) as caught:
        parameter("ward", "wrad").read("nyeri", wards)
    assert caught.value.code == "parameter-kind"
    assert "ward" in (caught.value.hint("fr") or "")


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
        ("decimal", "500 000", '"500000"^^xsd:decimal'),
        ("decimal", "1\u202f250\u00a0000,75", '"1250000.75"^^xsd:decimal'),
        ("decimal", "-1'250’000.5", '"-1250000.5"^^xsd:decimal'),
        ("decimal", "٥٠٠٬٠٠٠", '"500000"^^xsd:decimal'),
        ("decimal", "١٬٥٠٠٫٢٥٠", '"1500.250"^^xsd:decimal'),
        ("decimal", "1500,250", '"1500.250"^^xsd:decimal'),
        ("decimal", "0.125", "0.125"),
        ("decimal", "12,50", "12.50"),
        ("decimal", "\N{RIGHT-TO-LEFT MARK}12\N{ZERO WIDTH SPACE}", '"12"^^xsd:decimal'),
        ("integer", "1 000 000", "1000000"),
        ("integer", "٣٬٠٠٠", "3000"),
        ("date", "2024-02-29", '"2024-02-29"^^xsd:date'),
        ("date", "٢٠٢٤-٠٢-٢٩", '"2024-02-29"^^xsd:date'),
        ("string", "المكتب", '"المكتب"'),
        ("language", "fr", '"fr"'),
        ("language", "WO", '"wo"'),
        ("language", "français", '"fr"'),
        ("language", "العربية", '"ar"'),
        ("language", "Arabic", '"ar"'),
        ("language", "الولوفية", '"wo"'),
        ("string", 'a "b" {c} \\', r'"a \"b\" {c} \\"'),
    ],
)
def test_texts_become_terms(kind: str, text: str, expected: str) -> None:
    assert parameter("p", kind).read(text, GRAPH).term == parsed(f"<a> schema:p {expected} .")[0].object


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
        ("decimal", "1,250,000"),
        ("decimal", "12 50"),
        ("decimal", "1_000"),
        ("decimal", "1e999999999"),
        ("decimal", "1e-999999999"),
        ("decimal", "1" + "0" * 18),
        ("decimal", "1 2500"),
        ("integer", "1 00"),
        ("date", "2023-02-29"),
        ("date", "2023-02"),
        ("date", "29/02/2024"),
        ("language", "xx"),
        ("language", "French!"),
        ("language", ""),
    ],
)
def test_texts_of_another_type_are_refused(kind: str, text: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        parameter("p", kind).read(text, GRAPH)
    assert caught.value.code == "parameter-type"
    assert text in caught.value.message("fr")


def test_a_message_has_room_for_what_was_given_only_so_far() -> None:
    for kind in ("decimal", "place"):
        with pytest.raises(AskedWronglyError) as caught:
            parameter("p", kind).read("x" * 5_000, GRAPH)
        assert len(caught.value.message("fr")) < 500


@pytest.mark.parametrize(
    ("kind", "text", "large", "small"),
    [
        ("decimal", "500,000", "500000", "500"),
        ("decimal", "1.250", "1250", "1.25"),
        ("decimal", "-12,345", "-12345", "-12.345"),
        ("decimal", "٥٠٠,٠٠٠", "500000", "500"),
        ("integer", "2,000", "2000", "2"),
        ("integer", " 2.000 ", "2000", "2"),
    ],
)
def test_numbers_with_two_readings_are_refused_with_both(kind: str, text: str, large: str, small: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        parameter("least", kind).read(text, GRAPH)
    assert caught.value.code == "parameter-ambiguous"
    for language in ("ar", "fr", "en"):
        words = caught.value.message(language)
        assert text in words
        assert large in words
        assert re.search(rf"(?<!\d){re.escape(small)}(?!\d)", words.replace(text, ""))


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("place", "rabat", "parameter-thing"),
        ("place", "institution/oujda", "parameter-thing"),
        ("iri", "oujda", "parameter-meaning"),
    ],
)
def test_names_of_nothing_or_of_several_things_are_refused(kind: str, text: str, code: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        parameter("p", kind).read(text, GRAPH)
    assert caught.value.code == code


CHOICES: Final = graph_of("""
<place/nord> a sse:Region ; skos:prefLabel "Taza-Nord"@fr . <place/old> a sse:Province ; skos:prefLabel "Taza"@fr .
<concept/women> a skos:Concept ; skos:inScheme <concept/groups> ; skos:prefLabel "Femmes"@fr .
<concept/unit> a skos:Concept ; skos:inScheme <concept/units> ; skos:prefLabel "Femmes"@fr .
<concept/groups> skos:prefLabel "Publics"@fr . <concept/units> skos:prefLabel "Unités"@fr .
""")


@pytest.mark.parametrize(
    ("kind", "text", "expected", "is_sure"),
    [
        ("concept/groups", "femmes", "concept/women", True),
        ("concept/units", "femmes", "concept/unit", True),
        ("concept/units", "femes", "concept/unit", False),
        ("sse:Region", "Taza", "place/nord", False),
        ("sse:Province", "Taza", "place/old", True),
        ("place", "Taza", "place/old", True),
    ],
)
def test_a_class_and_a_scheme_are_types(kind: str, text: str, expected: str, is_sure: bool) -> None:
    """The same word means another thing in another scheme; what had to be guessed is known as such."""
    reading = parameter("p", kind).read(text, CHOICES)
    assert (reading.term, reading.is_sure) == (iri(expected), is_sure)


def test_what_is_of_another_type_is_named() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        parameter("p", "sse:Province").read("taza-nord", CHOICES)
    assert "place/nord (Taza-Nord)" in (caught.value.hint("fr") or "")
    with pytest.raises(CannotRunError) as unknown:
        parameter("p", "sse:Regoin").read("taza", CHOICES)
    assert "sse:Region" in (unknown.value.hint("fr") or "")


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
    assert caught.value.message("en") == "The parameter “region” (Place) is required."


def test_an_unknown_parameter_is_told_the_known_ones() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        bindings(PARAMETERS, [("regoin", "oujda")], GRAPH)
    assert caught.value.code == "unknown-parameter"
    assert caught.value.hint("en") == "Its parameters: region, from, text. Did you mean region?"
    with pytest.raises(AskedWronglyError) as caught:
        bindings([], [("region", "oujda")], GRAPH)
    assert caught.value.arguments["known"] == "–"

"""What people type finds the one thing they mean, or they are told which things it may be."""

import re
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError
from ssekg.base.namespaces import SKOS
from ssekg.graph.lookup import find, search, thing, things
from ssekg.graph.matching import Closeness
from ssekg.graph.members import members
from ssekg.graph.store import Graph
from tests.graphs import BASE, ONTOLOGY, graph_of, iri, parsed

GRAPH: Final = Graph(
    BASE,
    parsed("""
<place/fes-meknes> skos:prefLabel "جهة فاس-مكناس"@ar, "Fès-Meknès"@fr ; sse:isoCode "MA-03" ; sse:hcpCode "03" .
<place/oujda> skos:prefLabel "وجدة"@ar, "Oujda"@fr .
<place/agadir> skos:prefLabel "أكادير إداوتنان"@ar ; skos:altLabel "Agadir-Ida"@fr .
<place/laayoune> rdfs:label "العيون"@ar .
<institution/odco> skos:prefLabel "مكتب تنمية التعاون"@ar, "Office du développement de la coopération"@fr ;
  sse:acronym "ODCO" .
<institution/oujda> skos:prefLabel "Commune d’Oujda"@fr .
<law/law-112-12> dct:title "القانون رقم ١١٢-١٢"@ar ; eli:number "112-12" .
<institution/mtess> sse:acronym "MTAESS" ; skos:altLabel <place/oujda> .
<event/forum> skos:prefLabel "Forum"@fr .
<event/other-forum> skos:prefLabel "Forum"@fr .
<event/forum#report> skos:prefLabel "Rapport"@fr .
<concept/cooperative> skos:prefLabel "تعاونية"@ar, "Coopérative"@fr .
[ sse:acronym "NODE" ; skos:prefLabel "Sans nom"@fr ] .
<https://example.net/folder/> skos:prefLabel "Dossier"@fr .
<programme/moazara> skos:prefLabel "مُـــؤازَرَة"@ar .
"""),
    ONTOLOGY + parsed('sse:Programme rdfs:label "Programme"@fr . sse:within rdfs:label "dans"@fr .'),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Identifiers.
        (BASE + "place/fes-meknes", "place/fes-meknes"),
        ("place/fes-meknes", "place/fes-meknes"),
        ("fes-meknes", "place/fes-meknes"),
        ("event/forum#report", "event/forum#report"),
        # Codes.
        ("ODCO", "institution/odco"),
        ("odco", "institution/odco"),
        ("MA-03", "place/fes-meknes"),
        ("03", "place/fes-meknes"),
        ("mtaess", "institution/mtess"),
        ("112-12", "law/law-112-12"),
        ("١١٢-١٢", "law/law-112-12"),
        # Names in any language, as people type them.
        ("Fès-Meknès", "place/fes-meknes"),
        ("FÈS-MEKNÈS", "place/fes-meknes"),
        ("office du developpement  de la cooperation", "institution/odco"),
        ("جهة فاس-مكناس", "place/fes-meknes"),
        ("جهه فاس-مكناس", "place/fes-meknes"),
        ("اكادير اداوتنان", "place/agadir"),
        ("agadir-ida", "place/agadir"),
        ("العيون", "place/laayoune"),
        ("القانون رقم 112-12", "law/law-112-12"),
        ("موازرة", "programme/moazara"),
        ("تعاونيه", "concept/cooperative"),
        ("commune d'oujda", "institution/oujda"),
    ],
)
def test_one_thing_is_found(text: str, expected: str) -> None:
    assert thing(GRAPH, text) == iri(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("sse:Programme", "Programme"), ("https://w3id.org/ssekg/ontology#within", "within"), ("dans", "within")],
)
def test_terms_of_the_ontology_are_found(text: str, expected: str) -> None:
    assert thing(GRAPH, text).value == f"https://w3id.org/ssekg/ontology#{expected}"


@pytest.mark.parametrize(
    "text",
    [
        "rabat",
        "",
        "  ",
        "ـ",
        "<>",
        "\N{RIGHT-TO-LEFT MARK}",
        "sse:Nothing",
        "report",
        "https://",
        "node",
        "sans nom",
    ],
)
def test_what_nothing_is_called_is_said(text: str) -> None:
    assert things(GRAPH, text) == []
    with pytest.raises(AskedWronglyError) as caught:
        thing(GRAPH, text)
    assert caught.value.code == "no-such-term"
    assert text in caught.value.message("en")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("oujda", "institution/oujda (Commune d’Oujda), place/oujda (Oujda)"),
        ("forum", "event/forum (Forum), event/other-forum (Forum)"),
    ],
)
def test_what_several_things_are_called_lists_them(text: str, candidates: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        thing(GRAPH, text)
    assert caught.value.code == "ambiguous-term"
    assert caught.value.message("fr").endswith(candidates)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("oujda", "place", ["place/oujda"]),
        ("oujda", "institution", ["institution/oujda"]),
        ("Oujda", "place", ["place/oujda"]),
        ("place/oujda", "place", ["place/oujda"]),
        ("place/oujda", "institution", []),
        (BASE + "place/oujda", "institution", []),
        ("ODCO", "place", []),
        ("odco", "institution", ["institution/odco"]),
        ("forum", "event", ["event/forum"]),
        ("Forum", "event", ["event/forum", "event/other-forum"]),
        ("sse:Programme", "programme", []),
        ("Programme", "programme", []),
    ],
)
def test_a_kind_narrows_the_search(text: str, kind: str, expected: list[str]) -> None:
    assert things(GRAPH, text, members(GRAPH, kind)) == [iri(local) for local in expected]


WITH_CLASSES: Final = Graph(
    BASE,
    parsed("""
<place/est> a sse:Region ; skos:prefLabel "L’Est"@fr, "الشرق"@ar .
<place/sud> a sse:Province, schema:Place ; skos:prefLabel "Sud"@fr, "إقليم الجنوب"@ar .
<place/oued> a sse:Region ; skos:prefLabel "Région de l’Oued"@fr .
<place/nord> skos:prefLabel "Nord"@fr .
"""),
    parsed("""
sse:Region rdfs:label "Région"@fr, "Region"@en, "جهة"@ar .
sse:Province rdfs:label "Province"@fr, "إقليم"@ar .
schema:Place rdfs:label "Lieu habité"@fr .
"""),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Région de l'Est", "place/est"),
        ("region of Est", "place/est"),
        ("Est region", "place/est"),
        ("est", "place/est"),
        ("جهة الشرق", "place/est"),
        ("جهه الشرق", "place/est"),
        ("Province du Sud", "place/sud"),
        ("lieu habité Sud", "place/sud"),
        ("الجنوب", "place/sud"),
        ("oued", "place/oued"),
        ("Oued region", "place/oued"),
    ],
)
def test_the_name_of_its_class_may_be_with_the_name_of_a_thing(text: str, expected: str) -> None:
    assert thing(WITH_CLASSES, text) == iri(expected)


@pytest.mark.parametrize("text", ["Région du Sud", "Province de l’Est", "Région Nord", "de"])
def test_the_name_of_another_class_is_no_part_of_a_name(text: str) -> None:
    assert things(WITH_CLASSES, text) == []


@pytest.mark.parametrize(
    "text", ["<place/oujda>", f" <{BASE}place/oujda> ", "\N{RIGHT-TO-LEFT MARK}place/oujda\N{ZERO WIDTH SPACE}"]
)
def test_an_identifier_may_come_in_brackets_or_with_invisible_marks(text: str) -> None:
    assert thing(GRAPH, text) == iri("place/oujda")


@pytest.mark.parametrize(
    ("text", "expected", "closeness"),
    [
        # In another order, parted otherwise, with or without articles, conjunctions and the sign of a number.
        ("Meknès Fès", "place/fes-meknes", Closeness.FOLDED),
        ("fesmeknes", "place/fes-meknes", Closeness.FOLDED),
        ("la région de Fès-Meknès", None, None),
        ("فاس ومكناس", None, None),
        ("n° 112.12", "law/law-112-12", Closeness.FOLDED),
        # A part of the name, or the beginnings of its words.
        ("فاس", "place/fes-meknes", Closeness.PART),
        ("développement coop", "institution/odco", Closeness.PART),
        # A slip in each longer word, none in numbers.
        ("Fès-Mekness", "place/fes-meknes", Closeness.MISSPELT),
        ("مكتب تنميه التعون", "institution/odco", Closeness.MISSPELT),
        ("agadir-idda", "place/agadir", Closeness.MISSPELT),
        ("112-13", None, None),
        ("12-112", None, None),
        ("MA-04", None, None),
        ("Fos-Mekkness", None, None),
    ],
)
def test_slips_and_parts_of_names_are_found_and_known_as_such(
    text: str, expected: str | None, closeness: Closeness | None
) -> None:
    if expected is None:
        with pytest.raises(AskedWronglyError):
            find(GRAPH, text)
    else:
        found = find(GRAPH, text)
        assert (found.thing, found.closeness) == (iri(expected), closeness)


def test_what_is_close_goes_before_what_is_far() -> None:
    graph = graph_of("""
<event/a> skos:prefLabel "Foire"@fr . <event/b> skos:prefLabel "foiré"@fr .
<event/c> skos:prefLabel "Foire de Safi"@fr .
<event/d> skos:prefLabel "Grande foire des foires"@fr . <concept/foire> a skos:Concept ; skos:prefLabel "Foire"@fr .
<event/e> skos:prefLabel "Foirail"@fr . <event/f> skos:prefLabel "Voire"@fr .
<source/s> a sse:Source ; dct:title "La foire de Safi"@fr .
""")
    assert [graph.shortened(each.thing.value) for each in search(graph, "Foire")] == [
        *("event/a", "concept/foire", "event/b", "event/c", "source/s", "event/d"),
    ]
    assert [graph.shortened(each.thing.value) for each in search(graph, "foirre")][:1] == ["event/a"]


def test_a_wider_place_goes_before_what_is_within_it() -> None:
    graph = graph_of("""
<place/z> skos:prefLabel "Taza"@fr ; dct:isPartOf <place/morocco> .
<place/a> skos:prefLabel "Taza"@fr ; dct:isPartOf <place/z> .
<place/morocco> skos:prefLabel "Maroc"@fr .
""")
    assert thing(graph, "taza") == iri("place/z")
    assert [each.thing for each in search(graph, "taza")] == [iri("place/z"), iri("place/a")]


@pytest.mark.parametrize(
    ("text", "kind", "offered"),
    [
        ("Fos-Mekkness", None, "place/fes-meknes"),
        ("offices de développements", None, "institution/odco"),
        ("Oujjdda", "place", "place/oujda"),
    ],
)
def test_what_is_spelt_alike_is_offered(text: str, kind: str | None, offered: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        thing(GRAPH, text, members(GRAPH, kind) if kind else None)
    for language in ("ar", "fr", "en"):
        assert re.search(rf"\b{offered}\b", caught.value.hint(language) or "")


def test_nothing_is_offered_where_nothing_is_alike() -> None:
    with pytest.raises(AskedWronglyError) as caught:
        thing(GRAPH, "zzzz")
    assert "Did you mean" not in (caught.value.hint("en") or "")


def test_an_identifier_goes_before_a_name() -> None:
    graph = graph_of('<place/fes> skos:prefLabel "Fès"@fr . <event/x> skos:prefLabel "place/fes"@en .')
    assert things(graph, "place/fes") == [iri("place/fes")]


def test_identifiers_may_follow_a_hash() -> None:
    base = "https://example.org/id#"
    graph = Graph(base, [ox.Triple(ox.NamedNode(base + "fes"), ox.NamedNode(SKOS + "note"), ox.Literal("x"))], [])
    assert thing(graph, "fes").value == base + "fes"
    assert thing(graph, "FÈS").value == base + "fes"


def test_a_record_goes_before_the_concept_called_after_it() -> None:
    graph = graph_of(
        '<place/maroc> skos:prefLabel "Maroc"@fr . <concept/ma> a skos:Concept ; skos:prefLabel "Maroc"@fr .'
    )
    assert things(graph, "maroc") == [iri("place/maroc")]
    assert things(graph, "Maroc", members(graph, "concept")) == [iri("concept/ma")]


def test_a_long_list_of_candidates_is_cut_and_says_so() -> None:
    graph = graph_of("".join(f'<event/e{number}> skos:prefLabel "Forum"@fr . ' for number in range(20)))
    with pytest.raises(AskedWronglyError) as caught:
        thing(graph, "forum")
    assert caught.value.message("en").count("event/") == 12
    assert caught.value.message("en").endswith("and 8 more")


@pytest.mark.parametrize(("wrong", "meant"), [("sse:exercices", "sse:exercises"), ("sse:Programm", "sse:Programme")])
def test_a_misspelt_term_of_a_vocabulary_has_that_term_named(whole: Graph, wrong: str, meant: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        find(whole, wrong)
    assert caught.value.code == "no-such-term"
    assert f"Did you mean {meant} (" in str(caught.value.hint("en"))

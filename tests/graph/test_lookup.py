"""What people type finds the one thing they mean, or they are told which things it may be."""

from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError
from ssekg.base.namespaces import SKOS
from ssekg.graph.lookup import thing, things
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
        "فاس",
        "",
        "  ",
        "ـ",
        "<>",
        "\N{RIGHT-TO-LEFT MARK}",
        "place/",
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
    [("oujda", "institution/oujda, place/oujda"), ("forum", "event/forum, event/other-forum")],
)
def test_what_several_things_are_called_lists_them(text: str, candidates: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        thing(GRAPH, text)
    assert caught.value.code == "ambiguous-term"
    assert caught.value.arguments == {"term": text, "candidates": candidates}


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
    assert things(GRAPH, text, kind) == [iri(local) for local in expected]


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
    ("text", "kind", "offered"),
    [
        ("Fès-Mekness", None, "place/fes-meknes"),
        ("مكتب تنميه التعون", None, "institution/odco"),
        ("oujdaa", "place", "place/oujda"),
        ("oujdaa", "institution", "institution/oujda"),
    ],
)
def test_what_is_spelt_alike_is_offered(text: str, kind: str | None, offered: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        thing(GRAPH, text, kind)
    assert all(offered in (caught.value.hint(language) or "") for language in ("ar", "fr", "en"))


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
    assert things(graph, "Maroc", "concept") == [iri("concept/ma")]


def test_a_long_list_of_candidates_is_cut() -> None:
    graph = graph_of("".join(f'<event/e{number}> skos:prefLabel "Forum"@fr . ' for number in range(20)))
    with pytest.raises(AskedWronglyError) as caught:
        thing(graph, "forum")
    assert str(caught.value.arguments["candidates"]).count("event/") == 8

"""What is a pitfall and what only looks like one, beyond the examples that `ssekg explain` shows."""

from pathlib import Path

import pytest

from tests.checks.ontology_quality.ontologies import HEADER, found

DISTANCE = "ex:near a owl:ObjectProperty"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class .", set()),
        ("ex:A a owl:Class ; rdfs:subClassOf owl:Thing .", {"A"}),
        ("ex:A a owl:Class ; owl:equivalentClass ex:B . ex:B a owl:Class .", {"A", "B"}),
        ("ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:A .", {"A", "B"}),
        (
            "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B owl:equivalentClass ex:C . ex:C a owl:Class .",
            set(),
        ),
        ("ex:A a owl:Class ; owl:unionOf ( ex:B ex:C ) . ex:B a owl:Class . ex:C a owl:Class .", set()),
        (
            "ex:A a owl:Class . ex:B a owl:Class . ex:C rdfs:subClassOf [ owl:onProperty ex:p ; owl:onClass ex:A ] .",
            {"B"},
        ),
        ("ex:A a owl:Class . ex:B a owl:Class . [] a owl:AllDisjointClasses ; owl:members ( ex:A ex:B ) .", {"A", "B"}),
    ],
)
def test_what_ties_a_class_to_the_others(content: str, expected: set[str], tmp_path: Path) -> None:
    assert found(tmp_path, "OOPS-P04", content) == expected


def test_each_circle_is_one_finding_and_those_above_it_are_in_none(tmp_path: Path) -> None:
    two = "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:A, ex:Top ."
    one = "ex:C a owl:Class ; rdfs:subClassOf ex:C . ex:Top a owl:Class ."
    assert found(tmp_path, "OOPS-P06", two + one) == {"A", "C"}


@pytest.mark.parametrize(
    "axiom",
    [
        "ex:A owl:disjointWith ex:B .",
        "[] a owl:AllDisjointClasses ; owl:members ( ex:A ex:B ) .",
        "ex:C a owl:Class ; owl:disjointUnionOf ( ex:A ex:B ) .",
    ],
)
def test_any_axiom_of_disjointness_counts(axiom: str, tmp_path: Path) -> None:
    assert found(tmp_path, "OOPS-P10", f"{HEADER} ex:A a owl:Class . ex:B a owl:Class . {axiom}") == set()


def test_a_domain_may_be_that_of_a_property_above_or_of_an_equivalent_one(tmp_path: Path) -> None:
    above = "ex:p a owl:ObjectProperty ; rdfs:domain ex:A ; rdfs:range ex:B ."
    below = "ex:q a owl:ObjectProperty ; rdfs:subPropertyOf ex:p . ex:r a owl:ObjectProperty ."
    alike = "ex:s a owl:ObjectProperty ; owl:equivalentProperty ex:q ."
    assert found(tmp_path, "OOPS-P11", above + below + alike) == {"r"}


def test_nothing_is_missed_that_a_property_above_of_others_may_have(tmp_path: Path) -> None:
    content = "ex:p a owl:ObjectProperty ; rdfs:subPropertyOf {} ; rdfs:range ex:A ."
    assert found(tmp_path, "OOPS-P11", HEADER + content.format("<https://example.com/other#p>")) == set()
    assert found(tmp_path, "OOPS-P11", HEADER + content.format("ex:q")) == {"p"}


def test_a_symmetric_property_needs_no_inverse_and_a_likely_one_is_named(tmp_path: Path) -> None:
    content = """
        ex:p a owl:ObjectProperty ; rdfs:domain ex:A ; rdfs:range ex:B .
        ex:q a owl:ObjectProperty ; rdfs:domain ex:B ; rdfs:range ex:A .
        ex:r a owl:SymmetricProperty . ex:s a owl:ObjectProperty ; owl:inverseOf ex:t . ex:t a owl:ObjectProperty .
    """
    assert found(tmp_path, "OOPS-P13", content) == {"p", "q"}


@pytest.mark.parametrize(
    ("domains", "expected"),
    [
        ("ex:A, ex:B", {"p"}),
        ("ex:A", set()),
        ("ex:A, ex:C", set()),  # equivalent
        ("[ a owl:Class ; owl:unionOf ( ex:A ex:B ) ], [ a owl:Class ; owl:unionOf ( ex:B ex:A ) ]", set()),
        ("[ a owl:Class ; owl:unionOf ( ex:A ex:B ) ], ex:A", {"p"}),
    ],
)
def test_several_domains_are_one_if_they_say_the_same(domains: str, expected: set[str], tmp_path: Path) -> None:
    content = f"ex:A a owl:Class ; owl:equivalentClass ex:C . ex:p a owl:DatatypeProperty ; rdfs:domain {domains} ."
    assert found(tmp_path, "OOPS-P19", content) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ('rdfs:label "Mill"@en ; rdfs:comment "A place where olives are pressed."@en', set()),
        ('rdfs:label ""@en ; rdfs:comment "A place where olives are pressed."@en', {"A"}),
        ('rdfs:label "Mill"@en ; rdfs:comment "mill"@en', {"A"}),
        # What is said in two languages need not be equally long.
        ('rdfs:label "Moulin à huile d’olive"@fr ; rdfs:comment "A mill."@en', set()),
    ],
)
def test_labels_are_held_against_comments_of_their_language(texts: str, expected: set[str], tmp_path: Path) -> None:
    assert found(tmp_path, "OOPS-P20", f"ex:A a owl:Class ; {texts} .") == expected


def test_kinds_of_terms_may_begin_differently_and_the_rarer_way_is_the_exception(tmp_path: Path) -> None:
    content = """
        ex:OilMill a owl:Class . ex:Shop a owl:Class . ex:union a owl:Class . ex:runBy a owl:ObjectProperty .
        ex:name a owl:DatatypeProperty . ex:year_built a owl:DatatypeProperty . ex:Q42 a owl:Class .
    """
    assert found(tmp_path, "OOPS-P22", content) == {"union", "year_built"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ex:A a owl:Class ; rdfs:subClassOf [ owl:onProperty ex:p ; owl:someValuesFrom ex:A ] .", {"A"}),
        ("ex:A a owl:Class ; rdfs:subClassOf [ owl:onProperty ex:p ; owl:someValuesFrom ex:B ] .", set()),
        ("ex:p a owl:ObjectProperty ; rdfs:domain [ owl:onProperty ex:p ; owl:someValuesFrom ex:B ] .", {"p"}),
        ("ex:p a owl:ObjectProperty ; rdfs:domain ex:A ; rdfs:range ex:A .", set()),
        ("ex:A a owl:Class ; rdfs:subClassOf ex:A .", set()),  # a circle
    ],
)
def test_what_is_used_in_its_own_definition(content: str, expected: set[str], tmp_path: Path) -> None:
    assert found(tmp_path, "OOPS-P24", content) == expected


@pytest.mark.parametrize("code", ["OOPS-P28", "OOPS-P29"])
def test_symmetric_and_transitive_properties_lead_within_one_class(code: str, tmp_path: Path) -> None:
    kinds = "a owl:ObjectProperty, owl:SymmetricProperty, owl:TransitiveProperty"
    content = f"""
        ex:p {kinds} ; rdfs:domain ex:A ; rdfs:range ex:B . ex:q {kinds} ; rdfs:domain ex:A ; rdfs:range ex:A .
        ex:r {kinds} ; rdfs:domain ex:A . ex:s {kinds} ; rdfs:domain ex:A ; rdfs:range ex:C .
        ex:A a owl:Class ; owl:equivalentClass ex:C .
    """
    assert found(tmp_path, code, content) == {"p"}


def test_labels_are_the_same_only_in_one_language_and_for_different_classes(tmp_path: Path) -> None:
    content = """
        ex:A a owl:Class ; rdfs:label "Commune"@fr . ex:B a owl:Class ; rdfs:label "Commune"@en .
        ex:C a owl:Class ; rdfs:label "Oil mill"@en . ex:D a owl:Class ; rdfs:label "oil-mill"@en .
        ex:C owl:equivalentClass ex:D .
    """
    assert found(tmp_path, "OOPS-P32", content) == set()


def test_only_terms_of_the_ontology_are_missed_in_it(tmp_path: Path) -> None:
    content = f"{HEADER} ex:A a owl:Class ; rdfs:subClassOf ex:Gone, <https://example.com/other#Unknown>, foaf:Person ."
    assert found(tmp_path, "OOPS-P34", content) == {"Gone"}
    # A module of it that was not read may declare them.
    more = content.replace("owl:Ontology .", "owl:Ontology ; owl:imports <https://example.org/terms/core> .")
    assert found(tmp_path, "OOPS-P34", more) == set()


def test_undeclared_properties_are_found_in_axioms_of_any_form(tmp_path: Path) -> None:
    content = f"""{HEADER} ex:a rdfs:domain ex:A . ex:p a owl:ObjectProperty ; owl:inverseOf ex:b .
        ex:A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:c ; owl:someValuesFrom ex:A ] .
        ex:q a rdf:Property . ex:r a owl:AnnotationProperty ; rdfs:subPropertyOf ex:q .
    """
    assert found(tmp_path, "OOPS-P35", content) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("<https://example.org/terms.owl>", 1),
        ("<https://example.org/terms.TTL#>", 1),
        ("<https://example.org/terms>", 0),
        ("<https://example.rdf.org/terms>", 0),
        ("<terms.ttl>", 0),  # it has no IRI of its own at all
    ],
)
def test_an_iri_that_ends_as_a_file_does(iri: str, expected: int, tmp_path: Path) -> None:
    assert len(found(tmp_path, "OOPS-P36", f"{iri} a owl:Ontology .")) == expected


@pytest.mark.parametrize("header", ["[] a owl:Ontology .", "<> a owl:Ontology .", "<terms#> a owl:Ontology ."])
def test_an_ontology_needs_an_iri_of_its_own(header: str, tmp_path: Path) -> None:
    assert found(tmp_path, "OOPS-P39", header)
    assert not found(tmp_path, "OOPS-P39", f"@base <https://example.org/> . {header}") or header.startswith("[]")


def test_terms_that_others_do_not_have(tmp_path: Path) -> None:
    content = f"""{HEADER} <https://example.org/terms> dct:licence <https://example.org/licence> ; dct:title "T"@en .
        foaf:Persona a owl:Class . ex:A a owl:Class ; rdfs:subClassOf foaf:Person, schema:Anything ; owl:sameas ex:B .
        ex:p a owl:ObjectProperty ; rdfs:range org:Organisation . rdf:_1 rdfs:comment "x" .
    """
    assert found(tmp_path, "OOPS-P40", content) == {"licence", "Persona", "sameas", "Organisation"}


@pytest.mark.parametrize(
    "licence", ["dct:license", "dct:rights", "schema:license", "<http://creativecommons.org/ns#license>"]
)
def test_a_licence_may_be_stated_in_several_ways(licence: str, tmp_path: Path) -> None:
    content = f"<https://example.org/terms> a owl:Ontology ; {licence} <https://example.org/licence> ."
    assert not found(tmp_path, "OOPS-P41", content)


def test_what_an_ontology_takes_from_others_is_not_its_own(tmp_path: Path) -> None:
    elsewhere = "<https://example.com/other#Other>"
    content = f"""{HEADER} <https://example.org/terms> vann:preferredNamespaceUri "https://example.org/terms#" .
        foaf:Person a owl:Class . {elsewhere} a owl:Class . ex:A a owl:Class .
    """
    assert found(tmp_path, "OOPS-P08", content) == {"A"}
    without = content.replace("vann:preferredNamespaceUri", "rdfs:comment")
    assert found(tmp_path, "OOPS-P08", without) == {"A", "Other"}
    defined = without + f"{elsewhere} rdfs:isDefinedBy <https://example.com/other> ."
    assert found(tmp_path, "OOPS-P08", defined) == {"A"}


def test_expressions_may_be_nested_deeply(tmp_path: Path) -> None:
    deep = "_:n0 owl:complementOf ex:A . " + "".join(f"_:n{n + 1} owl:complementOf _:n{n} . " for n in range(3000))
    content = f"{deep} ex:p a owl:ObjectProperty, owl:SymmetricProperty ; rdfs:domain _:n3000 ; rdfs:range ex:A ."
    assert found(tmp_path, "OOPS-P28", content) == {"p"}


def test_lists_and_expressions_that_run_in_circles_end(tmp_path: Path) -> None:
    content = """
        _:list rdf:first ex:A ; rdf:rest _:list . ex:A a owl:Class ; owl:equivalentClass [ owl:unionOf _:list ] .
        _:x a owl:Class ; owl:complementOf _:x . ex:p a owl:ObjectProperty ; rdfs:domain _:x, ex:A ; rdfs:range _:x .
    """
    assert found(tmp_path, "OOPS-P19", content) == {"p"}

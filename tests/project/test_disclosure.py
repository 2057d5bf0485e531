"""What is withheld: records of a kind, what is of its class under any IRI, and what belongs to these."""

import pyoxigraph as ox

from ssekg.project.disclosure import Withheld
from tests.graphs import BASE, canonical, iri, parsed

CLASSES = {
    ox.NamedNode("https://w3id.org/ssekg/ontology#Person"),
    ox.NamedNode("https://w3id.org/ssekg/ontology#Deputy"),
}


def shown(turtle: str, kinds: tuple[str, ...] = ("person",)) -> list[str]:
    triples = parsed(turtle)
    return canonical(Withheld(triples, BASE, kinds, CLASSES).shown(triples))


def test_records_of_the_kind_and_links_to_them_are_withheld() -> None:
    kept = '<event/e> sse:remark "kept" . <personality/p> sse:remark "kept" . <person> sse:remark "kept" .'
    told = '<person/p> sse:remark "x" . <event/e> sse:by <person/p>, <person/unknown> . <person/p#part> sse:value 1 .'
    assert shown(kept + told) == canonical(parsed(kept))


def test_what_is_of_the_class_is_withheld_under_any_iri() -> None:
    kept = '<event/e> sse:remark "kept" . <event/e#programme> sse:remark "kept" .'
    assert shown(
        kept
        + """
        <event/e#speaker> a sse:Deputy ; sse:remark "x" . <event/e> sse:by <event/e#speaker> .
        <https://people.example/jane> a sse:Person . <https://people.example/jane#id> sse:remark "x" .
        <event/e> sse:by <https://people.example/jane#id>, <https://people.example/jane> .
        """
    ) == canonical(parsed(kept))


def test_blank_nodes_that_belong_to_it_are_withheld_and_others_are_not() -> None:
    kept = '<event/e> sse:at [ sse:remark "kept" ; sse:part [ sse:remark "kept" ] ] .'
    assert shown(
        kept
        + """
        <person/p> sse:at [ sse:remark "x" ; sse:part [ sse:remark "x" ] ], _:shared . <event/e> sse:at _:shared .
        _:shared sse:remark "x" . [] a sse:Person ; sse:part [ sse:remark "x" ] . _:loop sse:next _:loop .
        <person/p> sse:next _:loop .
        """
    ) == canonical(parsed(kept))


def test_parts_that_lead_to_it_as_their_record_are_withheld_with_all_they_say() -> None:
    """A note on a name, which quotes another spelling of it, has no IRI of the one whom it is about."""
    kept = '[] sse:record <event/e> ; sse:alternativeValue "kept" .'
    triples = parsed(
        kept
        + """
        [] sse:record <person/p> ; sse:alternativeValue "x" ; sse:evidence [ sse:remark "x" ] .
        <event/e#office> sse:heldBy <person/p> ; sse:remark "x" . <event/g> sse:heldBy <person/p> ; sse:remark "kept" .
        """
    )
    held_by = ox.NamedNode("https://w3id.org/ssekg/ontology#heldBy")
    found = Withheld(triples, BASE, ["person"], CLASSES, [held_by]).shown(triples)
    assert canonical(found) == canonical(
        parsed('[] sse:record <event/e> ; sse:alternativeValue "kept" . <event/g> sse:remark "kept" .')
    )


def test_a_triple_term_that_names_it_is_withheld() -> None:
    note = ox.Triple(iri("event/e"), ox.NamedNode("x:by"), iri("person/p"))
    told = ox.Triple(iri("event/e#note"), ox.NamedNode("x:states"), note)
    withheld = Withheld([told], BASE, ["person"], CLASSES)
    assert withheld.shown([told]) == []
    assert withheld.iris == {BASE + "person/p"}


def test_without_kinds_everything_is_shown() -> None:
    turtle = '<person/p> sse:remark "x" . <event/e> sse:by <person/p> .'
    triples = parsed(turtle)
    assert Withheld(triples, BASE, (), ()).shown(triples) == triples

"""Blank nodes get the same labels whenever a file is read."""

import pyoxigraph as ox
import pytest

from ssekg.sources.rdf.labels import SteadyLabels


def named(turtle: str, mark: str = "") -> list[str]:
    written = bytes(ox.serialize(ox.parse(turtle, ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES) or b"")
    return SteadyLabels(turtle.encode(), mark).steady(written).decode().splitlines()


def test_nodes_without_a_label_are_counted_in_the_order_of_the_text() -> None:
    assert named('_:x <x:p> [] . [] <x:p> _:x, "_:y ." .') == [
        "_:x <x:p> _:b1 .",
        "_:b2 <x:p> _:x .",
        '_:b2 <x:p> "_:y ." .',
    ]


def test_a_mark_ends_each_label() -> None:
    assert named('_:x <x:p> [] . <x:_:x> <x:p> "_:x" .', "_2") == ["_:x_2 <x:p> _:b1_2 .", '<x:_:x> <x:p> "_:x" .']


@pytest.mark.parametrize("own", ["b1", "abcdef0123456789abcdef0123456789"])
def test_a_label_of_the_file_itself_stays_what_it_is(own: str) -> None:
    first, second = named(f"_:{own} <x:p> 1 . [] <x:p> _:{own} .")
    assert first.startswith(f"_:{own} ")
    assert second.endswith(f" _:{own} .")
    assert second.split()[0] != f"_:{own}"


def test_nodes_within_triples_that_are_terms_are_the_same_nodes() -> None:
    first, second = named('[] <x:p> <<( _:a <x:q> "<<( _:a \\" _:a" )>> . <x:s> <x:p> <<( [] <x:q> _:a )>> .', "_3")
    assert first == '_:b1_3 <x:p> <<( _:a_3 <x:q> "<<( _:a \\" _:a" )>> .'
    assert second == "<x:s> <x:p> <<( _:b2_3 <x:q> _:a_3 )>> ."

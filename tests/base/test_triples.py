"""Very many triples: what is made of them is what is made of a list."""

import pickle
from collections.abc import Iterator, Sequence

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base import triples as of_triples
from ssekg.base.packed import Packed
from ssekg.base.terms import Term
from ssekg.base.triples import (
    as_terms,
    by_predicate,
    by_subject,
    collected,
    distinct_objects,
    distinct_subjects,
    distinct_terms,
    divided,
    extended,
    grouped,
    in_groups,
    joined,
    members,
    none_near,
    those,
    unique,
    with_predicates,
    without_terms,
)

IRIS = st.sampled_from("abcde").map(lambda name: ox.NamedNode(f"https://a.example/{name}"))
NODES = IRIS | st.sampled_from("xy").map(ox.BlankNode)
LITERALS = st.builds(ox.Literal, st.sampled_from(["1", "01", "é", "نص"]), language=st.sampled_from(["ar", "fr"]))
NUMBERS = st.sampled_from(["1", "01"]).map(lambda text: ox.Literal(text, datatype=ox.NamedNode("https://a.example/n")))
PLAIN = st.builds(ox.Triple, NODES, IRIS, NODES | LITERALS | NUMBERS)
TRIPLES = st.lists(st.builds(ox.Triple, NODES, IRIS, NODES | LITERALS | NUMBERS | PLAIN), max_size=12)


@pytest.fixture(scope="module", autouse=True)
def few_are_many() -> Iterator[None]:
    """Three triples are packed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_triples, "MANY", 3)
        yield


def _subject(triple: ox.Triple) -> Term | None:
    return None if isinstance(triple.subject, ox.BlankNode) else triple.subject


@given(TRIPLES, TRIPLES, st.integers(-13, 13), st.integers(-13, 13))
def test_packed_triples_are_those_of_a_list(some: list[ox.Triple], others: list[ox.Triple], at: int, to: int) -> None:
    packed = Packed(some)
    assert list(packed) == some
    assert (len(packed), list(packed[at:to]), list(reversed(packed))) == (len(some), some[at:to], some[::-1])
    assert [packed[each] for each in range(-len(some), len(some))] == [*some, *some]
    assert [each in packed for each in others] == [each in some for each in others]
    assert list(unique(packed)) == list(dict.fromkeys(some))
    assert list(Packed(others, packed)) == others
    assert [*as_terms(packed)] == [*as_terms(some)] == [tuple(each) for each in some]
    more = none_near(packed)
    for each in others:
        more.append(each)
    assert list(joined(packed, more, others)) == [*some, *others, *others]
    assert list(pickle.loads(pickle.dumps(packed[:]))) == some  # noqa: S301 - our own


def _about_c(triple: ox.Triple) -> bool:
    return triple.subject == ox.NamedNode("https://a.example/c")


@given(TRIPLES, TRIPLES)
def test_some_of_packed_triples_are_those_of_a_list(some: list[ox.Triple], others: list[ox.Triple]) -> None:
    packed = Packed(some)
    unwanted = [term for triple in others[:2] for term in triple]
    for among in (others, frozenset(others), Packed(others), Packed(others, packed)):
        assert [[*each] for each in divided(packed, among)] == [[*each] for each in divided(some, others)]
    assert [*those(packed, _about_c)] == those(some, _about_c)
    wanted = {triple.predicate for triple in others[:2]}
    assert [*with_predicates(packed, wanted)] == with_predicates(some, wanted)
    assert all((triple in with_predicates(some, wanted)) is (triple.predicate in wanted) for triple in some)
    assert [*without_terms(packed, unwanted)] == without_terms(some, unwanted)
    assert [*in_groups(packed, lambda triple: str(triple.subject), str)] == sorted(
        dict.fromkeys(some), key=lambda triple: (str(triple.subject), str(triple))
    )
    assert [*in_groups(some, lambda triple: str(triple.subject), str)] == [
        *in_groups(packed, lambda triple: str(triple.subject), str)
    ]
    assert {*distinct_terms(packed)} == {*distinct_terms(some)} == {term for triple in some for term in triple}
    assert {*distinct_objects(packed)} == {*distinct_objects(some)} == {triple.object for triple in some}
    for triple in (*some, *others):
        subject = triple.subject
        is_there = any(subject == each.subject for each in some)
        assert (subject in distinct_subjects(packed)) is (subject in distinct_subjects(some)) is is_there
    grown = extended(extended([], some), others)
    assert ([*grown], isinstance(grown, Packed)) == ([*some, *others], len(some) >= 3 or len([*some, *others]) >= 3)


@given(TRIPLES)
def test_groups_are_those_of_a_list(some: list[ox.Triple]) -> None:
    for order in (None, str):
        plain, packed = grouped(some, _subject, order), grouped(Packed(some), _subject, order)
        assert {key: list(group) for key, group in packed.items()} == {**plain}
        assert (list(packed), len(packed)) == (list(plain), len(plain))
    for by in (by_subject, by_predicate):
        assert {key: list(group) for key, group in by(Packed(some)).items()} == {**by(some)}
        assert list(by(Packed(some))) == list(by(some))
    assert ox.NamedNode("https://a.example/none") not in grouped(Packed(some), _subject)


@given(TRIPLES)
def test_only_many_are_packed(some: list[ox.Triple]) -> None:
    made: list[Sequence[ox.Triple]] = [collected(iter(some)), joined(some, []), joined([], Packed(some))]
    assert [isinstance(each, Packed) for each in made] == [len(some) >= 3, False, True]
    assert all(list(each) == some for each in made)
    assert all(each in members(made[0]) for each in some)

"""Terms as bytes: whatever is put in comes out, and each has one number."""

import pickle
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base import hash_index, term_table
from ssekg.base.hash_index import HashIndex
from ssekg.base.term_table import TermTable
from ssekg.base.terms import Term

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
IRIS = st.sampled_from(["a", "é", "a#b", "@"]).map(lambda name: ox.NamedNode(f"urn:{name}"))
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(ox.Literal, TEXTS, language=st.sampled_from(["ar", "fr-MA"])),
    st.builds(
        ox.Literal,
        TEXTS,
        language=st.just("ar"),
        direction=st.sampled_from([ox.BaseDirection.LTR, ox.BaseDirection.RTL]),
    ),
    st.builds(ox.Literal, TEXTS, datatype=IRIS),
)
NODES = IRIS | st.sampled_from("xy").map(ox.BlankNode)
TERMS = st.recursive(NODES | LITERALS, lambda inner: st.builds(ox.Triple, NODES, IRIS, inner), max_leaves=3)


@pytest.fixture(scope="module", autouse=True)
def few_are_at_hand() -> Iterator[None]:
    """Two terms are at hand, and the hash table begins with two places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_table, "AT_HAND", 2)
        patch.setattr(hash_index, "_FEWEST_SLOTS", 2)
        yield


@given(st.lists(TERMS, max_size=12), st.lists(TERMS, max_size=4))
def test_each_term_has_one_number(terms: list[Term], others: list[Term]) -> None:
    table = TermTable()
    expected: dict[Term, int] = {}
    for term in terms:
        assert table.number(term) == expected.setdefault(term, len(expected))
    for known in (table, pickle.loads(pickle.dumps(table))):  # noqa: S301 - our own
        assert len(known) == len(expected)
        assert [known.known(term) for term in (*terms, *others)] == [expected.get(term) for term in (*terms, *others)]
        assert [*known.terms(range(len(expected)))] == [*expected]
        assert [*known.terms(reversed(range(len(expected))))] == [*reversed(expected)]


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.sampled_from([0, 2**32, -(2**32)]), max_size=30))
def test_numbers_are_found_by_their_hash(hashes: list[int]) -> None:
    made, added = HashIndex(hashes), HashIndex()
    assert [added.add(each) for each in hashes] == [*range(len(hashes))]
    for index in (made, added):
        assert len(index) == len(hashes)
        for number, each in enumerate(hashes):
            assert number in index.candidates(each)
        assert index.candidates(12345) == [at for at, each in enumerate(hashes) if each % 2**32 == 12345]

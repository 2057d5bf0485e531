"""Items that may be on the disk are the same, in the same order, for everybody who asks."""

import tracemalloc
from multiprocessing import get_context
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base import spool
from ssekg.base.spool import Spool

_TEXTS = st.none() | st.booleans() | st.integers() | st.text()
_ROWS = st.tuples(st.text(), st.dictionaries(st.integers(0, 9), st.lists(_TEXTS)))


@given(st.lists(_ROWS, max_size=12))
def test_items_are_the_same_as_often_as_one_asks(items: list[object]) -> None:
    with patch.object(spool, "_AT_ONCE", 3):
        kept = Spool(iter(items))
        assert len(kept) == len(items)
        assert [(one, other) for one, other in zip(kept, kept, strict=True)] == [(item, item) for item in items]
        assert all(item in kept for item in items)


def test_many_are_not_in_memory() -> None:
    tracemalloc.start()
    kept = Spool((str(number), "text" * 20 + str(number)) for number in range(60_000))
    assert sum(len(text) > 80 for _, text in kept) == 60_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6_000_000  # all of them take 15 million bytes


def test_a_process_that_was_forked_reads_beside_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_AT_ONCE", 2)
    kept = Spool(range(100))
    here = iter(kept)
    first = [next(here) for _ in range(30)]
    context = get_context("fork")
    received, sent = context.Pipe(duplex=False)
    other = context.Process(target=lambda: sent.send([*kept]))
    other.start()
    assert received.recv() == [*range(100)]
    other.join()
    assert [*first, *here] == [*range(100)]

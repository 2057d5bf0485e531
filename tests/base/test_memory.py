"""Work in a process of its own: what it returns comes back, what goes wrong is raised here, and its memory is gone."""

import multiprocessing
import os

import pytest

from ssekg.base.memory import apart


def test_what_is_returned_comes_back() -> None:
    here = os.getpid()
    there, words = apart(lambda: (os.getpid(), {"ar": "سوق"}))
    assert words == {"ar": "سوق"}
    assert (there != here) == ("fork" in multiprocessing.get_all_start_methods())


def test_what_goes_wrong_is_raised() -> None:
    def wrong() -> None:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        apart(wrong)


def test_what_can_not_be_sent_is_done_here() -> None:
    assert apart(lambda: (value for value in "ab")).__next__() == "a"


def test_a_process_that_is_killed_is_done_again_here() -> None:
    here = os.getpid()
    assert apart(lambda: here if os.getpid() == here else os._exit(9)) == here

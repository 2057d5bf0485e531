"""What is done in a process of its own gives the same as if it were done here."""

import os
import signal
import struct
from multiprocessing.connection import Connection

import pytest

from ssekg.base import memory
from ssekg.base.memory import apart, at_once


@pytest.fixture(autouse=True)
def _frugal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes may be forked, as in a command that is frugal."""
    monkeypatch.setattr(memory, "_HABITS", {"forks"})


def test_what_is_returned_comes_back() -> None:
    here = os.getpid()
    there, words = apart(lambda: (os.getpid(), {"ar": "سوق"}))
    assert (there != here, words) == (True, {"ar": "سوق"})


def test_what_goes_wrong_is_raised_here() -> None:
    def wrong() -> None:
        raise KeyError("market")

    with pytest.raises(KeyError, match="market"):
        apart(wrong)


def test_what_can_not_be_sent_is_done_here() -> None:
    assert apart(lambda: (value for value in "ab")).__next__() == "a"


def test_a_process_that_is_killed_is_done_again_here() -> None:
    here = os.getpid()
    assert apart(lambda: here if os.getpid() == here else os._exit(9)) == here


def test_several_works_are_done_by_as_many_processes() -> None:
    first, second = at_once([os.getpid, os.getpid])
    assert len({first, second, os.getpid()}) == 3


def test_nothing_is_forked_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_HABITS", set())
    assert apart(os.getpid) == os.getpid()


def test_a_process_that_is_killed_while_it_sends_is_done_again_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_: object, connection: Connection) -> None:
        os.write(connection.fileno(), struct.pack("!i", 1000) + b"the beginning")
        os._exit(9)

    monkeypatch.setattr(memory, "_send", half)
    assert apart(lambda: "here") == "here"


def test_only_the_process_that_waits_is_interrupted() -> None:
    here = os.getpid()

    def interrupted() -> int:
        """A terminal interrupts all processes, and each would say so."""
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGINT)
        return os.getpid()

    assert apart(interrupted) != here

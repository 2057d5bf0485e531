"""What a worker replies where something went wrong."""

from typing import Any

import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.serve.workers import worker
from ssekg.serve.workers.protocol import Message


@pytest.mark.parametrize(
    ("problem", "reply"),
    [
        (
            AskedWronglyError("no-such-limit", name="x", known="y", nearest=""),
            {"problem", "status", "words", "advice", "place"},
        ),
        (CannotRunError("unreadable-file", file="/srv/x", problem="gone"), {"bug"}),
    ],
)
def test_strangers_are_told_no_path_of_the_machine(
    problem: SsekgError, reply: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def task(*_: Any) -> Message:
        raise problem

    nothing: Any = None
    monkeypatch.setitem(worker._TASKS, "graphs", task)
    assert worker._answered(nothing, Message({"task": "graphs", "language": "en"})).head.keys() == reply

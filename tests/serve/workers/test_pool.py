"""Workers answer whole or not at all, and whatever becomes of one, the next request is answered."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES
from ssekg.serve.workers.pool import Lane, Pool, Reply
from ssekg.serve.workers.protocol import Message
from ssekg.serve.workers.refusals import UnavailableError
from tests.serve.workers.hostile import ANSWERED, ENDED, REFUSED

WISH: Final = {
    "task": "query",
    "language": "en",
    "table": "json",
    "graph": "nt",
    "default_graphs": [],
    "named_graphs": [],
    "rows": 100_000,
    "bytes": 1 << 20,
}
YES: Final = b'{"head":{},"boolean":true}'


class Workers:
    """A pool in a loop of its own."""

    def __init__(self, runner: asyncio.Runner, pool: Pool) -> None:
        """Take both."""
        self.runner = runner
        self.pool = pool

    def ask(self, query: str, **wish: object) -> Reply:
        """The reply to a query."""
        return self.runner.run(self.pool.ask("sparql", Message({**WISH, **wish}, query.encode())))

    def answers(self) -> bool:
        """Whether an easy question is answered."""
        return self.ask("ASK { ?s ?p ?o }").message.body == YES

    @property
    def pids(self) -> list[int]:
        """The processes of the workers."""
        return self.pool.processes["sparql"]


@pytest.fixture(scope="module")
def workers(other_release: Path) -> Iterator[Workers]:
    with asyncio.Runner() as runner:
        pool = Pool(other_release, {"sparql": Lane(0.5, memory=128, waiting=2)}, largest=1 << 20)
        runner.run(pool.open())
        yield Workers(runner, pool)
        runner.run(pool.close())


@pytest.mark.parametrize("query", ENDED.values(), ids=ENDED)
def test_what_takes_too_much_is_ended_and_the_next_is_answered(query: str, workers: Workers) -> None:
    with pytest.raises(UnavailableError) as caught:
        workers.ask(query)
    assert caught.value.code in {"query-timeout", "query-memory"}
    assert workers.answers()


@pytest.mark.parametrize(("query", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_says_why(query: str, code: str | None, workers: Workers) -> None:
    head = workers.ask(query).message.head
    assert head["problem"] == (code or "answer-too-large")
    assert head["status"] == 400
    assert (
        "words" not in head or len({workers.ask(query, language=each).message.head["words"] for each in LANGUAGES}) == 3
    )
    assert workers.answers()


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED)
def test_what_is_harmless_is_answered(query: str, workers: Workers) -> None:
    assert json.loads(workers.ask(query).message.body)["results"]["bindings"] == []


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_whatever_is_in_them(form: str, workers: Workers) -> None:
    tricky = r"""VALUES ?x { "\"},{\"" "a\nb\r\n,{" "<result>" UNDEF }"""
    assert "problem" not in workers.ask(f"SELECT ?x {{ {tricky} }}", rows=4, table=form).message.head
    assert workers.ask(f"SELECT ?x {{ {tricky} }}", rows=3, table=form).message.head["problem"]
    assert "problem" not in workers.ask(f"SELECT ?nothing {{ {tricky} }}", rows=4, table=form).message.head
    assert workers.ask(f"SELECT ?nothing {{ {tricky} }}", rows=3, table=form).message.head["problem"]


def test_a_worker_can_open_neither_file_nor_socket(workers: Workers) -> None:
    workers.answers()
    for pid in workers.pids:
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
        of = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
        assert of["Max open files"] == of["Max core file size"] == "0"
        assert of["Max address space"] != "unlimited"
        assert {str(Path(f"/proc/{pid}/fd/{stream}").readlink()) for stream in (0, 1, 2)} == {os.devnull}
    [zygote] = workers.pool.processes["zygote"]
    assert "Threads:\t1\n" in Path(f"/proc/{zygote}/status").read_text(encoding="ascii")


def test_whoever_is_killed_is_replaced(workers: Workers) -> None:
    for _ in range(2):
        assert workers.answers()
        for pid in workers.pids:
            os.kill(pid, signal.SIGKILL)
        assert workers.answers()
        os.kill(workers.pool.processes["zygote"][0], signal.SIGKILL)
        assert workers.answers()


def test_workers_killed_at_any_time_leave_others_alone(workers: Workers) -> None:
    async def kill() -> None:
        for _ in range(20):
            await asyncio.sleep(0.01)
            for pid in workers.pids[:1]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    async def ask() -> list[Any]:
        slow = Message(WISH, b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?o ?q ?r }")
        return await asyncio.gather(*(workers.pool.ask("sparql", slow) for _ in range(4)), return_exceptions=True)

    async def both() -> list[Any]:
        killing = asyncio.create_task(kill())
        found = [each for _ in range(10) for each in await ask()]
        await killing
        return found

    answers = {reply.message.body for reply in workers.runner.run(both()) if isinstance(reply, Reply)}
    assert len(answers) == 1
    assert workers.answers()


def test_who_would_wait_too_long_is_refused_at_once(workers: Workers) -> None:
    async def crowd() -> list[Any]:
        slow = Message(WISH, ENDED["product"].encode())
        return await asyncio.gather(*(workers.pool.ask("sparql", slow) for _ in range(6)), return_exceptions=True)

    codes = sorted(problem.code for problem in workers.runner.run(crowd()))
    assert codes == [*["busy"] * 2, *["query-timeout"] * 4]


def test_who_goes_away_leaves_nothing_running(workers: Workers) -> None:
    async def leave() -> list[int]:
        asking = asyncio.create_task(workers.pool.ask("sparql", Message(WISH, ENDED["product"].encode())))
        await asyncio.sleep(0.1)
        working = workers.pids[:1]
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        await asyncio.sleep(0.1)
        return working

    [pid] = workers.runner.run(leave())
    assert pid not in workers.pids
    assert not Path(f"/proc/{pid}").exists()
    assert workers.answers()


def test_a_folder_without_a_release_says_so(tmp_path: Path) -> None:
    async def opened() -> None:
        await Pool(tmp_path, {}).open()

    with pytest.raises(CannotRunError) as caught:
        asyncio.run(opened())
    assert caught.value.code == "no-workers"

"""Workers for all who ask: a lane of them for each kind of request, so that none can keep another waiting."""

import asyncio
import signal
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ssekg.base.errors import CannotRunError
from ssekg.serve.workers.nursery import Nursery, NurseryLostError, Worker
from ssekg.serve.workers.protocol import Message
from ssekg.serve.workers.refusals import UnavailableError

# How a worker ends that somebody else has ended.
_BY_OTHERS: Final = frozenset({-signal.SIGKILL, -signal.SIGTERM})
# In how many seconds there is a worker, even if the release has to be read again.
_PATIENCE: Final = 30
# What a reply has around the answer.
_HEAD: Final = 1 << 16


class WorkerBugError(Exception):
    """A worker has met a bug of ours; the text is its traceback."""


@dataclass(frozen=True, slots=True)
class Lane:
    """How a kind of requests is answered.

    Attributes:
        seconds: after which a worker is ended.
        size: how many workers there are.
        waiting: how many requests may wait for one.
        memory: how many MiB a worker may take over what it shares with the others.
        files: whether it may open files.
    """

    seconds: float
    size: int = 2
    waiting: int = 16
    memory: int = 512
    files: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker replied, and how many seconds it took."""

    message: Message
    seconds: float


class Pool:
    """The workers over a release. It makes them when they are needed, and again when they have ended."""

    def __init__(
        self, folder: Path, lanes: Mapping[str, Lane], *, whole: bool = False, largest: int = 16 << 20
    ) -> None:
        """Name the release; nothing is started yet. `largest` is how many bytes an answer may have."""
        self._folder = folder
        self._whole = whole
        self._largest = largest + _HEAD
        self._lanes = {name: _Workers(lane) for name, lane in lanes.items()}
        self._opening: asyncio.Task[Nursery] | None = None
        self._ending: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def open(self) -> None:
        """Read the release.

        Raises:
            CannotRunError: it can't be read.
        """
        await self._opened()

    async def ask(self, lane: str, request: Message) -> Reply:
        """What a worker of a lane replies to a request.

        Raises:
            UnavailableError: too many wait, or the worker took too long or too much memory.
        """
        workers = self._lanes[lane]
        if workers.free.locked() and workers.waiting >= workers.lane.waiting:
            raise UnavailableError("busy")
        workers.waiting += 1
        try:
            await workers.free.acquire()
        finally:
            workers.waiting -= 1
        try:
            return await self._asked(workers, request)
        finally:
            workers.free.release()

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        opening, self._opening = self._opening, None
        self._forget_idle()
        if opening is not None:
            with suppress(CannotRunError):
                await (await opening).close()

    @property
    def processes(self) -> dict[str, list[int]]:
        """The numbers of the processes: of the zygote, and of the workers of each lane, those at work first."""
        nursery = self._nursery
        zygote = {"zygote": [nursery.pid]} if nursery else {}
        return zygote | {
            name: [worker.pid for worker in (*workers.working, *workers.idle)] for name, workers in self._lanes.items()
        }

    async def _asked(self, workers: "_Workers", request: Message) -> Reply:
        """The reply of the next worker; if somebody else has ended this one, that of another."""
        lane = workers.lane
        request = Message({**request.head, "seconds": lane.seconds}, request.body)
        for _ in range(2):
            try:
                async with asyncio.timeout(_PATIENCE):
                    worker = await self._worker(workers)
            except TimeoutError:
                raise UnavailableError("busy") from None
            started = asyncio.get_running_loop().time()
            workers.working.append(worker)
            try:
                async with asyncio.timeout(lane.seconds):
                    reply = await worker.ask(request, self._largest)
            except TimeoutError:
                await self._end(worker)
                raise UnavailableError("query-timeout", lane.seconds, seconds=f"{lane.seconds:g}") from None
            except asyncio.CancelledError:
                self._in_background(self._end(worker))
                raise
            finally:
                workers.working.remove(worker)
            if reply is not None:
                if reply.head["last"]:
                    self._in_background(self._end(worker))
                else:
                    workers.idle.append(worker)
                if "bug" in reply.head:
                    raise WorkerBugError(reply.head["bug"])
                return Reply(reply, asyncio.get_running_loop().time() - started)
            status = await self._end(worker)
            if status == -signal.SIGXCPU:
                raise UnavailableError("query-timeout", lane.seconds, seconds=f"{lane.seconds:g}")
            if status not in _BY_OTHERS:
                break
        raise UnavailableError("query-memory", asyncio.get_running_loop().time() - started)

    async def _worker(self, workers: "_Workers") -> Worker:
        """A worker that waits, or a new one.

        Raises:
            UnavailableError: there are none at the moment.
        """
        while workers.idle:
            worker = workers.idle.pop()
            if not worker.reader.at_eof():
                return worker
            await self._end(worker)
        for _ in range(2):
            try:
                nursery = await self._opened()
            except CannotRunError:
                raise UnavailableError("busy") from None
            making = asyncio.ensure_future(nursery.worker(workers.lane.memory, files=workers.lane.files))
            try:
                return await asyncio.shield(making)
            except asyncio.CancelledError:
                self._in_background(_kept(making, workers))
                raise
            except NurseryLostError:
                await self._lost(nursery)
        raise UnavailableError("busy")

    async def _opened(self) -> Nursery:
        """The zygote; a new one if there is none.

        Raises:
            UnavailableError: there will be none any more.
            CannotRunError: the release can't be read.
        """
        if self._closed:
            raise UnavailableError("busy")
        if self._opening is None or (self._opening.done() and self._nursery is None):
            self._opening = asyncio.ensure_future(Nursery.open(self._folder, whole=self._whole))
        return await asyncio.shield(self._opening)  # who wanted it may go, and others still do

    @property
    def _nursery(self) -> Nursery | None:
        """The zygote, None as long as it has not read the release."""
        opening = self._opening
        is_open = opening is not None and opening.done() and not opening.cancelled() and not opening.exception()
        return opening.result() if opening is not None and is_open else None

    async def _lost(self, nursery: Nursery) -> None:
        """Forget a zygote that has ended, and the workers that ended with it."""
        if self._nursery is nursery:
            self._opening = None
            self._forget_idle()
            self._in_background(self._opened_again())
            await nursery.close()

    async def _opened_again(self) -> None:
        """Have a zygote before somebody asks."""
        with suppress(UnavailableError, CannotRunError):
            await self._opened()

    def _forget_idle(self) -> None:
        """Hang up on the workers that wait."""
        for workers in self._lanes.values():
            for worker in workers.idle:
                worker.writer.close()
            workers.idle.clear()

    async def _end(self, worker: Worker) -> int:
        """End a worker; returns how it ended: as if somebody had ended it, where nobody knows."""
        worker.writer.close()
        nursery = self._nursery
        if nursery is None:
            return -signal.SIGKILL
        try:
            return await nursery.end(worker)
        except NurseryLostError:
            await self._lost(nursery)
            return -signal.SIGKILL

    def _in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Workers:
    """The workers of a lane: those that wait for a request, those at work, and how many requests wait."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.free = asyncio.Semaphore(lane.size)
        self.waiting = 0
        self.idle: list[Worker] = []
        self.working: list[Worker] = []


async def _kept(making: "asyncio.Future[Worker]", workers: _Workers) -> None:
    """Keep a worker that was made for somebody who has gone."""
    workers.idle.append(await making)

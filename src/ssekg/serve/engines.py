"""What answers the questions that are asked of a release: its workers, and the answers that are kept."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES
from ssekg.base.said import Said
from ssekg.queries.library import Query, read_queries
from ssekg.serve.files import ReadyFile, ready_response
from ssekg.serve.kept_answers import KeptAnswers
from ssekg.serve.limits import Limits
from ssekg.serve.negotiation import best_language
from ssekg.serve.problems import ProblemError
from ssekg.serve.release import Release
from ssekg.serve.release_files import ServedFile
from ssekg.serve.workers.pool import Lane, Pool, Reply
from ssekg.serve.workers.protocol import Message
from ssekg.serve.workers.refusals import UnavailableError

QUESTIONS: Final = "questions"
SPARQL: Final = "sparql"
PAGES: Final = "pages"
# When to ask again: at once where others were first, later where the same would come of it.
_SOON: Final = "1"
_LATER: Final = "60"


@dataclass(frozen=True, eq=False)
class Engines:
    """The workers over a release, the questions that are ready to be asked, and the answers that are kept."""

    pool: Pool
    questions: Mapping[str, Query]
    kept: KeptAnswers
    named_graphs: list[str] = field(default_factory=list)


async def start_engines(release: Release, limits: Limits) -> None:
    """Let a release be asked until it is closed.

    Raises:
        CannotRunError: it can't be.
    """
    lanes = {
        QUESTIONS: Lane(limits.question_timeout, limits.workers, limits.waiting, limits.memory, files=True),
        SPARQL: Lane(limits.timeout, limits.workers, limits.waiting, limits.memory),
        PAGES: Lane(limits.question_timeout, limits.workers, limits.connections, limits.memory, files=True),
    }
    pool = Pool(release.content.folder, lanes, whole=release.whole, largest=limits.answer)
    release.closing.append(pool.close)
    await pool.open()
    questions = {each.name: each for each in await asyncio.to_thread(read_queries, release.project)}
    engines = Engines(pool, questions, KeptAnswers(limits.kept_answers))
    try:
        graphs = await pool.ask(SPARQL, Message({"task": "graphs"}))
    except UnavailableError as problem:
        raise CannotRunError("no-workers", problem=Said(f"problem-{problem.code}", problem.arguments)) from None
    engines.named_graphs.extend(graphs.message.body.decode().splitlines())
    release.engines = engines


async def made_once(
    request: Request, key: Hashable, make: Callable[[], ServedFile], own: Mapping[str, str]
) -> Response:
    """What takes long to make of a release without its workers: it is kept, and one is made at a time, whoever asks.

    `own` are the headers that go with it.
    """
    release, kept = request.scope["release"], engines_of(request).kept
    async with release.writing:
        found = kept.get(key)
        if found is None:
            found = ReadyFile(await asyncio.to_thread(make), own, shared=not release.whole)
            kept.keep(key, found)
    return await ready_response(found, request)


def query_head(
    table: str,
    graph: str,
    limits: Limits,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    language: str = "en",
) -> dict[str, Any]:
    """The head of a request for a query: the forms in which a table and a graph are wanted, and the dataset."""
    return {
        "task": "query",
        "language": language,
        "table": table,
        "graph": graph,
        "default_graphs": list(default_graphs),
        "named_graphs": list(named_graphs),
        "rows": limits.rows,
        "bytes": limits.answer,
    }


def engines_of(request: Request) -> Engines:
    """The engines of the release that a request is answered from.

    Raises:
        ProblemError: it has none.
    """
    engines: Engines | None = request.scope["release"].engines
    if engines is None:
        raise ProblemError("busy", 503, headers={"Retry-After": _SOON})
    return engines


def reader_of(request: Request) -> str:
    """The language of the words that a client is sent."""
    wanted = best_language(request.headers.get("accept-language"), LANGUAGES)
    return wanted or str(request.scope["release"].project.default_language)


async def asked_of(request: Request, lane: str, message: Message) -> Message:
    """What a worker answers for a client, who is waited for no longer than it waits.

    Raises:
        ProblemError: the client has to wait, or the worker has no answer.
        ClientDisconnect: the client is gone.
    """
    client = request.client.host if request.client else ""
    with request.scope["app"].clients.asking(client) as account:
        try:
            return await replied(request, lane, message)
        except ProblemError as problem:
            if problem.code != "busy":
                account.err()
            raise
        finally:
            account.spend(request.scope.get("engine_seconds", 0))


async def replied(request: Request, lane: str, message: Message) -> Message:
    """What a worker answers, whoever asks.

    Raises:
        ProblemError: it has no answer.
        ClientDisconnect: the client is gone.
    """
    try:
        reply = await _while_there(request.receive, engines_of(request).pool.ask(lane, message))
    except UnavailableError as problem:
        request.scope["engine_seconds"] = problem.seconds
        again = {"Retry-After": _SOON if problem.code == "busy" else _LATER}
        raise ProblemError(problem.code, problem.status, headers=again, **_words(problem.arguments)) from None
    request.scope["engine_seconds"] = reply.seconds
    head = reply.message.head
    if "problem" in head:
        raise ProblemError(
            head["problem"],
            head["status"],
            members=head.get("place"),
            title=head.get("words"),
            detail=head.get("advice"),
            **_words(head.get("arguments", {})),
        )
    return reply.message


def _words(arguments: Mapping[str, str]) -> dict[str, Any]:
    return dict(arguments)


async def _while_there(receive: Receive, asking: Coroutine[Any, Any, Reply]) -> Reply:
    """What is awaited, which is given up as soon as the client has gone."""
    work = asyncio.ensure_future(asking)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise ClientDisconnect
        return work.result()
    finally:
        work.cancel()
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

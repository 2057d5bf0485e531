"""A worker: it takes one request after the other, and answers each whole or says why not."""

import socket
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from ssekg.base.errors import AskedWronglyError, SsekgError
from ssekg.serve.workers.confinement import AddressSpace, allow_seconds
from ssekg.serve.workers.contents import Contents
from ssekg.serve.workers.free_queries import answer_query, name_graphs
from ssekg.serve.workers.pages import make_page
from ssekg.serve.workers.protocol import Message, packed, receive
from ssekg.serve.workers.questions import answer_question, describe_api
from ssekg.serve.workers.refusals import BAD_REQUEST, UNPROCESSABLE, RefusedError, UnavailableError

Task = Callable[[Contents, Message], Message]
_TASKS: Final[Mapping[str, Task]] = {
    "query": answer_query,
    "graphs": name_graphs,
    "question": answer_question,
    "openapi": describe_api,
    "page": make_page,
}
_MEBIBYTE: Final = 1 << 20
# Where a query is wrong, which an editor marks.
_PLACE: Final = ("line", "column")
_OF_THE_MACHINE: Final = frozenset({"file", "folder"})


def work(connection: socket.socket, contents: Contents, space: AddressSpace, memory: int) -> None:
    """Answer until nobody asks any more, or this process has grown by half of the MiB that it may grow by."""
    largest = space.size() + memory * _MEBIBYTE // 2
    with suppress(ConnectionError):
        while (request := receive(connection)) is not None:
            allow_seconds(request.head["seconds"])
            reply = _answered(contents, request)
            is_last = reply.head.get("problem") == "query-memory" or space.size() > largest
            connection.sendall(packed(Message({**reply.head, "last": is_last}, reply.body)))
            if is_last:
                return


def _answered(contents: Contents, request: Message) -> Message:
    """The answer, or why there is none: the code and arguments of a problem, or the words of one of the tool's."""
    try:
        return _TASKS[request.head["task"]](contents, request)
    except MemoryError:
        return _refused(UnavailableError("query-memory"))
    except RefusedError as problem:
        return _refused(problem)
    except SsekgError as problem:
        if _OF_THE_MACHINE & problem.arguments.keys():  # strangers need not know where its files are
            return Message({"bug": traceback.format_exc()})
        status = BAD_REQUEST if isinstance(problem, AskedWronglyError) else UNPROCESSABLE
        language = request.head["language"]
        words, advice = problem.message(language), problem.hint(language)
        place = {name: int(str(problem.arguments[name])) for name in _PLACE if name in problem.arguments}
        return Message({"problem": problem.code, "status": status, "words": words, "advice": advice, "place": place})
    except Exception:
        return Message({"bug": traceback.format_exc()})


def _refused(problem: RefusedError) -> Message:
    return Message({"problem": problem.code, "status": problem.status, "arguments": problem.arguments})

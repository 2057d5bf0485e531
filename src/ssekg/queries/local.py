"""Ask the graph in memory. With a timeout the work is done in a process that can be ended: the engine knows none.

Run as a module, this is that process: it reads the graph and the query from standard input and writes the outcome.
"""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.said import Arguments
from ssekg.graph.store import Graph
from ssekg.queries.results import Answer
from ssekg.queries.syntax import refuse_what_leaves_the_graph


def ask(graph: Graph, query: str, timeout: float | None = None) -> Answer:
    """Answer a SPARQL query over the whole graph; relative IRIs in it are resolved against the instance base.

    Args:
        graph: the graph.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE; triples come as rows of subject, predicate, object.
        timeout: seconds after which to give up, None to wait.

    Raises:
        AskedWronglyError: the query does not parse or leaves the graph.
        CannotRunError: the time is up, or the process that answers came to grief.
    """
    refuse_what_leaves_the_graph(query)
    if timeout is None:
        return _answer(graph.store, query, graph.base)
    triples: Any = ox.serialize([*graph.vocabulary, *graph.data], format=ox.RdfFormat.N_TRIPLES)
    outcome = _answered_elsewhere(pickle.dumps((triples, query, graph.base)), timeout)
    if isinstance(outcome, Answer):
        return outcome
    raise AskedWronglyError(outcome[0], **outcome[1])


def _answered_elsewhere(request: bytes, timeout: float) -> Any:
    """What the other process answers; its time runs from when it has read the graph."""
    command = [sys.executable, "-P", "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ourselves
        try:
            if process.stdin is not None and process.stdout is not None:
                with suppress(BrokenPipeError), process.stdin:
                    process.stdin.write(request)
                process.stdin = None
                os.read(process.stdout.fileno(), 1)  # past the buffer, which communicate() does not look into
            content, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            raise CannotRunError("query-timeout", seconds=f"{timeout:g}") from None
        finally:
            process.kill()
    if process.returncode:
        died = process.returncode
        why = signal.Signals(-died).name if died < 0 else str(died)
        raise CannotRunError("query-died", problem=why)
    return pickle.loads(content)  # noqa: S301 - our own process wrote it


def _serve() -> None:
    triples, query, base = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    store = ox.Store()
    store.bulk_load(triples, ox.RdfFormat.N_TRIPLES)
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
    outcome: Answer | tuple[str, Arguments]
    try:
        outcome = _answer(store, query, base)
    except AskedWronglyError as problem:
        outcome = (problem.code, problem.arguments)
    pickle.dump(outcome, sys.stdout.buffer)


def _answer(store: ox.Store, query: str, base: str) -> Answer:
    try:
        found: Any = store.query(query, base_iri=base)
    except (SyntaxError, ValueError) as problem:
        raise AskedWronglyError("query-syntax", problem=str(problem)) from None
    if isinstance(found, ox.QueryBoolean):
        return Answer(["answer"], [[ox.Literal(bool(found))]])
    if isinstance(found, ox.QueryTriples):
        return Answer(["subject", "predicate", "object"], [list(triple) for triple in found])
    return Answer([variable.value for variable in found.variables], [list(solution) for solution in found])


if __name__ == "__main__":
    _serve()

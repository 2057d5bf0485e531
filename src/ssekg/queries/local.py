"""Ask the graph in memory. With a timeout the work is done in a process that can be ended: the engine knows none."""

import multiprocessing
from multiprocessing.connection import Connection
from typing import Any

import pyoxigraph as ox

from ssekg.errors import AskedWronglyError, CannotRunError
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
        CannotRunError: the time is up.
    """
    refuse_what_leaves_the_graph(query)
    if timeout is None:
        return _answer(graph, query)
    if "fork" not in multiprocessing.get_all_start_methods():
        raise CannotRunError("no-timeout-here")
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    graph.store  # noqa: B018 - loaded once, before the process is split
    process = context.Process(target=_send, args=(sender, graph, query))
    process.start()
    sender.close()
    try:
        if not receiver.poll(timeout):
            raise CannotRunError("query-timeout", seconds=f"{timeout:g}")
        outcome = receiver.recv()
    finally:
        process.kill()
        process.join()
    if isinstance(outcome, Answer):
        return outcome
    raise AskedWronglyError(outcome[0], **outcome[1])


def _send(sender: Connection, graph: Graph, query: str) -> None:
    try:
        sender.send(_answer(graph, query))
    except AskedWronglyError as problem:
        sender.send((problem.code, problem.arguments))


def _answer(graph: Graph, query: str) -> Answer:
    try:
        found: Any = graph.store.query(query, base_iri=graph.base)
    except (SyntaxError, ValueError) as problem:
        raise AskedWronglyError("query-syntax", problem=str(problem)) from None
    if isinstance(found, ox.QueryBoolean):
        return Answer(["answer"], [[ox.Literal(bool(found))]])
    if isinstance(found, ox.QueryTriples):
        return Answer(["subject", "predicate", "object"], [list(triple) for triple in found])
    return Answer([variable.value for variable in found.variables], [list(solution) for solution in found])

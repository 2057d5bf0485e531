"""Ask the graph in memory. With a timeout the work is done in a process that can be ended: the engine knows none.

Run as a module, this is that process: it reads the graph and the query from standard input and writes the outcome.
"""

import os
import signal
import sys
from contextlib import suppress

import pyoxigraph as ox

from ssekg.base.ending import end_with_parent
from ssekg.base.errors import CannotRunError
from ssekg.graph.store import Graph
from ssekg.queries.datasets import store_asked
from ssekg.queries.mistakes import refuse_mistakes
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.results import Result, read_result


def ask(graph: Graph, query: str, timeout: float | None = None, limit: int | None = None) -> Result:
    """Answer a SPARQL query over the whole graph; relative IRIs in it are resolved against the instance base.

    It need not declare the prefixes of the graph. To `GRAPH` there are the named graphs of a release's N-Quads.

    Args:
        graph: the graph.
        query: SELECT, ASK, CONSTRUCT or DESCRIBE; triples come as rows of subject, predicate, object.
        timeout: seconds after which to give up, None to wait.
        limit: how many rows are wanted, None for all; the engine looks for no more than these.

    Raises:
        AskedWronglyError: the query does not parse or leaves the graph.
        CannotRunError: the time is up, or the process that answers came to grief.
    """
    refuse_mistakes(query, graph.prefixes.namespaces)
    query = with_prefixes(query, graph.prefixes.namespaces)
    store = store_asked(graph, query)
    if timeout is None:
        return read_result(store.query(query, base_iri=graph.base), limit)
    import pickle

    quads = store.dump(format=ox.RdfFormat.N_QUADS)
    return _answered_elsewhere(pickle.dumps((quads, query, graph.base, limit)), timeout)


def _answered_elsewhere(request: bytes, timeout: float) -> Result:
    """What the other process answers; its time runs from when it has read the graph."""
    import pickle
    import subprocess

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
    answer: Result = pickle.loads(content)  # noqa: S301 - our own process wrote it
    return answer


def _serve() -> None:
    import pickle

    end_with_parent()
    quads, query, base, limit = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    store = ox.Store()
    store.bulk_load(quads, ox.RdfFormat.N_QUADS)
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
    pickle.dump(read_result(store.query(query, base_iri=base), limit), sys.stdout.buffer)


if __name__ == "__main__":
    _serve()

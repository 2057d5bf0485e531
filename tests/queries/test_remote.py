"""A real SPARQL endpoint on the loopback: an HTTP server in front of an Oxigraph store."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.library import find_query
from ssekg.queries.local import ask
from ssekg.queries.remote import ask_endpoint
from tests.conftest import Cli


class Endpoint(BaseHTTPRequestHandler):
    """SPARQL 1.1 Protocol, queries by POST with URL-encoded parameters."""

    store: ClassVar[ox.Store]

    def do_POST(self) -> None:
        """Answer a query with SPARQL-JSON."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            found: Any = self.store.query(parse_qs(body)["query"][0])
            status, content = 200, bytes(found.serialize(format=ox.QueryResultsFormat.JSON))
        except SyntaxError as problem:
            status, content = 400, str(problem).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Keep the output of the tests readable."""


@pytest.fixture(scope="module")
def endpoint(graph: Graph) -> Iterator[str]:
    Endpoint.store = graph.store
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_same_answer_as_the_graph_here(endpoint: str, graph: Graph, project: Project) -> None:
    query = find_query(project, "structuring-projects").text
    assert ask_endpoint(endpoint, query, graph.base) == ask(graph, query)
    question = "ASK { <place/fes-meknes> ?p ?o }"
    assert ask_endpoint(endpoint, question, graph.base).rows == ask(graph, question).rows


def test_command(endpoint: str, cli: Cli) -> None:
    here = cli("query", "run", "structuring-projects", "--format", "csv")
    there = cli("query", "run", "structuring-projects", "--format", "csv", "--endpoint", endpoint)
    assert there.returncode == 0, there.stderr
    assert there.stdout == here.stdout


def test_problems(endpoint: str, graph: Graph) -> None:
    with pytest.raises(AskedWronglyError):
        ask_endpoint(endpoint, "SELECT nonsense", graph.base)
    with pytest.raises(AskedWronglyError, match="SERVICE"):
        ask_endpoint(endpoint, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", graph.base)
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint("http://127.0.0.1:1/sparql", "ASK {}", graph.base)
    assert caught.value.exit_code == 3

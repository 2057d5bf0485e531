"""A real SPARQL endpoint on the loopback: an HTTP server in front of an Oxigraph store."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.library import find_query
from ssekg.queries.local import ask
from ssekg.queries.remote import ask_endpoint
from ssekg.shacl.derivation import with_derived
from tests.conftest import Cli
from tests.graphs import BASE


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


class Odd(BaseHTTPRequestHandler):
    """What a query may meet at an address: by its path, a silent server, a slow one, an error, another answer."""

    def do_POST(self) -> None:
        """Answer as the path says."""
        self.rfile.read(int(self.headers["Content-Length"]))
        name = self.path.strip("/")
        if name == "silent":
            STOPPED.wait(20)
        elif name == "slow":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):  # nobody listens any longer
                while not STOPPED.wait(0.05):
                    self.wfile.write(b" ")
        elif name.isdecimal():
            self.send_error(int(name))
        else:
            content = b"<p>Welcome</p>" if name == "page" else b"?x\n<http://a.example/>\n"
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if name == "page" else "text/tab-separated-values")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Keep the output of the tests readable."""


STOPPED = threading.Event()


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    STOPPED.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def endpoint(graph: Graph, project: Project) -> Iterator[str]:
    """An endpoint over the graph with what is derived, as a release has it."""
    Endpoint.store = with_derived(project, graph)[0].store
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_same_answer_as_the_graph_here(endpoint: str, graph: Graph, project: Project) -> None:
    graph, _ = with_derived(project, graph)
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


@pytest.mark.parametrize("name", ["silent", "slow"])
def test_an_endpoint_that_takes_too_long_is_given_up(odd: str, name: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/{name}", "ASK {}", BASE, 0.25)
    assert caught.value.code == "query-timeout"
    assert "0.25 s" in caught.value.message("en")


@pytest.mark.parametrize(("status", "exit_code"), [(400, 2), (401, 3), (404, 3), (418, 3), (500, 3), (503, 3)])
def test_the_status_of_an_endpoint_is_told(odd: str, status: int, exit_code: int) -> None:
    with pytest.raises(SsekgError) as caught:
        ask_endpoint(f"{odd}/{status}", "ASK {}", BASE)
    assert caught.value.exit_code == exit_code
    assert "refuses the query" in caught.value.message("en") or f"status {status}." in caught.value.message("en")


def test_other_formats_of_results_are_read_and_pages_are_not(odd: str) -> None:
    answer = ask_endpoint(f"{odd}/tsv", "SELECT ?x { ?x ?y ?z }", BASE)
    assert (answer.variables, answer.rows) == (["x"], [[ox.NamedNode("http://a.example/")]])
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/page", "SELECT ?x { ?x ?y ?z }", BASE)
    assert "text/html" in caught.value.message("fr")


def test_only_questions_with_rows_are_sent(endpoint: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        ask_endpoint(endpoint, "DESCRIBE <place/fes>", BASE)
    assert caught.value.code == "endpoint-select-only"


def test_an_endpoint_is_asked_for_no_more_rows_than_are_wanted(endpoint: str, graph: Graph) -> None:
    pairs = "SELECT ?a ?c { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    assert len(ask_endpoint(endpoint, pairs, graph.base, limit=4).rows) == 4
    assert len(ask_endpoint(endpoint, pairs + " LIMIT 6", graph.base, limit=4).rows) == 4

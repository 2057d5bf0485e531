"""A real SPARQL endpoint on the loopback: an HTTP server in front of an Oxigraph store; and one with every fault."""

import re
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries import transport
from ssekg.queries.library import find_query
from ssekg.queries.local import ask
from ssekg.queries.remote import ask_endpoint, ask_for_triples
from ssekg.queries.transport import credentials
from tests.conftest import Cli
from tests.graphs import BASE
from tests.queries.faulty_endpoint import Faulty, served

WANTED = "SELECT ?x { ?x ?y ?z }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Endpoint(BaseHTTPRequestHandler):
    """SPARQL 1.1 Protocol, queries by GET, and by POST with URL-encoded parameters."""

    store: ClassVar[ox.Store]

    def do_GET(self) -> None:
        """Answer the query of the address."""
        self._answer(self.path.partition("?")[2])

    def do_POST(self) -> None:
        """Answer the query of the body."""
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, parameters: str) -> None:
        try:
            found: Any = self.store.query(parse_qs(parameters)["query"][0])
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
def odd() -> Iterator[str]:
    server = served(Faulty)
    yield f"http://127.0.0.1:{server.server_port}"
    Faulty.stopped.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def endpoint(whole: Graph) -> Iterator[str]:
    """An endpoint over the graph with what is derived, as a release has it."""
    Endpoint.store = whole.store
    server = served(Endpoint)
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_same_answer_as_the_graph_here(endpoint: str, whole: Graph, project: Project) -> None:
    query = find_query(project, "structuring-projects").text
    assert ask_endpoint(endpoint, query, whole.base) == ask(whole, query)
    question = "ASK { <place/fes-meknes> ?p ?o }"
    assert ask_endpoint(endpoint, question, whole.base).rows == ask(whole, question).rows


def test_command(endpoint: str, cli: Cli) -> None:
    for form in ("csv", "table", "json"):
        here = cli("query", "run", "structuring-projects", "--format", form)
        there = cli("query", "run", "structuring-projects", "--format", form, "--endpoint", endpoint)
        assert there.returncode == 0, there.stderr
        assert there.stdout == here.stdout


def test_prefixes_of_the_project_are_declared_for_the_endpoint(endpoint: str, cli: Cli) -> None:
    query = "SELECT (COUNT(?p) AS ?n) { ?p a sse:Programme }"
    done = cli("query", "run", "--sparql", query, "--format", "csv", "--endpoint", endpoint)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) > 0


def test_problems(endpoint: str, graph: Graph) -> None:
    with pytest.raises(AskedWronglyError):
        ask_endpoint(endpoint, "SELECT nonsense", graph.base)
    with pytest.raises(AskedWronglyError, match="SERVICE"):
        ask_endpoint(endpoint, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", graph.base)
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint("http://127.0.0.1:1/sparql", "ASK {}", graph.base)
    assert caught.value.exit_code == 3


def test_why_an_endpoint_can_not_be_reached_is_said_in_the_words_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(CannotRunError) as refused:
        ask_endpoint("http://127.0.0.1:1/sparql", "ASK {}", "http://a.example/")
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(CannotRunError) as lost:
        ask_endpoint("http://nowhere.example/sparql", "ASK {}", "http://a.example/")
    assert "rien ne répond" in refused.value.message("fr")
    assert "لا يوجد خادم" in lost.value.message("ar")
    for problem in (refused.value, lost.value):
        assert not re.search("refused|not known", problem.message("ar"), re.IGNORECASE)


@pytest.mark.parametrize(
    "address",
    [
        "localhost/sparql",
        "ftp://a.example/",
        "file:///etc/passwd",
        "http://",
        "http://me:secret@a.example/",
        "http://[a",
    ],
)
def test_what_is_no_address_of_an_endpoint(address: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        ask_endpoint(address, "ASK {}", BASE)
    assert caught.value.code == "endpoint-address"
    assert "secret" not in caught.value.message("en")


@pytest.mark.parametrize("name", ["silent", "slow", "endless-headers"])
def test_an_endpoint_that_takes_too_long_is_given_up(odd: str, name: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/{name}", "ASK {}", BASE, 0.25)
    assert caught.value.code == "query-timeout"
    assert "0.25 s" in caught.value.message("en")


@pytest.mark.parametrize(
    ("status", "code", "exit_code"),
    [
        (400, "endpoint-refuses", 2),
        (401, "endpoint-credentials", 3),
        (403, "endpoint-credentials", 3),
        (404, "endpoint-missing", 3),
        (418, "endpoint-fails", 3),
        (500, "endpoint-fails", 3),
    ],
)
def test_the_status_of_an_endpoint_is_told(odd: str, status: int, code: str, exit_code: int) -> None:
    with pytest.raises(SsekgError) as caught:
        ask_endpoint(f"{odd}/{status}", "ASK {}", BASE)
    assert (caught.value.code, caught.value.exit_code) == (code, exit_code)
    for language in ("ar", "fr", "en"):
        assert code == "endpoint-refuses" or str(status) in caught.value.message(language)
        assert "\x1b" not in caught.value.message(language)
        assert caught.value.hint(language)


def test_what_an_endpoint_says_is_passed_on_in_short(odd: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        ask_endpoint(f"{odd}/wordy", "ASK {}", BASE)
    message = caught.value.message("en")
    assert "It says: “Virtuoso 37000 Error SP030: no such function x" in message
    assert len(message) < 500


def test_a_busy_endpoint_is_asked_again_as_it_wishes(odd: str) -> None:
    assert ask_endpoint(f"{odd}/busy-a", WANTED, BASE).rows == [[ox.NamedNode("http://a.example/")]]
    assert [name for _, name, _ in Faulty.asked].count("busy-a") == 3


def test_nobody_waits_longer_than_allowed_for_a_busy_endpoint(odd: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/always-busy", WANTED, BASE, 60)
    assert caught.value.code == "endpoint-busy"
    assert [name for _, name, _ in Faulty.asked].count("always-busy") == 1


@pytest.mark.parametrize("name", ["json", "xml", "unnamed"])
def test_results_are_read_in_json_and_xml(odd: str, name: str) -> None:
    answer = ask_endpoint(f"{odd}/{name}", WANTED, BASE)
    assert (answer.variables, answer.rows) == (["x"], [[ox.NamedNode("http://a.example/")]])


@pytest.mark.parametrize(
    ("name", "words"), [("page", "text/html"), ("lying", "portal"), ("tsv", "text/tab"), ("empty", "JSON")]
)
def test_what_is_no_result_is_refused(odd: str, name: str, words: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/{name}", WANTED, BASE)
    assert caught.value.code == "endpoint-fails"
    for language in ("ar", "fr", "en"):
        assert words in caught.value.message(language)
        assert "\x1b" not in caught.value.message(language)


@pytest.mark.parametrize("name", ["yes", "other"])
def test_an_answer_to_another_query_is_never_passed_on(odd: str, name: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/{name}", WANTED, BASE)
    assert "answers another query" in caught.value.message("en")


def test_an_answer_without_end_fills_no_memory(odd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MOST_BYTES", 1_000_000)
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/endless", WANTED, BASE)
    assert caught.value.code == "endpoint-too-large"


def test_what_is_not_http(odd: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        ask_endpoint(f"{odd}/no-http", WANTED, BASE)
    assert "HTTP" in caught.value.message("en")


@pytest.mark.parametrize("name", ["cut-json", "cut-blanks", "cut-xml", "partial", "rows", "anytime"])
def test_a_part_of_an_answer_is_never_passed_on(odd: str, cli: Cli, name: str) -> None:
    done = cli("--lang", "en", "query", "run", "--sparql", WANTED, "--format", "csv", "--endpoint", f"{odd}/{name}")
    assert (done.returncode, done.stdout) == (3, "")
    assert "returned only a part of the answer" in done.stderr


@pytest.mark.parametrize(("name", "count"), [("triples", 1), ("turtle", 1), ("no-triples", 0)])
def test_triples_are_read(odd: str, name: str, count: int) -> None:
    found = ask_for_triples(f"{odd}/{name}", CONSTRUCT, 5, None)
    expected = ox.Triple(
        ox.NamedNode("http://a.example/"), ox.NamedNode("http://b.example/"), ox.Literal("é", language="fr")
    )
    assert found == [expected][:count]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cut-triples", "endpoint-cut"),
        ("partial-triples", "endpoint-cut"),
        ("few-triples", "endpoint-cut"),
        ("page", "endpoint-fails"),
        ("json", "endpoint-fails"),
        ("wordy", "endpoint-refuses"),
    ],
)
def test_what_are_not_all_triples_is_refused(odd: str, name: str, code: str) -> None:
    with pytest.raises(SsekgError) as caught:
        ask_for_triples(f"{odd}/{name}", CONSTRUCT, 5, None)
    assert caught.value.code == code


def test_credentials_come_from_the_environment(odd: str, cli: Cli) -> None:
    command = ("--lang", "en", "query", "run", "--sparql", WANTED, "--format", "csv", "--endpoint", f"{odd}/guarded")
    without = cli(*command)
    assert without.returncode == 3
    assert "SSEKG_ENDPOINT_USER" in without.stderr
    good, bad, token = "sécret", "wrong-secret", "letmein\n"
    wrong = cli(*command, SSEKG_ENDPOINT_USER="me", SSEKG_ENDPOINT_PASSWORD=bad)
    assert (wrong.returncode, bad in wrong.stderr) == (3, False)
    right = cli(*command, SSEKG_ENDPOINT_USER="me", SSEKG_ENDPOINT_PASSWORD=good)
    assert (right.returncode, right.stdout.split()) == (0, ["x", "http://a.example/"]), right.stderr
    assert cli(*command, SSEKG_ENDPOINT_TOKEN=token).returncode == 0


def test_credentials_are_not_passed_to_where_an_endpoint_refers(odd: str) -> None:
    with pytest.raises(CannotRunError):
        ask_endpoint(f"{odd}/moved", WANTED, BASE, known=credentials({"SSEKG_ENDPOINT_TOKEN": "letmein"}))
    assert Faulty.asked[-2:] == [("GET", "moved", "Bearer letmein"), ("GET", "guarded", None)]


def test_long_queries_are_sent_in_the_body(odd: str) -> None:
    ask_endpoint(f"{odd}/short", WANTED, BASE)
    ask_endpoint(f"{odd}/long", WANTED + " # " + "x" * 3_000, BASE)
    assert [each[:2] for each in Faulty.asked[-2:]] == [("GET", "short"), ("POST", "long")]


def test_only_questions_with_rows_are_sent(endpoint: str) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        ask_endpoint(endpoint, "DESCRIBE <place/fes>", BASE)
    assert caught.value.code == "endpoint-select-only"


def test_an_endpoint_is_asked_for_no_more_rows_than_are_wanted(endpoint: str, graph: Graph) -> None:
    pairs = "SELECT ?a ?c { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
    assert len(ask_endpoint(endpoint, pairs, graph.base, limit=4).rows) == 4
    assert len(ask_endpoint(endpoint, pairs + " LIMIT 6", graph.base, limit=4).rows) == 4

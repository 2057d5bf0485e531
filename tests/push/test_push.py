"""Releases pushed into a real Virtuoso: whole or not at all, whatever stops a push, and whatever the store answers."""

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.graph.canonical_hash import count_and_hash
from ssekg.publish.release import publish
from ssekg.push.pushing import Release, Staged, put_in_place, stage
from ssekg.push.store import Store
from ssekg.push.values import in_one_form
from ssekg.queries.remote import ask_endpoint
from ssekg.queries.transport import Credentials
from tests.conftest import Cli
from tests.publish.small import small
from tests.queries.virtuoso import Virtuoso, require_virtuoso, running_virtuoso
from tests.serve.server import serving

GRAPH: Final = "https://example.org/graph"
PLACES: Final = 50
REMARKS: Final = 120
KNOWN: Final = Credentials("dba", "dba")
USER: Final = {"SSEKG_ENDPOINT_USER": "dba", "SSEKG_ENDPOINT_PASSWORD": "dba"}


def released(folder: Path, version: str, places: int) -> Path:
    """A release of some thousand triples, of which no two versions are alike."""
    more = "".join(
        f'<place/p{number}> a sse:Province ; skos:prefLabel "Lieu {number}"@fr ; dct:source <source/hcp> ; sse:remark '
        + ", ".join(f'"{version}, remarque {remark}"@fr' for remark in range(REMARKS))
        + " .\n"
        for number in range(places)
    )
    publish(small(folder / version, version=version, more=more), folder / f"public-{version}")
    return folder / f"public-{version}"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """Two releases that follow each other."""
    folder = tmp_path_factory.mktemp("releases")
    return [released(folder, "1.0.0", PLACES), released(folder, "1.1.0", PLACES + 1)]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with running_virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture
def store(virtuoso: Virtuoso) -> Iterator[Store]:
    """The store, in which no test leaves anything."""
    address = f"{virtuoso.home}/sparql-auth"
    made = Store(address, address, known=KNOWN)
    yield made
    made.drop([GRAPH, f"{GRAPH}#pushes"])


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    """The address of another store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    running = subprocess.Popen(
        [program, "serve", "--location", tmp_path / "store", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL
    )
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait(20)


def expected(folder: Path) -> tuple[int, str]:
    """The count and hash that a store should have of a release."""
    triples = [triple for chunk in Release.read(folder, GRAPH).chunks for triple in chunk.triples]
    assert len(triples) > PLACES * REMARKS
    return count_and_hash(map(in_one_form, triples))


def held(store: Store) -> tuple[int, str]:
    """The count and hash of what a store has."""
    rows = ask_endpoint(store.queries, f"SELECT ?s ?p ?o {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}", "", known=KNOWN).rows
    triples = (ox.Triple(*row) for row in rows)  # type: ignore[arg-type]
    return count_and_hash(map(in_one_form, triples))


def left(store: Store) -> list[str]:
    """The graphs that pushes have left behind."""
    query = f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPH}#")) }}'
    return [str(row[0]) for row in ask_endpoint(store.queries, query, "", known=KNOWN).rows]


@pytest.mark.parametrize("way", ["updates", "graph store"])
def test_a_release_is_pushed_and_the_next_takes_its_place(
    cli: Cli, virtuoso: Virtuoso, store: Store, releases: Sequence[Path], way: str
) -> None:
    options = ["--graph-store", f"{virtuoso.home}/sparql-graph-crud-auth"] if way == "graph store" else []
    for number, (release, language) in enumerate(zip(releases, ("ar", "fr"), strict=True)):
        command = ("--lang", language, "push", store.updates, release, "--graph", GRAPH, *options)
        done = cli(*command, **USER)
        assert done.returncode == 0, done.stderr
        assert f"1.{number}.0" in done.stderr
        assert held(store) == expected(release)
        assert left(store) == []
    again = cli("--lang", "en", "push", store.updates, releases[1], "--graph", GRAPH, **USER)
    assert (again.returncode, "Nothing was written" in again.stderr) == (0, True), again.stderr


def test_another_store_and_in_another_way(cli: Cli, oxigraph: str, releases: Sequence[Path]) -> None:
    for release, options in zip(releases, ([], ["--graph-store", f"{oxigraph}/store"]), strict=True):
        command = ("push", f"{oxigraph}/update", release, "--query-endpoint", f"{oxigraph}/query", *options)
        done = cli("--lang", "en", *command)
        assert done.returncode == 0, done.stderr
        assert "another form" in done.stderr
        store = Store(f"{oxigraph}/update", f"{oxigraph}/query")
        assert store.count("https://example.org/id/") == expected(release)[0]


class Reader(threading.Thread):
    """Counts the triples of the graph again and again, as people who read it would see them."""

    def __init__(self, store: Store) -> None:
        """Read from a store."""
        super().__init__(daemon=True)
        self.store, self.ended, self.counts = store, threading.Event(), list[int]()

    def run(self) -> None:
        """Read until the end."""
        while not self.ended.is_set():
            self.counts.append(self.store.count(GRAPH))


def test_a_push_that_is_killed_shows_nothing_and_is_taken_up(cli: Cli, store: Store, releases: Sequence[Path]) -> None:
    first, second = releases
    assert cli("push", store.updates, first, "--graph", GRAPH, **USER).returncode == 0
    command = [str(Path(sys.executable).with_name("ssekg")), "push", store.updates, str(second), "--graph"]
    started = time.monotonic()
    subprocess.run([*command, f"{GRAPH}-2"], env=os.environ | USER, check=True)
    seconds = time.monotonic() - started
    store.drop([f"{GRAPH}-2"])
    reader = Reader(store)
    reader.start()
    moments = random.Random(4)  # noqa: S311 - moments to kill at
    for _ in range(5):
        pushing = subprocess.Popen([*command, GRAPH], env=os.environ | USER, stderr=subprocess.DEVNULL)
        try:
            pushing.wait(moments.uniform(0.3, 1) * seconds)
        except subprocess.TimeoutExpired:
            pushing.kill()
            pushing.wait()
    done = cli("push", store.updates, second, "--graph", GRAPH, **USER)
    reader.ended.set()
    reader.join(30)
    assert done.returncode == 0, done.stderr
    assert held(store) == expected(second)
    assert left(store) == []
    counts = [expected(each)[0] for each in releases]
    assert set(reader.counts) == set(counts)
    assert reader.counts[-1] == counts[1]


def test_two_pushes_that_come_to_the_last_step_leave_a_whole_graph(store: Store, tmp_path: Path) -> None:
    one, other = (Release.read(released(tmp_path, f"2.{more}.0", 2 + more), GRAPH) for more in range(2))

    def end(release: Release, staged: Staged, begun: threading.Barrier) -> None:
        begun.wait()
        with suppress(CannotRunError):  # a store may refuse one of two
            put_in_place(release, store, staged)

    for first, second in ((one, one), (one, other)):
        for are_at_once in (False, True):
            store.drop([GRAPH])
            staged = [(release, stage(release, store, lambda _: None)) for release in (first, second)]
            begun = threading.Barrier(1 + are_at_once)
            pushes = [threading.Thread(target=end, args=(*each, begun)) for each in staged]
            for push in pushes:
                push.start()
                push.join(None if not are_at_once else 0)
            for push in pushes:
                push.join()
            assert store.count(GRAPH) in ({first.count, second.count} if are_at_once else {second.count})


class Between(BaseHTTPRequestHandler):
    """What is between a client and a store, and does not always do what it should."""

    store: ClassVar[str]
    fault: ClassVar[str] = ""
    updates: ClassVar[int] = 0

    def do_GET(self) -> None:
        """Pass a question on."""
        self._pass(b"")

    def do_POST(self) -> None:
        """Pass an update on, or not."""
        self._pass(self.rfile.read(int(self.headers["Content-Length"])))

    def _pass(self, content: bytes) -> None:
        is_update = "update" in self.headers.get("Content-Type", "") and "Digest" in self.headers.get(
            "Authorization", ""
        )
        Between.updates += is_update
        if self.fault == "lies" and is_update and Between.updates == 3:
            self._answer(200, [], b"done")
            return
        if self.fault == "cuts" and is_update and Between.updates == 4:
            self.connection.close()
            return
        if self.fault == "keeps the old" and content.startswith(b"MOVE"):
            self._answer(200, [], b"done")
            return
        host, _, port = self.store.removeprefix("http://").partition(":")
        onward = HTTPConnection(host, int(port))
        onward.request(self.command, self.path, content, dict(self.headers))
        response = onward.getresponse()
        self._answer(response.status, response.getheaders(), response.read())

    def _answer(self, status: int, headers: Sequence[tuple[str, str]], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("lies", "does not have everything that was sent"),
        ("cuts", "continues where it stopped"),
        ("keeps the old", "instead of"),
    ],
)
def test_a_store_that_does_not_do_what_it_answers_is_found_out(
    cli: Cli, virtuoso: Virtuoso, store: Store, releases: Sequence[Path], fault: str, words: str
) -> None:
    first, second = releases
    assert cli("push", store.updates, first, "--graph", GRAPH, **USER).returncode == 0
    Between.store, Between.fault, Between.updates = virtuoso.home, fault, 0
    between = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    threading.Thread(target=between.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{between.server_port}/sparql-auth"
    done = cli("--lang", "en", "push", address, second, "--graph", GRAPH, **USER)
    assert (done.returncode, words in done.stderr) == (3, True), done.stderr
    assert "Traceback" not in done.stderr
    assert held(store) == expected(first)
    Between.fault = ""
    again = cli("--lang", "en", "push", address, second, "--graph", GRAPH, **USER)
    between.shutdown()
    between.server_close()
    assert again.returncode == 0, again.stderr
    assert ("An earlier push" in again.stderr) == (fault != "lies")
    assert held(store) == expected(second)
    assert left(store) == []


def test_a_store_that_has_no_room_ends_with_what_it_had(cli: Cli, releases: Sequence[Path], tmp_path: Path) -> None:
    require_virtuoso()
    first, second = releases
    running = Virtuoso(tmp_path)
    assert cli("push", f"{running.home}/sparql-auth", first, "--graph", GRAPH, **USER).returncode == 0
    running.leave_no_room()
    done = cli("--lang", "en", "push", f"{running.home}/sparql-auth", second, "--graph", GRAPH, **USER)
    running.stop()
    assert (done.returncode, "continues where it stopped" in done.stderr) == (3, True), done.stderr
    (tmp_path / "virtuoso.lck").unlink(missing_ok=True)  # it has died of it
    running = Virtuoso(tmp_path)
    address = f"{running.home}/sparql-auth"
    assert held(Store(address, address, known=KNOWN)) == expected(first)
    assert cli("push", address, second, "--graph", GRAPH, **USER).returncode == 0
    assert held(Store(address, address, known=KNOWN)) == expected(second)
    running.stop()


def test_who_may_not_write_is_told_and_nothing_changes(
    cli: Cli, virtuoso: Virtuoso, store: Store, releases: Sequence[Path], tmp_path: Path
) -> None:
    wrong = {"SSEKG_ENDPOINT_PASSWORD": "no"}
    refused = cli("push", store.updates, releases[0], "--graph", GRAPH, "--user", "dba", **wrong)
    assert (refused.returncode, "SSEKG_ENDPOINT_PASSWORD" in refused.stderr) == (3, True)
    anonymous = cli("push", f"{virtuoso.home}/sparql", releases[0], "--graph", GRAPH)
    assert (anonymous.returncode, "No permission" in anonymous.stderr) == (3, True)
    with serving(releases[0], tmp_path / "log") as server:
        served = cli("--lang", "en", "push", f"http://127.0.0.1:{server.port}/sparql", releases[0], "--graph", GRAPH)
    assert served.returncode == 3, served.stderr
    assert store.count(GRAPH) == 0


def test_what_is_asked_wrongly_or_damaged_is_refused(cli: Cli, store: Store, releases: Sequence[Path]) -> None:
    assert cli("push", "ftp://example.org/", releases[0]).returncode == 2
    assert cli("push", store.updates, releases[0], "--graph", "a graph", **USER).returncode == 2
    assert cli("push", store.updates, releases[0].parent, **USER).returncode == 3
    dump = releases[0] / "ssekg-without-persons.nt"
    content = dump.read_bytes()
    dump.write_bytes(content[:-100])
    damaged = cli("--lang", "en", "push", store.updates, releases[0], "--graph", GRAPH, **USER)
    dump.write_bytes(content)
    assert (damaged.returncode, dump.name in damaged.stderr) == (3, True), damaged.stderr
    assert store.count(GRAPH) == 0


def test_a_store_gives_back_every_character(virtuoso: Virtuoso) -> None:
    texts = [
        '"q"',
        "back\\slash \\u0041",
        "line\nbreak\r\t",
        "\x01\x0b\x7f\x85",
        "تعاونية é",
        "😀\u2028\ufeff",
        " lead ",
        "",
        "<&>'",
    ]
    node = ox.NamedNode("https://example.org/id/é?b=c&d'")
    triples = [ox.Triple(node, node, ox.Literal(text, language=tag)) for text in texts for tag in ("fr-MA", None)]
    graph_store = f"{virtuoso.home}/sparql-graph-crud-auth"
    known = Store(f"{virtuoso.home}/sparql-auth", f"{virtuoso.home}/sparql-auth", graph_store, KNOWN)
    known.add(f"{GRAPH}/odd", triples)
    found = known.about(f"{GRAPH}/odd", [node])
    known.drop([f"{GRAPH}/odd"])
    assert set(map(in_one_form, found)) == set(map(in_one_form, triples))


def test_values_are_compared_whatever_their_form() -> None:
    def triple(value: str, kind: str) -> ox.Triple:
        node = ox.NamedNode("http://example.org/")
        return ox.Triple(node, node, ox.Literal(value, datatype=ox.NamedNode(kind)))

    xsd, geo = "http://www.w3.org/2001/XMLSchema#", "http://www.opengis.net/ont/geosparql#wktLiteral"
    virtuoso = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
    alike = [
        (triple("1.50", f"{xsd}decimal"), triple("1.5", f"{xsd}decimal")),
        (triple("true", f"{xsd}boolean"), triple("1", f"{xsd}boolean")),
        (triple("POINT(-6.307 32.637)", geo), triple("POINT(-6.3070001602173 32.637001037598)", virtuoso)),
    ]
    assert all(in_one_form(one) == in_one_form(other) for one, other in alike)
    unlike = [
        (triple("1.50", f"{xsd}decimal"), triple("1.51", f"{xsd}decimal")),
        (triple("1", f"{xsd}integer"), triple("1", f"{xsd}string")),
        (triple("POINT(-6.307 32.637)", geo), triple("POINT(-6.307 32.647)", geo)),
    ]
    assert all(in_one_form(one) != in_one_form(other) for one, other in unlike)

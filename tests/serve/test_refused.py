"""What a server does not put up with, answered in a few words of the reader's language."""

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ssekg.publish.release import publish
from tests.conftest import Cli
from tests.publish.small import small
from tests.serve.server import Served, serving

QUICK = ("--limit", "headers-timeout=1", "--limit", "body-timeout=1", "--limit", "reading-timeout=1")


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    publish(small(folder / "project"), folder / "public")
    return folder / "public"


@pytest.fixture(scope="module")
def hasty(small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server without patience."""
    with serving(small_release, tmp_path_factory.mktemp("hasty") / "log", *QUICK) as server:
        yield server


def raw(server: Served, content: bytes, wait: float = 10) -> bytes:
    """What is answered to some bytes until the server closes, or says nothing for a while."""
    found = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as client:
        client.sendall(content)
        try:
            while part := client.recv(1 << 16):
                found += part
                if b"\r\n\r\n" in found and b"keep" not in found.lower():
                    client.settimeout(0.5)
        except (TimeoutError, ConnectionResetError):
            pass
    return found


def read_all(client: socket.socket) -> None:
    while client.recv(1 << 16):
        pass


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("x" * 9000, {}, 414, "address-too-long"),
        ("health?" + "x=1&" * 3000, {}, 414, "address-too-long"),
        ("health", {"X_Long": "x" * 40_000}, 431, "headers-too-large"),
        ("health", {"Content_Encoding": "identity, gzip"}, 415, "body-encoded"),
        ("health", {"Content_Length": "300000"}, 413, "body-too-large"),
        ("nothing", {}, 404, "not-found"),
    ],
)
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_problem_is_told_in_the_language_of_the_reader(
    hasty: Served, path: str, headers: dict[str, Any], status: int, code: str, language: str
) -> None:
    answer = hasty.ask(path, Accept_Language=language, **headers)
    problem = json.loads(answer.content)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    assert problem["type"] == f"https://w3id.org/ssekg/tool#{code}"
    assert (problem["status"], answer.headers["content-language"]) == (status, language)
    assert {"title", "detail"} <= problem.keys()
    assert "{" not in problem["title"] + problem["detail"]


def test_a_body_that_has_no_end(hasty: Served) -> None:
    head = b"POST /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b" 405 " in raw(hasty, head + b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
    head = head.replace(b"/health", b"/sparql").replace(b"Host", b"Content-Type: application/sparql-query\r\nHost")
    assert b" 413 " in raw(hasty, head + (b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 5)
    assert b" 408 " in raw(hasty, head + b"1\r\nA\r\n")
    assert b" 400 " in raw(hasty, head + b"fffffffffffffffff\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_methods_that_change_something(hasty: Served, method: str) -> None:
    answer = hasty.ask("void.ttl", method)
    assert answer.status == 405
    assert set(answer.headers["allow"].replace(",", "").split()) >= {"GET", "HEAD"}


@pytest.mark.parametrize(
    "path",
    [
        "../manifest.json",
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "id/../../../etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "\\..\\..\\etc\\passwd",
        "void.ttl%00.html",
        "void.ttl/",
        "%ff%fe",
        "id/place/%c3%28",
        "id/place/a%0D%0ALocation:%20x%0D%0ASet-Cookie:%20a=b",
        "id/place/<script>alert(1)</script>",
        ".link",
        "w3id/../void.ttl",
    ],
)
def test_no_address_leads_out_of_the_release(hasty: Served, path: str) -> None:
    answer = raw(hasty, f"GET /{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html\r\n\r\n".encode())
    head, _, content = answer.partition(b"\r\n\r\n")
    assert head.split()[1] in {b"404", b"400"}
    assert b"\r\nlocation" not in head.lower()
    assert b"set-cookie" not in head.lower()
    assert b"root:" not in content
    # The page has scripts of the site, and none that an address brings.
    assert b"<script" not in re.sub(rb'<script src="[./]*[\w-]+\.js" defer></script>', b"", content)


@pytest.mark.parametrize(
    "content",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"GET",
        b"",
    ],
)
def test_who_sends_slowly_is_hung_up_on(hasty: Served, content: bytes) -> None:
    started = time.monotonic()
    answer = raw(hasty, content)
    assert 0.5 < time.monotonic() - started < 5
    assert b" 200 " not in answer


def test_who_has_nothing_more_to_ask_is_hung_up_on(hasty: Served) -> None:
    started = time.monotonic()
    assert b" 200 " in raw(hasty, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert time.monotonic() - started < 5


def test_who_does_not_read_is_hung_up_on(hasty: Served) -> None:
    query = b"SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 20000"
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n"
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", hasty.port))
        client.sendall(head % len(query) + query)
        time.sleep(5)
        client.settimeout(5)
        with pytest.raises(ConnectionResetError):
            read_all(client)
    assert hasty.ask("health").status == 200


def test_connections_over_the_limit_are_answered_at_once(small_release: Path, tmp_path: Path) -> None:
    limits = ("--limit", "connections=3", "--limit", "headers-timeout=4")
    with serving(small_release, tmp_path / "log", *limits) as server, ExitStack() as stack:
        files = Path(f"/proc/{server.process.pid}/fd")
        open_before = len(list(files.iterdir()))
        idle = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10)) for _ in range(3)]
        started = time.monotonic()
        for language in ("ar", "fr"):
            answer = server.ask("void.ttl", Accept_Language=language)
            assert (answer.status, answer.media_type) == (503, "application/problem+json")
            assert json.loads(answer.content)["type"].endswith("#busy")
            assert answer.headers["content-language"] == language
            assert answer.headers["retry-after"] == "1"
        assert time.monotonic() - started < 3
        for each in idle:
            each.close()
        time.sleep(0.5)
        assert server.ask("void.ttl").status == 200
        assert len(list(files.iterdir())) < open_before + 5


def test_the_log_says_nothing_of_who_asked_and_what_for(hasty: Served) -> None:
    hasty.ask("id/place/secret-name?format=secret-form", Accept="text/turtle", User_Agent="secret-agent")
    time.sleep(1)
    log = hasty.log.read_text(encoding="utf-8")
    assert " GET /{path:path} 404 " in log
    assert "secret" not in log
    assert "127.0.0.1 " not in log.partition("\n")[2]


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--whole", "--host", "0.0.0.0"), 2, "0.0.0.0"),  # noqa: S104
        (("--limit", "boddy=1"), 2, "body"),
        (("--limit", "body=none"), 2, "none"),
        (("--limit", f"body=-{10**400}"), 2, "above 0"),
        (("--limit", f"rows={10**20}"), 2, "at most"),
        (("--timeout", "1e300"), 2, "at most"),
        (("--limit", "timeout=1e-6"), 3, "was ended after"),
        (("--timeout", "-1"), 2, "-1"),
        (("--proxy", "nginx"), 2, "nginx"),
        (("--host", "192.0.2.1"), 3, "192.0.2.1"),
        (("--host", "a" * 300), 3, "no server of this name"),
    ],
)
def test_asked_wrongly(cli: Cli, small_release: Path, options: tuple[str, ...], status: int, words: str) -> None:
    done = cli("serve", small_release, "--port", "0", *options)
    assert (done.returncode, words in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr


def test_no_release_and_a_port_in_use(cli: Cli, hasty: Served, small_release: Path, tmp_path: Path) -> None:
    assert cli("serve", tmp_path).returncode == 3
    done = cli("serve", small_release, "--port", str(hasty.port))
    assert (done.returncode, str(hasty.port) in done.stderr) == (3, True)


def test_the_whole_is_for_this_machine_alone(small_release: Path, tmp_path: Path) -> None:
    with serving(small_release, tmp_path / "log", "--whole") as server:
        assert server.ask("ssekg.ttl").content == (small_release / "ssekg.ttl").read_bytes()
        answer = server.ask("id/person/p1.ttl")
        assert b"X Y" in answer.content
        assert "access-control-allow-origin" not in answer.headers
        for host in ("evil.example", "evil.example:80", "192.0.2.1", "[2001:db8::1]", ""):
            assert server.ask("ssekg.ttl", Host=host).status == 421
        assert server.ask("ssekg.ttl", Host="[::1]:8000").status == 200
        assert server.ask("ssekg.ttl", X_Forwarded_For="127.0.0.1").status == 421

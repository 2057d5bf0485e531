"""The real server, on a port of its own of this machine."""

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# The options of a server that puts up with a client that gets many errors.
RELAXED: Final = ("--limit", "client-errors=100000", "--limit", "client-seconds=100000", "--timeout", "5")
BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@dataclass(frozen=True)
class Answer:
    """What a server answers, without following."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Served:
    """A server that runs, and what it has written."""

    port: int
    process: "subprocess.Popen[str]"
    log: Path

    def ask(self, path: str, method: str = "GET", content: bytes | None = None, **headers: str | None) -> Answer:
        """One request; the names of headers have `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        connection.request(method, f"/{path}", content, given)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, found, response.read())
        connection.close()
        return answer


SSEKG: Final = Path(sys.executable).with_name("ssekg")


@contextmanager
def serving(folder: Path, log: Path, *options: str, ssekg: Path = SSEKG) -> Iterator[Served]:
    """Serve a folder while the context lasts; the server must end by itself when it is asked to."""
    command = [str(ssekg), "--lang", "en", "serve", str(folder), "--port", "0"]
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen([*command, *options], stderr=written, text=True)
    try:
        yield Served(_port(process, log), process, log)
        process.terminate()
        assert process.wait(20) == 0, log.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()


def _port(process: "subprocess.Popen[str]", log: Path) -> int:
    """The port that the server says it listens on, once it does."""
    while True:
        said = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text(encoding="utf-8"))
        if said and _answers(int(said[1])):
            return int(said[1])
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(log.read_text(encoding="utf-8"))


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()

"""How many questions and pages a second `ssekg serve` answers, as ratios to other servers in the same run.

`python benchmarks/serve.py RELEASE` asks the same light canned questions of ssekg, of Virtuoso and of rdflib-endpoint
(where they are installed), in rounds that take turns, and prints medians. Requests a second belong to one machine.
"""

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pyoxigraph as ox  # noqa: E402
from tests.queries.virtuoso import PROGRAM, Virtuoso  # noqa: E402

from ssekg.queries.library import read_queries  # noqa: E402
from ssekg.queries.prologue import with_prefixes  # noqa: E402
from ssekg.queries.results import read_result  # noqa: E402
from ssekg.serve.workers.contents import Contents, read_contents  # noqa: E402

CLIENTS: Final = 8
SECONDS: Final = 3.0
ROUNDS: Final = 3
_LIGHT: Final = 0.005  # seconds that a light question takes the engine
_JSON: Final = {"Accept": "application/sparql-results+json"}
_FORM: Final = {**_JSON, "Content-Type": "application/x-www-form-urlencoded"}
_RDFLIB: Final = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


@contextmanager
def ssekg(release: Path) -> Iterator[str]:
    """The address of `ssekg serve` over a release, without limits by client."""
    limits = ("client-requests=1000", "client-seconds=1000000", "client-errors=1000000", "waiting=1000")
    options = [part for each in limits for part in ("--limit", each)]
    command = [str(Path(sys.executable).with_name("ssekg")), "-q", "serve", str(release), "--port", "8765", *options]
    with _running(command, "http://127.0.0.1:8765/") as address:
        yield address


@contextmanager
def rdflib_endpoint(file: Path) -> Iterator[str]:
    """The address of rdflib-endpoint over a file of N-Triples."""
    command = [sys.executable, "-c", _RDFLIB, str(file), "8766"]
    with _running(command, "http://127.0.0.1:8766/") as address:
        yield address


@contextmanager
def virtuoso(contents: Contents) -> Iterator[str]:
    """The address of Virtuoso over the same graph."""
    with tempfile.TemporaryDirectory() as folder:
        server = Virtuoso(Path(folder))
        server.load(contents.graph)
        try:
            yield server.address
        finally:
            server.stop()


def light_questions(contents: Contents) -> dict[str, str]:
    """The queries without needed parameters that take the engine little time, ready for any engine, by name."""
    found = {}
    for query in read_queries(contents.project):
        if any(each.required for each in query.parameters):
            continue
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
        text = with_prefixes(body, contents.graph.prefixes.namespaces)
        started = time.perf_counter()
        read_result(contents.graph.store.query(text))
        if time.perf_counter() - started < _LIGHT:
            found[query.name] = text
    return found


def throughput(address: str, asked: Sequence[str], method: str = "POST", seconds: float = SECONDS) -> float:
    """How many requests a second are answered to clients that send one form, or get one path, after the other."""
    place = urlsplit(address)
    counts = [0] * CLIENTS
    end = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        turn = number
        while time.perf_counter() < end:
            each = asked[turn % len(asked)]
            if method == "POST":
                connection.request("POST", place.path, each, _FORM)
            else:
                connection.request("GET", place.path + each, headers=_JSON)
            response = connection.getresponse()
            response.read()
            counts[number] += response.status == 200
            turn += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def main(release: Path) -> None:
    """Print the table."""
    contents = read_contents(release, whole=False)
    questions = light_questions(contents)
    asked = [urlencode({"query": text}) for text in questions.values()]
    print(f"{len(asked)} light questions, {CLIENTS} clients, {ROUNDS} rounds of {SECONDS:g} s in turn")
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        own = stack.enter_context(ssekg(release))
        cases: dict[str, Callable[[], float]] = {
            "live": lambda: throughput(f"{own}sparql", asked),
            "kept": lambda: throughput(own, [f"api/{name}.json" for name in questions], "GET"),
            "pages": lambda: throughput(own, ["en/index.html"], "GET"),
        }
        if subprocess.run(["which", PROGRAM], capture_output=True, check=False).returncode == 0:  # noqa: S607
            other = stack.enter_context(virtuoso(contents))
            cases["Virtuoso"] = lambda: throughput(other, asked)
        if find_spec("rdflib_endpoint"):
            file = Path(folder) / "graph.nt"
            contents.graph.store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            slow = stack.enter_context(rdflib_endpoint(file))
            cases["rdflib-endpoint"] = lambda: throughput(slow, asked)
        for warm_up in cases.values():
            warm_up()
        rounds = [{name: measure() for name, measure in cases.items()} for _ in range(ROUNDS)]
    for name in cases:
        print(f"{name:16} {statistics.median(each[name] for each in rounds):10.1f} a second")
    for name in ("live", "kept", "pages"):
        for reference in ("Virtuoso", "rdflib-endpoint"):
            if reference in cases:
                ratio = statistics.median(each[name] / max(each[reference], 0.01) for each in rounds)
                print(f"{name} / {reference:16} {ratio:8.1f}")


@contextmanager
def _running(command: Sequence[str], address: str) -> Iterator[str]:
    """A server while it runs, once it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(address):
            if process.poll() is not None:
                raise RuntimeError(re.sub(r"\s+", " ", " ".join(command))[:200])
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if sys.argv[1:] else ROOT / "public"))

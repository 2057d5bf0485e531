"""How many questions and pages a second `ssekg serve` answers, as ratios to other servers in the same run.

`python benchmarks/serve.py RELEASE` asks the same light canned questions of ssekg, of Virtuoso and of rdflib-endpoint,
by wrk, in rounds that take turns, and writes medians into docs/serving.md. Requests a second belong to one machine.
"""

import http.client
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pyoxigraph as ox  # noqa: E402
import rdflib  # noqa: E402
from benchmarks.docs_block import write_block  # noqa: E402
from tests.publish.apache import free_port  # noqa: E402
from tests.queries.virtuoso import Virtuoso  # noqa: E402

from ssekg.queries.library import read_queries  # noqa: E402
from ssekg.queries.prologue import with_prefixes  # noqa: E402
from ssekg.queries.results import read_result  # noqa: E402
from ssekg.serve.workers.contents import Contents, read_contents  # noqa: E402

CONNECTIONS: Final = 32
SECONDS: Final = 10
ROUNDS: Final = 3
HOSTILE: Final = 20
LIVE, KEPT, PAGES, PAGES_THEN = (
    "questions, each worked out",
    "questions, answers kept",
    "pages",
    "pages, hostile queries",
)
VIRTUOSO, RDFLIB = "Virtuoso, questions", "rdflib-endpoint, questions"
_RATE, _MEDIAN, _SLOW = "rate", "median", "slow"
# As good as none by client; and no light question takes two seconds.
NO_LIMITS: Final = (
    "client-requests=1000",
    "client-seconds=1000000",
    "client-errors=1000000",
    "waiting=1000",
    "timeout=2",
)
_LIGHT: Final = 0.005  # seconds that a light question takes the engine
_LIGHT_IN_RDFLIB: Final = 1.0
_PRODUCT: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) > STR(?i)) }"
_RDFLIB: Final = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""


@dataclass(frozen=True)
class Bound:
    """What is meant: a figure of a case is at least, or at most, so many times a figure of another one."""

    case: str
    reference: str
    wanted: float
    figure: str = _RATE
    against: str = _RATE

    @property
    def is_met_below(self) -> bool:
        """Whether less is better: milliseconds, not answers."""
        return self.figure != _RATE


BOUNDS: Final = (
    Bound(LIVE, VIRTUOSO, 1.5),
    Bound(LIVE, RDFLIB, 5),
    Bound(KEPT, VIRTUOSO, 30),
    Bound(KEPT, RDFLIB, 100),
    Bound(PAGES, RDFLIB, 300),
    Bound(PAGES, RDFLIB, 1, _SLOW, _MEDIAN),
    Bound(PAGES_THEN, PAGES, 20, _SLOW, _SLOW),
)


@contextmanager
def ssekg(release: Path, *limits: str) -> Iterator[str]:
    """The address of `ssekg serve` over a release, with some limits."""
    port = free_port()
    options = [part for each in limits for part in ("--limit", each)]
    command = [str(Path(sys.executable).with_name("ssekg")), "-q", "serve", str(release), "--port", str(port), *options]
    with _running(command, f"http://127.0.0.1:{port}/") as address:
        yield address


@contextmanager
def rdflib_endpoint(file: Path) -> Iterator[str]:
    """The address of rdflib-endpoint over a file of N-Triples."""
    port = free_port()
    command = [sys.executable, "-c", _RDFLIB, str(file), str(port)]
    with _running(command, f"http://127.0.0.1:{port}/") as address:
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


def light_questions(contents: Contents, file: Path) -> dict[str, str]:
    """The queries without needed parameters that take engines little time, ready for any of them, by name.

    Of those that Oxigraph answers in little time over the graph, those that rdflib answers over its `file` within a
    second: its server would answer none of the others under load, and be infinitely slower.
    """
    graph = rdflib.Graph().parse(file, format="nt")
    found = {}
    for query in read_queries(contents.project):
        if any(each.required for each in query.parameters):
            continue
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
        text = with_prefixes(body, contents.graph.prefixes.namespaces)
        started = time.perf_counter()
        read_result(contents.graph.store.query(text))
        if time.perf_counter() - started < _LIGHT and _ends(partial(_count, graph, text), _LIGHT_IN_RDFLIB):
            found[query.name] = text
    return found


def _count(graph: rdflib.Graph, text: str) -> int:
    return len(graph.query(text))


def _ends(work: Callable[[], object], seconds: float) -> bool:
    """Whether work ends well within some seconds; it is done in a process of its own, as nothing else stops rdflib."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == 0


@dataclass(frozen=True)
class Load:
    """What came of asking without pause: good answers a second, milliseconds of the median and of 99 %, failures."""

    rate: float
    median: float
    slow: float
    failed: int


def load(address: str, asked: Sequence[str], method: str = "POST") -> Load:
    """Send forms to an address, or get paths below it, one after the other over many connections."""
    place = urlsplit(address)
    lines = [
        f"{method}\t{place.path}\t{each}" if method == "POST" else f"{method}\t{place.path}{each}\t" for each in asked
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requests:
        requests.write("".join(f"{line}\n" for line in lines))
        requests.flush()
        options = [
            "-t2",
            f"-c{CONNECTIONS}",
            f"-d{SECONDS}s",
            "--timeout",
            "60s",
            "-s",
            str(ROOT / "benchmarks" / "requests.lua"),
        ]
        command = ["wrk", *options, f"{place.scheme}://{place.netloc}/", "--", requests.name]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"FIGURES (\S+) (\S+) (\S+) (\d+)", output)
    if found is None:
        raise RuntimeError(output)
    return Load(float(found[1]), float(found[2]), float(found[3]), int(found[4]))


@contextmanager
def hostile(address: str) -> Iterator[None]:
    """Queries that take for ever, so many at a time, as long as the context lasts."""
    place, ended = urlsplit(address), threading.Event()

    def ask() -> None:
        while not ended.is_set():
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
                connection.request("POST", place.path, _PRODUCT, {"Content-Type": "application/sparql-query"})
                connection.getresponse().read()
                connection.close()

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(HOSTILE)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        ended.set()
        for thread in threads:  # else what comes next would wait behind them
            thread.join()


def main(release: Path) -> None:
    """Measure, and write the tables into the page."""
    contents = read_contents(release, whole=False)
    before = os.getloadavg()[0]
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nt"
        contents.graph.store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        questions = light_questions(contents, file)
        asked = [urlencode({"query": text}) for text in questions.values()]
        own = stack.enter_context(ssekg(release, *NO_LIMITS))
        limited = stack.enter_context(ssekg(release))
        other = stack.enter_context(virtuoso(contents))
        slow = stack.enter_context(rdflib_endpoint(file))
        pages = [f"{tag}/index.html" for tag in contents.project.languages]

        def under_attack() -> Load:
            with hostile(f"{own}sparql"):
                return load(own, pages, "GET")

        def of(address: str) -> dict[str, Callable[[], Load]]:
            return {
                LIVE: lambda: load(f"{address}sparql", asked),
                KEPT: lambda: load(address, [f"api/{name}.json" for name in questions], "GET"),
                PAGES: lambda: load(address, pages, "GET"),
            }

        cases: dict[str, Callable[[], Load]] = {
            **of(own),
            VIRTUOSO: lambda: load(other, asked),
            RDFLIB: lambda: load(slow, asked),
            PAGES_THEN: under_attack,
        }
        for name in (LIVE, KEPT, PAGES, VIRTUOSO):  # to begin with, all is to be read and worked out once
            cases[name]()
        rounds = [{name: measure() for name, measure in cases.items()} for _ in range(ROUNDS)]
        with_limits = {name: measure() for name, measure in of(limited).items()}
    text = _tables(rounds, with_limits, len(asked), before)
    print(text)
    write_block("serving.md", "serve.py", text)


def _tables(rounds: Sequence[Mapping[str, Load]], with_limits: Mapping[str, Load], count: int, before: float) -> str:
    """The figures in Markdown."""

    def median(name: str, figure: str) -> float:
        return float(statistics.median(getattr(each[name], figure) for each in rounds))

    versions = f"Virtuoso 7, rdflib-endpoint {version('rdflib-endpoint')}, pyoxigraph {version('pyoxigraph')}"
    lines = [
        f"{count} light questions, {CONNECTIONS} connections, medians of {ROUNDS} rounds of {SECONDS} s in turn,",
        f"limits by client off, then once on; {versions};",
        f"load average before: {before:.1f} on {os.cpu_count()} processors.",
        "",
        "| | answers a second | median, ms | 99 %, ms | failed |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name in rounds[0]:
        failed = sum(each[name].failed for each in rounds)
        figures = [f"{median(name, figure):.1f}" for figure in (_RATE, _MEDIAN, _SLOW)]
        lines.append(f"| {name} | {' | '.join(figures)} | {failed} |")
    for name, measured in with_limits.items():
        figures = [f"{each:.1f}" for each in (measured.rate, measured.median, measured.slow)]
        lines.append(f"| {name}, limits on | {' | '.join(figures)} | {measured.failed} |")
    lines += [
        "",
        "With limits on, all connections are one client, which may ask two queries at once: what failed was refused",
        "with `429`. Pages and answers that are kept have no limits.",
        "",
        "| | times as much | meant |",
        "| --- | ---: | ---: |",
    ]
    words = {_RATE: "", _MEDIAN: ": median", _SLOW: ": 99 %"}
    for bound in BOUNDS:
        ratio = statistics.median(
            getattr(each[bound.case], bound.figure) / max(getattr(each[bound.reference], bound.against), 0.01)
            for each in rounds
        )
        case, reference = bound.case + words[bound.figure], bound.reference + words[bound.against]
        meant = f"{'at most' if bound.is_met_below else 'at least'} {bound.wanted:g}"
        lines.append(f"| {case} / {reference} | {ratio:.{1 if ratio >= 1 else 3}f} | {meant} |")
    return "\n".join(lines)


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
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # rdflib-endpoint first answers all that nobody waits for any longer
            process.kill()
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

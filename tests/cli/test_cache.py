"""A graph that was read is kept: the same answers, and a change of any file or of the tool is noticed."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.cache import Cache
from ssekg.base.digests import Digests
from ssekg.graph.kept import KeptGraph, keep, key_of
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import read_project
from tests.conftest import SECOND, Cli


def test_what_was_kept_is_what_was_read(any_root: Path, any_whole: Graph, tmp_path: Path) -> None:
    read = any_whole
    keep(read, tmp_path)
    kept = KeptGraph(read_project(any_root), tmp_path)
    assert [list(kept.vocabulary), list(kept.data), list(kept.derived)] == [
        read.vocabulary,
        read.data,
        list(read.derived),
    ]
    assert set(kept.store) == set(read.store)
    for thing in [*read.labels, ox.NamedNode("https://example.org/nothing")]:  # one by one, in the order of languages
        assert list(kept.labels.get(thing, {}).items()) == list(read.labels.get(thing, {}).items())
    assert len(kept.labels) == len(read.labels)
    assert kept.labels.get(ox.NamedNode("https://example.org/nothing/else")) is None
    assert (kept.labels, kept.names, kept.kinds, kept.terms) == (read.labels, read.names, read.kinds, read.terms)
    assert kept.finding_count == len(read.sources.findings)


def test_commands_say_the_same_the_second_time(cli: Cli, tmp_path: Path) -> None:
    name = min(path.stem for path in (SECOND / "queries").rglob("*.rq"))
    commands = [
        ("query", "list"),
        ("query", "show", name),
        ("query", "run", "--sparql", "SELECT ?c { ?c a owl:Class } ORDER BY ?c"),
        ("query", "run", "--sparql", "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"),
    ]
    for command in commands:
        folder = str(tmp_path / "cache")
        without = cli(*command, cwd=SECOND, SSEKG_CACHE="off")
        runs = [cli(*command, cwd=SECOND, SSEKG_CACHE=folder) for _ in range(2)]
        assert without.returncode == 0, without.stderr
        assert {(run.stdout, run.stderr) for run in runs} == {(without.stdout, without.stderr)}
    assert len([path for path in (tmp_path / "cache").glob("*.kept") if (path / "store").exists()]) == 1


def test_the_second_time_no_source_is_read(littoral: Path, cli: Cli, tmp_path: Path) -> None:
    """A graph with another content, put in the place of what was kept, is what the next command sees."""
    query = ("query", "run", "--format", "csv", "--sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    folder = tmp_path / "cache"
    first = cli(*query, cwd=littoral, SSEKG_CACHE=str(folder))
    assert int(first.stdout.split()[1]) > 100
    project = read_project(littoral)
    graph = build_graph(project)
    graph.data, graph.vocabulary = graph.data[:1], graph.vocabulary[:1]
    (entry,) = (path for path in folder.glob("*.kept") if (path / "store").exists())
    shutil.rmtree(entry)
    Cache(folder, lambda _code, _arguments: None).add(entry.stem, partial(keep, graph))
    assert cli(*query, cwd=littoral, SSEKG_CACHE=str(folder)).stdout.split()[1] == "2"


@pytest.mark.parametrize(
    "file", ["ssekg.toml", "ontology/littoral.ttl", "data/quais.csv", "shapes/quais.ttl", "data/new.ttl"]
)
def test_a_change_of_any_file_is_another_graph(littoral: Path, file: str, tmp_path: Path) -> None:
    before = key(littoral, tmp_path)
    path = littoral / file
    status = path.stat() if path.exists() else None
    path.write_text((path.read_text("utf-8") if status else "") + "\n", "utf-8")
    if status:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert key(littoral, tmp_path) != before


def key(folder: Path, cache: Path) -> str:
    """The key of a project, which remembers the digests of its files."""
    digests = Digests(cache / "known.digests")
    found = key_of(read_project(folder), digests)
    digests.remember()
    return found


def test_another_version_of_the_tool_reads_anew(
    littoral: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(littoral, tmp_path)
    shutil.copytree(littoral, littoral.with_name("moved"))
    assert key(littoral.with_name("moved"), tmp_path) == before
    monkeypatch.setattr("ssekg.graph.kept.__version__", "9.9.9")
    assert key(littoral, tmp_path) != before


def test_what_is_wrong_with_the_folder_is_said_to_who_asks(littoral: Path, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    query = ("query", "run", "--sparql", "ASK { ?s ?p ?o }", "--format", "csv")
    quiet = cli(*query, cwd=littoral, SSEKG_CACHE=str(tmp_path / "cache"))
    assert (quiet.returncode, quiet.stderr) == (0, "")
    for language in ("ar", "fr", "en"):
        asked = cli("--lang", language, "-v", *query, cwd=littoral, SSEKG_CACHE=str(tmp_path / "cache"))
        assert (asked.returncode, asked.stdout) == (0, quiet.stdout)
        assert asked.stderr.count(str(tmp_path / "cache")) == 1


def test_blank_nodes_are_the_same_in_the_store_and_in_the_lists(
    any_root: Path, any_whole: Graph, tmp_path: Path
) -> None:
    keep(any_whole, tmp_path)
    kept = KeptGraph(read_project(any_root), tmp_path)
    stored = {quad.subject for quad in kept.store if isinstance(quad.subject, ox.BlankNode)}
    listed = {triple.subject for triple in (*kept.vocabulary, *kept.data, *kept.derived)}
    assert stored <= listed


def test_an_entry_is_not_changed_by_reading_it_at_the_same_time(cli: Cli, tmp_path: Path) -> None:
    query = ("query", "run", "--format", "csv", "--sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    first = cli(*query, cwd=SECOND, SSEKG_CACHE=str(tmp_path / "cache"))
    files = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*") if path.is_file()}
    with ThreadPoolExecutor() as pool:
        runs = list(pool.map(lambda _: cli(*query, cwd=SECOND, SSEKG_CACHE=str(tmp_path / "cache")), range(4)))
    assert {(run.returncode, run.stdout) for run in runs} == {(0, first.stdout)}
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*") if path.is_file()} == files

"""Queries of a user: from a file, standard input or the command line, with what is told about their terms."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import ROOT, SECOND, Cli

# For each project: a query with what must come of it, one with an unknown term, and one with a withdrawn record.
OWN: Final = {
    ROOT: ("SELECT ?c { <place/fes-meknes> a ?c FILTER(?c = sse:Region) }", "sse:Region", "sse:ownr", "sse:owner"),
    SECOND: ("SELECT ?c { ?q a ?c FILTER(?c = lit:Quai) } LIMIT 1", "lit:Quai", "lit:montent", "lit:montant"),
}
WITHDRAWN: Final = (
    ("SELECT ?p { ?p sse:concerns ?x }", "sse:concerns", "sse:elementOfTheme"),
    ("SELECT ?p { ?p dct:spatial <concept/china> }", "concept/china", "place/china"),
)


def test_three_ways_to_give_a_query(any_root: Path, cli: Cli, tmp_path: Path) -> None:
    query, found, _, _ = OWN[any_root]
    (tmp_path / "mine.rq").write_text(query, "utf-8")
    from_file = cli("query", "run", tmp_path / "mine.rq", "--format", "json", cwd=any_root)
    assert (from_file.returncode, from_file.stderr) == (0, "")
    assert found.partition(":")[2] in from_file.stdout
    assert cli("query", "run", "--sparql", query, "--format", "json", cwd=any_root).stdout == from_file.stdout
    command = [str(Path(sys.executable).with_name("ssekg")), "query", "run", "-", "--format", "json"]
    piped = subprocess.run(command, input=query.encode(), capture_output=True, cwd=any_root, check=True)
    assert piped.stdout.decode() == from_file.stdout


@pytest.mark.parametrize("arguments", [(), ("x.rq", "--sparql", "ASK {}")])
def test_exactly_one_query_is_wanted(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli("--lang", "en", "query", "run", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Exactly one query" in done.stderr


def test_an_unknown_term_is_reported_and_the_query_run(any_root: Path, cli: Cli) -> None:
    _, _, wrong, meant = OWN[any_root]
    done = cli(
        "--lang", "en", "query", "run", "--format", "csv", "--sparql", f"SELECT ?o\n{{ ?s {wrong} ?o }}", cwd=any_root
    )
    assert (done.returncode, done.stdout.split()) == (0, ["o"])
    assert "--sparql:2:6: warning [query-unknown-term]" in done.stderr
    assert f"Did you mean {meant}" in done.stderr
    assert cli("-q", "query", "run", "--sparql", f"ASK {{ ?s {wrong} ?o }}", cwd=any_root).stderr == ""


@pytest.mark.parametrize(("query", "old", "new"), WITHDRAWN)
def test_what_is_no_longer_used_is_reported_with_what_replaces_it(cli: Cli, query: str, old: str, new: str) -> None:
    for language in ("ar", "fr", "en"):
        done = cli("--lang", language, "query", "run", "--sparql", query)
        assert done.returncode == 0
        assert "[query-replaced-term]" in done.stderr
        assert old in done.stderr
        assert new in done.stderr


def test_canned_queries_and_right_ones_have_nothing_to_report(any_root: Path, cli: Cli) -> None:
    done = cli("query", "run", "--sparql", OWN[any_root][0], "--format", "csv", cwd=any_root)
    assert done.stderr == ""


def test_a_value_with_the_graph_of_its_source_as_in_the_release(cli: Cli, release: Path) -> None:
    """docs/release.md shows this query for a store that has read the N-Quads."""
    import pyoxigraph as ox

    page = (ROOT / "docs" / "release.md").read_text("utf-8")
    query = page.partition("```\nPREFIX")[2].partition("```")[0]
    query = f"PREFIX{query}"
    done = cli("query", "run", "--sparql", query, "--format", "csv", "--ids")
    assert done.returncode == 0, done.stderr
    store = ox.Store()
    store.bulk_load(path=str(release / "ssekg.trig"))
    there = {tuple("" if term is None else term.value for term in row) for row in store.query(query)}  # type: ignore[union-attr]
    assert {tuple(row) for row in list(csv.reader(done.stdout.splitlines()))[1:]} == there
    timed = cli("query", "run", "--sparql", query, "--format", "csv", "--ids", "--timeout", "60")
    assert sorted(timed.stdout.splitlines()) == sorted(done.stdout.splitlines())


def test_other_graphs_see_the_rest(any_root: Path, cli: Cli) -> None:
    """What is derived has a graph of its own, and what no graph is asked for sees everything."""
    derived = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(STRENDS(STR(?g), 'graph/derived')) }"
    everything = "SELECT (COUNT(*) AS ?n) { ?s rdfs:subClassOf ?o }"
    for query in (derived, everything):
        done = cli("query", "run", "--sparql", query, "--format", "csv", cwd=any_root)
        assert done.stdout, done.stderr
        assert int(done.stdout.split()[1]) > 0

"""Blank nodes get the labels of RDFC-1.0, or are refused where telling them apart would take without end."""

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.errors import CannotRunError
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.changes.compare import compare
from tests.conftest import Cli
from tests.graphs import canonical, graph_of, parsed

NODES = [*(f"_:n{number}" for number in range(4)), "<a/b>"]
STATEMENTS = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(["sse:p", "sse:q"]), st.sampled_from([*NODES, "1", "2"])),
    max_size=14,
    unique=True,
)


def clique(size: int) -> str:
    """Nodes that are all linked to all others."""
    return "".join(f"_:n{one} sse:knows _:n{other} . " for one, other in permutations(range(size), 2))


def ring(size: int) -> str:
    return "".join(f"_:n{number} sse:next _:n{(number + 1) % size} . " for number in range(size))


def tree(children: int, depth: int, root: str) -> str:
    """A node with as many children, which have as many each, and so on."""
    if depth == 0:
        return ""
    names = [f"{root}_{number}" for number in range(children)]
    return "".join(f"{root} sse:has {name} . " + tree(children, depth - 1, name) for name in names)


@given(STATEMENTS)
def test_labels_are_those_of_the_standard(statements: list[tuple[str, str, str]]) -> None:
    triples = parsed("".join(f"{' '.join(statement)} . " for statement in statements))
    assert sorted(map(str, with_canonical_labels(triples))) == canonical(triples)


@pytest.mark.parametrize(
    "turtle",
    [
        clique(6),
        ring(100),
        tree(2, 4, "_:one") + tree(2, 4, "_:two"),
        "[] sse:of [] . " * 500,
        "<a/b> sse:of [] . " * 500,
        "[ sse:of " + ", ".join(["[]"] * 500) + " ] sse:n 1 .",
    ],
    ids=["linked to all", "ring", "two trees", "pairs", "alone", "parts of one"],
)
def test_nodes_that_are_alike_are_labelled_where_it_takes_no_time(turtle: str) -> None:
    triples = parsed(turtle)
    assert sorted(map(str, with_canonical_labels(triples))) == canonical(triples)


@pytest.mark.parametrize(
    "turtle",
    [
        clique(10),
        clique(40),
        ring(5000),
        tree(3, 6, "_:one") + tree(3, 6, "_:two"),
        "".join(f"_:hub{hub} sse:of _:n{hub}_{number} . " for hub in range(2) for number in range(12)),
        "<a/b> sse:of ( " + "1 " * 3000 + ") .",
    ],
    ids=["linked to all", "many linked to all", "ring", "two trees", "two with parts", "list"],
)
def test_nodes_too_alike_are_refused_at_once(turtle: str) -> None:
    triples = parsed(turtle)
    with pytest.raises(CannotRunError) as caught:
        with_canonical_labels(triples)
    assert caught.value.code == "blank-nodes-alike"
    for made in (lambda: canonical_hash(triples), lambda: compare(graph_of(turtle), graph_of(turtle))):
        with pytest.raises(CannotRunError):
            made()


def test_the_message_says_how_many_and_by_what_they_are_linked() -> None:
    with pytest.raises(CannotRunError) as caught:
        with_canonical_labels(parsed(clique(11) + "[] sse:n 1 ."))
    assert "11" in caught.value.message("en")
    assert "ontology#knows" in caught.value.message("ar")


def test_command(cli: Cli, tmp_path: Path) -> None:
    prefix = "@prefix sse: <https://example.org/terms#> . "
    for name in ("old.ttl", "new.ttl"):
        (tmp_path / name).write_text(prefix + clique(12), "utf-8")
    done = cli("diff", "old.ttl", "new.ttl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.splitlines()) == 2
    assert "12 blank nodes" in done.stderr

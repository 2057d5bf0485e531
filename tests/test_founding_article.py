"""The 86 statements of the founding article: each is asked of the published graph, and must depend on it.

tests/data/founding_article.csv holds one ASK a statement, a basic graph pattern, so that the same pattern as a
CONSTRUCT gives the triples that state it.
"""

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.project.settings import Project
from tests.namespaces import PREFIXES, SSE

TABLE = Path(__file__).parent / "data" / "founding_article.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    STATEMENTS = {row["id"]: row["ask"] for row in csv.DictReader(file)}
PARAGRAPHS = {"p1": 14, "p2": 16, "p3": 21, "p4": 28, "p5": 7}
HEADER = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture(scope="module")
def published(release: Path) -> ox.Store:
    """The graph as a researcher loads it: nothing but the published Turtle."""
    store = ox.Store()
    store.bulk_load(path=release / "ssekg.ttl", format=ox.RdfFormat.TURTLE)
    return store


def body(ask: str) -> str:
    """What stands between the braces of an ASK."""
    match = re.fullmatch(r"\s*ASK\s*(?:WHERE\s*)?\{(.*)\}\s*", ask, re.DOTALL)
    assert match, ask
    return match.group(1)


def stating(store: ox.Store, ask: str, base: str) -> list[ox.Triple]:
    """The triples that make the ASK true."""
    query = f"{HEADER}CONSTRUCT {{ {body(ask)} }} WHERE {{ {body(ask)} }}"
    return list(store.query(query, base_iri=base))  # type: ignore[arg-type]


def is_true(store: ox.Store, ask: str, base: str) -> bool:
    return bool(store.query(HEADER + ask, base_iri=base))


def test_every_statement_is_asked_once() -> None:
    counts = {paragraph: sum(name.startswith(f"{paragraph}-") for name in STATEMENTS) for paragraph in PARAGRAPHS}
    assert counts == PARAGRAPHS
    assert len({" ".join(ask.split()) for ask in STATEMENTS.values()}) == 86


@pytest.mark.parametrize("name", STATEMENTS)
def test_asks_are_plain_patterns_of_the_vocabulary(name: str) -> None:
    pattern = body(STATEMENTS[name])
    assert not re.search(
        r"\b(FILTER|OPTIONAL|UNION|VALUES|BIND|MINUS|SERVICE|GRAPH)\b|[{}*+|]|(?<!\^)\^(?!\^)", pattern
    )
    assert "prefLabel" not in pattern
    assert "label" not in pattern.lower()
    assert not re.search(r"p\d-\d\d", pattern)
    assert not re.search(r'"[^"]*[^\W\d_][^"]*"(?!\^\^)', pattern), "no text is searched"


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_is_in_the_graph_and_gone_with_its_triples(name: str, published: ox.Store, project: Project) -> None:
    ask = STATEMENTS[name]
    assert is_true(published, ask, project.base)
    quads = [ox.Quad(*triple) for triple in set(stating(published, ask, project.base))]
    try:
        for quad in quads:
            published.remove(quad)
        assert not is_true(published, ask, project.base)
    finally:
        published.extend(quads)
    assert is_true(published, ask, project.base)


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_needs_its_source_and_its_things(name: str, published: ox.Store, project: Project) -> None:
    """No pattern asks for less than a statement: it names an individual and a property of the vocabulary."""
    triples = stating(published, STATEMENTS[name], project.base)
    assert any(triple.predicate.value.startswith(SSE) or "org#" in triple.predicate.value for triple in triples) or any(
        triple.predicate.value.endswith(("subject", "is_about", "spatial", "source")) for triple in triples
    )
    assert re.search(r"<[a-z]+/[\w#/.-]+>", STATEMENTS[name])

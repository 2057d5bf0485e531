"""The whole is consistent with the real ORG, PROV, Data Cube, SKOS and FOAF, of which the ontology names some terms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.triples import unique
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.outcome import reason
from ssekg.graph.store import Graph
from ssekg.reports.wording import message
from tests.conftest import ROOT

NAMES: Final = ("foaf", "org", "prov", "qb", "skos")
ORGANISATION: Final = "http://www.w3.org/ns/org#Organization"


@pytest.fixture(scope="module")
def vocabulary() -> list[ox.Triple]:
    """What the vocabularies say of their terms."""
    files: list[Path] = []
    for name in NAMES:
        found = sorted((ROOT / ".vocabularies" / name).glob(f"*/{name}.nq"))
        if not found:
            pytest.fail("run `make test` once, which fetches the vocabularies")
        files += found
    return [quad.triple for path in files for quad in ox.parse(path=str(path))]


@pytest.fixture(scope="module")
def hermit() -> Iterator[Hermit]:
    """The reasoner, started once."""
    with Hermit() as started:
        yield started


def test_the_whole_is_consistent_with_them(graph: Graph, vocabulary: list[ox.Triple], hermit: Hermit) -> None:
    assert len(vocabulary) > 3000
    outcome = reason(Graph(graph.base, graph.data, unique([*graph.vocabulary, *vocabulary])), hermit)
    assert [message(finding, "en") for finding in outcome.findings] == []


def test_no_programme_is_an_organisation(graph: Graph, vocabulary: list[ox.Triple], hermit: Hermit) -> None:
    """That one is would be a contradiction, so none becomes one where all is consistent."""
    turtle = f"<programme/x> a <https://w3id.org/ssekg/ontology#Programme>, <{ORGANISATION}> ."
    data = [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=graph.base)]
    outcome = reason(Graph(graph.base, data, unique([*graph.vocabulary, *vocabulary])), hermit)
    assert [finding.code for finding in outcome.findings] == ["reason-contradiction"]

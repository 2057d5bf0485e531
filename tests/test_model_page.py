"""The queries by which the pages on the model show how to ask: they need the published Turtle alone."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.checks.run import CheckedGraph
from ssekg.graph.public import public_part
from ssekg.graph.store import Graph
from ssekg.guides.questions import model_questions
from tests.conftest import ROOT

PAGES: Final = ("model.md", "model.fr.md", "model.ar.md")


@pytest.fixture(scope="module")
def published(release: Path) -> Graph:
    """The graph of the release, without the ontology and its prefixes."""
    triples = [quad.triple for quad in ox.parse(path=release / "ssekg.ttl", format=ox.RdfFormat.TURTLE)]
    return Graph("https://w3id.org/ssekg/id/", triples, [])


def test_answers_are_those_of_the_published_graph(checked: CheckedGraph, whole: Graph, published: Graph) -> None:
    shown = model_questions(checked.project, public_part(whole, checked.project.privacy))
    alone = model_questions(checked.project, published)
    assert [answer.rows for answer in shown] == [answer.rows for answer in alone]
    assert len(shown) == 15
    assert all(len(answer.rows) > 1 for answer in shown)


@pytest.mark.parametrize("name", PAGES)
def test_pages_have_all_queries_with_their_answers(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    parts = page.split("```sparql\n")[1:]
    assert len(parts) == 15
    assert all(part.partition("```\n")[2].partition("###")[0].count("\n| ") > 2 for part in parts)

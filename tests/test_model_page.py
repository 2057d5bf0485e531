"""The pages on the model: their queries, asked of the published Turtle alone, have the answers printed below them."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from docs.answers import answered, queries_of

from tests.conftest import ROOT

PAGES: Final = ("model.md", "model.fr.md", "model.ar.md")


@pytest.fixture(scope="module")
def published(release: Path) -> list[ox.Triple]:
    """The graph of the release, without the ontology."""
    return [quad.triple for quad in ox.parse(path=release / "ssekg.ttl", format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("name", PAGES)
def test_answers_are_those_of_the_published_graph(name: str, published: list[ox.Triple]) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert answered(page, published) == page


def test_all_pages_ask_the_same_fifteen_queries_and_none_is_without_answer() -> None:
    pages = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in PAGES]
    asked = [queries_of(page) for page in pages]
    assert asked[0] == asked[1] == asked[2]
    assert len(asked[0]) == 15
    for page in pages:
        answers = [rest.split("<!-- end -->")[0] for rest in page.split("<!-- answer ")[1:]]
        assert all(answer.count("\n| ") > 2 for answer in answers)

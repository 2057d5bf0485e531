"""The questions of a researcher, asked of the published Turtle alone by the first query that comes to mind."""

import csv
import tomllib
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from tests.conftest import ROOT
from tests.published import rows_of, store_of

QUESTIONS: Final[list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "first_guesses.toml").read_text(encoding="utf-8")
)["question"]
ENOUGH: Final = 22


@pytest.fixture(scope="module")
def published(release: Path) -> ox.Store:
    """The graph of the release, without the ontology."""
    return store_of(release / "ssekg.ttl")


def worked_out(question: dict[str, Any]) -> list[tuple[str, ...]]:
    """The rows of the answer; of a question about all records of a kind, the table lists them."""
    if "table" not in question:
        return [tuple(row) for row in question["rows"]]
    table: str = question["table"]
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [(f"{table.removesuffix('s')}/{row['id']}",) for row in csv.DictReader(file)]


def is_right(question: dict[str, Any], store: ox.Store) -> bool:
    rows = worked_out(question)
    assert rows
    return sorted(rows_of(store, question["guess"])) == sorted(rows)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["number"]))
def test_the_first_guess_is_right_unless_we_say_why_not(question: dict[str, Any], published: ox.Store) -> None:
    assert is_right(question, published) == ("missed" not in question)


def test_hardly_any_guess_is_wrong() -> None:
    assert [question["number"] for question in QUESTIONS] == list(range(1, 26))
    assert sum("missed" not in question for question in QUESTIONS) >= ENOUGH

"""The page on the audit of the facts: its numbers are those of its table, and what it says to do can be done."""

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest

from ssekg.base.language import LANGUAGES
from ssekg.graph.store import Graph
from tests.conftest import ROOT

PAGES: Final = {
    language: (ROOT / "pages" / f"audit.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES
}
with (ROOT / "pages" / "audit.csv").open(encoding="utf-8", newline="") as _file:
    ROWS: Final = list(csv.DictReader(_file))
UNITS: Final = ("statement", "row")
UNDECIDED: Final = ("not-found", "not-readable")
# A difference that the graph marked itself, or that touches the source only.
MILD: Final = ("", "marked", "source")
CODE: Final = re.compile("```python\n(.*?)```", re.DOTALL)
RATE: Final = re.compile(r"(\d+) (?:of|sur|من) (\d+)\s?: ([\d.,]+)\s?% \((?:من )?([\d.,]+) (?:to|à|إلى) ([\d.,]+)\)")


def wilson() -> Callable[[int, int], tuple[float, float]]:
    """The function that the page gives."""
    given: dict[str, Callable[[int, int], tuple[float, float]]] = {}
    exec(CODE.findall(PAGES["en"])[1], given)  # noqa: S102 - it is ours
    return given["wilson"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counts_are_those_of_the_table(language: str) -> None:
    counts = {unit: Counter(row["verdict"] for row in ROWS if row["unit"] == unit) for unit in UNITS}
    told = dict(re.findall(r"\| `([a-z-]+)` \|([ \d|]+)\|\n", PAGES[language]))
    assert len(told) == 7
    for verdict, numbers in told.items():
        graph, second = (counts[unit][verdict] for unit in UNITS)
        assert [int(each) for each in numbers.split("|")] == [graph, second, graph + second], verdict
    assert {row["verdict"] for row in ROWS} <= set(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rates_follow_from_the_table(language: str) -> None:
    wrong = [
        lambda row: row["verdict"] == "contradicted",
        lambda row: row["difference"] not in MILD,
        lambda row: row["verdict"] == "different",
    ]
    of = [("statement",), ("row",), UNITS]
    judged = [[row for row in ROWS if row["unit"] in units and row["verdict"] not in UNDECIDED] for units in of]
    cases = [(sum(map(is_wrong, rows)), len(rows)) for is_wrong in wrong for rows in judged]
    expected = [(k, n, *(round(100 * each, 1) for each in (k / n, *wilson()(k, n)))) for k, n in cases]
    found = [
        (int(k), int(n), *(float(each.replace(",", ".")) for each in rest))
        for k, n, *rest in RATE.findall(PAGES[language])
    ]
    assert found == expected
    assert CODE.findall(PAGES[language]) == CODE.findall(PAGES["en"])


def test_what_was_judged_is_still_in_the_graph(whole: Graph) -> None:
    things = set(whole.things) | {each.value for each in whole.labels}
    assert [row["number"] for row in ROWS] == [str(number) for number in range(1, 91)]
    for row in ROWS:
        assert whole.base + row["record"] in things, row
        assert all(f"{whole.base}source/{each}" in things for each in row["sources"].split("|") if each), row


def test_the_draw_can_be_made_again() -> None:
    drawn = io.StringIO()
    with contextlib.redirect_stdout(drawn):
        exec(CODE.findall(PAGES["en"])[0], {})  # noqa: S102 - it is ours
    things = drawn.getvalue().split()
    assert len(things) == len(set(things)) == 60
    assert not any("commune-" in each for each in things if each.startswith("observation/"))

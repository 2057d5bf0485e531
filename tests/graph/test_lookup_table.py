"""Spellings that people type, each with the thing it means: tests/data/lookup.csv."""

import csv
from typing import Final

import pytest

from ssekg.base.errors import AskedWronglyError
from ssekg.graph.lookup import find, search
from ssekg.graph.members import members
from ssekg.graph.store import Graph
from tests.conftest import ROOT

TABLE: Final = ROOT / "tests" / "data" / "lookup.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    SPELLINGS: Final = [(row["spelling"], row["sort"], row["thing"]) for row in csv.DictReader(file)]


def among(graph: Graph, sort: str) -> frozenset[str] | None:
    if not sort:
        return None
    found = members(graph, sort)
    assert found
    return found


def test_no_spelling_is_taken_for_something_else_and_almost_all_are_found(whole: Graph) -> None:
    wrong, not_found = [], []
    for spelling, sort, thing in SPELLINGS:
        try:
            found = whole.shortened(find(whole, spelling, among(whole, sort)).thing.value)
        except AskedWronglyError:
            not_found.append(spelling)
        else:
            if found != thing:
                wrong.append((spelling, found))
    assert len(set(SPELLINGS)) == len(SPELLINGS) >= 150
    assert wrong == []
    assert len(not_found) <= 3, not_found


def test_a_search_has_what_is_meant_among_the_first(whole: Graph) -> None:
    missed = []
    for spelling, sort, thing in SPELLINGS:
        first = [whole.shortened(each.thing.value) for each in search(whole, spelling, among(whole, sort))[:5]]
        if thing not in first:
            missed.append((spelling, first))
    assert len(missed) <= 3, missed


# Names of the second project, which has other languages and nothing in common with this one.
LITTORAL: Final = [
    ("teeru Mbuur", "", "quay/mbour"),
    ("Mbuur", "", "quay/mbour"),
    ("quai mbour", "", "quay/mbour"),
    ("Mbour", "quay", "quay/mbour"),
    ("mbr 03", "", "quay/mbour"),
    ("guet-ndar", "lit:Quai", "quay/guet-ndar"),
    ("Guet N'dar", "", "quay/guet-ndar"),
    ("Get Ndaar", "", "quay/guet-ndar"),
    ("Elinkine", "lit:Quai", "quay/elinkine"),
    ("Zone de pêche Grande Côte", "", "zone/grande-cote"),
    ("grande cote", "zone", "zone/grande-cote"),
    ("tefes gu mag", "", "zone/grande-cote"),
    ("Casamance", "lit:Zone", "zone/basse-casamance"),
    ("kaasamas", "", "zone/basse-casamance"),
    ("yaaboy", "term/especes", "term/sardinelle"),
    ("sardinele", "term/especes", "term/sardinelle"),
    ("napp", "term/activites", "term/peche"),
]


@pytest.mark.parametrize("any_root", ["second"], indirect=True)
def test_names_of_another_project_are_found_in_its_languages(any_whole: Graph) -> None:
    found = [
        (spelling, sort, any_whole.shortened(find(any_whole, spelling, among(any_whole, sort)).thing.value))
        for spelling, sort, _ in LITTORAL
    ]
    assert found == LITTORAL

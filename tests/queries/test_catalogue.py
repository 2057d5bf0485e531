"""Queries are found by the words of their texts in any language, and listed by theme."""

from pathlib import Path

import pytest

from ssekg.project.settings import read_project
from ssekg.queries.catalogue import by_theme, queries_about
from ssekg.queries.library import parse_query, read_queries
from tests.conftest import ROOT, SECOND


@pytest.mark.parametrize(
    ("root", "words", "expected"),
    [
        (ROOT, "women", "womens-share"),
        (ROOT, "femmes", "programmes-for-a-target-group"),
        (ROOT, "النساء", "programmes-for-a-target-group"),
        (ROOT, "budgets region", "budgets-by-region"),
        (ROOT, "ميزانيات جهة", "budgets-by-region"),
        (ROOT, "cooperatives growth", "growth-of-cooperatives"),
        (ROOT, "نمو التعاونيات", "growth-of-cooperatives"),
        (ROOT, "المرأة", "womens-share"),
        (ROOT, "indicateur", "statistics-of-an-indicator"),
        (ROOT, "bugdets", "budgets-by-region"),
        (ROOT, "what-a-law-changes", "what-a-law-changes"),
        (SECOND, "jigéen", "part-des-femmes"),
        (SECOND, "espece", "captures-par-mois"),
    ],
)
def test_words_find_queries(root: Path, words: str, expected: str) -> None:
    assert expected in [query.name for query in queries_about(read_queries(read_project(root)), words)]


def test_all_words_must_be_there_and_titles_go_first() -> None:
    queries = [
        parse_query("first", "#+ title: {en: Wells}\n#+ question: {en: Which pumps have wells}\nASK {}"),
        parse_query("second", "#+ title: {en: Pumps of wells}\n#+ question: {en: Which}\nASK {}"),
        parse_query("third", "ASK {}"),
    ]
    assert [query.name for query in queries_about(queries, "pumps wells")] == ["second", "first"]
    assert queries_about(queries, "pumps roads") == []
    assert [query.name for query in queries_about(queries, "third")] == ["third"]
    assert queries_about(queries, "?") == []


def test_a_theme_is_written_in_one_way_and_every_query_has_one() -> None:
    for root in (ROOT, SECOND):
        queries = read_queries(read_project(root))
        languages = {tag for query in queries for tag in query.theme}
        themes = [by_theme(queries, language) for language in sorted(languages)]
        assert all("" not in each for each in themes)
        grouped = [{frozenset(query.name for query in group) for group in each.values()} for each in themes]
        assert all(each == grouped[0] for each in grouped)
        assert 1 < len(grouped[0]) < len(queries)

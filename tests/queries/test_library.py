"""Canned queries are read from their files, and a broken header is said, with the name of the query."""

from pathlib import Path
from typing import Final

import pytest

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.project.settings import Project, read_project
from ssekg.queries.library import find_query, parse_query, read_queries, read_query

WHOLE: Final = """\
#+ title: {ar: "برامج جهة", fr: "Programmes d’une région", en: "Programmes of a region"}
#+ question: {ar: "ما هي؟", fr: "Lesquels ?", en: "Which?"}
#+ summary: "One line"
#+ tags: [programmes, 2023]
#+ params:
#+   - name: region
#+     type: place
#+     required: true
#+     label: {ar: الجهة, fr: région, en: region}
#+   - name: from
#+     type: year
#+ defaults:
#+   - from: 2015

PREFIX sse: <https://w3id.org/ssekg/ontology#>
# an ordinary comment
SELECT ?programme WHERE { ?programme sse:region ?_region_iri }
"""


def test_a_header_is_read() -> None:
    query = parse_query("programmes", WHOLE)
    assert query.name == "programmes"
    assert query.text == WHOLE
    assert query.titles == {"ar": "برامج جهة", "fr": "Programmes d’une région", "en": "Programmes of a region"}
    assert query.questions["en"] == "Which?"
    assert query.tags == ["programmes", "2023"]
    region, year = query.parameters
    assert (region.name, region.type, region.required, region.default) == ("region", "place", True, None)
    assert region.labels == {"ar": "الجهة", "fr": "région", "en": "region"}
    assert (year.name, year.type, year.required, year.default) == ("from", "year", False, "2015")
    assert year.labels == {}


def test_a_query_needs_no_header() -> None:
    query = parse_query("mine", "# a comment\nSELECT * { ?s ?p ?o }")
    assert (query.titles, query.questions, query.tags, query.parameters) == ({}, {}, [], [])


def test_indentation_of_the_header_is_kept_whatever_the_line_ends() -> None:
    assert parse_query("x", WHOLE.replace("\n", "\r\n")).parameters == parse_query("x", WHOLE).parameters


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("#+ title: {ar: x", ""),
        ("#+ title: {d_e: Titel}", "d_e"),
        ("#+ title: Titre", ""),
        ("#+ - a list", ""),
        ("#+ params:\n#+   - name: region", "type"),
        ("#+ params:\n#+   - type: place", "name"),
        ("#+ params: region", ""),
        ("#+ params:\n#+   - name: x\n#+     type: place\n#+     label: {e_s: región}", "e_s"),
        ("#+ defaults: [2015]", ""),
        ("#+\ttitle: x", ""),
    ],
)
def test_a_broken_header_is_said(header: str, words: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        parse_query("broken-one", f"{header}\nSELECT * {{ }}")
    assert caught.value.code == "broken-query-header"
    assert "broken-one" in caught.value.message("en")
    assert words in str(caught.value.arguments["problem"])


def test_a_file_is_named_after_itself_and_may_have_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "my-query.rq"
    path.write_text("\ufeff" + WHOLE, encoding="utf-8")
    query = read_query(path)
    assert query.name == "my-query"
    assert query.titles["fr"] == "Programmes d’une région"


@pytest.mark.parametrize("content", [None, b"SELECT ('\xe9' AS ?x) {}"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.rq"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotRunError) as caught:
        read_query(path)
    assert caught.value.code == ("unreadable-file" if content is None else "query-not-utf8")
    assert str(path) in caught.value.message("en")


@pytest.fixture
def small(tmp_path: Path, project: Project) -> Project:
    """A project with two queries."""
    (tmp_path / "ssekg.toml").write_bytes((project.root / "ssekg.toml").read_bytes())
    (tmp_path / "queries" / "more").mkdir(parents=True)
    (tmp_path / "queries" / "b.rq").write_text("SELECT * { }", encoding="utf-8")
    (tmp_path / "queries" / "more" / "a.rq").write_text(WHOLE, encoding="utf-8")
    return read_project(tmp_path)


def test_queries_are_found_by_name(small: Project) -> None:
    (small.root / "queries" / "more" / "c.rq").write_text(WHOLE, encoding="utf-8")
    assert [query.name for query in read_queries(small)] == ["a", "b", "c"], "whatever folder it is in"
    assert find_query(small, "a").titles["en"] == "Programmes of a region"


def test_a_query_that_is_not_there_is_said(small: Project) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        find_query(small, "d")
    assert caught.value.code == "no-such-query"
    assert "“d”" in caught.value.message("en")


def test_a_query_that_another_has_the_name_of_is_not_guessed(small: Project) -> None:
    (small.root / "queries" / "a.rq").write_text("SELECT * { }", encoding="utf-8")
    with pytest.raises(AskedWronglyError) as caught:
        find_query(small, "a")
    assert caught.value.code == "ambiguous-query"
    assert caught.value.arguments["files"] == "queries/a.rq, queries/more/a.rq"

"""Sheets for people and programs: names beside identifiers, typed cells, sources, and the same bytes every time."""

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.errors import AskedWronglyError
from ssekg.queries.answers import Answer
from ssekg.queries.forms import registry, workbook
from ssekg.queries.forms.registry import FORMS, written
from ssekg.queries.parameters import Term
from tests.graphs import iri
from tests.queries.forms.answered import AMOUNT, COLUMNS, ONE_OF_EACH, PROJECT, answer_of, asked, dated, literal, wish

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def text_of(answer: Answer, form: str, language: str = "fr", **options: Any) -> str:
    labels = options.pop("labels", None)
    content = written(answer, form, wish(language, **options), labels=labels)
    assert isinstance(content, str)
    return content


def book_of(answer: Answer, language: str = "fr") -> Any:
    content = written(answer, "xlsx", wish(language))
    assert isinstance(content, bytes)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_csv_has_identifiers_and_names_and_gathers_sources() -> None:
    assert text_of(asked(), "csv").splitlines() == [
        "place,place_label,amount,source,source_label",
        "place/a,Fès,5,source/s | source/t,Rapport | Bulletin",
    ]
    with_ids = text_of(asked(), "csv", labels=False).splitlines()
    assert with_ids[0] == "place,amount,source"
    assert sorted(with_ids[1:]) == [
        f"https://example.org/id/place/a,5,https://example.org/id/source/{name}" for name in "st"
    ]


def test_a_type_gives_the_same_columns_whatever_the_values() -> None:
    assert text_of(answer_of(["place", "amount"], []), "csv") == "place,place_label,amount\r\n"


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_texts_come_back_from_csv_and_tsv(rows: list[tuple[str, str]]) -> None:
    answer = answer_of(["a", "b"], [[ox.Literal(text) for text in row] for row in rows])
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        found = csv.reader(io.StringIO(text_of(answer, form, labels=True), newline=""), delimiter=delimiter)
        assert [tuple(row) for row in found] == [("a", "b"), *rows]


def test_sources_are_those_of_the_amount_not_of_what_is_named() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of(asked(), "csv", sources=True), newline="")))
    assert [rows[0][f"sources{end}"] for end in ("", "_label", "_publisher", "_date", "_address")] == [
        "source/s | source/t",
        "Rapport | Bulletin",
        "HCP | ",
        "2024-02-29 | ",
        "https://example.org/rapport | ",
    ]


@pytest.mark.parametrize(
    ("language", "amount", "name", "yes"),
    [
        ("fr", "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567,5", "Azrou", "oui"),
        ("en", "1,234,567.5", "Azrou (fr)", "yes"),
        ("ar", "1.234.567,5", "Azrou (fr)", "نعم"),
    ],
)
def test_a_table_is_in_the_language_of_the_reader(language: str, amount: str, name: str, yes: str) -> None:
    table = text_of(answer_of(COLUMNS, ONE_OF_EACH), "table", language)
    cells = [line.split("   ") for line in table.replace("\u2068", "").replace("\u2069", "").splitlines()]
    words = {cell.strip() for line in cells for cell in line}
    assert {amount, name, yes, "2024", "2023-05"} <= words
    assert "2,024" not in words


def test_identifiers_of_parts_are_for_programs() -> None:
    answer = answer_of(["place", "sum"], [[iri("place/a"), iri("place/a#budget-1")]])
    assert "budget-1" not in text_of(answer, "table")
    assert text_of(answer, "csv").splitlines() == [
        "place,place_label,sum,sum_label",
        "place/a,Fès,place/a#budget-1,place/a#budget-1",
    ]


def test_a_table_is_cut_at_spaces_and_hyphens_and_codes_stay_whole() -> None:
    name = "Laâyoune-Sakia El Hamra et toutes les autres communes de la région"
    answer = answer_of(["code", "name"], [[ox.Literal("MA-LAA"), ox.Literal(name)]])
    lines = text_of(answer, "table", width=34).splitlines()
    assert all(len(line) <= 34 for line in lines)
    assert lines[2].startswith("MA-LAA   Laâyoune-Sakia El Hamra")
    assert {word for line in lines[2:] for word in line.split()} == {"MA-LAA", *name.split()}
    narrow = text_of(answer, "table", width=20).splitlines()
    assert "MA-LAA   Laâyoune-" in narrow
    assert text_of(answer, "table").count("\n") == 3


def test_sources_of_a_table_are_footnotes() -> None:
    table = text_of(asked(), "table", sources=True)
    assert "[1] [2]" in table
    assert "[1] Rapport. HCP. 2024-02-29. https://example.org/rapport\n[2] Bulletin\n" in table


def test_markdown_links_things_and_escapes_what_it_would_read() -> None:
    answer = answer_of(["place", "a|b"], [[iri("place/a"), ox.Literal("x|y *z* <b>\n1")]])
    assert text_of(answer, "md").splitlines() == [
        "| Lieu (identifiant) | Lieu | a\\|b |",
        "| --- | --- | --- |",
        "| [place/a](<https://example.org/id/place/a>) | Fès | x\\|y \\*z\\* \\<b\\><br>1 |",
    ]
    assert "\n1. Rapport. HCP. 2024-02-29. <https://example.org/rapport>\n" in text_of(asked(), "md", sources=True)


def test_a_workbook_has_typed_cells_links_sources_and_the_question() -> None:
    book = book_of(answer_of([*COLUMNS, "risky"], [[*row, ox.Literal("=1+1")] for row in ONE_OF_EACH]))
    assert book.sheetnames == ["Réponse", "Sources", "Question"]
    head, first, second = book["Réponse"].iter_rows()
    assert [cell.value for cell in head] == [
        "Lieu (identifiant)",
        "Lieu",
        "Montant (DH)",
        "Année",
        "when",
        "yes",
        "risky",
        "Sources",
    ]
    assert [cell.value for cell in first][:7] == ["place/a", "Fès", 1234567.5, 2024, "2023-05", True, "=1+1"]
    assert second[4].value == datetime.datetime(2024, 2, 29)  # noqa: DTZ001 - cells of Excel have no time zone
    assert (first[2].number_format, first[3].number_format, second[4].number_format) == ("#,##0.00", "0", "yyyy-mm-dd")
    assert first[5].number_format == '"oui";"oui";"non"'  # LibreOffice shows 1 and 0 without it
    assert first[6].data_type == "s"
    assert first[0].hyperlink.target == "https://example.org/id/place/a"
    assert not book["Réponse"].sheet_view.rightToLeft
    question = {row[0]: row[1] for row in book["Question"].iter_rows(values_only=True)}
    assert question["Version"] == PROJECT.version
    assert len(question["Empreinte du graphe (RDFC-1.0, SHA-256)"]) == 64


def test_a_workbook_lists_the_sources_with_what_is_known_of_them() -> None:
    rows = [list(row) for row in book_of(asked())["Sources"].iter_rows(values_only=True)]
    assert rows[1][:4] == [1, "source/s", "Rapport", "HCP"]
    assert rows[1][4:] == [datetime.datetime(2024, 2, 29), "https://example.org/rapport"]  # noqa: DTZ001
    assert rows[2][:3] == [2, "source/t", "Bulletin"]


def test_an_arabic_workbook_runs_from_right_to_left() -> None:
    book = book_of(asked(), "ar")
    assert book.sheetnames == ["الجواب", "المصادر", "السؤال"]
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


def test_numbers_that_excel_would_round_and_days_that_it_does_not_have_are_text() -> None:
    number, day = ox.Literal(10**17 + 1), literal("1899-05-01", "date")
    answer = answer_of(["amount", "day"], [[number, day]])
    assert [cell.value for cell in list(book_of(answer)["Réponse"].iter_rows())[1]][:2] == [
        str(10**17 + 1),
        "1899-05-01",
    ]


def test_the_same_answer_gives_the_same_bytes() -> None:
    for form in ("xlsx", "parquet"):
        contents = {written(asked(), form, wish()) for _ in range(2)}
        assert len(contents) == 1
        later = replace(wish(), project=dated(PROJECT))
        assert written(asked(), form, later) not in contents


def test_what_is_too_large_for_a_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 1)
    monkeypatch.setattr(registry, "sheet", None)  # nobody looks for the names and sources of too many rows
    with pytest.raises(AskedWronglyError) as caught:
        written(answer_of(COLUMNS, ONE_OF_EACH), "xlsx", wish())
    assert caught.value.code == "answer-too-large"


@pytest.mark.parametrize(
    "rows",
    [
        [[ox.Literal("x" * 32_768)]],
        [[ox.Literal("😀" * 16_384)]],  # characters of two units, as Excel counts
        [[ox.Literal(f"{'x' * 16_382}{end}")] for end in "ab"],  # in one cell, with a comma between them
    ],
)
def test_a_text_that_a_cell_would_cut_is_refused(rows: list[list[Term | None]]) -> None:
    query = "#+ gather: [x]\nSELECT ?x { }"
    with pytest.raises(AskedWronglyError) as caught:
        written(answer_of(["x"], rows, query), "xlsx", wish())
    assert caught.value.code == "answer-text-too-long"
    assert caught.value.arguments["column"] == "x"


def test_parquet_has_typed_columns_with_their_words(tmp_path: Path) -> None:
    content = written(answer_of(COLUMNS, ONE_OF_EACH), "parquet", wish(sources=True))
    assert isinstance(content, bytes)
    path = tmp_path / "answer.parquet"
    path.write_bytes(content)
    found = duckdb.read_parquet(str(path))
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert types == {
        "place": "VARCHAR",
        "place_label": "VARCHAR",
        "amount": "DOUBLE",
        "year": "BIGINT",
        "when": "VARCHAR",
        "yes": "BOOLEAN",
        **{f"sources{end}": "VARCHAR[]" for end in ("", "_label", "_publisher", "_date", "_address")},
    }
    assert found.fetchall()[0][:6] == ("place/a", "Fès", 1234567.5, 2024, "2023-05", True)
    words = dict(duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]).fetchall())
    assert words[b"query"] == b"amounts"


def test_days_are_dates_in_parquet_if_all_are_days(tmp_path: Path) -> None:
    content = written(answer_of(["day"], [[ONE_OF_EACH[1][3]], [None]]), "parquet", wish())
    assert isinstance(content, bytes)
    path = tmp_path / "answer.parquet"
    path.write_bytes(content)
    assert duckdb.read_parquet(str(path)).fetchall() == [(datetime.date(2024, 2, 29),), (None,)]


def test_triples_are_written_as_rdf_and_a_table_is_not() -> None:
    triple: list[Term | None] = [iri("place/a"), ox.NamedNode("http://schema.org/name"), AMOUNT]
    graph = answer_of(["subject", "predicate", "object"], [triple], form="CONSTRUCT")
    for form, rdf in (("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        content = written(graph, form, wish())
        assert [[*quad.triple] for quad in ox.parse(content, rdf, base_iri="https://example.org/id/")] == [triple]
        with pytest.raises(AskedWronglyError) as caught:
            written(asked(), form, wish())
        assert caught.value.code == "answer-not-a-graph"


@pytest.mark.parametrize(
    ("form", "labels", "sources"),
    [("json", True, False), ("xml", None, True), ("csv", False, True), ("tsv", None, True), ("turtle", True, False)],
)
def test_exact_forms_take_nothing_more(form: str, labels: bool | None, sources: bool) -> None:
    with pytest.raises(AskedWronglyError) as caught:
        written(asked(), form, wish(sources=sources), labels=labels)
    assert caught.value.code == "answer-is-exact"


def test_a_limit_counts_facts_in_forms_for_people_and_rows_in_exact_ones() -> None:
    answer = replace(asked(), limit=1)
    assert text_of(answer, "csv").count("\r\n") == 2
    assert "source/s | source/t" in text_of(answer, "csv")
    assert text_of(answer, "csv", labels=False).count("\r\n") == 2


def test_every_form_has_an_ending_of_its_own() -> None:
    assert len({form.suffix for form in FORMS.values()}) == len(FORMS)

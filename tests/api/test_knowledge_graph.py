"""The graph in Python: the same answers as on the command line, for both projects."""

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas
import pytest

import ssekg
from ssekg.api.answer import pairs_of
from tests.conftest import ROOT, SECOND, Cli


@pytest.fixture(scope="module")
def kg() -> ssekg.KnowledgeGraph:
    return ssekg.open(ROOT, language="en")


@pytest.fixture(scope="module")
def littoral_kg() -> ssekg.KnowledgeGraph:
    return ssekg.open(SECOND, language="fr")


def test_answer_has_the_rows_of_the_command_line(kg: ssekg.KnowledgeGraph, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "answer.parquet"
    question = ("query", "run", "budgets-by-region", "-p", "region=fes-meknes", "--sources", "-o", file)
    assert cli("--lang", "en", *question).returncode == 0
    answer = kg.query("budgets-by-region", region="fes-meknes")
    pandas.testing.assert_frame_equal(answer.to_pandas(sources=True), pandas.read_parquet(file))
    assert len(answer) == len(answer.to_arrow()) > 0
    assert list(answer.columns) == answer.to_arrow().column_names


def test_answer_of_the_second_project(littoral_kg: ssekg.KnowledgeGraph) -> None:
    answer = littoral_kg.query("captures-par-mois")
    frame = answer.to_pandas()
    assert answer.title == "Captures par mois"
    assert answer.columns["total"] == "Poids total (tonnes)"
    assert frame["total"].dtype.kind in "if"
    assert answer.sources
    assert {source.title for source in answer.sources} <= {
        title for titles in answer.to_pandas(sources=True)["sources_label"] for title in titles
    }


def test_notebooks_show_answers_and_charts(littoral_kg: ssekg.KnowledgeGraph) -> None:
    answer = littoral_kg.query("captures-par-mois")
    table = answer._repr_html_()
    assert '<table lang="fr" dir="ltr">' in table
    assert "Poids total (tonnes)" in table
    assert table.count("<tr>") == 1 + len(answer)
    chart = answer.chart()
    assert chart._repr_svg_().startswith("<svg ")
    assert "Poids total" in str(answer)


def test_long_tables_are_cut_and_run_from_right_to_left() -> None:
    kg = ssekg.open(ROOT, language="ar")
    answer = kg.sparql("SELECT ?place { ?place a sse:Province }")
    table = answer._repr_html_()
    assert '<table lang="ar" dir="rtl">' in table
    assert table.count("<tr>\n      <td") == 20
    assert f"+ {len(answer) - 20}" in table


def test_chart_is_saved_as_its_name_ends(littoral_kg: ssekg.KnowledgeGraph, tmp_path: Path) -> None:
    chart = littoral_kg.query("captures-par-mois").chart()
    chart.save(tmp_path / "chart.svg")
    chart.save(str(tmp_path / "chart.png"))
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8") == chart
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")


def test_citations(kg: ssekg.KnowledgeGraph, cli: Cli) -> None:
    answer = kg.query("budgets-by-region", region="fes-meknes")
    question = ("query", "run", "budgets-by-region", "-p", "region=fes-meknes")
    for form in ("text", "bibtex", "csl"):
        assert cli("--lang", "en", *question, "--cite", form).stdout == answer.cite(form) + "\n"
    with pytest.raises(ssekg.AskedWronglyError, match="ris") as caught:
        answer.cite("ris")
    assert "bibtex" in caught.value.__notes__[0]


def test_parameters_are_what_python_has() -> None:
    given = {"a": "x", "b": ["y", "z"], "c": None, "d": 2020, "e": date(2023, 3, 17), "f": Decimal("1.125"), "g": 2.5}
    expected = [
        ("a", "x"),
        ("b", "y"),
        ("b", "z"),
        ("d", "2020"),
        ("e", "2023-03-17"),
        ("f", "1.1250"),
        ("g", "2.5000"),
    ]
    assert list(pairs_of(given)) == expected


def test_parameters_called_like_words_of_python(kg: ssekg.KnowledgeGraph) -> None:
    with pytest.raises(ssekg.AskedWronglyError, match="from"):
        kg.query("budgets-by-region", {"from": 2020})


def test_errors_are_those_of_the_command_line(kg: ssekg.KnowledgeGraph, cli: Cli) -> None:
    for question, parameters in (("budgets-by-regio", {}), ("budgets-by-region", {"region": "lyon"})):
        with pytest.raises(ssekg.AskedWronglyError) as caught:
            kg.query(question, parameters)
        pairs = [part for name, value in parameters.items() for part in ("-p", f"{name}={value}")]
        refused = cli("--lang", "fr", "query", "run", question, *pairs)
        assert caught.value.exit_code == refused.returncode
        assert caught.value.message("fr") in refused.stderr


def test_doubtful_readings_are_noticed(littoral_kg: ssekg.KnowledgeGraph) -> None:
    with pytest.warns(ssekg.Notice, match="zone ="):
        answer = littoral_kg.query("quais-d-une-zone", zone="Casamance")
    assert "zone" in answer.parameters


def test_own_queries(kg: ssekg.KnowledgeGraph) -> None:
    answer = kg.sparql("SELECT ?region { ?region a sse:Region }")
    assert answer.to_pandas()["region_label"].str.contains("Fes-Meknes").any()
    with pytest.warns(ssekg.Notice, match="sse:Region"):
        kg.sparql("SELECT ?region { ?region a sse:Regionn }")
    with pytest.raises(ssekg.AskedWronglyError):
        kg.sparql("SELECT {")


def test_search_finds_what_the_command_line_finds(kg: ssekg.KnowledgeGraph, cli: Cli) -> None:
    found = kg.search("جهة فاس مكناس", kind="place")
    listed = json.loads(cli("search", "--kind", "place", "--format", "json", "جهة فاس مكناس").stdout)
    assert [each.iri for each in found] == [each["iri"] for each in listed]
    assert found[0] == ssekg.Found(
        "https://w3id.org/ssekg/id/place/fes-meknes", "place/fes-meknes", "Fes-Meknes", found[0].matched
    )
    assert kg.search("qqqqqq") == []
    with pytest.raises(ssekg.AskedWronglyError):
        kg.search("moazara", kind="plaice")


def test_describe(kg: ssekg.KnowledgeGraph, cli: Cli) -> None:
    described = kg.describe("Fès-Meknès")
    assert f"{described}" == cli("--lang", "en", "describe", "Fès-Meknès").stdout
    assert described.to_turtle() == cli("describe", "--format", "turtle", "Fès-Meknès").stdout
    assert described.to_jsonld() == cli("describe", "--format", "jsonld", "Fès-Meknès").stdout
    assert described.name == "Fes-Meknes"
    assert described._repr_html_().startswith('<pre lang="en" dir="ltr">')


def test_graph_is_the_whole(littoral_kg: ssekg.KnowledgeGraph) -> None:
    graph = littoral_kg.graph
    assert graph is littoral_kg.graph
    counted = littoral_kg.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").to_pandas()["n"][0]
    assert len(graph) == counted
    zones = littoral_kg.query("quais-d-une-zone", zone="basse-casamance")
    assert len(list(graph.query(zones.sparql))) == len(zones)


def test_opens_where_we_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(SECOND / "data")
    assert repr(ssekg.open()).startswith("<KnowledgeGraph littoral ")
    monkeypatch.chdir(tmp_path)
    assert repr(ssekg.open()).startswith("<KnowledgeGraph ssekg ")


def test_what_need_not_be_installed_is_named(kg: ssekg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = kg.query("budgets-by-region")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ssekg.CannotRunError, match="pandas"):
        answer.to_pandas()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ssekg.CannotRunError, match="pyarrow"):
        answer.to_arrow()


def test_questions_are_found_by_words(kg: ssekg.KnowledgeGraph, littoral_kg: ssekg.KnowledgeGraph) -> None:
    assert "womens-share" in kg.queries("women")
    assert littoral_kg.queries()["captures-par-mois"] == "Captures par mois"

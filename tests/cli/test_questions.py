"""Questions, their values, and things are found by what people type."""

import json

import pytest

from ssekg.base.language import LANGUAGES
from tests.conftest import SECOND, Cli


def test_questions_are_listed_by_theme_in_the_language_of_the_reader(cli: Cli) -> None:
    lines = cli("--lang", "fr", "query", "list").stdout.splitlines()
    themes = [line for line in lines if line and not line.startswith(" ")]
    assert "Budgets et financement" in themes
    assert themes == sorted(themes, key=lambda theme: theme.replace("É", "E"))
    assert any(line.startswith("  budgets-by-region ") and line.endswith("Budgets par région") for line in lines)
    assert "الميزانيات والتمويل" in cli("--lang", "ar", "query", "list").stdout
    assert "Mbootaay yi" not in cli("query", "list", cwd=SECOND).stdout


def test_questions_as_json_are_the_contract(cli: Cli) -> None:
    listed = json.loads(cli("query", "list", "--format", "json").stdout)
    assert all(set(each) == {"name", "theme", "titles", "questions", "parameters"} for each in listed)
    found = next(each for each in listed if each["name"] == "programmes-for-a-target-group")
    assert set(found["titles"]) == set(found["theme"]) == set(found["questions"]) == set(LANGUAGES)
    (parameter,) = found["parameters"]
    assert (parameter["name"], parameter["type"], parameter["required"]) == ("group", "concept/target-groups", True)


def test_questions_are_searched(cli: Cli) -> None:
    done = cli("--lang", "en", "query", "list", "women", "cooperatives", "--format", "json")
    assert next(each["name"] for each in json.loads(done.stdout)) == "womens-share"
    done = cli("--lang", "en", "query", "list", "zebra")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No query is about “zebra”" in done.stderr


def test_values_of_a_parameter(cli: Cli) -> None:
    done = cli(
        "--lang", "fr", "query", "values", "permis-d-un-groupement", "groupement", "--format", "json", cwd=SECOND
    )
    listed = json.loads(done.stdout)
    assert {
        "value": "group/bokk-jom",
        "labels": {"fr": "Coopérative Bokk Jom", "wo": "Mbootaay Bokk Jom"},
        "rows": 2,
    } in listed
    assert [each["rows"] for each in listed] == sorted((each["rows"] for each in listed), reverse=True)
    done = cli("--lang", "fr", "query", "values", "permis-d-un-groupement", "groupement", cwd=SECOND)
    assert "2  Coopérative Bokk Jom (group/bokk-jom)" in done.stdout.splitlines()
    done = cli("--lang", "fr", "query", "show", "permis-d-un-groupement", cwd=SECOND)
    assert "Coopérative Bokk Jom" in done.stdout
    assert "(Groupement, obligatoire)" in done.stdout
    done = cli("--lang", "en", "query", "values", "redevances", "minimum", "--format", "json", cwd=SECOND)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    assert "minimum" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "values", "redevance", "minimum"), "Did you mean redevances?"),
        (("query", "values", "redevances", "minimun"), "Did you mean minimum?"),
        (("query", "run", "redevances", "-p", "minimun=3"), "Did you mean minimum?"),
        (("query", "run", "permis-d-un-groupement"), "group/bokk-jom (Coopérative Bokk Jom) – 2"),
        (("query", "run", "quais-d-une-zone", "-p", "zone=Mbour"), "This is the name of quay/mbour"),
        (("query", "run", "redevances", "-p", "minimum=500,000"), "500000 or 500"),
        (("search", "zzzz"), "Nothing in the graph is called “zzzz”"),
        (("search", "Mbour", "--kind", "quai-x"), "no kind, class or concept scheme called “quai-x”"),
        (("search", "Mboouur"), "Did you mean quay/mbour"),
        (("describe", "quai"), None),
    ],
)
def test_what_is_not_found_gets_what_is_near(cli: Cli, arguments: tuple[str, ...], words: str | None) -> None:
    done = cli("--lang", "en", *arguments, cwd=SECOND)
    assert done.returncode == (2 if words else 0), done.stderr
    assert (words or "") in done.stderr
    assert "Traceback" not in done.stderr


def test_an_answer_without_rows_says_how_each_parameter_was_read(cli: Cli) -> None:
    query = ("--lang", "fr", "query", "run", "captures-par-mois")
    done = cli(*query, "-p", "espece=Yaboy", "-p", "annee=1900", cwd=SECOND)
    assert done.returncode == 0
    assert "espece = term/sardinelle (Sardinelle)" in done.stderr
    assert "annee = 1900" in done.stderr
    done = cli(*query, "-p", "espece=term/sardinelle", cwd=SECOND)
    assert "espece" not in done.stderr
    done = cli(*query, "-p", "espece=sardin", cwd=SECOND)  # part of a name: it is said what it was taken for
    assert "espece = term/sardinelle (Sardinelle)" in done.stderr


def test_search_as_json_is_the_contract(cli: Cli) -> None:
    done = cli("search", "teeru", "mbuur", "--format", "json", cwd=SECOND)
    first, *_ = json.loads(done.stdout)
    assert first == {
        "iri": "https://data.littoral.example/id/quay/mbour",
        "kind": "quay",
        "labels": {"fr": "Quai de Mbour", "wo": "Teeru Mbuur"},
        "matched": "Teeru Mbuur",
    }


@pytest.mark.parametrize("kind", ["quay", "lit:Quai", "Quai", "teeru", "https://data.littoral.example/vocab#Quai"])
def test_search_among_one_kind(cli: Cli, kind: str) -> None:
    done = cli("--lang", "fr", "search", "kayar", "--kind", kind, cwd=SECOND)
    assert done.stdout.splitlines() == ["quay/kayar  Quai de Kayar  (Quai)"]


def test_search_among_the_concepts_of_a_scheme(cli: Cli) -> None:
    done = cli("--lang", "fr", "search", "jën", "--kind", "term/activites", cwd=SECOND)
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"term/mareyage", "term/transformation"}


def test_bytes_that_are_no_text_do_no_harm(cli: Cli) -> None:
    for arguments in (("search", "\udcff"), ("query", "list", "\udcff"), ("describe", "\udcff")):
        done = cli("--lang", "en", *arguments, cwd=SECOND)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr

"""A query that can't be read is told so in one line of the reader's language: where, and what is wrong."""

from pathlib import Path

import pytest

from ssekg.base.errors import AskedWronglyError
from ssekg.queries.mistakes import mistake, refuse_mistakes
from tests.conftest import Cli

KNOWN = {"skos": "http://www.w3.org/2004/02/skos/core#"}


def problem(query: str) -> AskedWronglyError:
    with pytest.raises(AskedWronglyError) as caught:
        refuse_mistakes(query, KNOWN)
    return caught.value


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT ?s\n{ ?s skos:note ?n ?o }", 2, 19, "Expected here: “}”"),
        ("SELECT ?s { ?s other:note ?n }", 1, 16, "declares other:."),
        ("SELECT ?s { ?s ?p ?o", 1, 21, "“}” is missing to close “{”."),
        ("SELECT ?s { ?s ?p ?o FILTER(?o > 1 }", 1, 36, "Expected here: “)”"),
        ("SELECT (COUNT(?s AS ?n) { ?s ?p ?o }", 1, 18, "Expected here: “)”"),
        ("SELECT ?s { FILTER(?s IN (1, 2", 1, 31, "“)” is missing to close “(”."),
        ("SELECT ?s WHERE ?s ?p ?o }", 1, 17, "Expected here: “{”"),
        ("SELECT ?s { ?s ?p ?o ORDER BY ?s }", 1, 22, "Expected here: “}”, “.”, “;”, “,”"),
        ("SELECT ?s { ?s . }", 1, 16, "a variable (?x), an IRI or a prefixed name"),
        ("SELECT ?s { ?s ?p ?o } LIMIT all", 1, 30, "Expected here: a number"),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", 1, 30, "Expected here: BY"),
        ("ELECT ?s { ?s ?p ?o }", 1, 1, "SELECT, ASK, CONSTRUCT, DESCRIBE"),
        ("SELECT ?s { ?s ?p 'x }", 1, 19, "quotation mark is not closed"),
        ("SELECT ?s { ?s ?p 'a\\q' }", 1, 19, "is only allowed before t, b"),
        ("DELETE WHERE { ?s ?p ?o }", 1, 1, "DELETE would change the data"),
        ("PREFIX a: <http://a.example/>\nINSERT DATA { a:a a:b a:c }", 2, 1, "INSERT would change the data"),
        ("SELECT ?a (1 AS ?a) { }", 1, 1, "names a variable twice"),
        ("SELECT ?s { FILTER(<http://a.example/f>(?s)) }", 1, 20, "function does not exist"),
        ("", 1, 1, "ends before it is complete"),
    ],
)
def test_what_is_wrong_and_where(query: str, line: int, column: int, words: str) -> None:
    caught = problem(query)
    assert caught.message("en").startswith(f"Line {line}, column {column}: ")
    assert words in caught.message("en")
    for language in ("ar", "fr", "en"):
        assert "\n" not in caught.message(language)
        assert "expected one of" not in caught.message(language)
        assert caught.hint(language)
    assert caught.message("fr") != caught.message("en") != caught.message("ar")


def test_a_check_of_a_query_offers_the_line_that_declares_a_prefix() -> None:
    wrong = mistake("SELECT ?s\n{ ?s skos:note ?n }", KNOWN)
    assert wrong is not None
    assert wrong.token is not None
    assert wrong.token.text == "skos:note"
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>" in str(wrong.problem)


def test_a_right_query_is_let_through() -> None:
    refuse_mistakes("SELECT ?s { ?s skos:note ?n }", KNOWN)
    refuse_mistakes("PREFIX a: <http://a.example/> SELECT ?s { ?s a:b ?o FILTER(?o > 1) } ORDER BY ?s LIMIT 3")


@pytest.mark.parametrize("endpoint", [(), ("--endpoint", "http://127.0.0.1:1/sparql")], ids=["here", "there"])
def test_command(cli: Cli, tmp_path: Path, endpoint: tuple[str, ...]) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?s { ?s skoss:note ?n }", "utf-8")
    done = cli("--lang", "fr", "query", "run", tmp_path / "mine.rq", *endpoint)
    assert (done.returncode, done.stdout) == (2, "")
    message, hint = done.stderr.splitlines()
    assert message.startswith("Ligne 1, colonne 16")
    assert "skoss:" in message
    assert "README" not in hint


def test_a_parameter_of_a_broken_query(cli: Cli, tmp_path: Path) -> None:
    header = "#+ params: [{name: n, type: integer, label: {en: n}}]\n"
    for text in ("SELECT ?_n_integer", "DESCRIBE <place/morocco>"):
        (tmp_path / "mine.rq").write_text(header + text, "utf-8")
        done = cli("query", "run", tmp_path / "mine.rq", "-p", "n=1")
        assert (done.returncode, done.stdout) == (2, "")
        assert "WHERE" in done.stderr


def test_a_query_that_is_not_utf8(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_bytes("# all\n# Données\nSELECT ?s { ?s ?p ?o } LIMIT 1\n".encode("latin-1"))
    done = cli("query", "run", tmp_path / "mine.rq")
    assert (done.returncode, done.stdout) == (3, "")
    assert "mine.rq is not UTF-8 (line 2)." in done.stderr
    assert "Save it as UTF-8." in done.stderr


def test_a_limit_spares_the_rest(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?a ?c { ?a ?x ?b . ?c ?y ?d . ?e ?z ?f }", "utf-8")
    done = cli("query", "run", tmp_path / "mine.rq", "--limit", "3", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4

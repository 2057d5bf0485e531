"""The command line as people rely on it: exit codes, streams, languages, help; always the real command."""

import json
import re
import shlex
from pathlib import Path

import pytest

from ssekg.cli import COMMANDS, run
from tests.conftest import Cli, in_turn
from tests.examples import empty_project

WORKBOOKS = [["workbook", "export"], ["workbook", "import"]]
PATHS = [[], *([name] for name in COMMANDS), ["query", "list"], ["query", "show"], ["query", "run"], *WORKBOOKS]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_help_with_default_and_example(
    capsys: pytest.CaptureFixture[str], path: list[str], language: str
) -> None:
    assert run(["--lang", language, *path, "-h"]) == 0
    shown = capsys.readouterr().out
    assert {"ar": "تلقائيا", "fr": "défaut", "en": "default"}[language] in shown
    examples = [line.strip() for line in shown.splitlines() if line.strip().startswith("ssekg ")]
    assert examples
    assert "None" not in shown
    assert "help-" not in shown


@pytest.mark.parametrize(
    ("language", "options", "command"),
    [("ar", "[خيارات]", "أمر"), ("fr", "[OPTIONS]", "COMMANDE"), ("en", "[OPTIONS]", "COMMAND")],
)
def test_the_usage_line_is_in_the_language_of_the_reader(cli: Cli, language: str, options: str, command: str) -> None:
    usage = cli("--lang", language, "query", "-h").stdout.splitlines()[0]
    assert options in usage
    assert re.search(rf"{command}\b", usage)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project with the ontology and next to nothing else, for what need not be shown with all data."""
    return empty_project(tmp_path / "bare")


def test_examples_in_the_help_run(capsys: pytest.CaptureFixture[str], cli: Cli, wells: Path) -> None:
    """Those that need no file of the reader's own, in the project that docs/project.md makes."""
    for path in PATHS:
        assert run(["--lang", "en", *path, "-h"]) == 0
    helps = capsys.readouterr().out.split("Examples:")[1:]
    lines = [line.strip() for each in helps for line in each.partition("Usage:")[0].splitlines()]
    for line in dict.fromkeys(lines):
        if line.startswith("ssekg ") and not any(word in line for word in ("my.", "my-", "/srv/", "HEAD", "reason")):
            done = cli(*shlex.split(line)[1:], cwd=wells)
            assert done.returncode == 0, (line, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "expected", "words", "language"),
    in_turn(
        (["validate", "--colour"], 2, "--colour"),
        (["harvest"], 2, "harvest"),
        (["validate", "--engine", "slow"], 2, "--engine"),
        (["describe"], 2, "TERM"),
        (["query", "run", "no-such-query"], 2, "no-such-query"),
        (["query", "run", "structuring-projects", "-p", "colour=red"], 2, "colour"),
        (["query", "run", "structuring-projects", "-p", "colour"], 2, "colour"),
        (["query", "run", "events-by-region-and-year", "-p", "year=soon"], 2, "soon"),
        (["query", "run", "participants-of-an-event", "-p", "event=no-such-event"], 2, "no-such-event"),
        (["describe", "no such thing"], 2, "no such thing"),
        (["query", "run", "missing.rq"], 3, "missing.rq"),
        (["validate", "missing.ttl"], 3, "missing.ttl"),
        (["validate", "README.md", "--shapes", "shapes/evidence/sources.ttl"], 3, "README.md"),
        (["validate", "ontology/ssekg.ttl", "--shapes", "ontology/ssekg.ttl"], 3, "ontology/ssekg.ttl"),
        (["--project", "tests", "validate"], 3, "ssekg.toml"),
        (["build", "-o", "/no/such/folder/x.ttl"], 3, "/no/such/folder/x.ttl"),
    ),
)
def test_mistakes_get_a_message_and_the_right_code(
    cli: Cli, arguments: list[str], expected: int, words: str, language: str
) -> None:
    done = cli("--lang", language, *arguments)
    assert done.returncode == expected, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 2, "what happened, and how to go on"


def test_language_is_lang_then_locale_then_project(cli: Cli, tmp_path: Path) -> None:
    def message(*options: str, **environment: str) -> str:
        return cli(*options, "validate", cwd=tmp_path, **environment).stderr

    assert "لا يوجد" in message(LANG="ar_MA.UTF-8")
    assert "Il n’y a pas" in message(LANG="fr_MA.UTF-8")
    assert "There is no" in message("--lang", "en", LANG="fr_MA.UTF-8")
    assert "Il n’y a pas" in message(LANG="ar_MA.UTF-8", LC_ALL="fr_FR.UTF-8")
    assert "There is no" in message(LANG="C")


def test_without_a_project(cli: Cli, tmp_path: Path) -> None:
    for command in ("validate", "publish"):
        done = cli(command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert "ssekg.toml" in done.stderr
    done = cli("query", "run", "structuring-projects", cwd=tmp_path)
    assert done.returncode == 0
    assert "Bensouda" in done.stdout
    assert "comes with ssekg" in done.stderr
    assert cli("-q", "query", "list", cwd=tmp_path).stderr == ""


def test_broken_projects(cli: Cli, tmp_path: Path) -> None:
    for content, words in (
        ("[project", "ssekg.toml"),
        ("[project]\nname = 'x'", "publication"),
        ("\x00", "ssekg.toml"),
    ):
        (tmp_path / "ssekg.toml").write_text(content, encoding="utf-8")
        done = cli("validate", cwd=tmp_path)
        assert done.returncode == 3
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_validate_json_is_the_contract(cli: Cli) -> None:
    done = cli("validate", "--format", "json")
    assert done.returncode == 0, done.stdout
    content = json.loads(done.stdout)
    assert set(content) == {"conforms", "counts", "files", "triples", "seconds", "findings"}
    assert content["conforms"] is True
    assert set(content["counts"]) == {"violation", "warning", "info"}
    keys = {"code", "severity", "message", "hint", "file", "line", "column", "end_line", "end_column"}
    keys |= {"cell", "focus", "path", "value", "shape"}
    assert all(set(finding) == keys for finding in content["findings"])
    in_tables = [finding for finding in content["findings"] if str(finding["file"]).endswith(".csv")]
    assert in_tables
    assert all(re.fullmatch(f"[A-Z]+{finding['line']}", finding["cell"]) for finding in in_tables[:3])


def test_fail_on_only_and_max(cli: Cli, bare: Path) -> None:
    (bare / "data" / "more.ttl").write_text(
        "<thing/a> <http://xmlns.com/foaf/0.1/nick> 'A' ; <http://xmlns.com/foaf/0.1/mbox> 'B' .\n"
        "<thing/b> <http://xmlns.com/foaf/0.1/nick> 'C' ; <http://www.w3.org/2004/02/skos/core#prefLable> 'D' .\n",
        encoding="utf-8",
    )
    content = json.loads(cli("validate", "--format", "json", cwd=bare).stdout)
    assert content["counts"]["info"] > 2
    assert cli("validate", "--fail-on", "info", cwd=bare).returncode == 1
    fewer = json.loads(cli("validate", "--format", "json", "--max", "2", cwd=bare).stdout)
    assert len(fewer["findings"]) == 2
    assert fewer["counts"] == content["counts"]
    code = content["findings"][0]["code"]
    assert code != content["findings"][-1]["code"]
    only = json.loads(cli("validate", "--format", "json", "--only", code, cwd=bare).stdout)
    assert {finding["code"] for finding in only["findings"]} == {code}


def test_validate_some_files(cli: Cli, copy: Path) -> None:
    places = copy / "data" / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace(",MA-03,", ",MA-13,"), encoding="utf-8")
    laws = copy / "data" / "laws.csv"
    laws.write_text(laws.read_text(encoding="utf-8").replace(",2015-07-07", ",2015-07-32", 1), encoding="utf-8")
    in_places = json.loads(cli("validate", "data/places.csv", "--format", "json", cwd=copy).stdout)
    assert {f["file"] for f in in_places["findings"] if f["severity"] == "violation"} == {"data/places.csv"}
    everywhere = json.loads(cli("validate", "--format", "json", cwd=copy).stdout)
    assert {"data/places.csv", "data/laws.csv"} <= {f["file"] for f in everywhere["findings"]}


def test_validate_a_file_of_ones_own(cli: Cli, copy: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix sse: <https://w3id.org/ssekg/ontology#> .\n<programme/new> a sse:Programme ;\n"
        "    sse:owner <institution/odco>, <institution/nobody> .\n",
        encoding="utf-8",
    )
    done = cli("validate", mine, "--format", "json", cwd=copy)
    assert done.returncode == 1
    findings = json.loads(done.stdout)["findings"]
    assert {f["file"] for f in findings} == {str(mine)}
    wrong_link = [f for f in findings if f["value"] and "nobody" in f["value"]]
    assert (wrong_link[0]["line"], wrong_link[0]["column"]) == (3, 35)


def test_any_rdf_with_any_shapes(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text("<a> a <Person> ; <age> 'x' .\n<b> a <Person> ; <age> 7 .\n", encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "<S> a sh:NodeShape ; sh:targetSubjectsOf <age> ; sh:property [ sh:path <age> ; sh:datatype xsd:integer ] .\n",
        encoding="utf-8",
    )
    for engine in ("fast", "pyshacl"):
        done = cli(
            "validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "json", "--engine", engine, cwd=tmp_path
        )
        assert done.returncode in {0, 1}, done.stderr


@pytest.mark.parametrize("form", ["turtle", "jsonld", "nt", "nq", "trig", "rdfxml"])
def test_build_writes_every_format(cli: Cli, form: str, bare: Path, tmp_path: Path) -> None:
    suffix = {"turtle": ".ttl", "jsonld": ".jsonld", "nt": ".nt", "nq": ".nq", "trig": ".trig", "rdfxml": ".rdf"}[form]
    by_name = cli("build", "-o", tmp_path / f"graph{suffix}", cwd=bare)
    to_output = cli("build", "--format", form, cwd=bare)
    assert by_name.returncode == to_output.returncode == 0
    assert (tmp_path / f"graph{suffix}").read_text(encoding="utf-8") == to_output.stdout
    assert re.search(r"organisation[/:]any", to_output.stdout)


def test_describe_by_any_name(cli: Cli) -> None:
    answers = {
        cli("--lang", "fr", "describe", term).stdout
        for term in ("institution/odco", "https://w3id.org/ssekg/id/institution/odco", "ODCO", "مكتب تنمية التعاون")
    }
    assert len(answers) == 1
    text = answers.pop()
    assert text.startswith("Office du développement de la coopération\n")
    assert "1975-04-23" in text
    assert "Sources\xa0:" in text


def test_describe_in_arabic_isolates_what_runs_the_other_way(cli: Cli) -> None:
    text = cli("--lang", "ar", "describe", "institution/odco").stdout
    assert text.startswith("مكتب تنمية التعاون\n")
    assert "\N{FIRST STRONG ISOLATE}ODCO\N{POP DIRECTIONAL ISOLATE}" in text
    assert "المصادر:" in text


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_describe_as_data(cli: Cli, form: str) -> None:
    text = cli("describe", "institution/odco", "--format", form).stdout
    assert "1975-04-23" in text
    assert "ads" not in [word.strip('"') for word in text.split()]


def test_query_formats(cli: Cli, tmp_path: Path) -> None:
    table = cli("--lang", "ar", "query", "run", "structuring-projects").stdout
    assert "المركب المتعدد التخصصات" in table
    rows = cli("query", "run", "structuring-projects", "--format", "csv", "--ids").stdout.splitlines()
    assert len(rows) > 1
    content = json.loads(cli("query", "run", "structuring-projects", "--format", "json").stdout)
    assert rows[0].split(",") == content["head"]["vars"]
    cli("query", "run", "structuring-projects", "--ids", "-o", tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines() == rows
    with_sources = cli("query", "run", "structuring-projects", "--format", "csv", "--sources").stdout
    assert "fes-conference-2023" in with_sources
    assert len(cli("query", "run", "structuring-projects", "--format", "csv", "--limit", "0").stdout.splitlines()) == 1


def test_query_of_ones_own_can_not_leave_the_graph(cli: Cli, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:s> <x:p> <x:o> .", encoding="utf-8")
    for clause in (f"FROM <{secret.as_uri()}>", f"FROM NAMED <{secret.as_uri()}>"):
        (tmp_path / "mine.rq").write_text(f"SELECT * {clause} WHERE {{ ?s ?p ?o }}", encoding="utf-8")
        done = cli("query", "run", tmp_path / "mine.rq")
        assert (done.returncode, done.stdout) == (2, "")
        assert "FROM" in done.stderr
    (tmp_path / "mine.rq").write_text("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", encoding="utf-8")
    assert cli("query", "run", tmp_path / "mine.rq").returncode == 2


def test_arabic_digits_and_names_are_understood(cli: Cli) -> None:
    western = cli("query", "run", "events-by-region-and-year", "-p", "region=fes-meknes", "-p", "year=2023")
    eastern = cli("query", "run", "events-by-region-and-year", "-p", "region=فاس-مكناس", "-p", "year=٢٠٢٣")
    assert western.returncode == eastern.returncode == 0, eastern.stderr
    assert western.stdout == eastern.stdout
    assert len(western.stdout.splitlines()) > 3


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_is_to_be_typed_can_be_copied(cli: Cli, language: str) -> None:
    assert "-p event=" in cli("--lang", language, "query", "run", "participants-of-an-event").stderr
    assert "ssekg validate -h" in cli("--lang", language, "validate", "--colour").stderr

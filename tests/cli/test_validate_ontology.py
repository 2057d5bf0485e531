"""`ssekg validate --ontology`: any ontology, with no project in sight."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Cli


@pytest.fixture
def abroad(tmp_path: Path) -> Path:
    """A folder without a project, with an ontology that extends the core module."""
    folder = tmp_path / "abroad"
    folder.mkdir()
    shutil.copy(ROOT / "tests" / "data" / "mutuals.ttl", folder)
    return folder


def test_the_report_says_what_is_wrong_where_and_what_it_scores(cli: Cli, abroad: Path) -> None:
    done = cli("--lang", "en", "validate", "--ontology", "mutuals.ttl", cwd=abroad)
    assert (done.returncode, done.stderr) == (1, "")
    assert "mutuals.ttl:21:42: violation [OOPS-P40]" in done.stdout
    assert "Did you mean sse:Programme (Programme)?" in done.stdout, "the package carries what it imports"
    assert "Pitfalls (OOPS!): 3 critical, 5 important, 11 minor." in done.stdout
    assert "Score by the file checks of FOOPS!: 75 %." in done.stdout
    assert "FOOPS-OM3: 0 of 6" in done.stdout
    assert "live addresses: URI1, " in done.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "المزالق (\u2068OOPS\u2069): الحرجة 3"),
        ("fr", "Écueils (OOPS)\xa0: critiques 3, importants 5, mineurs 11."),
    ],
)
def test_it_speaks_the_language_of_the_reader(cli: Cli, abroad: Path, language: str, words: str) -> None:
    done = cli("--lang", language, "validate", "--ontology", "mutuals.ttl", cwd=abroad)
    assert words.replace("\u2068OOPS\u2069", "OOPS") in done.stdout


def test_programs_get_the_scores_too(cli: Cli, abroad: Path) -> None:
    done = cli("validate", "--ontology", "mutuals.ttl", "-o", "-", "--format", "json", cwd=abroad)
    report = json.loads(done.stdout)
    assert report["counts"]["violation"] == 3
    assert report["scores"]["FOOPS-OM1"] == {"passed": 5, "of": 6}
    assert 0.7 < report["score"] < 0.8
    assert all(finding["line"] for finding in report["findings"])


def test_a_page_has_the_scores(cli: Cli, abroad: Path) -> None:
    cli("--lang", "en", "validate", "--ontology", "mutuals.ttl", "-o", "report.html", cwd=abroad)
    assert "FOOPS-OM1: 5 of 6, Minimal metadata" in (abroad / "report.html").read_text("utf-8")


@pytest.mark.parametrize(("least", "expected"), [("violation", 0), ("warning", 0), ("info", 1)])
def test_the_exit_code_is_by_how_grave_the_pitfalls_are(cli: Cli, least: str, expected: int) -> None:
    done = cli("validate", "--ontology", "ontology/core.ttl", "--fail-on", least)
    assert done.returncode == expected, done.stdout


@pytest.mark.parametrize(
    ("name", "content", "expected", "words"),
    [
        ("broken.ttl", b"<a> a <b>", 1, "does not parse"),
        ("broken.rdf", b"<rdf:RDF", 1, "does not parse"),
        ("broken.owl", b"Prefix(:=<http://example.org/>)", 1, "does not parse"),
        ("remote.jsonld", b'{"@context": "https://schema.org/", "@id": "x"}', 1, "nothing is fetched"),
        ("empty.ttl", b"", 0, "contains no statements"),
        ("words.docx", b"x", 3, "extension"),
    ],
)
def test_files_that_are_no_ontology(
    cli: Cli, tmp_path: Path, name: str, content: bytes, expected: int, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = cli("--lang", "en", "validate", "--ontology", name, cwd=tmp_path)
    assert done.returncode == expected
    assert words in done.stdout + done.stderr
    assert "FOOPS" not in done.stdout
    assert "Traceback" not in done.stderr


def test_it_scores_one_file_alone(cli: Cli, abroad: Path) -> None:
    for others in (["mutuals.ttl"], ["--since", "main"], ["mutuals.ttl", "--shapes", "mutuals.ttl"]):
        done = cli("--lang", "en", "validate", "--ontology", "mutuals.ttl", *others, cwd=abroad)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--ontology" in done.stderr
    assert cli("validate", "--ontology", "nothing.ttl", cwd=abroad).returncode == 3

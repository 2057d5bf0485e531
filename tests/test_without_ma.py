"""The modules evidence and core hold without the module for Morocco: a project of another country has them alone."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.namespaces import RDFS
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.editing.new_project import make_project
from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from ssekg.queries.library import read_queries
from ssekg.queries.local import ask
from ssekg.queries.parameters import bindings
from ssekg.queries.syntax import bind
from ssekg.shacl.derivation import with_derived
from tests.conftest import ROOT, Cli

ONTOLOGY: Final = "https://w3id.org/ssekg/ontology"
MA: Final = ox.NamedNode(f"{ONTOLOGY}/ma")
MODULES: Final = ("evidence", "core")
SETTINGS: Final = """
[project]
id = "zitouna"
name = { ar = "مبيان الزيتونة", fr = "Graphe Zitouna", en = "Zitouna graph" }
description = { ar = "برامج بلد آخر.", fr = "Ceux d’un autre pays.", en = "Those of another country." }
base = "https://zitouna.example/id/"
languages = ["ar", "fr", "en"]
default_language = "fr"

[prefixes]
eli = "http://data.europa.eu/eli/ontology#"
frapo = "http://purl.org/cerif/frapo/"
m8g = "http://data.europa.eu/m8g/"
shapes = "https://w3id.org/ssekg/shapes#"

[privacy]
withheld = ["person"]
public_name = "without-persons"

[publication]
site = "https://zitouna.example/site/"
licence = "https://creativecommons.org/licenses/by/4.0/"
publisher = "zitouna"
contact = "https://zitouna.example/contact"

[release]
version = "0.1.0"
date = 2026-11-27
"""
# No fact here is real.
ROWS: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "sources": (
        {
            "id": "gazette-2024",
            "title_fr": "Lancement du programme Zitouna",
            "publisher": "Ministère de l’Économie",
            "kind": "source-institution",
            "url": "https://zitouna.example/lancement",
            "date": "2024-05-02",
            "language": "fr",
            "confidence": "stated",
        },
    ),
    "places": (
        {"id": "tunisia", "class": "Country", "name_ar": "تونس", "name_fr": "Tunisie", "name_en": "Tunisia"},
        {
            "id": "sahel",
            "class": "Region",
            "name_ar": "الساحل",
            "name_fr": "Sahel",
            "name_en": "Sahel",
            "within_id": "tunisia",
            "capital": "Sousse",
        },
    ),
    "institutions": (
        {
            "id": "ministry-economy",
            "name_ar": "وزارة الاقتصاد",
            "name_fr": "Ministère de l’Économie",
            "name_en": "Ministry of Economy",
            "kind": "ministry",
            "located_in": "sahel",
        },
    ),
    "programmes": (
        {
            "id": "zitouna",
            "class": "Programme",
            "name_ar": "برنامج الزيتونة",
            "name_fr": "Programme Zitouna",
            "name_en": "Zitouna programme",
            "owners": "ministry-economy",
            "start": "2024",
            "places": "sahel",
            "target_groups": "cooperatives",
        },
    ),
    "amounts": (
        {
            "record": "programme/zitouna",
            "key": "total",
            "kind": "total",
            "amount": "2000000",
            "currency": "TND",
            "stage": "programmed",
            "payer_id": "ministry-economy",
        },
    ),
}
# The one row of the answer to a question, as far as it matters.
ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "programmes-of-a-region -p region=sahel": {"programme": "programme/zitouna", "start": "2024"},
    "programmes-for-a-target-group -p group=cooperatives": {"programme": "programme/zitouna"},
    "budgets-by-region": {"region": "place/sahel", "total": "2000000", "currency": "TND"},
}
SHARED: Final = {"sources": "gazette-2024", "confidence": "stated"}


def terms_of_ma() -> set[str]:
    """The terms that only the module for Morocco has."""
    quads = ox.parse(path=str(ROOT / "ontology/ma.ttl"), base_iri=ONTOLOGY)
    return {quad.subject.value for quad in quads if quad.predicate.value == RDFS + "isDefinedBy" and quad.object == MA}


def write_rows(folder: Path) -> None:
    """Write the rows of ROWS into the tables, instead of those that a new project has as examples."""
    for table, rows in ROWS.items():
        path = folder / f"{table}.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header.split(","), lineterminator="\n", extrasaction="ignore")
            writer.writeheader()
            writer.writerows({**SHARED, **row} for row in rows)


@pytest.fixture(scope="module")
def zitouna(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of another country, which begins as every new one."""
    folder = tmp_path_factory.mktemp("zitouna")
    make_project(folder, read_project(ROOT), "fr")
    (folder / "ssekg.toml").write_text(SETTINGS, encoding="utf-8")
    write_rows(folder / "data")
    return folder


def test_only_the_two_modules_are_there(zitouna: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in zitouna.rglob("*") if path.is_file()]
    local_names = {iri.removeprefix(f"{ONTOLOGY}#") for iri in terms_of_ma()}
    assert local_names
    for name in local_names:
        assert not [text for text in texts if f"sse:{name} " in text or f'"{ONTOLOGY}#{name}"' in text]


def test_it_conforms(zitouna: Path) -> None:
    assert isinstance(check_project(read_project(zitouna)), CheckedGraph)


def test_it_is_published_and_answers(zitouna: Path, cli: Cli) -> None:
    published = cli("--lang", "en", "publish", cwd=zitouna)
    assert published.returncode == 0, published.stdout + published.stderr
    kept = {path.name for path in (zitouna / "public" / "ontology").glob("*.ttl")}
    assert kept == {"evidence.ttl", "core.ttl"}
    for arguments, answer in ANSWERS.items():
        done = cli("query", "run", *arguments.split(), "--format", "csv", cwd=zitouna)
        assert done.returncode == 0, done.stderr
        assert [{name: row[name] for name in answer} for row in rows(done.stdout)] == [answer]


def test_every_question_that_needs_no_value_is_answered(zitouna: Path) -> None:
    project = read_project(zitouna)
    graph, _ = with_derived(project, build_graph(project))
    queries = list(read_queries(project))
    assert len(queries) > 40
    for query in queries:
        ask(graph, bind(query.text, bindings([each for each in query.parameters if not each.required], [], graph)))


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(text.splitlines()))

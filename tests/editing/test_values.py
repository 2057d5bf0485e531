"""What people write for a value: names in any language and spelling become codes where one thing alone is meant."""

import json
import re
from pathlib import Path

import pytest

from ssekg.editing.values import Values
from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from ssekg.sources.tables.table import Table
from tests.conftest import Cli


def cell(root: Path, table: str, column: str, text: str) -> str:
    """What a cell becomes."""
    project = read_project(root)
    graph = build_graph(project)
    found = next(each for each in graph.sources.files if isinstance(each, Table) and each.name == table)
    return Values(project, graph).cell(found, next(each for each in found.columns if each.name == column), text)


@pytest.fixture
def coded(littoral: Path) -> Path:
    """The second project, with the currency of a fee as the code of its concept and not as the concept."""
    path = littoral / "data" / "redevances.csv-metadata.json"
    described = json.loads(path.read_text("utf-8"))
    currency = next(each for each in described["tableSchema"]["columns"] if each["name"] == "devise")
    del currency["valueUrl"]
    currency["datatype"]["format"] = "[A-Z]{3}"
    path.write_text(json.dumps(described), encoding="utf-8")
    terms = littoral / "ontology" / "listes.ttl"
    text = terms.read_text("utf-8")
    broader = '<term/franc-cfa> a skos:Concept ; skos:broader <term/monnaies> ; skos:notation "XOF" ;'
    others = (
        '<term/monnaies> a skos:Concept ; skos:inScheme <term/unites> ; skos:prefLabel "Monnaies"@fr, "Xaalis"@wo .'
    )
    text = text.replace("<term/franc-cfa> a skos:Concept ;", f"{others}\n{broader} skos:altLabel 'FCFA'@fr ;")
    annotation = "\nlit:devise <https://w3id.org/ssekg/tool#codesOf> <term/monnaies> .\n"
    prefix = (
        ""
        if re.search("^@prefix lit:", text, re.MULTILINE)
        else "@prefix lit: <https://data.littoral.example/vocab#> .\n"
    )
    terms.write_text(prefix + text + annotation, encoding="utf-8")
    table = littoral / "data" / "redevances.csv"
    table.write_text(table.read_text("utf-8").replace("franc-cfa", "XOF"), encoding="utf-8")
    return littoral


@pytest.mark.parametrize("text", ["XOF", "fcfa", "franc CFA", "DËRËM", "Franc CFA (XOF)", "\N{NO-BREAK SPACE}xof "])
def test_names_of_a_currency(coded: Path, text: str) -> None:
    assert cell(coded, "redevances.csv", "devise", text) == "XOF"


def test_a_wrong_currency_is_shown_the_codes(cli: Cli, coded: Path) -> None:
    table = coded / "data" / "redevances.csv"
    table.write_text(table.read_text("utf-8").replace("XOF", "FCFA", 1), encoding="utf-8")
    found = cli("--lang", "fr", "validate", "data/redevances.csv", cwd=coded).stdout
    assert "Vouliez-vous dire XOF (Franc CFA)" in found
    assert "XOF (Franc CFA)" in cli("--lang", "fr", "describe", "redevances.csv", "devise", cwd=coded).stdout


def test_a_name_of_several_is_none(cli: Cli, littoral: Path) -> None:
    """Both are shown with where they are; the name with the code, as lists have it, is one of them."""
    quays = littoral / "data" / "quais.csv"
    quays.write_text(quays.read_text("utf-8").replace("Quai de Joal,", "Quai de Kayar,"), encoding="utf-8")
    assert cell(littoral, "groupements.csv", "quai", "quai de kayar") == "quai de kayar"
    assert cell(littoral, "groupements.csv", "quai", "Quai de Kayar (joal)") == "joal"
    groups = littoral / "data" / "groupements.csv"
    groups.write_text(groups.read_text("utf-8").replace(",joal,", ",Quai de Kayar,"), encoding="utf-8")
    found = cli("--lang", "fr", "validate", "data/groupements.csv", cwd=littoral).stdout
    for code, zone in (("joal", "Petite Côte"), ("kayar", "Grande Côte")):
        assert re.search(rf"{code} \(Quai de Kayar\)\s: Quai \({zone}\)", found), found

"""`ssekg describe ontology`: how the graph is built, in the reader's language; who has a term."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.described import FSI, NBSP, PDI, described
from tests.conftest import ROOT, SECOND, Cli


def test_class_of_this_project_in_arabic(cli: Cli) -> None:
    text = described(cli, ROOT, "ar", "ontology")
    block = next(each for each in text.split("\n\n") if each.startswith(f"البرامج ({FSI}sse:Programme{PDI})\n"))
    lines = [line.strip() for line in block.splitlines()]
    assert f"العنوان: {FSI}programme/…{PDI}" in lines
    assert f"الجداول: البرامج والمشاريع والاستراتيجيات ({FSI}programmes.csv{PDI})" in lines
    assert re.search(rf"^صاحب المبادرة \({FSI}sse:owner{PDI}\)، المؤسسات، \d+ من \d+$", "\n".join(lines), re.MULTILINE)
    assert "مستنتجة آليا" in block


def test_class_of_the_second_project_in_french(cli: Cli) -> None:
    text = described(cli, SECOND, "fr", "ontology")
    block = next(each for each in text.split("\n\n") if each.startswith("Redevance (lit:Redevance)\n"))
    assert block.splitlines()[1:] == [
        "  Somme payée pour un permis pendant une année.",
        f"  Adresse{NBSP}: …#…, partie de sa fiche (redevance du permis (lit:redevanceDe))",
        f"  Nombre{NBSP}: 5",
        f"  Tableaux{NBSP}: Redevances des permis (redevances.csv)",
        *[line for line in block.splitlines() if line.startswith(f"  Exemple{NBSP}: permit/")],
        *[line for line in block.splitlines() if line.startswith("    ")],
    ]
    assert "    redevance du permis (lit:redevanceDe), Permis de pêche, 5 sur 5" in block
    assert "accueille le groupement (lit:accueille) – inverse de attaché au quai (lit:attacheA)" in text


def test_withheld_records_are_not_counted_or_named(cli: Cli) -> None:
    forms = [described(cli, SECOND, "fr", "ontology", "--format", form) for form in ("text", "md", "svg")]
    assert "Ses fiches ne sont que dans le graphe complet." in forms[0]
    cells = (SECOND / "data" / "agents.csv").read_text(encoding="utf-8").split("\n")[1].split(",")
    assert not [cell for cell in cells[1:4] if any(cell in text for text in forms)]


@pytest.mark.parametrize(("project", "language"), [(ROOT, "ar"), (SECOND, "fr")])
def test_diagram_runs_as_its_language_and_has_all_its_texts(cli: Cli, project: Path, language: str) -> None:
    root = etree.fromstring(described(cli, project, language, "ontology", "--format", "svg").encode())
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("direction") == ("rtl" if language == "ar" else "ltr")
    assert root.get("lang") == language
    assert [child.tag for child in root][:2] == [f"{space}title", f"{space}desc"]
    assert ("scale(-1 1)" in (root.find(f"{space}g").get("transform") or "")) == (language == "ar")
    assert len(root.findall(f"{space}text")) > len(root.findall(f"{space}rect")) > 1
    assert root.findall(f"{space}g/{space}path")
    assert not root.xpath("//@href | //*[local-name() = 'style'] | //*[local-name() = 'image']")


def test_who_has_a_property_and_what_a_class_has(cli: Cli) -> None:
    text = described(cli, SECOND, "fr", "lit:creeEn")
    assert f"Où elle est renseignée{NBSP}:\n  Groupements{NBSP}: 5 sur 6\n" in text
    text = described(cli, SECOND, "fr", "lit:Groupement")
    assert f"\nPropriétés\n  document{NBSP}: 6 sur 6\n" in text
    assert f"  créé en{NBSP}: 5 sur 6\n" in text
    assert "renseignée" not in described(cli, SECOND, "fr", "group/and-liggeey")


def test_in_full_it_is_said_by_place_and_by_year(cli: Cli) -> None:
    text = described(cli, SECOND, "fr", "lit:creeEn", "--verbose")
    assert f"Groupements par lieu{NBSP}:\n" in text
    assert f"  Grande Côte{NBSP}: 2 sur 2\n" in text
    assert "par lieu" not in described(cli, SECOND, "fr", "lit:creeEn")
    text = described(cli, SECOND, "fr", "lit:Permis", "--verbose")
    assert f"Permis de pêche par année{NBSP}:\n  2023{NBSP}: 2 sur 5\n  2024{NBSP}: 3 sur 5\n" in text


def test_other_forms_are_refused(cli: Cli) -> None:
    assert cli("describe", "ontology", "--format", "turtle").returncode == 2
    assert cli("describe", "events.csv", "--format", "svg").returncode == 2

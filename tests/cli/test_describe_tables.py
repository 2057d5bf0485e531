"""`ssekg describe TABLE`: what to write in a table, in the reader's language."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.described import FSI, NBSP, PDI, described
from tests.conftest import ROOT, SECOND, Cli, in_turn


def column(text: str, name: str) -> list[str]:
    """The lines about the column of a name, without their indents."""
    block = next(block for block in text.split("\n\n") if re.match(rf"  \S.*\({FSI}?{name}{PDI}?\)", block))
    return [line.strip() for line in block.splitlines()]


def test_codes_of_this_project_in_arabic(cli: Cli) -> None:
    text = described(cli, ROOT, "ar", "events.csv")
    assert text.splitlines()[0] == f"التظاهرات وسلاسلها ({FSI}events.csv{PDI})"
    heading, description, form, example, codes = column(text, "kind")
    assert heading == f"النوع ({FSI}kind{PDI})، اختياري"
    assert description == "نوع التظاهرة."
    assert form == "ما يكتب: رمز من اللائحة"
    assert example == f"مثال: {FSI}conference{PDI}"
    assert f"{FSI}fair{PDI} (معرض)، " in codes


def test_codes_of_this_project_in_french(cli: Cli) -> None:
    text = described(cli, ROOT, "fr", "data/events.csv")
    assert column(text, "scope") == [
        "Portée (scope), facultatif",
        "Internationale, nationale, régionale…, selon son nom.",
        f"À écrire{NBSP}: un code de la liste",
        f"Exemple{NBSP}: international",
        (
            f"Codes{NBSP}: african (Africain), international (International), mediterranean (Méditerranéen), "
            "national (National), regional (Régional)"
        ),
    ]
    assert column(text, "end")[2] == (
        f"À écrire{NBSP}: une date, avec la précision connue{NBSP}: 2023, 2023-03 ou 2023-03-17"
    )
    # The classes that a column chooses from have labels too.
    assert "Speech (Allocution)" in column(text, "class")[-1]


def test_long_list_of_codes_is_shown_where_the_column_is_asked_for(cli: Cli) -> None:
    whole = column(described(cli, ROOT, "en", "laws.csv"), "subjects")
    found = re.fullmatch(r"There are (\d+) codes: ssekg describe laws.csv subjects lists them", whole[-1])
    assert found
    alone = column(described(cli, ROOT, "en", "laws.csv", "subjects"), "subjects")
    assert alone[:-1] == whole[:-1]
    assert alone[-1].startswith("Codes: ")
    assert alone[-1].count(" (") == int(found[1])


def test_second_project_in_french(cli: Cli) -> None:
    text = described(cli, SECOND, "fr", "redevances")
    assert text.splitlines()[:3] == [
        "Redevances des permis (redevances.csv)",
        f"  Objet des lignes{NBSP}: Redevance",
        f"  Clé, différente à chaque ligne{NBSP}: Permis (permis), Année (annee)",
    ]
    assert column(text, "permis")[2] == (
        f"À écrire{NBSP}: «{NBSP}Identifiant{NBSP}» d’une ligne du tableau Permis de pêche (permis.csv)"
    )
    assert column(text, "annee")[2] == f"À écrire{NBSP}: une année, par exemple 2023"
    assert column(text, "montant")[3] == f"Exemple{NBSP}: 75000"
    assert column(text, "devise")[-1].startswith(f"Codes{NBSP}: ")
    assert "franc-cfa (Franc CFA)" in column(text, "devise")[-1]
    assert text.endswith(f"  Va avec{NBSP}:\n    Permis de pêche (permis.csv)\n    Documents (documents.csv)\n")


def test_second_project_in_arabic(cli: Cli) -> None:
    """It has no texts in Arabic: those in French are isolated."""
    lines = column(described(cli, SECOND, "ar", "redevances"), "devise")
    assert lines[0] == f"{FSI}Devise{PDI} ({FSI}devise{PDI})، إلزامي"
    assert lines[3] == f"مثال: {FSI}franc-cfa{PDI}"
    assert f"{FSI}franc-cfa{PDI} ({FSI}Franc CFA{PDI})" in lines[-1]


def test_no_example_is_taken_from_withheld_records(cli: Cli) -> None:
    text = described(cli, SECOND, "fr", "agents.csv") + described(cli, SECOND, "fr", "mandats.csv")
    cells = (SECOND / "data" / "agents.csv").read_text(encoding="utf-8").split("\n")[1].split(",")
    assert not [cell for cell in cells[1:4] if cell in text]


@pytest.mark.parametrize(("root", "language"), [(ROOT, "ar"), (SECOND, "fr")])
def test_all_tables_as_markdown(cli: Cli, root: Path, language: str, tmp_path: Path) -> None:
    page = tmp_path / "tables.md"
    assert described(cli, root, language, "data", "-o", page) == ""
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<div dir="rtl">\n\n# ' if language == "ar" else "# ")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    files = [path.name.removesuffix("-metadata.json") for path in (root / "data").glob("*-metadata.json")]
    assert sorted(heading.split("`")[1] for heading in headings) == sorted(files)


def test_name_of_a_thing_goes_before_that_of_a_table(cli: Cli, wells: Path) -> None:
    data = wells / "data"
    shutil.copy(data / "wells.csv", data / "market.csv")
    described_as = json.loads((data / "wells.csv-metadata.json").read_text(encoding="utf-8"))
    described_as |= {"url": "market.csv", "dc:title": "Markets"}
    (data / "market.csv-metadata.json").write_text(json.dumps(described_as), encoding="utf-8")
    assert described(cli, wells, "en", "market").startswith("Market well\n")
    assert described(cli, wells, "en", "market.csv").startswith("Markets (market.csv)\n")


@pytest.mark.parametrize(
    ("arguments", "words", "language"),
    in_turn(
        (["evnts.csv"], "events.csv"),
        (["events.csv", "scop"], "scope"),
        (["events.csv", "--format", "turtle"], "text, md"),
        (["institution/odco", "--format", "svg"], "text, md, turtle, jsonld"),
        (["institution/odco", "scope"], "institution/odco"),
    ),
)
def test_mistakes(cli: Cli, arguments: list[str], words: str, language: str) -> None:
    done = cli("--lang", language, "describe", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 2

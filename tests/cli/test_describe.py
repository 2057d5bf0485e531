"""`ssekg describe` as a page: facts in order, doubt beside them, parts as lines, incoming links by kind, footnotes."""

import csv
import re
from pathlib import Path
from typing import Final

import pytest

from tests.cli.described import FSI, NBSP, PDI, described
from tests.conftest import ROOT, SECOND, Cli

MOAZARA: Final = "programme/moazara"
REGION: Final = "place/fes-meknes"
NBSP_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"


def blocks(page: str) -> list[list[str]]:
    """The blocks of lines between empty lines, without indents."""
    return [[line.strip() for line in block.splitlines()] for block in page.rstrip("\n").split("\n\n")]


def labels(lines: list[str]) -> list[str]:
    """What precedes the colon of each line."""
    return [line.partition(":")[0].strip() for line in lines]


def test_facts_come_in_order_of_meaning(cli: Cli) -> None:
    _, facts, *_ = blocks(described(cli, ROOT, "en", MOAZARA))
    found = labels(facts)
    order = ["owner", "start date", "current status", "territory covered", "target group", "field of action"]
    assert [label for label in found if label in order] == order
    _, facts, *_ = blocks(described(cli, SECOND, "fr", "permit/p-2023-014"))
    order = ["numéro du permis", "titulaire", "espèce autorisée", "début", "fin", "signataire", "texte appliqué"]
    assert labels(facts) == order


def test_a_programme_is_a_page(cli: Cli) -> None:
    page = described(cli, ROOT, "fr", MOAZARA)
    assert len(page.splitlines()) <= 60
    head, *_, parts, _, sources = blocks(page)
    assert head[2] == "Programme"
    assert any(line.startswith(f"Nombre de bénéficiaires · 52{NBSP_NARROW}506 personnes · ") for line in parts)
    numbers = [line.partition("]")[0] for line in sources[1:]]
    assert numbers == [f"[{number + 1}" for number in range(len(numbers))]
    addresses = re.findall(r"https?://\S+", "\n".join(sources))
    assert len(addresses) == len({*addresses})
    assert page.count(addresses[0]) == 1


def test_doubt_is_beside_the_fact(cli: Cli) -> None:
    owner = next(line for line in blocks(described(cli, ROOT, "en", MOAZARA))[1] if line.startswith("owner:"))
    assert owner.endswith("(Inferred · Named by a later name)")
    quay = described(cli, SECOND, "fr", "quay/joal")
    assert re.search(rf"^  ouvert en{NBSP}: 2001-11-12 \[1\] \(ailleurs{NBSP}: 2002 \[2\]\)$", quay, re.MULTILINE)
    quay = described(cli, SECOND, "fr", "quay/ndangane")
    assert f"  dans la zone{NBSP}: Estuaire du Saloum (Déduit)\n" in quay
    assert blocks(quay)[1][0] == f"certitude{NBSP}: Déduit"


def test_what_nobody_knows_is_told(cli: Cli) -> None:
    with (ROOT / "data" / "gaps.csv").open(encoding="utf-8", newline="") as file:
        gap = next(row for row in csv.DictReader(file) if row["property"] == "sse:end" and row["reason"] == "not-found")
    facts = blocks(described(cli, ROOT, "fr", gap["record"]))[1]
    assert f"date de fin{NBSP}: valeur inconnue (Déduit · Non trouvé)" in facts


def test_what_points_to_a_region_is_counted_and_not_listed(cli: Cli) -> None:
    page = described(cli, ROOT, "en", REGION)
    assert len(page.splitlines()) < 60
    line = next(line for line in page.splitlines() if line.startswith("  Statistics, place concerned ("))
    count, things = re.fullmatch(r"  Statistics, place concerned \((\d+)\): (.*)", line).groups()  # type: ignore[union-attr]
    assert int(count) > len(things.split(" · ")) == 5
    assert things.endswith(" · …")
    everything = described(cli, ROOT, "en", REGION, "--verbose")
    line = next(line for line in everything.splitlines() if line.startswith("  Statistics, place concerned ("))
    assert len(line.partition("): ")[2].split(" · ")) > 5
    assert "…" not in line


def test_names_of_another_language_are_marked_and_isolated(cli: Cli) -> None:
    page = described(cli, ROOT, "ar", MOAZARA)
    name, others, *_ = page.splitlines()
    assert name == "برنامج مؤازرة"
    assert f"{FSI}Programme Moazara{PDI} ({FSI}fr{PDI})" in others
    assert f" · {FSI}19.200.000 MAD{PDI} · " in page
    assert "  Teeru Jowaal (wo)\n" in described(cli, SECOND, "fr", "quay/joal")


def test_parts_of_the_second_project_are_lines(cli: Cli) -> None:
    fees = next(block for block in blocks(described(cli, SECOND, "fr", "permit/p-2023-014")) if block[0] == "Redevance")
    assert fees[1:] == [f"2023 · 75{NBSP_NARROW}000 Franc CFA [1]"]


@pytest.mark.parametrize("root", [ROOT, SECOND])
def test_footnotes_in_markdown_are_all_defined_and_used(cli: Cli, root: Path) -> None:
    page = described(cli, root, "fr", MOAZARA if root == ROOT else "quay/joal", "--format", "md")
    assert page.startswith("# ")
    used, defined = {*re.findall(r"\[\^(\d+)\](?!:)", page)}, {*re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE)}
    assert used == defined != set()
    assert re.search(r", <https://\S+>", page)


@pytest.mark.parametrize("name", ["Nulle-part-sur-Mer", "place/atlantis"])
def test_what_is_not_there_is_refused(cli: Cli, name: str) -> None:
    done = cli("describe", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"“{name}”" in done.stderr


def test_command(cli: Cli) -> None:
    done = cli("describe", "\N{RIGHT-TO-LEFT MARK}جهة الشرق\N{RIGHT-TO-LEFT MARK}", "--format", "turtle")
    assert done.returncode == 0, done.stderr
    assert "place:oriental a " in done.stdout

"""`ssekg new`: rows from what people say, by column or heading, code or name, in any language."""

import csv
from pathlib import Path

import pytest

from tests.conftest import Cli

GROUP = (
    "nom_fr=GIE de l’Île de Ngor",
    "Nom en wolof=Mbootaay Ngor",
    "quai=Quai de Joal",
    "activites=pêche",
    "activites=transformation",
    "membres=1 250",
    "creation=15/03/2019",
    "document=Registre des quais et des permis",
    "certitude=Lu dans le document",
)


def given(values: tuple[str, ...]) -> list[str]:
    return [part for value in values for part in ("--set", value)]


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["group", "groupements", "Groupements"])
def test_names_become_codes_and_an_identifier_is_proposed(cli: Cli, littoral: Path, kind: str) -> None:
    before = (littoral / "data" / "groupements.csv").read_text("utf-8")
    done = cli("--lang", "fr", "new", kind, *given(GROUP), cwd=littoral)
    assert done.returncode == 0, done.stderr
    row = rows(littoral, "groupements.csv")[-1]
    assert {name: text for name, text in row.items() if text} == {
        "id": "gie-de-l-ile-de-ngor",
        "nom_fr": "GIE de l’Île de Ngor",
        "nom_wo": "Mbootaay Ngor",
        "quai": "joal",
        "activites": "peche|transformation",
        "membres": "1250",
        "creation": "2019-03-15",
        "document": "registre-2024",
        "certitude": "lu",
    }
    assert (littoral / "data" / "groupements.csv").read_text("utf-8").startswith(before)
    assert cli("validate", cwd=littoral).returncode == 0
    again = cli("new", kind, *given(GROUP), cwd=littoral)
    assert again.returncode == 0
    assert rows(littoral, "groupements.csv")[-1]["id"] == "gie-de-l-ile-de-ngor-2"


@pytest.mark.parametrize(("language", "words"), [("fr", "demande encore"), ("ar", "كذلك إلى"), ("en", "also needs")])
def test_what_is_missing_is_asked_for_with_its_codes(cli: Cli, littoral: Path, language: str, words: str) -> None:
    done = cli("--lang", language, "new", "group", "--set", "nom_fr=GIE", cwd=littoral)
    assert done.returncode == 2
    plain = "".join(character for character in done.stderr if character not in "\u2066\u2067\u2068\u2069")
    assert words in plain
    assert "joal (Quai de Joal)" in plain
    assert "lu (Lu dans le document)" in plain
    assert rows(littoral, "groupements.csv")[-1]["id"] == "kawral"


def test_a_row_that_would_be_wrong_is_not_written(cli: Cli, littoral: Path) -> None:
    before = (littoral / "data" / "groupements.csv").read_bytes()
    wrong = (*GROUP[:2], "quai=Quai de Jol", *GROUP[6:])
    done = cli("--lang", "fr", "new", "group", *given(wrong), cwd=littoral)
    assert done.returncode == 1
    assert "joal" in done.stderr
    assert (littoral / "data" / "groupements.csv").read_bytes() == before


def test_a_mistake_of_before_keeps_nobody_from_adding(cli: Cli, littoral: Path) -> None:
    zones = littoral / "data" / "zones.csv"
    zones.write_text(zones.read_text("utf-8").replace(",GC,", ",gc,"), encoding="utf-8")
    assert cli("new", "group", *given(GROUP), cwd=littoral).returncode == 0


def test_tried_only(cli: Cli, littoral: Path) -> None:
    before = (littoral / "data" / "groupements.csv").read_bytes()
    done = cli("--lang", "fr", "new", "group", *given(GROUP), "--dry-run", cwd=littoral)
    assert done.returncode == 0
    assert "gie-de-l-ile-de-ngor" in done.stdout
    assert (littoral / "data" / "groupements.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["groop", "--set", "nom_fr=x"], 2, "group"),
        (["group", "--set", "nom_français=x"], 2, "nom_fr"),
        (["group", "--set", "nom_fr"], 2, "NAME=VALUE"),
        (["group", "--set", "nom_fr=x", "--set", "nom_fr=y"], 2, "nom_fr"),
    ],
)
def test_asked_wrongly(cli: Cli, littoral: Path, arguments: list[str], code: int, words: str) -> None:
    done = cli("--lang", "en", "new", *arguments, cwd=littoral)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr

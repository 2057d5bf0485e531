"""One answer to what was meant, in tables, in code lists and in Turtle: by name first, then by identifier."""

import csv
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.findings import Finding, Severity
from ssekg.base.messages import words
from ssekg.checks.meant import Meant
from ssekg.checks.run import check_files
from ssekg.graph.store import Graph
from ssekg.project.settings import read_project
from ssekg.reports.wording import hint_for
from tests.conftest import copy_project
from tests.graphs import BASE, graph_of

GRAPH: Final = graph_of(
    """<concept/fair> skos:prefLabel "Salon"@fr, "معرض"@ar . <concept/session> skos:prefLabel "Séance"@fr .
    <concept/salon-de-lecture> skos:prefLabel "Cercle"@fr ; skos:altLabel "Club de lecture"@fr .
    <concept/atelier> skos:prefLabel "Foire"@fr . <concept/workshop> skos:prefLabel "Atelier"@fr ."""
)


def meant(text: str, *slugs: str) -> list[str]:
    guesses = Meant(GRAPH)
    among = [ox.NamedNode(f"{BASE}concept/{slug}") for slug in slugs] or guesses.of_kind("concept")
    return [thing.value.removeprefix(f"{BASE}concept/") for thing in guesses.things(text, among)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("salon", ["fair"]),
        ("معرض", ["fair"]),
        ("club-de-lecture", ["salon-de-lecture"]),
        ("atelier", ["workshop"]),
        ("session", ["session"]),
        ("seance", ["session"]),
        ("saloon", ["fair"]),
        ("sesion", ["session"]),
        ("xyz", []),
    ],
)
def test_names_go_before_identifiers_and_what_is_exact_before_what_is_alike(text: str, found: list[str]) -> None:
    assert meant(text) == found


def test_only_what_may_be_chosen_is_suggested() -> None:
    assert meant("salon", "session", "workshop") == []
    assert meant("atelier", "atelier") == ["atelier"]


def test_what_takes_time_is_looked_for_once_and_only_where_there_is_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def things(_graph: Graph, text: str) -> list[ox.NamedNode]:
        asked.append(text)
        return []

    monkeypatch.setattr("ssekg.checks.meant.things", things)
    guesses = Meant(GRAPH)
    for _ in range(3):
        assert guesses.things("no-such-source", []) == []
        assert guesses.things("xyz", guesses.of_kind("concept")) == []
    assert asked == ["xyz"]


def write(path: Path, column: str, values: dict[int, str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for number, value in values.items():
        rows[number][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def violations(copy: Path, *names: str) -> list[Finding]:
    report = check_files(read_project(copy), [copy / "data" / name for name in names])
    return [finding for finding in report.findings if finding.severity is Severity.VIOLATION]


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What is found in a copy with mistakes in three tables that have nothing to do with each other, by file."""
    root = copy_project(tmp_path_factory.mktemp("mistaken") / "project")
    write(root / "data/events.csv", "kind", {1: "salon", 7: "معرض"})
    write(root / "data/participations.csv", "record", {1: "programme/quite-unknown", 2: "programme/quite-unknown"})
    for column in ("name_ar", "name_fr", "name_en"):
        write(root / "data/programmes.csv", column, {3: ""})
    found: dict[str, list[Finding]] = {"events.csv": [], "participations.csv": [], "programmes.csv": []}
    for finding in check_files(read_project(root), [root / "data" / name for name in found]).findings:
        assert finding.place
        found[finding.place.file.removeprefix("data/")].append(finding)
    return found


def test_an_identifier_of_no_list_and_a_name_in_its_place_get_the_same_answer(
    mistaken: dict[str, list[Finding]],
) -> None:
    grave = [finding for finding in mistaken["events.csv"] if finding.severity is Severity.VIOLATION]
    advice = {finding.code: hint_for(finding, "fr") or "" for finding in grave}
    assert set(advice) == {"shacl-node", "table-datatype"}
    assert all("fair (Salon)" in words for words in advice.values())


def test_links_to_a_renamed_record_name_its_new_key_as_what_to_fix_first(copy: Path) -> None:
    programmes = copy / "data/programmes.csv"
    with programmes.open(encoding="utf-8", newline="") as file:
        keys = [row[0] for row in csv.reader(file)]
    old, broken = "moazara-edition-5", "moazara-edition-4"
    write(programmes, "id", {keys.index(old): f"{old}-new", keys.index(broken): "Édition 4"})
    found = violations(copy, "programmes.csv", "participations.csv")
    links = [
        (finding, str(finding.arguments["value"]).removeprefix("programme/"))
        for finding in found
        if finding.code == "table-dangling-link"
    ]
    assert {key for _, key in links} == {old, broken}
    for finding, key in links:
        assert finding.cause is not None
        assert (finding.cause.place.cell, finding.cause.code) == (
            (f"A{keys.index(old) + 1}", None) if key == old else (f"A{keys.index(broken) + 1}", "table-datatype")
        )
        assert ("nearest" in finding.arguments) is (key == old)
        if key == old:
            assert f"{old}-new" in words(finding.arguments["nearest"], "en")
    roots = [finding.cause is None for finding in found]
    assert roots == sorted(roots, reverse=True), "what follows is before what it follows from"
    assert any(finding.code == "table-datatype" for finding in found[: roots.count(True)])
    # What the renamed record lacks follows from its name, too.
    assert [f.code for f in found if f.cause is None] == ["table-datatype"]


def test_of_links_to_nothing_with_one_wrong_key_the_others_follow_from_the_first(
    mistaken: dict[str, list[Finding]],
) -> None:
    found = [f for f in mistaken["participations.csv"] if f.code == "table-dangling-link"]
    first, second = found
    assert first.cause is None
    assert second.cause is not None
    assert (second.cause.place, second.cause.code) == (first.place, "table-dangling-link")


def test_a_name_that_is_missing_altogether_is_one_cause(mistaken: dict[str, list[Finding]]) -> None:
    found = [finding for finding in mistaken["programmes.csv"] if finding.place and finding.place.cell == "A4"]
    causes = {finding.code: finding.cause and finding.cause.code for finding in found}
    assert causes == {"shacl-min-count": None, "shacl-qualified-min-count": "shacl-min-count"}
    assert found[0].code == "shacl-min-count"


def test_links_to_what_an_unread_file_says_follow_from_its_mistake(copy: Path) -> None:
    (copy / "data/more.ttl").write_text("<institution/newly-made> a <x:y>", encoding="utf-8")
    path = copy / "data/conference-fes-2023.ttl"
    text = path.read_text(encoding="utf-8")
    assert "<office/king-of-morocco>" in text
    path.write_text(text.replace("<office/king-of-morocco>", "<institution/newly-made>", 1), encoding="utf-8")
    found = violations(copy, "conference-fes-2023.ttl", "more.ttl")
    assert found[0].code == "syntax-error"
    causes = {finding.cause.code for finding in found[1:] if finding.cause is not None}
    assert causes == {"syntax-error"}

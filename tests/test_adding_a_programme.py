"""A programme with two partners, a budget, a status and two new sources is seven rows in five tables."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Severity
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.project.settings import read_project
from ssekg.shacl.derivation import with_derived

Rows = Mapping[str, Sequence[Mapping[str, str]]]
PROGRAMME: Final = "programme/taawon-bmk"
SOURCES: Final[Rows] = {
    "sources": (
        {
            "id": "region-taawon-2025",
            "title_fr": "Programme Taawon : appui aux coopératives de la région",
            "publisher": "Conseil régional de Béni Mellal-Khénifra",
            "kind": "source-institution",
            "url": "https://taawon.example/programme",
            "date": "2025-03-12",
            "language": "fr",
            "confidence": "stated",
        },
        {
            "id": "press-taawon-2025",
            "title_fr": "Coup d’envoi du programme Taawon",
            "publisher": "Le Journal",
            "kind": "source-press",
            "url": "https://journal.example/taawon",
            "date": "2025-03-14",
            "language": "fr",
            "confidence": "stated",
        },
    )
}
NEW: Final = "region-taawon-2025|press-taawon-2025"
KNOWN: Final = "map-moazara5|libe-moazara3"


def rows_of_the_programme(sources: str) -> Rows:
    """The programme with its two partners, its budget and its status, each fact a row."""
    shared = {"sources": sources, "confidence": "stated"}
    partner = {"record": PROGRAMME, "role": "partner", **shared}
    return {
        "programmes": (
            {
                "id": "taawon-bmk",
                "class": "Programme",
                "name_ar": "برنامج تعاون",
                "name_fr": "Programme Taawon",
                "name_en": "Taawon programme",
                "owners": "regional-council-beni-mellal-khenifra",
                "start": "2025-03",
                "places": "beni-mellal-khenifra",
                "target_groups": "cooperatives",
                **shared,
            },
        ),
        "participations": ({**partner, "institution_id": "odco"}, {**partner, "institution_id": "ads"}),
        "amounts": (
            {
                "record": PROGRAMME,
                "key": "total",
                "kind": "total",
                "amount": "25000000",
                "currency": "MAD",
                "stage": "programmed",
                **shared,
            },
        ),
        "statuses": ({"record": PROGRAMME, "key": "launched", "status": "launched", "date": "2025-03", **shared},),
    }


def write(data: Path, rows: Rows) -> None:
    """Add rows to the ends of tables, as a person does."""
    for name, added in rows.items():
        path = data / f"{name}.csv"
        columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, columns, lineterminator="\n").writerows(added)


def lines(folder: Path) -> dict[str, int]:
    """How many lines each file of a project has."""
    texts = ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): text.count(b"\n") for path, text in texts}


def answers(checked: CheckedGraph) -> dict[str, list[str]]:
    """What the programme's own properties and those that are derived say of it, by local name."""
    graph, _ = with_derived(checked.project, checked.graph)
    subject = ox.NamedNode(graph.base + PROGRAMME)

    def values() -> Iterator[tuple[str, str]]:
        for quad in graph.store.quads_for_pattern(subject, None, None):
            value = quad.object
            text = graph.shortened(value.value) if isinstance(value, ox.NamedNode) else value.value  # type: ignore[union-attr]
            yield quad.predicate.value.rpartition("#")[2], text

    found: dict[str, list[str]] = {}
    for name, text in sorted(values()):
        found.setdefault(name, []).append(text)
    return found


def added(folder: Path, rows: Rows) -> tuple[int, int]:
    """Add rows to a project: in how many files, and how many."""
    before = lines(folder)
    write(folder / "data", rows)
    more = [after - before[name] for name, after in lines(folder).items() if after != before[name]]
    return len(more), sum(more)


def test_a_programme_of_known_sources_is_fewer_rows(copy: Path) -> None:
    assert added(copy, rows_of_the_programme(KNOWN)) == (4, 5)


def test_a_programme_is_a_few_rows(copy: Path) -> None:
    assert added(copy, {**SOURCES, **rows_of_the_programme(NEW)}) == (5, 7)

    checked = check_project(read_project(copy))
    assert isinstance(checked, CheckedGraph)
    found = [f for f in checked.report.findings if f.severity is not Severity.INFO and "taawon" in str(f)]
    assert found == []

    said = answers(checked)
    bodies = ("ads", "odco", "regional-council-beni-mellal-khenifra")
    assert said["partner"] == [f"institution/{body}" for body in bodies]
    assert said["totalBudget"] == ["25000000"]
    assert said["currentStatus"] == ["concept/launched"]
    assert said["inRegion"] == ["place/beni-mellal-khenifra"]
    assert "disputedBudget" not in said

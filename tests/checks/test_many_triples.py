"""A project of very many triples is checked as any other, but in parts."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from ssekg.checks.shapes import check
from ssekg.checks.subject import Subject
from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project

# In each table something that is there, and a mistake to write in its place.
MISTAKES: Final = (
    ("captures", ",412.5,", ",-412.5,"),
    ("captures", ",kayar,", ",grande-cote,"),
    ("groupements", ",84,12,", ",84,102,"),
    ("permis", ",2023-01-15,2023-12-31,", ",2023-01-15,2022-12-31,"),
)
NAMELESS: Final = "[] a <https://data.littoral.example/vocab#Groupement> .\n"


def test_the_findings_are_those_of_all_triples_at_once(littoral: Path) -> None:
    for table, right, wrong in MISTAKES:
        path = littoral / f"data/{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert right in text
        path.write_text(text.replace(right, wrong), encoding="utf-8")
    (littoral / "data/nameless.ttl").write_text(NAMELESS)
    project = read_project(littoral)
    at_once = Subject(project, build_graph(project))
    found = check(at_once)
    files = {finding.place.file for finding in found if finding.place}
    assert {"data/captures.csv", "data/groupements.csv", "data/permis.csv", "data/nameless.ttl"} <= files
    assert check(replace(at_once, many=0)) == found

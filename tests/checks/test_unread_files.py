"""A file among the sources is read, or `ssekg validate` says that no command reads it."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.checks.run import check_files, check_project, report_of
from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from tests.conftest import ROOT, Cli
from tests.examples import empty_project
from tests.graphs import canonical
from tests.marked import validated

BOAT = "<https://example.org/boat>"
RDF_XML = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="https://example.org/boat">'
    '<x:p xmlns:x="x:">1</x:p></r:Description></r:RDF>'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("boats.TTL", f'{BOAT} <x:p> "1" .'),
        ("deep/Boats.Ttl", f'{BOAT} <x:p> "1" .'),
        ("boats.nt", f'{BOAT} <x:p> "1" .'),
        ("boats.nq", f'{BOAT} <x:p> "1" <x:g> .'),
        ("boats.trig", f'<x:g> {{ {BOAT} <x:p> "1" }}'),
        ("boats.jsonld", '{"@id": "https://example.org/boat", "x:p": "1"}'),
        ("boats.RDF", RDF_XML),
        ("boats.owl", RDF_XML),
    ],
)
@pytest.mark.parametrize("folder", ["data", "ontology"])
def test_rdf_in_any_format_is_read(tmp_path: Path, folder: str, name: str, content: str) -> None:
    root = empty_project(tmp_path / "project")
    before = build_graph(read_project(root))
    path = root / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    after = build_graph(read_project(root))
    read = {*canonical([*after.data, *after.vocabulary])} - {*canonical([*before.data, *before.vocabulary])}
    assert read == {f'{BOAT} <x:p> "1"'}


@pytest.mark.parametrize("name", ["more.TTL", "more.nt"])
def test_shapes_in_any_format_are_applied(tmp_path: Path, name: str) -> None:
    root = empty_project(tmp_path / "project")
    sh = "http://www.w3.org/ns/shacl#"
    (root / "shapes" / name).write_text(
        f"<x:S> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{sh}NodeShape> .\n"
        f"<x:S> <{sh}targetNode> <x:a> .\n<x:S> <{sh}nodeKind> <{sh}Literal> .\n"
    )
    report = report_of(check_project(read_project(root)))
    assert [finding.focus for finding in report.findings if finding.code == "shacl-node-kind"] == [ox.NamedNode("x:a")]


UNREAD = {
    "data/boats.turtle": "",
    "data/boats.n3": "",
    "data/notes.txt": "boats",
    "data/boats.rq": "ASK {}",
    "data/boats.csv": "id\n1\n",
    "data/deep/Boats.XLSX": "",
    "data/boats.json": "{}",
    "ontology/boats.ods": "",
    "ontology/boats.omn": "",
    "shapes/boats.shacl": "",
    "shapes/boats.csv": "id\n",
    "queries/boats.sparql": "ASK {}",
    "queries/boats.ttl": "",
}
NOT_MEANT = [
    *(
        "data/README",
        "data/README.md",
        "shapes/readme.txt",
        "queries/LICENSE",
        "data/~$boats.xlsx",
        "data/.~lock.boats.ods#",
    ),
    *("data/.hidden.turtle", "data/.history/boats.turtle", "data/boats.ttl~", "data/#boats.ttl#", "queries/q.rq.swp"),
    *("data/Thumbs.db", "ontology/.DS_Store", "data/boats.csv.bak"),
]


def test_each_file_that_is_not_read_is_named(tmp_path: Path, cli: Cli) -> None:
    root = empty_project(tmp_path / "project")
    for name in (*UNREAD, *NOT_MEANT):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(UNREAD.get(name, "x"), encoding="utf-8")
    found = validated(cli, root, exit_code=0)
    named = {file: each for file, findings in found.items() for each in findings if each.code == "file-unread"}
    assert {*named} == {*UNREAD}
    assert {each.severity for each in named.values()} == {"warning"}
    assert "boats.csv-metadata.json" in named["data/boats.csv"].message
    assert "Boats.csv-metadata.json" in named["data/deep/Boats.XLSX"].message
    assert ".rq" in named["queries/boats.sparql"].message
    assert ".ttl, .jsonld" in named["data/boats.turtle"].message
    assert "shapes/" in named["shapes/boats.csv"].message


def test_tables_that_are_read_or_given_from_elsewhere_are_not_named(tmp_path: Path) -> None:
    root = empty_project(tmp_path / "project")
    for name in ("sources.csv", "sources.csv-metadata.json"):
        shutil.copy(ROOT / "data" / name, root / "data")
    given = tmp_path / "sources.csv"
    shutil.copy(ROOT / "data" / "sources.csv", given)
    (root / "data" / "sources.turtle").touch()
    for paths in ([], [given], [root / "data" / "any.ttl"]):
        project = read_project(root)
        report = check_files(project, paths) if paths else report_of(check_project(project))
        named = {finding.place.file for finding in report.findings if finding.code == "file-unread" and finding.place}
        assert named == (set() if paths else {"data/sources.turtle"})

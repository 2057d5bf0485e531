"""Registers: every mistake of a synthetic one is found where it is, and no other; large ones have the same findings."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from benchmarks import registers

from ssekg.base.findings import Report
from ssekg.checks.large import Limits
from ssekg.checks.loose import check_with_shapes
from ssekg.cli import run
from ssekg.project.settings import read_project
from ssekg.sources.tables import large_csv

ROWS: Final = 1_200
IN_PARTS: Final = Limits(jobs=1, large=1, part_size=20_000)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_csv, "_RECORDS", 250)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return registers.generate(ROWS, tmp_path_factory.mktemp("register"), cells=True)


def checked(register: Path, limits: Limits | None = None, *more: Path) -> Report:
    shapes = [register.with_name("shapes.ttl")]
    return check_with_shapes([register, *more], shapes, limits=limits or Limits())


def test_every_mistake_is_found_in_its_cell_and_no_other(register: Path) -> None:
    report = checked(register, IN_PARTS)
    cells = Counter(code for _, _, code in registers.CELLS.values() for _ in range(ROWS // 100 // len(registers.CELLS)))
    found = Counter(each.code for each in report.findings)
    of_cells = {code: count for code, count in found.items() if not code.startswith("shacl-")}
    spoiled = [number for number in range(ROWS) if number % 100 == 51]
    assert sum(of_cells.values()) == len(spoiled)
    assert set(of_cells) == set(cells)
    mistaken = [number for number in range(ROWS) if registers.mistake(number)]
    lines = {each.place.line for each in report.findings if each.place is not None}
    assert lines == {number + 2 for number in (*mistaken, *spoiled)}
    header = registers.header()
    for each in report.findings:
        if each.code == "shacl-pattern":
            assert each.place is not None
            assert each.place.cell == f"{'ABCDEFGHIJKL'[header.index('number')]}{each.place.line}"
    assert {each.place.file for each in report.findings if each.place is not None} == {str(register)}


def test_in_parts_a_register_has_the_same_findings_and_places(register: Path) -> None:
    once, parts = checked(register), checked(register, IN_PARTS)
    assert parts.findings == once.findings
    assert parts.triples == once.triples
    texts = parts.texts[str(register)]
    once_texts = str(once.texts[str(register)]).split("\n")
    for each in parts.findings:
        assert each.place is not None
        line = each.place.line or 0
        assert not isinstance(texts, str)
        assert texts[line] == once_texts[line - 1]


def test_keys_and_links_to_tables_that_are_there_are_checked(tmp_path: Path) -> None:
    register = registers.generate(600, tmp_path)
    described: Any = json.loads(register.with_name("register.csv-metadata.json").read_text(encoding="utf-8"))
    key = {"columnReference": "commune", "reference": {"resource": "communes.csv", "columnReference": "id"}}
    described["tableSchema"]["foreignKeys"] = [key]
    register.with_name("register.csv-metadata.json").write_text(json.dumps(described), encoding="utf-8")
    with register.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    known = sorted({row[header.index("commune")] for row in rows})
    rows[400][0] = rows[3][0]
    rows[500][header.index("commune")] = "nowhere"
    with register.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    (tmp_path / "communes.csv").write_text("\n".join(["id", *known]) + "\n", encoding="utf-8")
    schema = {"aboutUrl": "place/{id}", "primaryKey": "id", "columns": [{"name": "id", "suppressOutput": True}]}
    content = {"@context": "http://www.w3.org/ns/csvw", "url": "communes.csv", "tableSchema": schema}
    (tmp_path / "communes.csv-metadata.json").write_text(json.dumps(content), encoding="utf-8")
    wrong = {("table-repeated-key", 402), ("table-dangling-link", 502)}
    for limits in (None, IN_PARTS):
        found = checked(register, limits, tmp_path / "communes.csv").findings
        tables = {(each.code, each.place.line) for each in found if each.code.startswith("table-") and each.place}
        assert tables == wrong
        alone = {each.code for each in checked(register, limits).findings}
        assert "table-repeated-key" in alone
        assert "table-dangling-link" not in alone


def test_build_writes_the_triples_of_a_register_in_any_format(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = None
    for suffix in ("nt", "ttl", "nq"):
        output = tmp_path / f"out.{suffix}"
        assert run(["--lang", "en", "build", str(register), "-o", str(output)]) == 0
        assert capsys.readouterr().err.startswith(f"Findings in the sources: {ROWS // 100}")
        triples = {quad.triple for quad in ox.parse(path=output)}
        assert expected in {None, frozenset(triples)}
        expected = frozenset(triples)
    assert expected is not None
    about = {triple.subject.value for triple in expected if isinstance(triple.subject, ox.NamedNode)}
    assert len(about) == ROWS
    assert f"{read_project(Path.cwd()).base}organisation/org-7" in about


def test_a_register_is_validated_by_several_processes(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shapes = register.with_name("shapes.ttl")
    arguments = ["--lang", "en", "validate", str(register), "--shapes", str(shapes), "--format", "json", "--jobs", "2"]
    assert run(arguments) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["violation"] == registers.expected(ROWS) + ROWS // 100


def test_a_table_without_description_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "list.csv"
    table.write_text("id\na\n", encoding="utf-8")
    shapes = tmp_path / "shapes.ttl"
    shapes.write_bytes(registers.SHAPES.read_bytes())
    for arguments in (["validate", str(table), "--shapes", str(shapes)], ["build", str(table)]):
        assert run(["--lang", "en", *arguments]) == 3
        assert "list.csv-metadata.json" in capsys.readouterr().err

"""A project whose tables are read in parts, and whose triples are packed, has the findings of any other."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.base import triples
from ssekg.base.packed import Packed
from ssekg.checks.run import CheckedGraph, check_project, report_of
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.public import Public
from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from ssekg.publish.tables.naming import Descriptions
from ssekg.publish.tables.published import PublishedTables
from ssekg.reports.formats import RenderOptions, rendered
from ssekg.shacl.chunks import project_tables, workers
from ssekg.sources.tables.large_table import LargeTable
from ssekg.sources.tables.table import Table
from tests.checks.incremental.test_recheck import EDITS, apply
from tests.conftest import ROOT, SECOND


@contextmanager
def in_parts() -> Iterator[None]:
    """Every table is large, fifty triples are very many, and one process does it all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_tables, "LARGE", 1)
        patch.setattr(workers, "core_count", lambda: 1)
        patch.setattr(triples, "MANY", 50)
        yield


def assert_same(root: Path) -> CheckedGraph | None:
    """Check a project both ways; gives what comes of it in parts, None if it has violations."""
    project = read_project(root)
    at_once = check_project(project)
    with in_parts():
        parted = check_project(project)
        one, other = report_of(at_once), report_of(parted)
        assert other.findings == one.findings
        assert (other.files, other.triples) == (one.files, one.triples)
        options = RenderOptions("ar")
        texts = [rendered("json", replace(each, seconds=0.0), each.findings, options) for each in (one, other)]
        assert texts[0] == texts[1]
        if not isinstance(parted, CheckedGraph):
            return None
        assert isinstance(at_once, CheckedGraph)
        assert isinstance(parted.graph.data, Packed)
        assert canonical_hash(parted.graph.data) == canonical_hash(at_once.graph.data)
        names = [Descriptions(each.graph.sources.files, project.base) for each in (at_once, parted)]
        assert vars(names[0]) == vars(names[1])
        return parted


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second project, for edits."""
    return Path(shutil.copytree(SECOND, tmp_path_factory.mktemp("second") / "project"))


@settings(max_examples=15)
@given(edits=EDITS, number=st.integers(0, 10**6))
def test_edits_are_found_in_parts(second: Path, edits: list[tuple[str, int, int, str]], number: int) -> None:
    tables = sorted((second / "data").glob("*.csv"))
    table = tables[number % len(tables)]
    content = table.read_bytes()
    apply(table, edits)
    assert_same(second)
    table.write_bytes(content)


def test_a_right_project_is_the_same_in_parts(second: Path) -> None:
    parted = assert_same(second)
    assert parted is not None
    tables = [file for file in parted.graph.sources.files if isinstance(file, LargeTable)]
    assert len(tables) == len([*(second / "data").glob("*.csv")])
    assert not any(table.stated for table in tables)  # what they state the graph has
    for table in tables:
        whole = next(file for file in build_graph(parted.project).sources.files if file.shown == table.shown)
        assert isinstance(whole, Table)
        for column in table.columns:
            first, other = (next((r.cells for r in each.rows if column.name in r.cells), {}) for each in (table, whole))
            assert first.items() <= other.items()
            assert len(first) == len([name for name in other if not name.startswith("_")])


def test_a_cell_to_fill_is_found_in_parts(second: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(second, tmp_path / "project"))
    table = root / "data" / "groupements.csv"
    header, first, *rest = table.read_text("utf-8").splitlines()
    cells = first.split(",")
    for number in range(1, len(cells)):
        changed = ",".join([*cells[:number], "", *cells[number + 1 :]])
        table.write_text("\n".join([header, changed, *rest]) + "\n", encoding="utf-8")
        assert_same(root)


def test_published_tables_are_the_same_in_parts() -> None:
    project = read_project(ROOT)
    found = []
    for way in (nullcontext, in_parts):
        with way():
            checked = check_project(project)
            assert isinstance(checked, CheckedGraph)
            public = Public(checked.graph, project.privacy)
            tables = PublishedTables(project, public, checked.graph.sources.files).of_records
            found.append([replace(table, rows=sorted(table.rows, key=str)) for table in tables])
    assert found[0] == found[1]

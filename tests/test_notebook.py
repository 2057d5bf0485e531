"""docs/notebook.ipynb runs from beginning to end, and is kept without what it shows."""

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def cells() -> list[Any]:
    return [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def outputs() -> dict[str, list[Any]]:
    """What each cell shows, by its source."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    return {cell.source: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def test_is_kept_without_outputs() -> None:
    assert cells()
    assert not [cell for cell in cells() if cell.outputs or cell.execution_count is not None]


def test_shows_tables_and_charts(outputs: dict[str, list[Any]]) -> None:
    shown = {source: [each["data"] for each in found if "data" in each] for source, found in outputs.items()}
    assert any("<table" in data.get("text/html", "") for data in shown["answer"])
    assert any("image/svg+xml" in data for data in shown[next(s for s in shown if "chart()" in s)])


def test_every_cell_shows_something_and_warns_of_nothing(outputs: dict[str, list[Any]]) -> None:
    for source, found in outputs.items():
        assert found, source
        assert not [each for each in found if each.output_type == "stream" and each.name == "stderr"], source

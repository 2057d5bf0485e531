"""What the tests of workbooks share."""

import pytest

from ssekg.editing.edits import Edits
from ssekg.editing.workbook.export import export
from ssekg.editing.workbook.selection import Selection
from ssekg.project.settings import read_project
from tests.conftest import SECOND


@pytest.fixture(scope="package")
def exported() -> bytes:
    """The whole second project as a workbook in French."""
    edits = Edits(read_project(SECOND))
    return export(edits, Selection.of(edits, ()), "fr")

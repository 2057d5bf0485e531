"""Workbooks that are changed as people change them, and what an import would then do."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from ssekg.base.findings import Severity
from ssekg.editing.edits import Edits
from ssekg.editing.proposal import Proposal
from ssekg.editing.workbook.proposal import proposed
from ssekg.editing.workbook.reading import read_workbook
from ssekg.project.settings import read_project

Change = Callable[[Any], None]


def imported(root: Path, content: bytes, change: Change | None = None) -> Proposal:
    """What a workbook would do to a project, after it was changed and saved."""
    if change is not None:
        book = openpyxl.load_workbook(io.BytesIO(content))
        change(book)
        saved = io.BytesIO()
        book.save(saved)
        content = saved.getvalue()
    path = root.parent / "facts.xlsx"
    path.write_bytes(content)
    return proposed(read_workbook(Edits(read_project(root)), path, "facts.xlsx"))


def cell(sheet: Any, heading: str, row: int) -> Any:
    """The cell of a row under a heading."""
    headings = [each.value for each in sheet[1]]
    return sheet.cell(row, headings.index(heading) + 1)


def violations(proposal: Proposal) -> set[str]:
    return {finding.code for finding in proposal.report.findings if finding.severity is Severity.VIOLATION}


def lines(proposal: Proposal, name: str) -> tuple[list[str], list[str]]:
    """The lines that go from a table, and those that come."""
    path = next(path for path in proposal.contents if path.name == name)
    before, after = (content[path].decode().splitlines() for content in (proposal.before, proposal.contents))
    return [each for each in before if each not in after], [each for each in after if each not in before]

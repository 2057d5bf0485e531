"""What of a report is about what somebody has changed: rows of tables, paragraphs of Turtle, other files as a whole."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Place, Report
from ssekg.sources.git import changed_lines, require_revision
from ssekg.sources.table_files import description_beside, is_table


@dataclass(frozen=True)
class Changed:
    """What has changed in the project in `root`, which git is asked for while others work."""

    root: Path
    _asked: "Future[Mapping[Path, list[range] | None]]"
    _known: dict[str, "_ChangedFile | None"] = field(default_factory=dict)

    @classmethod
    def since(cls, root: Path, revision: str) -> Self:
        """What has changed in a folder since a revision of git.

        Raises:
            AskedWronglyError: git does not know the revision.
            CannotRunError: git is not installed, or the folder is not in a repository.
        """
        require_revision(root, revision)  # which may be misspelt
        return cls(root, ThreadPoolExecutor(1).submit(changed_lines, root, revision))

    @property
    def lines(self) -> Mapping[Path, list[range] | None]:
        """The changed lines of the files, by resolved path; None for a file as a whole."""
        return self._asked.result()

    def only(self, report: Report) -> Report:
        """The report with the findings that have a place in what has changed."""
        kept = (each for each in report.findings if any(self._has(each, place) for place in each.places))
        return replace(report, findings=tuple(kept))

    def _has(self, finding: Finding, place: Place) -> bool:
        if place.file not in self._known:
            self._known[place.file] = self._changed((self.root / place.file).resolve())
        file = self._known[place.file]
        if file is None or file.lines is None or place.line is None:
            return file is not None
        # A mistake may keep a file from being read, and be noticed far below.
        return CODES[finding.code].stops_reading or file.has(place)

    def _changed(self, path: Path) -> "_ChangedFile | None":
        if is_table(path) and description_beside(path) in self.lines:
            return _ChangedFile(path, None)  # all its rows may mean something else now
        if path not in self.lines:
            return None
        return _ChangedFile(path, self.lines[path] if is_table(path) or path.suffix == ".ttl" else None)


@dataclass(frozen=True)
class _ChangedFile:
    """A file in which some lines have changed, or all where they are None."""

    path: Path
    lines: list[range] | None

    def has(self, place: Place) -> bool:
        """Whether something has changed in the lines that belong to a place."""
        span = self._span(place)
        return any(span.start < lines.stop and lines.start < span.stop for lines in self.lines or ())

    def _span(self, place: Place) -> range:
        """What belongs together: in a table the lines of a record, in Turtle those between empty lines."""
        first = last = place.line or 1
        last = max(last, place.end_line or last)
        if self._is_table:
            return range(first, last + 1)
        while first > 1 and self._is_full(first - 1):
            first -= 1
        while self._is_full(last + 1):
            last += 1
        return range(first, last + 1)

    @cached_property
    def _is_table(self) -> bool:
        return is_table(self.path)

    @cached_property
    def _texts(self) -> list[bytes]:
        return self.path.read_bytes().splitlines()

    def _is_full(self, line: int) -> bool:
        return line <= len(self._texts) and bool(self._texts[line - 1].strip())

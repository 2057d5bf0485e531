"""What a change of files would do: what the checks would find that they do not find now, and what would change."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ssekg.base.findings import Finding, Report, Severity
from ssekg.checks.run import CheckedGraph, check_project, report_of
from ssekg.editing.staging import staged
from ssekg.editing.writing import put
from ssekg.graph.changes.compare import Changes, compare
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project


@dataclass(frozen=True)
class Proposal:
    """New contents of files of a project, by path.

    Attributes:
        project: the project as it is.
        contents: what would be in the files.
        before: what is in them.
        report: what the checks would find that they do not find now.
        changes: what would change in the graph.
        graph: the graph as it would be.
    """

    project: Project
    contents: Mapping[Path, bytes]
    before: Mapping[Path, bytes]
    report: Report
    changes: Changes
    graph: Graph

    @property
    def is_refused(self) -> bool:
        """Whether there would be violations."""
        return self.report.reaches(Severity.VIOLATION)

    def write(self) -> None:
        """Make the change, all of it or nothing.

        Raises:
            CannotRunError: a file has changed meanwhile, or can't be written.
        """
        put(self.project, self.contents, self.before)


def propose(project: Project, graph: Graph, contents: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> Proposal:
    """Look at what new contents of files would do.

    Args:
        project: the project.
        graph: its graph as it is.
        contents: the new contents of files, by path.
        before: what is in the files.

    Raises:
        CannotRunError: a file can't be opened, or the shapes can't be used.
    """
    changed = {path: content for path, content in contents.items() if content != before[path]}
    if not changed:
        return Proposal(project, {}, {}, Report(()), Changes(()), graph)
    with staged(project, changed) as later:
        outcome = check_project(later)
        after = outcome.graph if isinstance(outcome, CheckedGraph) else build_graph(later)
    report = report_of(outcome)
    if report.reaches(Severity.VIOLATION):
        report = _new(report, report_of(check_project(project)))
    was = {path: before[path] for path in changed}
    return Proposal(project, changed, was, report, compare(graph, after), after)


def _new(report: Report, before: Report) -> Report:
    """The findings of a report that another does not have, wherever they are."""
    known = Counter(map(_sort, before.findings))
    found = []
    for finding in report.findings:
        sort = _sort(finding)
        if known[sort]:
            known[sort] -= 1
        else:
            found.append(finding)
    return replace(report, findings=tuple(found))


def _sort(finding: Finding) -> tuple[object, ...]:
    return (
        finding.code,
        repr(sorted(finding.arguments.items(), key=lambda pair: pair[0])),
        repr((finding.focus, finding.path, finding.value, finding.shape)),
        finding.place.file if finding.place else None,
    )

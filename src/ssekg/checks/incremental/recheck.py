"""A project checked by what has changed since a full run, or as a whole where that is not bounded."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from ssekg.base.cache import Cache
from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Report
from ssekg.base.order import reported
from ssekg.checks.incremental.baseline import Baseline, find_baseline
from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.changes import Statements
from ssekg.checks.incremental.judged import Judged, Judging
from ssekg.checks.incremental.merging import merged_report
from ssekg.checks.incremental.neighbourhood import rows_around
from ssekg.checks.incremental.reach import Reach
from ssekg.checks.incremental.row_index import Keys
from ssekg.checks.incremental.state import State
from ssekg.checks.incremental.tables import OpenTables
from ssekg.checks.incremental.wholes import Wholes, is_of_column
from ssekg.checks.nearby import nearby_findings
from ssekg.checks.subject import Subject
from ssekg.checks.targets import texts_of
from ssekg.graph.store import graph_from
from ssekg.project.settings import Project
from ssekg.sources.load import read_sources
from ssekg.sources.rdf.file import RdfFile


def check_changes(project: Project, cache: Cache) -> Report:
    """The report of a full run on a project, of which only what has changed since an earlier one is checked.

    Raises:
        CannotRunError: as a full run.
    """
    started = time.perf_counter()
    digests = cache.digests_in(project.root)
    state = State(project, digests)
    report = _rechecked(project, cache, state)
    if report is None or State(project, digests) != state:  # or somebody has changed a file in the meantime
        from ssekg.checks.run import run_checks  # which takes a while to import

        state = State(project, digests)
        full = run_checks(project)
        report = full.report
        if State(project, digests) == state:
            from ssekg.checks.incremental.keeping import keep_baseline

            keep_baseline(cache, project, full, state)
    digests.remember()
    return replace(report, seconds=time.perf_counter() - started)


def _rechecked(project: Project, cache: Cache, state: State) -> Report | None:
    """The report by what has changed; None where that is not bounded, or nothing is known of an earlier run."""
    baseline = find_baseline(cache, state.key)
    if baseline is None:
        return None
    try:
        return Recheck(project, baseline, state).report()
    except (UnboundedError, SyntaxError, OSError):  # the last if another run has removed it meanwhile
        return None


class Recheck:
    """One comparison of a project with a baseline."""

    def __init__(self, project: Project, baseline: Baseline, state: State) -> None:
        """Read the files of RDF and the headers of the tables, and find what has changed.

        Raises:
            UnboundedError: what has changed can't be told.
            SyntaxError: a file of RDF does not parse.
        """
        self._project = project
        self._baseline = baseline
        self._run = baseline.run
        self._changed = {shown for shown, digest in state.data.items() if self._run.copies[shown] != digest}
        tables = OpenTables(baseline.tables(self._changed))
        self._bare = read_sources(project, read=tables.read)
        if any(CODES[each.code].is_incomplete for each in self._bare.findings):
            raise UnboundedError("a file that can't be read")
        listed = self._bare.with_rows(tables.with_rows((), self._run.lists))
        self._subject = Subject(project, graph_from(project, listed))
        keys = Keys((table.bare for table in tables.tables), project.base)
        rdf = self._old_rdf(), self._bare.data
        self._statements = Statements(tables, baseline.indexes, keys, rdf, self._run.forms)

    def _old_rdf(self) -> Sequence[ox.Triple]:
        """What the files of RDF stated about records."""
        files = [file for file in self._bare.files if isinstance(file, RdfFile)]
        if not any(file.shown in self._changed for file in files):
            return self._bare.data
        stated = list(self._bare.data[: self._bare.in_ontology])
        own = {self._project.shown(path) for path in self._project.rdf_files}
        for file in files:
            if file.shown in own:
                path = self._baseline.copy(file.shown) if file.shown in self._changed else file.path
                stated += RdfFile(path, file.base, file.shown, file.mark).triples()
        return stated

    def report(self) -> Report:
        """The report of a full run.

        Raises:
            UnboundedError: what the change reaches is not bounded.
        """
        run, statements = self._run, self._statements
        reach = Reach(self._subject.own_shapes.shapes.triples)
        wholes = Wholes(self._project, run, statements, self._subject)
        wholes.refuse_changes(reach.seen)
        judging = Judging(run, statements, self._changed)
        judged = judging.judged(reach, wholes.names)
        rows = rows_around(statements, reach, judged)
        sources = self._bare.with_rows(statements.tables.with_rows(rows, run.lists))
        sources.check_tables(self._project.base)
        graph = graph_from(self._project, sources)
        graph.__dict__["kinds"] = wholes.kinds
        small = Subject(self._project, graph)
        small.known.judged = run.terms
        new = [each for each in nearby_findings(small) if self._is_new(each, judging, judged)]
        is_kept = [not near or not self._is_old(each, judging, judged) for near, each in run.findings]
        dropped = [each for (_, each), keep in zip(run.findings, is_kept, strict=True) if not keep]
        kept = [both for both, keep in zip(run.findings, is_kept, strict=True) if keep]
        if any(each.shape in reach.far_shapes for each in (*new, *dropped) if each.shape is not None):
            raise UnboundedError("a result of a shape that reads anywhere")
        wholes.refuse_names(small, new, dropped, kept)
        found = reported([*(each for _, each in kept), *new])
        gone, come = statements.changes
        return Report(
            findings=found,
            files=run.files,
            triples=run.triples - len(gone) + len(come),
            texts=self._texts(found, small),
            shacl=merged_report(run.shacl, small, judged.nodes),
        )

    def _is_new(self, finding: Finding, judging: Judging, judged: Judged) -> bool:
        """Whether a finding of the small graph is one of the whole."""
        if finding.focus is not None:
            return finding.focus in judged.nodes
        if is_of_column(finding):
            return True
        row = judging.row_at(finding.place) if finding.place is not None else None
        return row is None or row in judged.rows

    def _is_old(self, finding: Finding, judging: Judging, judged: Judged) -> bool:
        """Whether a finding of the full run is made anew, if it is there still."""
        if finding.focus is not None:
            return finding.focus in judged.nodes
        if is_of_column(finding):
            return False  # `Wholes` has made sure that rows have it still
        row = judging.old_row_at(finding.place) if finding.place is not None else None
        return row is None or row in judged.old_rows

    def _texts(self, found: Sequence[Finding], small: Subject) -> Mapping[str, str | Mapping[int, str]]:
        """The texts of the files that findings are in; those that nothing was read of are read for it."""
        for path in (*self._project.query_files, *self._project.shapes_files):
            small.graph.sources.text(path, self._project.shown(path))
        for table in self._statements.tables.tables:
            shown = table.bare.description_shown
            small.graph.sources.text(self._project.root / shown, shown)
        small.graph.sources.text(self._project.root / "ssekg.toml", "ssekg.toml")
        return texts_of(found, small.graph.sources)

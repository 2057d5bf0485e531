"""What `ssekg validate` validates: a project, some files against it, or any RDF against any shapes."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from ssekg.base.cache import Cache
from ssekg.base.errors import AskedWronglyError
from ssekg.base.findings import Report
from ssekg.base.said import Several
from ssekg.checks.changed import Changed
from ssekg.cli.session import Session, require_existing
from ssekg.project.settings import PROJECT_FILE, Project, carried_project


@dataclass(frozen=True)
class WholeProject:
    """A project; with `since`, only what is wrong in what has changed since that git revision.

    With a cache, only what has changed since an earlier run is checked, and what that can reach.
    """

    project: Project
    since: str | None = None
    cache: Cache | None = None

    def report(self, engine: str) -> Report:
        """What the checks find.

        Raises:
            CannotRunError: a file can't be opened, the shapes can't be used, or there is no such revision.
        """
        changed = self.changed()
        return _on(changed, self._whole_report(engine))

    def _whole_report(self, engine: str) -> Report:
        if self.cache is not None and engine == "fast":
            from ssekg.checks.incremental.recheck import check_changes

            return check_changes(self.project, self.cache)
        from ssekg.checks.run import check_project, report_of

        return report_of(check_project(self.project, engine))

    def changed(self) -> Changed | None:
        """What has changed; None where nobody asks."""
        return None if self.since is None else Changed.since(self.project.root, self.since)

    @property
    def watched(self) -> set[Path]:
        """What is checked again when it changes: the settings, and the folders of the sources that there are."""
        folders = map(self.project.root.joinpath, ("ontology", "data", "shapes", "queries"))
        return {self.project.root / PROJECT_FILE, *(folder for folder in folders if folder.is_dir())}

    @property
    def templates(self) -> Path | None:
        """The project's own templates for pages."""
        return self.project.templates


@dataclass(frozen=True)
class Files(WholeProject):
    """Some files, against a project."""

    paths: tuple[Path, ...] = ()

    def report(self, engine: str) -> Report:
        """What the checks find in these files.

        Raises:
            CannotRunError: a file can't be opened, the shapes can't be used, or there is no such revision.
        """
        from ssekg.checks.run import check_files

        changed = self.changed()
        return _on(changed, check_files(self.project, self.paths, engine))

    @property
    def watched(self) -> set[Path]:
        """The files, and the folders of the project's sources."""
        return {*self.paths, *super().watched}


@dataclass(frozen=True)
class Means:
    """What large files may take: processes, the bytes of memory of each, a folder, a cluster. None is as usual."""

    jobs: int | None = None
    memory: int | None = None
    store: Path | None = None
    master: str | None = None


@dataclass(frozen=True)
class Loose:
    """Any RDF, against any shapes; there need be no project."""

    paths: tuple[Path, ...]
    shapes: tuple[Path, ...]
    session: Session
    means: Means

    def report(self, engine: str) -> Report:
        """What SHACL finds.

        Raises:
            CannotRunError: a file can't be opened or has an unknown format, or the shapes can't be used.
        """
        from ssekg.checks.large import Limits
        from ssekg.checks.loose import check_with_shapes
        from ssekg.cli.progress import progress

        given = {name: value for name, value in asdict(self.means).items() if value is not None}
        with progress(self.session, "validating") as done:
            limits = Limits(**given, progress=done, at_once=self._say_at_once)
            return check_with_shapes(self.paths, self.shapes, engine, limits, lambda: self.session.found_project)

    def _say_at_once(self, shapes: Collection[object], triples: int) -> None:
        self.session.say("spark-at-once", shapes=Several(tuple(sorted(map(str, shapes)))), count=str(triples))

    @property
    def watched(self) -> set[Path]:
        """The files of data and shapes."""
        return {*self.paths, *self.shapes}

    @property
    def templates(self) -> None:
        """Without a project there are only our own templates."""
        return


@dataclass(frozen=True)
class Scored:
    """One ontology by itself; what it imports is looked up in the project in sight, and in what the package carries."""

    path: Path
    around: tuple[Project, ...]

    def report(self, _engine: str) -> Report:
        """Its pitfalls and scores.

        Raises:
            CannotRunError: a file can't be opened or has an unknown format.
        """
        from ssekg.checks.ontology_quality.run import check_ontology

        return check_ontology(self.path, self.around)

    @property
    def watched(self) -> set[Path]:
        """The file."""
        return {self.path}

    @property
    def templates(self) -> Path | None:
        """The project's own templates for pages."""
        return self.around[0].templates


Target = WholeProject | Files | Loose | Scored


def target_of(
    session: Session,
    paths: tuple[Path, ...],
    shapes: tuple[Path, ...],
    since: str | None,
    means: Means,
    ontology: Path | None = None,
    *,
    is_repeated: bool,
) -> Target:
    """What the arguments of a call ask to validate; what is asked repeatedly is done with the help of earlier runs.

    Raises:
        AskedWronglyError: they do not go together.
        CannotRunError: a path leads nowhere, or there is no project.
    """
    if ontology is not None:
        if paths or shapes or since is not None:
            raise AskedWronglyError("ontology-alone")
        require_existing([ontology])
        near = () if session.found_project is None else (session.found_project,)
        return Scored(ontology, (*near, carried_project()))
    if shapes and not paths:
        raise AskedWronglyError("shapes-without-data")
    require_existing((*paths, *shapes))
    if shapes and since is not None:
        raise AskedWronglyError("since-with-shapes")
    if not shapes and means != Means():
        raise AskedWronglyError("limits-without-shapes")
    if shapes:
        return Loose(paths, shapes, session, means)
    if paths:
        return Files(session.project, since, paths=paths)
    return WholeProject(session.project, since, session.cache if is_repeated else None)


def _on(changed: Changed | None, report: Report) -> Report:
    return report if changed is None else changed.only(report)

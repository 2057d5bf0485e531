"""`ssekg validate`: all findings of a project, of some files, or of any RDF with any shapes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.language import isolate, joined
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, chosen, output_format, require_existing, screen, write
from ssekg.reports.formats import EXTENSIONS, FORMATS, RenderOptions, rendered
from ssekg.sources.git import changed_files
from ssekg.sources.load import description_beside, is_table


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--format", "form", cls=Option, type=click.Choice(FORMATS))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--fail-on", cls=Option, type=click.Choice([s.value for s in Severity]), default="violation")
@click.option("--only", cls=Option, multiple=True, metavar="CODE")
@click.option("--max", "most", cls=Option, type=click.IntRange(min=0), metavar="N")
@click.option("--engine", cls=Option, type=click.Choice(["fast", "pyshacl"]), default="fast")
@click.option("--shapes", cls=Option, multiple=True, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--since", cls=Option, metavar="REV")
@click.option("--watch", cls=Option, is_flag=True)
@click.pass_obj
def validate(
    session: Session,
    paths: tuple[Path, ...],
    form: str | None,
    output: str | None,
    fail_on: str,
    only: tuple[str, ...],
    most: int | None,
    engine: str,
    shapes: tuple[Path, ...],
    since: str | None,
    watch: bool,
) -> int:
    """Exit 0 if nothing is at or above `--fail-on`, else 1."""
    if shapes and not paths:
        raise AskedWronglyError("shapes-without-data")
    require_existing((*paths, *shapes))
    if since is not None and shapes:
        raise AskedWronglyError("since-with-shapes")
    wanted = output_format(output, form, EXTENSIONS, "text")
    width, colour = screen(output)
    templates = None if shapes else session.project.templates
    wish = RenderOptions(session.language, session.verbose, width, colour, bool(shapes), templates)

    def run() -> int:
        report = _report(session, paths, shapes, engine, since)
        write(rendered(wanted, report, chosen(report, only, most), wish), output)
        if wanted == "turtle" and shapes:
            _tell_beyond_shacl(session, report)
        return int(report.reaches(Severity(fail_on)))

    if watch:
        if wanted != "text" or output not in {None, "-"}:
            raise AskedWronglyError("watch-text-only")
        _watch(session, run, {*paths, *shapes} | (set() if shapes else _folders(session)))
    return run()


def _report(
    session: Session, paths: tuple[Path, ...], shapes: tuple[Path, ...], engine: str, since: str | None
) -> Report:
    from ssekg.checks.loose import check_with_shapes
    from ssekg.checks.run import check_project

    if shapes:
        return check_with_shapes(paths, shapes, engine)[0]
    if since is None:
        return check_project(session.project, engine, paths)[0]
    root = session.project.root
    # Before the checks, which take their time: the revision may be misspelt.
    changed = changed_files(root, since)
    return _within(check_project(session.project, engine, paths)[0], changed, root)


def _within(report: Report, changed: set[Path], root: Path) -> Report:
    """The report on changed files alone; a table has changed if its description has."""

    def is_within(finding: Finding) -> bool:
        if finding.place is None:
            return False
        path = (root / finding.place.file).resolve()
        return path in changed or (is_table(path) and description_beside(path) in changed)

    return replace(report, findings=tuple(filter(is_within, report.findings)))


def _folders(session: Session) -> set[Path]:
    """The folders of the project's sources, as far as they are there."""
    root = session.project.root
    return {folder for folder in map(root.joinpath, ("ontology", "data", "shapes", "queries")) if folder.is_dir()}


def _watch(session: Session, run: Callable[[], int], paths: set[Path]) -> None:
    """Check at once and after every save, until the user interrupts; a save that can't be read ends nothing."""
    from ssekg.cli import tell
    from ssekg.cli.watch import folders_within, saves

    for saved in saves(lambda: folders_within(paths)):
        if saved:
            names = [isolate(path.name, session.language) for path in sorted(saved)]
            session.say("watch-changed", files=joined(names, session.language))
        try:
            run()
        except CannotRunError as problem:
            tell(problem, session.language)
        session.say("watching")


def _tell_beyond_shacl(session: Session, report: Report) -> None:
    """Tell on standard error what a report of SHACL has no place for, such as a file that does not parse."""
    from ssekg.base.findings import is_shacl
    from ssekg.reports.text import text_report

    others = tuple(finding for finding in report.findings if not is_shacl(finding))
    if others and not session.quiet:
        beyond = replace(report, findings=others)
        click.echo(text_report(beyond, others, session.language), err=True, nl=False)

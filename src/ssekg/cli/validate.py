"""`ssekg validate`: all findings of a project, of some files, of any RDF with any shapes, or of an ontology."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.findings import Report, Severity
from ssekg.base.language import isolate, joined
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, chosen, output_format, require_spark, screen, write
from ssekg.cli.targets import Loose, Means, Target, target_of
from ssekg.cli.usage import Size
from ssekg.project.settings import PROJECT_FILE
from ssekg.reports.formats import EXTENSIONS, FORMATS, RenderOptions, rendered


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--format", "form", cls=Option, type=click.Choice(FORMATS))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--fail-on", cls=Option, type=click.Choice([s.value for s in Severity]), default="violation")
@click.option("--only", cls=Option, multiple=True, metavar="CODE")
@click.option("--max", "most", cls=Option, type=click.IntRange(min=0), metavar="N")
@click.option("--engine", cls=Option, type=click.Choice(["fast", "pyshacl", "spark"]), default="fast")
@click.option("--master", cls=Option, metavar="URL")
@click.option("--shapes", cls=Option, multiple=True, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--ontology", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--jobs", cls=Option, type=click.IntRange(min=1), metavar="N")
@click.option("--memory", cls=Option, type=Size(), metavar="SIZE")
@click.option("--store", cls=Option, type=click.Path(path_type=Path), metavar="DIR")
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
    master: str | None,
    shapes: tuple[Path, ...],
    ontology: Path | None,
    jobs: int | None,
    memory: int | None,
    store: Path | None,
    since: str | None,
    watch: bool,
) -> int:
    """Exit 0 if nothing is at or above `--fail-on`, else 1."""
    if engine == "spark" and not shapes:
        raise AskedWronglyError("spark-without-shapes")
    require_spark(engine, master)
    is_repeated = watch or since is not None

    def found() -> Target:
        means = Means(jobs, memory, store, master)
        return target_of(session, paths, shapes, since, means, ontology, is_repeated=is_repeated)

    target = found()
    wanted = output_format(output, form, EXTENSIONS, "text")
    width, colour = screen(output)
    is_loose = isinstance(target, Loose)
    # Whoever names a code, lets infos decide, or asks for scores, wants to see them.
    infos = session.verbose or bool(only) or fail_on == Severity.INFO or ontology is not None
    options = RenderOptions(session.language, session.verbose, width, colour, is_loose, target.templates, infos)

    def run(target: Target) -> int:
        report = target.report(engine)
        write(rendered(wanted, report, chosen(report, only, most), options), output)
        if wanted == "turtle" and is_loose:
            _report_beyond_shacl(session, report)
        return int(report.reaches(Severity(fail_on)))

    if watch:
        if wanted != "text" or output not in {None, "-"}:
            raise AskedWronglyError("watch-text-only")
        _watch(session, lambda: run(found()), target.watched)
    return run(target)


def _watch(session: Session, run: Callable[[], int], paths: set[Path]) -> None:
    """Check at once and after every save, until the user interrupts; a save that can't be read ends nothing."""
    from ssekg.cli import tell
    from ssekg.cli.watch import folders_within, saves

    for saved in saves(lambda: folders_within(paths)):
        if saved:
            names = [isolate(path.name, session.language) for path in sorted(saved)]
            session.say("watch-changed", files=joined(names, session.language))
        if any(path.name == PROJECT_FILE for path in saved):
            session.forget_project()
        try:
            run()
        except CannotRunError as problem:
            tell(problem, session.language)
        session.say("watching")


def _report_beyond_shacl(session: Session, report: Report) -> None:
    """Report on standard error what a report of SHACL has no place for, such as a file that does not parse."""
    from ssekg.base.findings import is_shacl
    from ssekg.reports.text import text_report

    others = tuple(finding for finding in report.findings if not is_shacl(finding))
    if others and not session.quiet:
        beyond = replace(report, findings=others)
        click.echo(text_report(beyond, others, session.language), err=True, nl=False)

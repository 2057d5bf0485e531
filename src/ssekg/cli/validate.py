"""`ssekg validate`: all findings of a project, of some files, or of any RDF with any shapes."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from ssekg.cli.session import Session, chosen, format_of, write
from ssekg.cli.words import Command, Option
from ssekg.errors import CannotRunError
from ssekg.findings import Report, Severity
from ssekg.reports.formats import EXTENSIONS, FORMATS, Wish, rendered


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--format", "form", cls=Option, type=click.Choice(FORMATS))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--fail-on", cls=Option, type=click.Choice([s.value for s in Severity]), default="violation")
@click.option("--only", cls=Option, multiple=True, metavar="CODE")
@click.option("--max", "most", cls=Option, type=click.IntRange(min=0), metavar="N")
@click.option("--engine", cls=Option, type=click.Choice(["fast", "pyshacl"]), default="fast")
@click.option("--shapes", cls=Option, multiple=True, type=click.Path(path_type=Path), metavar="FILE")
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
) -> int:
    """Exit 0 if nothing is at or above `--fail-on`, else 1."""
    for path in (*paths, *shapes):
        if not path.exists():
            raise CannotRunError("unreadable-file", file=str(path), problem=session.text("no-such-file"))
    report = _report(session, paths, shapes, engine)
    shown = chosen(report, only, most)
    wanted = format_of(output, form, EXTENSIONS, "text")
    wish = _wish(session, output, shacl_only=bool(shapes))
    write(rendered(wanted, report, shown, wish), output)
    if wanted == "turtle" and shapes:
        _tell_beyond_shacl(session, report)
    return int(report.reaches(Severity(fail_on)))


def _report(session: Session, paths: tuple[Path, ...], shapes: tuple[Path, ...], engine: str) -> Report:
    from ssekg.checks.run import check_project, check_with_shapes

    if shapes:
        return check_with_shapes(paths, shapes, engine)[0]
    return check_project(session.project, engine, paths)[0]


def _wish(session: Session, output: str | None, *, shacl_only: bool) -> Wish:
    """How the report is wanted; colours and a width only on a terminal that has them, and without NO_COLOR."""
    if output not in {None, "-"} or not sys.stdout.isatty():
        return Wish(session.language, session.verbose, shacl_only=shacl_only)
    from rich.console import Console

    console = Console()
    colour = console.color_system is not None and not console.no_color
    return Wish(session.language, session.verbose, max(console.width, 40), colour, shacl_only)


def _tell_beyond_shacl(session: Session, report: Report) -> None:
    """Tell on standard error what a report of SHACL has no place for, such as a file that does not parse."""
    from ssekg.findings import is_shacl
    from ssekg.reports.text import text_report

    others = tuple(finding for finding in report.findings if not is_shacl(finding))
    if others and not session.quiet:
        beyond = replace(report, findings=others)
        click.echo(text_report(beyond, others, session.language), err=True, nl=False)

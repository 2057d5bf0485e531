"""`ssekg publish`: a checked release, swapped into place in one step."""

from pathlib import Path

import click

from ssekg.cli.session import Session
from ssekg.cli.words import Command, Option
from ssekg.findings import Severity
from ssekg.reports.text import text_report


@click.command(cls=Command)
@click.option("-o", "--output", "target", cls=Option, type=click.Path(path_type=Path), metavar="DIR")
@click.pass_obj
def publish(session: Session, target: Path | None) -> int:
    """Exit 1, and leave what is published alone, if there is a violation."""
    from ssekg.checks.run import CheckedGraph, check_project
    from ssekg.publish import release

    project = session.project
    report, graph = check_project(project)
    violations = tuple(finding for finding in report.findings if finding.severity is Severity.VIOLATION)
    if violations:
        click.echo(text_report(report, violations, session.language, unfolded=session.verbose), nl=False)
        session.say("publish-refused")
        return 1
    place = target or project.root / "public"
    folder = release.publish(CheckedGraph(project, graph, report), place)
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    session.say("published", files=str(files), triples=str(len(graph.data)), target=str(place), version=project.version)
    return 0

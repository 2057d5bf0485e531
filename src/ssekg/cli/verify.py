"""`ssekg verify`: a release, or a copy of one, against its own manifest."""

from pathlib import Path

import click

from ssekg.base.findings import Severity
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, write
from ssekg.reports.formats import RenderOptions, rendered


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def verify(session: Session, folder: Path, form: str) -> int:
    """Exit 1 if anything is not as the manifest says."""
    from ssekg.publish import verify as verification

    report = verification.verify(folder)
    write(rendered(form, report, report.findings, RenderOptions(session.language, session.verbose)), None)
    return int(report.reaches(Severity.VIOLATION))

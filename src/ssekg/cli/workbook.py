"""`ssekg workbook`: the tables as one workbook for people, and back."""

from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import LANGUAGES
from ssekg.cli.changes import settle
from ssekg.cli.localized_click import Command, Group, Option
from ssekg.cli.session import Session, write


@click.group(cls=Group)
def workbook() -> None:
    """The texts of the help are in the message catalogues."""


@workbook.command("export", cls=Command)
@click.argument("wanted", nargs=-1, metavar="[KIND|RECORD…]")
@click.option("-o", "--output", cls=Option, metavar="FILE", required=True)
@click.option("--lang", "language", cls=Option, type=click.Choice(LANGUAGES))
@click.pass_obj
def export_workbook(session: Session, wanted: tuple[str, ...], output: str, language: str | None) -> None:
    """A sheet a table, with lists to choose from."""
    from ssekg.editing.edits import Edits
    from ssekg.editing.workbook.export import export
    from ssekg.editing.workbook.selection import Selection

    if output != "-" and Path(output).suffix.lower() != ".xlsx":
        raise AskedWronglyError("unknown-output-format", file=output, suffix=Path(output).suffix, known="xlsx (.xlsx)")
    edits = Edits(session.project)
    write(export(edits, Selection.of(edits, wanted), language or session.language), output)


@workbook.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--dry-run", cls=Option, is_flag=True)
@click.pass_obj
def import_workbook(session: Session, file: Path, *, dry_run: bool) -> int:
    """Exit 1 if something would be wrong or was changed on both sides; nothing is written then."""
    from ssekg.editing.edits import Edits
    from ssekg.editing.workbook.proposal import proposed
    from ssekg.editing.workbook.reading import read_workbook

    outcome = read_workbook(Edits(session.project), file, session.project.shown(file))
    return settle(session, proposed(outcome), dry_run=dry_run)

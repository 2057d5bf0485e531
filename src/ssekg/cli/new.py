"""`ssekg new`: a row of a table from its values, checked and written."""

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.cli.changes import settle
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session


@click.command(cls=Command)
@click.argument("kind", metavar="KIND")
@click.option("--set", "given", cls=Option, multiple=True, metavar="NAME=VALUE")
@click.option("--dry-run", cls=Option, is_flag=True)
@click.pass_obj
def new(session: Session, kind: str, given: tuple[str, ...], *, dry_run: bool) -> int:
    """Exit 1 if the row would be wrong, 2 if something is still missing; nothing is written then."""
    from ssekg.base.messages import words
    from ssekg.editing.edits import Edits
    from ssekg.editing.entry import new_entry

    edits = Edits(session.project)
    entry = new_entry(edits, kind, [_pair(each) for each in given])
    edits.add(entry.table.name, entry.cells)
    click.echo(entry.table.shown)
    for heading, text in entry.shown:
        click.echo(f"  {words(heading, session.language)}: {text}")
    return settle(session, edits.proposal(), dry_run=dry_run)


def _pair(given: str) -> tuple[str, str]:
    """A column and what is to be in it.

    Raises:
        AskedWronglyError: there is no equals sign between them.
    """
    name, equals, text = given.partition("=")
    if not equals:
        raise AskedWronglyError("set-without-value", given=given)
    return name.strip(), text

"""`ssekg rename`: a record under another identifier, everywhere."""

import datetime

import click

from ssekg.cli.changes import settle
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session


@click.command(cls=Command)
@click.argument("record", metavar="KIND/OLD")
@click.argument("identifier", metavar="NEW")
@click.option("--reason", cls=Option, metavar="CODE")
@click.option("--dry-run", cls=Option, is_flag=True)
@click.pass_obj
def rename(session: Session, record: str, identifier: str, reason: str | None, *, dry_run: bool) -> int:
    """Exit 1 if something would be wrong afterwards; nothing is written then."""
    from ssekg.editing.edits import Edits
    from ssekg.editing.renaming import apply, renaming

    edits = Edits(session.project)
    today = datetime.datetime.now(datetime.UTC).date()
    apply(edits, renaming(edits, record, identifier), reason, today)
    # Each link would be listed as changed from a name to the same name.
    return settle(session, edits.proposal(), dry_run=dry_run, in_words=False)

"""A proposed change of the project's files: shown in words, refused for what would be wrong, or made."""

from typing import TYPE_CHECKING

import click

from ssekg.base.findings import Severity
from ssekg.base.said import Several
from ssekg.cli.session import Session, screen

if TYPE_CHECKING:
    from ssekg.editing.proposal import Proposal


def settle(session: Session, proposal: "Proposal", *, dry_run: bool, in_words: bool = True) -> int:
    """Say what would change and, unless it would be wrong or is only tried, change it; the exit code."""
    from ssekg.graph.changes.words import as_text
    from ssekg.reports.text import text_report

    width, colour = screen()
    shown = tuple(each for each in proposal.report.findings if each.severity is not Severity.INFO)
    if shown:
        click.echo(
            text_report(proposal.report, shown, session.language, width=width, colour=colour), nl=False, err=True
        )
    if proposal.is_refused:
        session.say("change-refused")
        return 1
    if not proposal.contents:
        session.say("no-differences")
        return 0
    if in_words:
        click.echo(as_text(proposal.changes, proposal.graph, session.language), nl=False)
    files = Several(tuple(sorted(map(session.project.shown, proposal.contents))))
    if dry_run:
        session.say("change-would", files=files)
        return 0
    proposal.write()
    session.say("change-made", files=files)
    return 0

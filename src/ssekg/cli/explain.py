"""`ssekg explain`: why a finding matters and how to fix it, with a wrong and a right example."""

import difflib

import click

from ssekg.base.codes import CODES
from ssekg.base.errors import AskedWronglyError
from ssekg.cli.localized_click import Command
from ssekg.cli.session import Session, screen, write


@click.command(cls=Command)
@click.argument("code", metavar="[CODE]", required=False)
@click.pass_obj
def explain(session: Session, code: str | None) -> None:
    """Without CODE all codes are listed; CODE may be copied from a report with its brackets."""
    from ssekg.reports.explanation import explanation, list_of_codes

    width, colour = screen()
    if code is None:
        write(list_of_codes(session.language, colour=colour), None)
    else:
        write(explanation(_known(code), session.language, width=width, colour=colour), None)


def _known(code: str) -> str:
    known = {name.lower(): name for name in CODES}
    wanted = code.strip("[]").lower()
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, 1)
    if near:
        raise AskedWronglyError("no-such-code-but", given=code, nearest=known[near[0]])
    raise AskedWronglyError("no-such-code", given=code)

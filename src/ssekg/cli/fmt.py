"""`ssekg fmt`: Turtle and tables in their canonical form."""

from pathlib import Path

import click

from ssekg.base.files import write_file
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, require_existing, write
from ssekg.formatting.files import Formatted, formattable, formatted


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--check", cls=Option, is_flag=True)
@click.option("--diff", "as_diff", cls=Option, is_flag=True)
@click.pass_obj
def fmt(session: Session, paths: tuple[Path, ...], check: bool, as_diff: bool) -> int:
    """Exit 1 if a file does not parse, or with `--check` if one would change."""
    project = session.project
    require_existing(session, paths)
    changed = refused = same = 0
    for path in formattable(project, paths):
        file = formatted(project, path)
        if file.findings:
            refused += 1
            _tell(session, file)
        elif file.before == file.after:
            same += 1
        else:
            changed += 1
            _put(file, is_kept=check or as_diff, as_diff=as_diff)
    summary = "fmt-would" if check or as_diff else "fmt-done"
    session.say(summary, changed=str(changed), same=str(same), refused=str(refused))
    return int(bool(refused or (check and changed)))


def _put(file: Formatted, *, is_kept: bool, as_diff: bool) -> None:
    """Write the file unless it is to be kept; its name, or what would change in it, to standard output."""
    if not is_kept:
        write_file(file.path, file.after, file.shown)
    write((file.difference() if as_diff else f"{file.shown}\n").encode("utf-8", "surrogateescape"), None)


def _tell(session: Session, file: Formatted) -> None:
    """Why a file was left as it is, as `validate` says it."""
    from ssekg.reports.text import text_blocks

    click.echo(text_blocks(file.findings, {file.shown: file.text}, session.language), err=True)

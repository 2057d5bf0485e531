"""`ssekg fmt`: Turtle and tables in their canonical form."""

from collections import Counter
from pathlib import Path

import click

from ssekg.base.errors import SsekgError
from ssekg.base.files import write_file
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, require_existing, write
from ssekg.formatting.files import Formatted, formattable, formatted


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("--check", cls=Option, is_flag=True)
@click.option("--diff", "as_diff", cls=Option, is_flag=True)
@click.option("--undo-spreadsheet", cls=Option, is_flag=True)
@click.pass_obj
def fmt(session: Session, paths: tuple[Path, ...], check: bool, as_diff: bool, undo_spreadsheet: bool) -> int:
    """Exit 1 if a file does not parse, if something of a spreadsheet is left, or with `--check` if one would change.

    A file that fails does not keep the others from being formatted; the command ends with its error after them.
    """
    project = session.project
    require_existing(paths)
    outcomes: Counter[str] = Counter()
    failures: list[Exception] = []
    for path in formattable(project, paths):
        try:
            content = _undone(session, path, outcomes) if undo_spreadsheet and path.suffix == ".csv" else None
            outcomes[_format(session, path, content, is_kept=check or as_diff, as_diff=as_diff)] += 1
        except Exception as problem:  # raised again below, when all other files are done
            failures.append(problem)
    if outcomes:
        changed, same, refused = (str(outcomes[name]) for name in ("changed", "same", "refused"))
        session.say("fmt-would" if check or as_diff else "fmt-done", changed=changed, same=same, refused=refused)
    if undo_spreadsheet:
        session.say("spreadsheet-undone", cells=str(outcomes["cells"]), left=str(outcomes["left"]))
    _raise(session, failures)
    return int(bool(outcomes["refused"] or outcomes["left"] or (check and outcomes["changed"])))


def _undone(session: Session, path: Path, outcomes: Counter[str]) -> bytes:
    """A table as it was before a spreadsheet saved it, as far as that is certain; the rest is reported."""
    from ssekg.editing.spreadsheets import undone
    from ssekg.reports.text import text_blocks

    found = undone(session.project, path)
    outcomes["cells"] += found.cells
    outcomes["left"] += len(found.left)
    if found.left:
        shown = {session.project.shown(path): found.content.decode("utf-8", "replace")}
        click.echo(text_blocks(found.left, shown, session.language), err=True)
    return found.content


def _format(session: Session, path: Path, content: bytes | None, *, is_kept: bool, as_diff: bool) -> str:
    """Format one file; whether it was `changed`, is the `same`, or was `refused` for what is wrong with it."""
    file = formatted(session.project, path, content)
    if file.findings:
        if content is None:
            _tell(session, file)
        return "refused"
    if file.before == file.after:
        return "same"
    _put(file, is_kept=is_kept, as_diff=as_diff)
    return "changed"


def _raise(session: Session, failures: list[Exception]) -> None:
    """Raise the gravest failure, which decides the exit code: an error of our own before others; report the rest."""
    failures.sort(key=lambda each: isinstance(each, SsekgError))
    for problem in failures[1:]:
        if isinstance(problem, SsekgError):
            click.echo(problem.message(session.language), err=True)
    if failures:
        raise failures[0]


def _put(file: Formatted, *, is_kept: bool, as_diff: bool) -> None:
    """Write the file unless it is to be kept; its name, or what would change in it, to standard output."""
    if not is_kept:
        write_file(file.path, file.after, file.shown)
    write((file.difference() if as_diff else f"{file.shown}\n").encode("utf-8", "surrogateescape"), None)


def _tell(session: Session, file: Formatted) -> None:
    """Why a file was left as it is, as `validate` says it."""
    from ssekg.reports.text import text_blocks

    click.echo(text_blocks(file.findings, {file.shown: file.text}, session.language), err=True)

"""The command line: one module per command, which parses, calls and writes."""

import gc
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from ssekg import __version__
from ssekg.base.ending import end_in_order
from ssekg.base.errors import BrokenShapesError, CannotRunError, SsekgError
from ssekg.base.files import reason
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import hint, text
from ssekg.cli.localized_click import Group, Option, language_of
from ssekg.cli.usage import usage_problem

OWN_BUG = 70

COMMANDS = {
    name: f"ssekg.cli.{name}:{name}"
    for name in (
        "init",
        "validate",
        "explain",
        "fmt",
        "build",
        "reason",
        "query",
        "describe",
        "search",
        "workbook",
        "new",
        "rename",
        "publish",
        "verify",
        "diff",
        "push",
        "serve",
    )
}


@click.command(cls=Group, modules=COMMANDS, name="ssekg")
@click.option("--project", "folder", cls=Option, type=click.Path(path_type=Path), metavar="DIR")
@click.option("--lang", cls=Option, type=click.Choice(LANGUAGES), is_eager=True)
@click.option("-q", "--quiet", cls=Option, is_flag=True)
@click.option("-v", "--verbose", cls=Option, is_flag=True)
@click.version_option(__version__, "--version", message="ssekg %(version)s", cls=Option)
@click.pass_context
def cli(context: click.Context, folder: Path | None, lang: str | None, quiet: bool, verbose: bool) -> None:
    """The texts of the help are in the message catalogues."""
    from ssekg.cli.session import Session

    context.obj = Session(folder, lang, quiet, verbose)


def main() -> None:
    """Run the command line and exit with its code; problems are reported in the user's language."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller, who wants to hear nothing
            setattr(sys, name, _nowhere())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # the name of a file may not be valid text
    end_in_order()
    # A command makes many objects that live until it ends; looking for circles among them took a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    code = run(sys.argv[1:])
    # All memory goes back at once; looking for circles in it once more took a tenth of the time, too.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run the command line on `arguments`; returns the exit code."""
    context: click.Context | None = None
    try:
        with cli.make_context("ssekg", list(arguments)) as context:
            outcome = cli.invoke(context)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as problem:
        context = getattr(problem, "ctx", None) or context
        return _tell_usage(problem, _language(context, arguments))
    except SsekgError as problem:
        language = context.obj.language if context and context.obj else _language(context, arguments)
        tell(problem, language)
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as problem:
        return _tell_unwritten(problem, _language(context, arguments))
    except Exception:
        language = _language(context, arguments)
        _tell(text("own-bug", language), hint("own-bug", language))
        import traceback

        traceback.print_exc()
        return OWN_BUG


def _language(context: click.Context | None, arguments: list[str]) -> str:
    """The language as far as it can be known when the options could not be read."""
    for option, value in zip(arguments, [*arguments[1:], ""], strict=True):
        asked = option.removeprefix("--lang=") if option.startswith("--lang=") else value if option == "--lang" else ""
        if asked in LANGUAGES:
            return asked
    return language_of(context) if context else language_of(click.Context(cli))


def _tell_usage(problem: click.ClickException, language: str) -> int:
    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        _tell(problem.message, None)
        return 2
    code, arguments = usage_problem(problem)
    context = getattr(problem, "ctx", None)
    command = context.command_path if context else "ssekg"
    _tell(text(code, language, arguments), text("usage-see-help", language, {"command": f"{command} -h"}))
    return 2


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _tell_unwritten(problem: OSError, language: str) -> int:
    """Files are opened with care elsewhere, so what fails here is the standard output."""
    outcome = CannotRunError("cannot-write", target=problem.filename or "-", problem=reason(problem))
    _tell(outcome.message(language), outcome.hint(language))
    sys.stdout = _nowhere()  # nothing more is flushed into it at the end
    return outcome.exit_code


def tell(problem: SsekgError, language: str) -> None:
    """Print on standard error what happened and what to do."""
    if isinstance(problem, BrokenShapesError):
        from ssekg.reports.text import text_blocks

        click.echo(text_blocks(problem.findings, problem.texts, language), err=True)
    _tell(problem.message(language), problem.hint(language))


def _tell(message: str, advice: str | None) -> None:
    click.echo(message.rstrip(), err=True)  # where a last sentence has nothing to say
    if advice:
        click.echo(advice, err=True)

"""Help in the reader's language: commands and options take their texts from the message catalogues when shown.

A command `query run` has the entry `help-query-run` (its message; examples as the hint), an option `--limit` the entry
`option-limit`, or `option-query-run-limit` where it means something special in a command.
"""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, from_locale, is_right_to_left
from ssekg.base.messages import catalogue
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.cli.usage import MisuseError


def language_of(context: click.Context) -> str:
    """The language for help and for errors of usage: `--lang` as far as it was read, the locale, else English."""
    given = context.find_root().params.get("lang")
    return str(given or from_locale(os.environ) or "en")


def _entry(context: click.Context, *codes: str) -> Mapping[str, str]:
    texts = catalogue(language_of(context))
    return next((texts[code] for code in codes if code in texts), {})


def _path(context: click.Context) -> str:
    names = []
    step: click.Context | None = context
    while step is not None and step.parent is not None:
        names.append(str(step.info_name))
        step = step.parent
    return "-".join(reversed(names))


class Option(click.Option):
    """An option whose help is looked up when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line in the help, in the reader's language."""
        name = str(self.name).replace("_", "-")
        self.help = _entry(ctx, f"option-{_path(ctx)}-{name}", f"option-{name}").get("message")
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is looked up when it is shown."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """As click's, with `-h` for help."""
        super().__init__(*arguments, **options)
        self.context_settings = {"help_option_names": ["-h", "--help"]} | dict(self.context_settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's, but what is left over is refused in the reader's language."""
        takes_more, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as problem:  # click does not say of which command
            problem.ctx = problem.ctx or ctx
            raise
        if rest and not takes_more:
            raise MisuseError("usage-too-much", ctx, words=" ".join(rest))
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line with its heading in the reader's language."""
        self.options_metavar = _entry(ctx, "help-options-here").get("message")
        pieces = " ".join(self.collect_usage_pieces(ctx))
        command = ctx.command_path
        if is_right_to_left(language_of(ctx)):  # the line is typed from left to right all the same
            command, pieces = FIRST_STRONG_ISOLATE + command, pieces + POP_DIRECTIONAL_ISOLATE
        formatter.write_usage(command, pieces, prefix=_entry(ctx, "help-usage").get("message", "Usage") + ": ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, then its examples, unwrapped so that they can be copied."""
        entry = _entry(ctx, f"help-{_path(ctx)}" if ctx.parent else "help-ssekg")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(entry.get("message", ""))
        if "hint" in entry:
            with formatter.section(_entry(ctx, "help-examples").get("message", "Examples")):
                for line in entry["hint"].splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a heading in the reader's language."""
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        for option in options:
            if not isinstance(option, Option):  # click's own option for help
                option.help = _entry(ctx, "option-help").get("message")
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section(_entry(ctx, "help-options").get("message", "Options")):
                formatter.write_dl(records)


class Group(Command, click.Group):
    """A group that imports a command's module only when that command is run, so that help stays quick.

    `modules` maps the name of a command to `module:attribute`.
    """

    def __init__(self, *arguments: Any, modules: Mapping[str, str] | None = None, **options: Any) -> None:
        """As click's, with the modules of the commands."""
        super().__init__(*arguments, **options)
        self.modules = dict(modules or {})

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """As click's, with the place of the command named in the reader's language."""
        self.subcommand_metavar = _entry(ctx, "help-command-here").get("message", "")
        return super().collect_usage_pieces(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are met on the road."""
        return [*self.modules, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name in self.modules:
            module, _, attribute = self.modules[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, but a command that does not exist is refused with the nearest one, in the reader's language."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            nearest = nearest_name(name, self.list_commands(ctx))
            raise MisuseError("usage-no-such-command", ctx, name=name, **{"nearest": "", **suggestion(nearest)})
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands with the first sentence of their help."""
        Command.format_options(self, ctx, formatter)
        prefix = f"{_path(ctx)}-" if ctx.parent else ""
        records = []
        for name in self.list_commands(ctx):
            message = _entry(ctx, f"help-{prefix}{name}").get("message", "")
            records.append((name, message.partition("\n")[0].partition(". ")[0].rstrip(".")))
        with formatter.section(_entry(ctx, "help-commands").get("message", "Commands")):
            formatter.write_dl(records)

"""What is wrong with a command line, in words that the catalogues have in every language."""

import math
import re
from typing import Any, Final

import click

from ssekg.base.said import Argument, Arguments, Said, Several

# What waits for a process or a socket takes no more than some weeks.
_MOST_SECONDS: Final = 1_000_000.0
_UNITS: Final = {"M": 10**6, "G": 10**9, "T": 10**12}
_SIZE: Final = re.compile(r"([1-9]\d{0,5})([MGT])I?B?", re.ASCII)


class MisuseError(click.UsageError):
    """A command line that can't be understood; `code` names an entry of the catalogues, which `arguments` fill."""

    def __init__(self, code: str, context: click.Context, **arguments: Argument) -> None:
        """Keep the code and the arguments."""
        super().__init__(code, context)
        self.code = code
        self.arguments = arguments


class Seconds(click.FloatRange):
    """A time limit: some seconds, or fractions of them."""

    def __init__(self) -> None:
        """What waits takes any time but none, and no time without end."""
        super().__init__(min=0, max=_MOST_SECONDS, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As click's, which lets pass what is no number."""
        seconds = super().convert(value, param, ctx)
        return self.fail(str(value), param, ctx) if math.isnan(seconds) else seconds


class Size(click.ParamType[int]):
    """An amount of memory in bytes, written as `500M` or `2G`."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The bytes; those of a default are a number already."""
        match = _SIZE.fullmatch(str(value).strip().upper())
        return int(match[1]) * _UNITS[match[2]] if match else self.fail(str(value), param, ctx)


def usage_problem(problem: click.ClickException) -> tuple[str, Arguments]:
    """The code and arguments of our message for an error of usage that click found."""
    if isinstance(problem, MisuseError):
        return problem.code, problem.arguments
    if isinstance(problem, click.NoSuchOption):
        return "usage-no-such-option", {"option": problem.option_name}
    if isinstance(problem, click.MissingParameter):
        parameter = problem.param
        name = parameter.make_metavar(problem.ctx) if parameter and problem.ctx else str(problem.param_hint)
        return "usage-missing", {"name": name}
    if isinstance(problem, click.BadParameter):
        name = "/".join(problem.param.opts) if problem.param else str(problem.param_hint)
        wanted = _wanted(problem.param.type) if problem.param else None
        return "usage-bad-value", {"name": name, "problem": wanted or problem.message}
    if isinstance(problem, click.BadOptionUsage):
        is_flag = any(
            problem.option_name in parameter.opts and getattr(parameter, "is_flag", False)
            for parameter in (problem.ctx.command.get_params(problem.ctx) if problem.ctx else [])
        )
        return "usage-takes-no-value" if is_flag else "usage-needs-value", {"option": problem.option_name}
    return "usage-other", {"problem": problem.message}


def _wanted(kind: object) -> Said | None:
    """What an option of some type takes, None where click has to say it."""
    if isinstance(kind, click.Choice):
        return Said("usage-wants-choice", {"choices": Several(tuple(map(str, kind.choices)))})
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            return Said("usage-wants-number-from", {"least": str(kind.min)})
        return Said("usage-wants-number-between", {"least": str(kind.min), "most": str(kind.max)})
    if isinstance(kind, Size):
        return Said("usage-wants-size")
    if isinstance(kind, Seconds):
        return Said("usage-wants-seconds", {"most": f"{_MOST_SECONDS:.0f}"})
    return None

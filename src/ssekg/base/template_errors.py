"""What is wrong with a template of a project: the file, the line and the problem, for its author."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import jinja2

from ssekg.base.errors import CannotRunError
from ssekg.base.said import Argument, Said

_CODES: Final[dict[type[Exception], str]] = {
    KeyError: "template-undefined",
    jinja2.UndefinedError: "template-undefined",
    jinja2.TemplateNotFound: "template-not-found",
}


def broken(file: str, line: int, problem: Argument) -> CannotRunError:
    """The error of a template: where it is, and what is wrong with it."""
    return CannotRunError("broken-template", file=file, line=str(line), problem=problem)


@contextmanager
def in_templates(folder: Path | None) -> Iterator[None]:
    """Report what a template of the project in `folder` does wrong as an error of it; ours are left to be our bugs.

    Raises:
        CannotRunError: the problem is in a template of the project.
    """
    try:
        yield
    except CannotRunError:
        raise
    except Exception as problem:  # a template can do whatever an expression can: divide by zero, for one
        place = _place(problem, folder.name) if folder else None
        if place is None:
            raise
        words = str(getattr(problem, "message", None) or problem) or type(problem).__name__
        code = next((code for kind, code in _CODES.items() if isinstance(problem, kind)), None)
        raise broken(*place, Said(code, {"name": words}) if code else words) from None


def _place(problem: Exception, folder: str) -> tuple[str, int] | None:
    """The file and line of a project's template in which a problem came up, None if it was in none."""
    if isinstance(problem, jinja2.TemplateSyntaxError):
        places = [(problem.filename or "", problem.lineno)]
    else:
        frames = traceback.extract_tb(problem.__traceback__)
        places = [(frame.filename, frame.lineno or 1) for frame in reversed(frames)]
    return next((place for place in places if place[0].startswith(f"{folder}/")), None)

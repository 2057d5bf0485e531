"""A wrong and a right example of each finding, the same in every language; the tests run them all."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any, Final

from ssekg.base.findings import Place

_MARKED: Final = re.compile("⟦(?P<term>[^⟦⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Example:
    """A file as it is wrong and as it is right; without its prefixes, header or description, which are as usual.

    `places` are what the findings point to in `wrong`; what examples.toml has under the other names is explained
    there.
    """

    file: str
    wrong: str
    right: str
    places: tuple[Place, ...]
    arguments: Mapping[str, str] = field(default_factory=dict)
    rule: str | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    alone: bool = False


@cache
def examples() -> Mapping[str, Example]:
    """The examples by finding code."""
    content = files(__package__).joinpath("examples.toml").read_text(encoding="utf-8")
    return {code: _example(**entry) for code, entry in tomllib.loads(content).items()}


def _example(
    *,
    file: str,
    wrong: str,
    sheets: list[str] | None = None,
    cell: str | None = None,
    **others: Any,
) -> Example:
    return Example(
        file=file,
        wrong=_MARKED.sub(r"\g<term>", wrong),
        places=_places(file, wrong, cell),
        sheets=tuple(sheets or [PurePosixPath(file).stem]),
        **others,
    )


def _places(file: str, marked: str, cell: str | None) -> tuple[Place, ...]:
    """What the marks enclose, in their order."""
    places = []
    for number, line in enumerate(marked.split("\n"), start=1):
        for before, match in enumerate(_MARKED.finditer(line)):
            column = match.start() + 1 - 2 * before
            places.append(Place(file, number, column, number, column + len(match["term"]), cell))
    return tuple(places)

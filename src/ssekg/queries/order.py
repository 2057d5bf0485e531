"""Rows in the order of what is shown: where a query orders by a thing, by its name instead of its IRI.

An engine orders things by their IRIs. Here the conditions of ORDER BY are gone through again: rows are grouped by the
variables of the first, groups of things are put in the order of their names, others stay where the engine put them, and
within each group the next condition counts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold
from ssekg.queries.answers import Answer, Cell, Row, kept_with_answer
from ssekg.queries.syntax import tokens

_END: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})
_DIGITS: Final = re.compile(r"(\d+)")
_Key = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Condition:
    """A condition of ORDER BY: the variables in it, whether it is one variable alone, and whether it descends."""

    variables: tuple[str, ...]
    is_plain: bool
    descends: bool


@kept_with_answer
def ordered(answer: Answer, language: str) -> list[Row]:
    """The rows of an answer in the order for someone who reads `language`."""
    places = {column.name: index for index, column in enumerate(answer.columns)}

    def key(cell: Cell) -> _Key:
        return sorting_key(answer.label(cell[0], language)) if cell else ()

    return _arranged(answer.rows, conditions(answer.query.text), places, key)


def conditions(query: str) -> list[Condition]:
    """The conditions of the ORDER BY of a query, none where it has none."""
    found = list(tokens(query))
    depth, start = 0, None
    for index, (kind, token, _) in enumerate(found):
        depth += (token in "({") - (token in ")}") if kind == "other" else 0
        if kind == "word" and depth == 0 and token.upper() == "ORDER":
            start = index + 2
    return list(_conditions(found[start:])) if start is not None else []


def _conditions(found: Sequence[tuple[str, str, int]]) -> Iterator[Condition]:
    depth = 0
    group: list[tuple[str, str]] = []
    for kind, token, _ in found:
        if depth == 0 and kind == "word" and token.upper() in _END:
            return
        group.append((kind, token))
        depth += (token == "(") - (token == ")") if kind == "other" else 0
        if depth == 0 and (kind == "variable" or token == ")"):
            yield _condition(group)
            group = []


def _condition(group: Sequence[tuple[str, str]]) -> Condition:
    words = [token.upper() for kind, token in group if kind == "word"]
    variables = tuple(token[1:] for kind, token in group if kind == "variable")
    direction = words[0] if words and words[0] in {"ASC", "DESC"} else ""
    rest = [token for _, token in group if token not in "()"]
    return Condition(variables, len(rest) == 1 + bool(direction) and len(variables) == 1, direction == "DESC")


def sorting_key(text: str) -> _Key:
    """How a name is compared: letters as `fold` has them, numbers by their value, and at last each character."""
    parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in _DIGITS.split(fold(text)) if part]
    return (*parts, (2, 0, text))


def _arranged(
    rows: Sequence[Row], by: Sequence[Condition], places: dict[str, int], key: Callable[[Cell], _Key]
) -> list[Row]:
    if not by or len(rows) < 2 or not places.keys() >= {*by[0].variables}:
        return list(rows)
    groups: dict[Row, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[places[name]] for name in by[0].variables), []).append(row)
    names = list(groups)
    if by[0].is_plain and all(isinstance(term, ox.NamedNode) for (cell,) in names for term in cell):
        names.sort(key=lambda name: key(name[0]), reverse=by[0].descends)
    return [row for name in names for row in _arranged(groups[name], by[1:], places, key)]

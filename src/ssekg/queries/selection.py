"""What a SELECT selects, and the same question with all that it finds on the way there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ssekg.queries.syntax import Token, form_of, tokens_of

_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "GROUP"})


@dataclass(frozen=True)
class Selected:
    """A column of a SELECT: `token` is that of its variable, `made_of` are the variables that its value is made of.

    `source` is the variable whose value it has, "" where an expression makes the value.
    """

    token: Token
    source: str
    made_of: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the variable."""
        return self.token.variable


@dataclass(frozen=True)
class Selection:
    """A SELECT as its text: what is before it, what is selected (nothing for `*`), its WHERE group, VALUES at its end.

    `inner` are the SELECTs in its group that choose without counting or comparing, `is_aggregated` whether it counts.
    """

    prologue: str
    selected: tuple[Selected, ...]
    where: str
    values: str
    inner: tuple["Selection", ...]
    is_aggregated: bool

    @property
    def unfolded(self) -> str:
        """The query that answers with every variable of the group, for each way in which the group is found."""
        return f"{self.prologue}\nSELECT * {self.where}\n{self.values}"


def selection(query: str) -> Selection | None:
    """What a query selects, None for one that is not a SELECT."""
    if form_of(query) != "SELECT":
        return None
    found = tokens_of(query)
    start = next(index for index, token in enumerate(found) if token.word == "SELECT")
    return _read(query, query[: found[start].start], found[start:])


def _read(query: str, prologue: str, found: Sequence[Token]) -> Selection:
    """The SELECT that the tokens begin with, up to their end."""
    opening = next((index for index, token in enumerate(found) if token.text == "{"), len(found) - 1)
    closing = opening + _length(found[opening:])
    after = found[closing + 1 :]
    values = next((token.start for token in after if token.word == "VALUES"), None)
    return Selection(
        prologue,
        tuple(_selected(found[1:opening])),
        query[found[opening].start : found[closing].end],
        query[values : found[-1].end] if values is not None else "",
        tuple(_inner(query, prologue, found[opening + 1 : closing])),
        any(token.word in _AGGREGATES for token in (*found[:opening], *after)),
    )


def _selected(found: Sequence[Token]) -> Iterator[Selected]:
    depth = 0
    since = 0
    for index, token in enumerate(found):
        if token.kind == "other":
            depth += (token.text == "(") - (token.text == ")")
            since = index if token.text == "(" and depth == 1 else since
        elif token.kind == "variable" and depth == 0:
            yield Selected(token, token.variable, (token.variable,))
        elif token.kind == "variable" and depth == 1 and found[index - 1].word == "AS":
            expression = found[since + 1 : index - 1]
            made_of = tuple(each.variable for each in expression if each.variable)
            yield Selected(token, expression[0].variable if len(expression) == 1 else "", made_of)


def _inner(query: str, prologue: str, found: Sequence[Token]) -> Iterator[Selection]:
    for index, token in enumerate(found[1:], start=1):
        if token.word == "SELECT" and found[index - 1].text == "{":
            is_condition = index > 1 and found[index - 2].word in {"EXISTS", "MINUS"}
            read = _read(query, prologue, found[index : index - 1 + _length(found[index - 1 :])])
            if not is_condition and not read.is_aggregated:
                yield read


def _length(found: Sequence[Token]) -> int:
    """How many tokens come before the brace that closes the one at the beginning."""
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "other":
            depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return index
    return len(found) - 1

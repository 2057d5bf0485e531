"""Where a SPARQL text stops being SPARQL.

The engine's parser tells the furthest offset that any of its rules looked at, which lies behind the mistake by the
length of a keyword. The very token is found by asking it of beginnings of the text: the first one that nothing can
complete ends with the token that is wrong.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from ssekg.queries import syntax
from ssekg.queries.syntax import disguised, tokens

_POSITION: Final = re.compile(r"error at (?P<line>\d+):\d+")
# Behind a beginning come more blank lines than the longest keyword has letters, then what no rule accepts.
_LINES: Final = 24
_END: Final = "\n" * _LINES + "\0"
_BASE: Final = "http://localhost/"
# What the engine says in words, unlike the characters it would have expected.
_IN_WORDS: Final = re.compile(r"(?:The [A-Z]|SELECT \* |Prefix |IRI )[^,\[\]]+")


@dataclass(frozen=True)
class Token:
    """A token of a query from offset `start` up to `end`; `kind` as in queries.syntax, or number."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """A bare word in capitals, else ""."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of a variable, else ""."""
        return self.text[1:] if self.kind == "variable" else ""


@dataclass(frozen=True)
class Mistake:
    """The token at which a query can't be read on, None at its end; `words` is what the engine says of it, or ""."""

    token: Token | None
    words: str


def tokens_of(query: str) -> list[Token]:
    """The tokens of a query; `||` and `&&` are two each."""
    return [Token(kind, text, start, start + len(text)) for kind, text, start in tokens(query)]


def too_deep(found: Iterable[Token]) -> Token | None:
    """The bracket from which on a query is nested so deep that no parser should be given it, None if it is not."""
    by_start = {token.start: token for token in found}
    start = syntax.too_deep((token.kind, token.text, token.start) for token in by_start.values())
    return None if start is None else by_start[start]


def mistake(query: str) -> Mistake | None:
    """What keeps a query from being read, None if nothing does. Nothing is asked of any graph or endpoint.

    A clause that leaves the graph counts as a mistake.
    """
    query = disguised(query)
    problem = _problem(query)
    if problem is None:
        return None
    found = tokens_of(query)
    if not found or _can_go_on(query):
        return Mistake(None, _in_words(problem))
    right, wrong = 0, len(found)
    while wrong - right > 1:
        middle = (right + wrong) // 2
        # The second half of an operator may follow.
        ends = [token.end for token in found[middle - 1 : middle + 1]]
        if any(_can_go_on(query[:end]) for end in ends):
            right = middle
        else:
            wrong = middle
    token = found[wrong - 1]
    return Mistake(token, _in_words(_problem(query[: token.end] + _END) or ""))


def _problem(query: str) -> str | None:
    try:
        ox.Store().query(query, base_iri=_BASE)
    except (SyntaxError, ValueError) as problem:
        return str(problem)
    return None


def _can_go_on(beginning: str) -> bool:
    """Whether something could be written behind this beginning to make a query."""
    match = _POSITION.match(_problem(beginning + _END) or "")
    return match is not None and int(match["line"]) > len(re.findall("\n", beginning)) + _LINES


def _in_words(problem: str) -> str:
    match = _IN_WORDS.search(problem)
    return match[0].strip() if match else ""


def prefixes_of(found: list[Token]) -> tuple[dict[str, str], dict[str, Token], set[int]]:
    """The prologue of a query: namespaces by prefix, the token of each namespace, and the offsets that are no terms.

    The base stands under the key "BASE", which no prefix can be: prefixes are kept with their colon.
    """
    namespaces: dict[str, str] = {}
    where: dict[str, Token] = {}
    prologue: set[int] = set()
    for (first, second), third in zip(pairwise(found), [*found[2:], None], strict=False):
        word = first.text.upper() if first.kind == "word" else ""
        if word == "PREFIX" and second.kind == "name" and third is not None and third.kind == "iri":
            namespaces[second.text] = third.text[1:-1]
            where[second.text] = third
            prologue |= {second.start, third.start}
        elif word == "BASE" and second.kind == "iri":
            namespaces["BASE"] = second.text[1:-1]
            prologue.add(second.start)
    return namespaces, where, prologue

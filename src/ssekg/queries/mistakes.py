"""Where a SPARQL text stops being SPARQL.

The engine's parser reports the furthest offset that any of its rules looked at, which is behind the mistake by the
length of a keyword. The very token is found by asking it of beginnings of the text: the first one that nothing can
complete ends with the token that is wrong.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import quoted
from ssekg.base.said import Argument
from ssekg.queries import syntax
from ssekg.queries.explanations import explanation
from ssekg.queries.prologue import prefixes_of, with_prefixes
from ssekg.queries.syntax import LEAVES_THE_GRAPH, Token, disguised, refuse_what_leaves_the_graph, tokens_of
from ssekg.sources.places import Lines

_POSITION: Final = re.compile(r"error at (?P<line>\d+):\d+")
# Behind a beginning come more blank lines than the longest keyword has letters, then what no rule accepts.
_LINES: Final = 24
_END: Final = "\n" * _LINES + "\0"
_BASE: Final = "http://localhost/"
# What the engine says in words, unlike the characters it would have expected.
_IN_WORDS: Final = re.compile(r"(?:The (?:[A-Z]|custom )|SELECT \* |Prefix |IRI |Duplicated )[^,\[\]]+")
_FUNCTION: Final = re.compile(r"custom function <([^>]*)>")


@dataclass(frozen=True)
class Mistake:
    """The token at which a query can't be read on, None at its end; `problem` says why, or is ""."""

    token: Token | None
    problem: Argument


def too_deep(found: Iterable[Token]) -> Token | None:
    """The bracket from which on a query is nested so deep that no parser should be given it, None if it is not."""
    by_start = {token.start: token for token in found}
    start = syntax.too_deep((token.kind, token.text, token.start) for token in by_start.values())
    return None if start is None else by_start[start]


def mistake(
    query: str, known: Mapping[str, str] | None = None, clauses: Sequence[str] = LEAVES_THE_GRAPH
) -> Mistake | None:
    """What keeps a query from being read, None if nothing does. No graph or endpoint is queried.

    One of the clauses counts as a mistake. `known` are namespaces by prefix, for prefixes not declared.
    """
    query = disguised(query, clauses)
    problem = _problem(query)
    if problem is None:
        return None
    found = tokens_of(query)
    wrong = _wrong_token(query, found)
    beginning = query if wrong is None else query[: wrong.start]
    words = _in_words(problem if wrong is None else _problem(query[: wrong.end] + _END) or "")
    why = explanation(found, wrong, words, known or {}, lambda text: _can_go_on(f"{beginning}\n{text}"))
    return Mistake(_spoken_of(wrong, words, found), why)


def refuse_mistakes(
    query: str, known: Mapping[str, str] | None = None, clauses: Sequence[str] = LEAVES_THE_GRAPH
) -> None:
    """Raise for a query that does not parse, leaves the graph that it is asked of, or nests without end.

    It need not declare the prefixes in `known`. It leaves the graph with one of the clauses.

    Raises:
        AskedWronglyError: the query does; the message says where.
    """
    refuse_what_leaves_the_graph(query, clauses)
    whole = with_prefixes(query, known or {})
    wrong = mistake(whole, clauses=clauses)
    if wrong is None:
        return
    added = len(whole) - len(query)
    start = len(query.rstrip()) if wrong.token is None else wrong.token.start - added
    place = Lines("", query).place(start, start)
    where = {"line": str(place.line), "column": str(place.column), "problem": wrong.problem}
    if wrong.token is None:
        raise AskedWronglyError("query-incomplete", **where)
    raise AskedWronglyError("query-syntax", **where, token=quoted(wrong.token.text))


def _wrong_token(query: str, found: list[Token]) -> Token | None:
    """The first token that nothing can follow, None if it is the end of the query that is wrong."""
    if not found or _can_go_on(query):
        return None
    right, wrong = 0, len(found)
    while wrong - right > 1:
        middle = (right + wrong) // 2
        # The second half of an operator may follow.
        ends = [token.end for token in found[middle - 1 : middle + 1]]
        if any(_can_go_on(query[:end]) for end in ends):
            right = middle
        else:
            wrong = middle
    return found[wrong - 1]


def _spoken_of(wrong: Token | None, words: str, found: list[Token]) -> Token | None:
    """The token that the engine's words are about: a problem of the whole query is reported at its SELECT."""
    if wrong is not None or not words:
        return wrong
    function = _FUNCTION.search(words)
    if function is not None:
        namespaces, _, _ = prefixes_of(found)
        return next((token for token in found if _iri_of(token, namespaces) == function[1]), None)
    return next((token for token in found if token.word == "SELECT"), None)


def _iri_of(token: Token, namespaces: Mapping[str, str]) -> str | None:
    prefix, colon, local = token.text.partition(":")
    if token.kind == "iri":
        return token.text[1:-1]
    return namespaces.get(prefix + colon, "") + local if token.kind == "name" else None


def _problem(query: str) -> str | None:
    try:
        ox.Store().query(query, base_iri=_BASE)
    except (SyntaxError, ValueError, RuntimeError) as problem:  # the last for a function that is not known
        return str(problem)
    return None


def _can_go_on(beginning: str) -> bool:
    """Whether something could be written behind this beginning to make a query."""
    match = _POSITION.match(_problem(beginning + _END) or "")
    return match is not None and int(match["line"]) > len(re.findall("\n", beginning)) + _LINES


def _in_words(problem: str) -> str:
    match = _IN_WORDS.search(problem)
    return match[0].strip() if match else ""

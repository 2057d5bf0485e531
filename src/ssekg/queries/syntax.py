"""Just enough of SPARQL's grammar to bind parameters and to keep a query inside the graph it is asked of.

A query is cut into tokens as the standard does (comments, strings and IRIs are tokens, so nothing inside them
counts); what is looked for are bare words and braces, which can't be anything but syntax.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ssekg.errors import AskedWronglyError
from ssekg.queries.parameters import Term

_TOKEN: Final = re.compile(
    r"""
      (?P<skip> \s+ | \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string> \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\" | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<name> [\w.-]*:[\w.:%\\-]* )
    | (?P<language> @[A-Za-z0-9-]+ )
    | (?P<word> [A-Za-z_]\w* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_LEAVES_THE_GRAPH: Final = {"SERVICE", "FROM"}


def _tokens(query: str) -> Iterator[tuple[str, str, int]]:
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "skip":
            yield match.lastgroup, match.group(), match.start()


def refuse_what_leaves_the_graph(query: str) -> None:
    """Raise for a query that asks another endpoint (SERVICE) or names graphs to load (FROM).

    Raises:
        AskedWronglyError: the query has such a clause.
    """
    for kind, token, _ in _tokens(query):
        if kind == "word" and token.upper() in _LEAVES_THE_GRAPH:
            raise AskedWronglyError("query-leaves-graph", clause=token.upper())


def bind(query: str, bound: Mapping[str, Sequence[Term]]) -> str:
    """The query with a VALUES block for each bound variable at the head of its WHERE group.

    VALUES is SPARQL's own form for given terms, and its grammar admits nothing but terms. What is not bound stays a
    free variable. Raises ValueError if the query has no WHERE group.
    """
    if not bound:
        return query
    position = _inside_where(query)
    blocks = "".join(
        f" VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}" for variable, terms in bound.items()
    )
    return query[:position] + blocks + query[position:]


def _inside_where(query: str) -> int:
    depth = 0
    template_follows = False
    for kind, token, start in _tokens(query):
        if kind == "word" and token.upper() == "CONSTRUCT" and depth == 0:
            template_follows = True
        elif kind == "word" and token.upper() == "WHERE" and depth == 0:
            template_follows = False
        elif token == "{" and kind == "other":
            if depth == 0 and not template_follows:
                return start + 1
            depth += 1
        elif token == "}" and kind == "other":
            depth -= 1
            template_follows = template_follows and depth > 0
    raise ValueError(query)

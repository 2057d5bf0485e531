"""Just enough of SPARQL's grammar to bind parameters and to keep a query inside the graph it is asked of.

A query is cut into tokens as the standard does (comments, strings and IRIs are tokens, so nothing inside them
counts); what is looked for are bare words and braces, which can't be anything but syntax.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from ssekg.base.errors import AskedWronglyError
from ssekg.queries.parameters import Term

_TOKEN: Final = re.compile(
    r"""
      (?P<skip> \s+ | \#[^\n\r]* )
    | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<string> \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\" | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<name> [\w.-]*:(?:\\.|[\w.:%-])* )
    | (?P<language> @[A-Za-z0-9-]+ )
    | (?P<word> [A-Za-z_]\w* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_DEEPEST: Final = 200
_OPENING: Final = frozenset("({[")
_CLOSING: Final = frozenset(")}]")
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UNARY: Final = frozenset("!-+")
OTHER_ENDPOINTS: Final = ("SERVICE",)
LEAVES_THE_GRAPH: Final = (*OTHER_ENDPOINTS, "FROM")


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


def tokens(query: str) -> Iterator[tuple[str, str, int]]:
    """The tokens of a query, each as its kind (iri, string, variable, name, language, word, other), text and offset."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "skip":
            yield match.lastgroup, match.group(), match.start()


def tokens_of(query: str) -> list[Token]:
    """The tokens of a query; `||` and `&&` are two each."""
    return [Token(kind, text, start, start + len(text)) for kind, text, start in tokens(query)]


def too_deep(found: Iterable[tuple[str, str, int]]) -> int | None:
    """The offset of the bracket from which on a query is nested too deep for a parser, None if it is not.

    The engine's parser recurses: some ten thousand brackets end the process, not the query. It does so for operators
    one after the other as well (`!!!…`).
    """
    depth = operators = 0
    for kind, token, start in found:
        operators = operators + 1 if kind == "other" and token in _UNARY else 0
        if kind == "other":
            depth += (token in _OPENING) - (token in _CLOSING)
        if depth + operators > _DEEPEST:
            return start
    return None


def refuse_what_leaves_the_graph(query: str, clauses: Sequence[str] = LEAVES_THE_GRAPH) -> None:
    """Raise for a query that nests without end or has one of the clauses.

    The clauses ask another endpoint (SERVICE) or name graphs to load (FROM). They are looked for as the standard's
    tokens have them; what else the engine could take for one, see `disguised`.

    Raises:
        AskedWronglyError: the query does.
    """
    if too_deep(tokens(query)) is not None:
        raise AskedWronglyError("query-too-deep")
    for kind, token, _ in tokens(query):
        if kind == "word" and token.upper() in clauses:
            raise AskedWronglyError("query-leaves-graph", clause=token.upper())


def disguised(query: str, clauses: Sequence[str] = LEAVES_THE_GRAPH) -> str:
    """The query, as long as it was, with another word wherever one of the clauses could begin.

    The engine knows no tokens: `SERVICESILENT<…>` and `SERVICE:x` are clauses to it, though the standard's tokens have
    none there. So it is shown another word in its place: a clause then doesn't parse, anything else does.
    """
    return re.sub("|".join(clauses), lambda match: f"{match[0][:-1]}X", query, flags=re.IGNORECASE | re.ASCII)


def bind(query: str, bound: Mapping[str, Sequence[Term]]) -> str:
    """The query with a VALUES block for each bound variable at the head of its WHERE group.

    VALUES is SPARQL's own form for given terms, and its grammar admits nothing but terms. What is not bound stays a
    free variable. CONSTRUCT WHERE { … } allows only triples in its group; there VALUES is at the end.

    Raises:
        AskedWronglyError: the query has no WHERE group, so that nothing depends on the variables.
    """
    if not bound:
        return query
    position = inside_where(query)
    if position is None:
        rows = " ".join(f"({' '.join(map(str, row))})" for row in product(*bound.values()))
        return f"{query}\nVALUES ({' '.join(f'?{variable}' for variable in bound)}) {{ {rows} }}"
    blocks = "".join(
        f" VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}" for variable, terms in bound.items()
    )
    return query[:position] + blocks + query[position:]


def form_of(query: str) -> str:
    """What a query is: SELECT, ASK, CONSTRUCT or DESCRIBE; "" if it is not a query."""
    words = (token.upper() for kind, token, _ in tokens(query) if kind == "word")
    return next((word for word in words if word in _FORMS), "")


def with_limit(query: str, limit: int | None) -> str:
    """A SELECT that asks for no more than `limit` rows; unchanged for None, and if it has a limit of its own."""
    depth = 0
    end = len(query)
    for kind, token, start in tokens(query):
        if kind == "word" and depth == 0 and token.upper() == "LIMIT":
            return query
        if kind == "word" and depth == 0 and token.upper() == "VALUES":
            end = start
        depth += (token in _OPENING) - (token in _CLOSING) if kind == "other" else 0
    if limit is None or form_of(query) != "SELECT":
        return query
    return f"{query[:end]}\nLIMIT {limit}\n{query[end:]}"


def inside_where(query: str) -> int | None:
    """The offset after the brace of the WHERE group, None for the short form CONSTRUCT WHERE.

    Raises:
        AskedWronglyError: there is none.
    """
    depth = 0
    template_follows = False
    for kind, token, start in tokens(query):
        if kind == "word" and depth == 0:
            if token.upper() == "WHERE" and template_follows:
                return None
            template_follows = template_follows or token.upper() == "CONSTRUCT"
        elif kind == "other" and token in "({":
            if token == "{" and depth == 0 and not template_follows:
                return start + 1
            depth += 1
        elif kind == "other" and token in ")}":
            depth -= 1
            template_follows = template_follows and depth > 0
    raise AskedWronglyError("query-without-group")

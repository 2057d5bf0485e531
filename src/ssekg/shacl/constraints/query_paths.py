"""The path between the two ends of a triple pattern, read from the tokens of a query (SPARQL 1.1, section 9.1)."""

from collections.abc import Callable, Sequence

import pyoxigraph as ox

from ssekg.base.terms import Path, PathExpression
from ssekg.queries.syntax import Token

# The IRI that a query writes in some way, None where that is not worth reading.
Expand = Callable[[str], str | None]


class PathReader:
    """Reads paths, with IRIs as a query writes them."""

    def __init__(self, expand: Expand) -> None:
        """Take what gives the IRIs."""
        self._expand = expand

    def path(self, verb: Sequence[Token]) -> Path | None:
        """A predicate or a path as it is written; None for what may be any predicate."""
        if any(token.variable or token.text == "!" for token in verb):
            return None
        path, rest = self._alternatives([*verb])
        return path if not rest else None

    def _alternatives(self, verb: list[Token]) -> tuple[Path | None, list[Token]]:
        return self._joined(verb, "|", lambda rest: self._joined(rest, "/", self._element))

    def _joined(
        self, verb: list[Token], sign: str, read: Callable[[list[Token]], tuple[Path | None, list[Token]]]
    ) -> tuple[Path | None, list[Token]]:
        part, rest = read(verb)
        parts = [part]
        while rest and rest[0].text == sign:
            part, rest = read(rest[1:])
            parts.append(part)
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts):
            return None, rest
        return (known[0] if len(known) == 1 else PathExpression(sign, known)), rest

    def _element(self, verb: list[Token]) -> tuple[Path | None, list[Token]]:
        if not verb:
            return None, []
        first, rest = verb[0], verb[1:]
        path: Path | None
        if first.text == "^":
            path, rest = self._element(rest)
            return (None if path is None else PathExpression("^", (path,))), rest
        if first.text == "(":
            path, rest = self._alternatives(rest)
            rest = rest[1:]
        else:
            iri = self._expand(first.text)
            path = None if iri is None else ox.NamedNode(iri)
        if path is not None and rest and rest[0].text in {"*", "+", "?"}:
            path, rest = PathExpression(rest[0].text, (path,)), rest[1:]
        return path, rest

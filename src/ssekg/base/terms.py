"""RDF terms and property paths as values: `str` gives the notation in which people and programs read them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode
# RDF 1.2 knows triples as terms; they are passed on, and nothing more.
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class PathExpression:
    """A property path of more than a predicate, by its operator in SPARQL (SPARQL 1.1, section 9.1).

    `sign` is "/" or "|" between `parts`, or one of "^", "*", "+", "?" at a single one.
    """

    sign: str
    parts: "tuple[Path, ...]"

    def __str__(self) -> str:
        """The path in SPARQL's notation: `^<p>`, `<p>/<q>`, `(<p>|<q>)`, `(<p>)*`."""
        return "".join(map(str, self.pieces()))

    def pieces(self) -> Iterator[ox.NamedNode | str]:
        """The notation in pieces: the predicates, and the operators between them."""
        has_brackets = self.sign in "|*+?" or (self.sign == "^" and _is_sequence(self.parts[0]))
        yield "^" * (self.sign == "^") + "(" * has_brackets
        for number, part in enumerate(self.parts):
            yield self.sign * (number > 0)
            yield from part.pieces() if isinstance(part, PathExpression) else (part,)
        yield ")" * has_brackets + self.sign * (self.sign in "*+?")


Path = ox.NamedNode | PathExpression


def _is_sequence(path: Path) -> bool:
    return isinstance(path, PathExpression) and path.sign == "/"


def predicates_of(path: Path | None) -> set[ox.NamedNode]:
    """The predicates that a path goes along; none for no path."""
    if path is None:
        return set()
    if isinstance(path, ox.NamedNode):
        return {path}
    return {predicate for part in path.parts for predicate in predicates_of(part)}


def steps_of(path: Path, *, backwards: bool = False) -> Iterator[tuple[ox.NamedNode, bool]]:
    """The predicates of a path, and whether each is followed backwards."""
    if isinstance(path, ox.NamedNode):
        yield path, backwards
        return
    for part in path.parts:
        yield from steps_of(part, backwards=backwards != (path.sign == "^"))

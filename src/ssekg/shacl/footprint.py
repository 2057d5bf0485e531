"""Which triples the judgement of a focus node reads: its own, those of nodes that it leads to, or any of the graph."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, RDFS
from ssekg.base.terms import Path, PathExpression, predicates_of

# The predicates whose triples lead to a node, so that it is known which nodes these may be; none for the focus node.
Way = frozenset[str]
FOCUS: Final[Way] = frozenset()
_UNKNOWN: Final = ""
# Where a link by any predicate leads.
_ANYWHERE: Final = "*"
_NOT_NAMED: Final = frozenset({_UNKNOWN, _ANYWHERE})
_OF_CLASS: Final = PathExpression(
    "/", (ox.NamedNode(RDF + "type"), PathExpression("*", (ox.NamedNode(RDFS + "subClassOf"),)))
)


@dataclass(frozen=True)
class Pattern:
    """A path between two nodes, each by the name of its variable; "" is a node that has none."""

    subject: str
    path: Path
    value: str


@dataclass(frozen=True)
class Joined:
    """A pattern that is `read`, and those `with_it` that the same solutions have, which tie it to $this."""

    read: Pattern
    with_it: frozenset[Pattern]


class Footprint:
    """What is read.

    `links` are the predicates that lead to nodes whose triples are read, and `facts` the predicates of these triples.
    `predicates` are those of all triples that are read, the focus node's included. `facts` and `predicates` are None
    where any predicate may matter. `is_scattered` is true where what is read may be anywhere in the graph.
    `back` are the predicates that are followed against their direction; where `is_tied`, what is read is connected with
    the focus node by these and by `links`, or by the patterns of `joined`, however scattered it is.
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.links: set[str] = set()
        self.facts: set[str] | None = set()
        self.predicates: set[str] | None = set()
        self.is_scattered = False
        self.back: set[str] = set()
        self.joined: set[Joined] = set()
        self.is_tied = True

    def read(self, way: Way, predicate: str | None) -> None:
        """Read the triples of a node with a predicate, None for any."""
        self.predicates = _with(self.predicates, predicate)
        if way:
            self.facts = _with(self.facts, predicate)
            self.links |= way - _NOT_NAMED
            self.is_scattered |= not way.isdisjoint(_NOT_NAMED)
            self.is_tied &= _ANYWHERE not in way

    def read_anywhere(self, predicate: str | None) -> None:
        """Read triples of nodes that are not known beforehand."""
        self.predicates = _with(self.predicates, predicate)
        self.is_scattered = True
        self.is_tied = False

    def follow(self, path: Path | None, way: Way) -> Way:
        """Go along a path, None for any predicate; gives the way to the nodes that are reached."""
        if path is None:
            self.read(way, None)
            return frozenset({_ANYWHERE})
        if isinstance(path, ox.NamedNode):
            self.read(way, path.value)
            return frozenset({path.value})
        if path.sign == "^":
            self.links |= way - _NOT_NAMED
            self.is_tied &= _ANYWHERE not in way
            for predicate in predicates_of(path):
                self.read_around(predicate.value)
            return frozenset({_UNKNOWN})
        if path.sign == "/":
            for part in path.parts:
                way = self.follow(part, way)
            return way
        if path.sign == "|":
            return frozenset().union(*(self.follow(part, way) for part in path.parts))
        reached = self.follow(path.parts[0], way)
        if path.sign in "*+":
            reached |= self.follow(path.parts[0], reached)
        # A path of no length leads to where it begins; from the focus node its own triples are there anyway.
        return reached if path.sign == "+" else reached | way

    def instances(self, way: Way) -> None:
        """Read of which classes a node is."""
        self.follow(_OF_CLASS, way)

    def add(self, other: "Footprint") -> None:
        """Read what another reads as well."""
        self.links |= other.links
        self.facts = None if self.facts is None or other.facts is None else self.facts | other.facts
        if self.predicates is not None:
            self.predicates = None if other.predicates is None else self.predicates | other.predicates
        self.is_scattered |= other.is_scattered
        self.back |= other.back
        self.joined |= other.joined
        self.is_tied &= other.is_tied

    def read_joined(self, joined: Joined) -> None:
        """Read what a pattern matches that others tie to the focus node."""
        for predicate in predicates_of(joined.read.path):
            self.predicates = _with(self.predicates, predicate.value)
        self.joined.add(joined)
        self.is_scattered = True

    def read_around(self, predicate: str) -> None:
        """Read triples that a predicate leads to or from, followed in any direction."""
        self.predicates = _with(self.predicates, predicate)
        self.is_scattered = True
        self.links.add(predicate)
        self.back.add(predicate)


def _with(names: set[str] | None, name: str | None) -> set[str] | None:
    return None if names is None or name is None else names | {name}

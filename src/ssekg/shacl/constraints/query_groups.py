"""The parts of a SELECT that has been read: its group graph patterns, and the SELECTs within it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ssekg.queries.syntax import Token


@dataclass(frozen=True)
class Link:
    """A triple pattern: the variables of subject and object ("" for a term), and what is written between them."""

    subject: str
    verb: tuple[Token, ...]
    value: str

    @property
    def start(self) -> int:
        """The offset of its predicate in the query."""
        return self.verb[0].start


@dataclass
class Group:
    """A group graph pattern from its brace `start` to its brace `end` (numbers of tokens).

    `kind` is where, group, union, optional, exists or not exists, or inner exists within an expression. `patterns`
    holds the variables of each triple pattern, `objects` how often each is an object, `filtered` those of filters,
    `bound` those that BIND binds, `links` the triple patterns themselves, `clause` the number of the FILTER that an
    EXISTS belongs to.
    """

    kind: str
    start: int
    end: int
    patterns: list[frozenset[str]] = field(default_factory=list)
    objects: Counter[str] = field(default_factory=Counter)
    filtered: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    children: list["Group"] = field(default_factory=list)
    clause: int = 0

    @property
    def tests(self) -> bool:
        """Whether it only answers whether there is a solution."""
        return self.kind.endswith("exists")

    def every(self) -> Iterator["Group"]:
        """This group and those in it."""
        yield self
        for child in self.children:
            yield from child.every()

    def variables(self) -> set[str]:
        """The variables of this group and those in it."""
        return set().union(*(set().union(*group.patterns, group.filtered, group.bound) for group in self.every()))


@dataclass(frozen=True)
class Level:
    """A SELECT or a SELECT within it: what it projects, and the numbers of its first token and its WHERE's braces."""

    projected: tuple[str, ...]
    start: int
    brace: int
    end: int

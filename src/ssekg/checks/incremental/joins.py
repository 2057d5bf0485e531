"""What patterns of a query bind that are joined with one another, looked up pattern by pattern.

What is stated before a change and what is stated after it are looked at together: that finds all solutions of either.
The pattern with the fewest rows to look at comes first, since others may lead to very many.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from ssekg.base.terms import Path, predicates_of
from ssekg.checks.incremental.bounds import MOST_NODES, UnboundedError
from ssekg.checks.incremental.changes import Statements
from ssekg.shacl.footprint import Joined, Pattern

Bound = Mapping[str, Any]


class Joins:
    """The solutions of joined patterns.

    Its methods raise UnboundedError where there are too many, or where a value may be written in several ways.
    """

    def __init__(self, statements: Statements) -> None:
        """Take what is stated."""
        self._statements = statements
        self._followed = 0
        self._passed: set[Any] = set()

    def reading(self, joined: Joined, triple: ox.Triple) -> set[Any]:
        """What $this is where a triple may be what is read."""
        read, patterns = joined.read, joined.with_it
        if triple.predicate not in predicates_of(read.path):
            return set()
        if isinstance(read.path, ox.NamedNode):
            starts: list[Bound] = [{read.subject: triple.subject, read.value: triple.object}]
        else:
            name, patterns = read.subject or read.value, patterns | {read}
            starts = [{name: node} for node in self._around(triple, predicates_of(read.path))]
        return {found["this"] for start in starts for found in self._solutions(start, patterns, is_this_enough=True)}

    def around(self, joined: Joined, node: Any) -> set[Any]:
        """What is bound where $this is a node, and what lies between on paths."""
        patterns = joined.with_it | {joined.read}
        found: set[Any] = set()
        for solution in self._solutions({"this": node}, patterns, is_this_enough=False):
            found.update(solution.values())
            self._passed = set()
            for each in patterns:
                backwards = not each.subject
                start = solution.get(each.value if backwards else each.subject)
                if not isinstance(each.path, ox.NamedNode) and start is not None:
                    self._reached(start, each.path, backwards=backwards)
            found |= self._passed
        return found

    def _solutions(self, bound: Bound, patterns: Collection[Pattern], *, is_this_enough: bool) -> Iterator[Bound]:
        """The solutions with what is bound; if $this is enough, patterns that would bind more are left out then."""
        wanted = all if is_this_enough and "this" in bound else any
        ready = [each for each in patterns if wanted(end in bound for end in (each.subject, each.value))]
        if not ready:
            yield {name: node for name, node in bound.items() if name}
            return
        pattern = min(ready, key=lambda each: (self._cost(each, bound), str(each)))
        rest = [each for each in patterns if each != pattern]
        backwards = pattern.subject not in bound
        start, end = (pattern.value, pattern.subject) if backwards else (pattern.subject, pattern.value)
        for node in self._reached(bound[start], pattern.path, backwards=backwards):
            if not end or bound.get(end, node) == node:
                self._followed += 1
                if self._followed > MOST_NODES:
                    raise UnboundedError("too many nodes")
                yield from self._solutions({**bound, end: node}, rest, is_this_enough=is_this_enough)

    def _cost(self, pattern: Pattern, bound: Bound) -> int:
        """How many rows there are to look at to go on from what is bound."""
        if pattern.subject in bound:
            return self._statements.count_about(bound[pattern.subject])
        return self._statements.count_leading(bound[pattern.value])

    # --- paths ---

    def _reached(self, node: Any, path: Path, *, backwards: bool) -> set[Any]:
        """The nodes at the other end of a path."""
        if isinstance(path, ox.NamedNode):
            return self._next(node, {path}, backwards=backwards)
        if path.sign == "^":
            return self._reached(node, path.parts[0], backwards=not backwards)
        if path.sign == "|":
            return set().union(*(self._reached(node, part, backwards=backwards) for part in path.parts))
        found = {node}
        if path.sign == "/":
            for part in reversed(path.parts) if backwards else path.parts:
                found = set().union(*(self._reached(each, part, backwards=backwards) for each in found))
            return found
        waiting = [node]
        while waiting:
            for each in self._reached(waiting.pop(), path.parts[0], backwards=backwards) - found:
                found.add(each)
                waiting += [each] if path.sign != "?" else ()
        return found  # with the node itself, where it may be

    def _around(self, triple: ox.Triple, names: Collection[ox.NamedNode]) -> set[Any]:
        """The nodes that predicates connect with a triple, in any direction."""
        found = {triple.subject, triple.object}
        waiting: list[Any] = [*found]
        while waiting:
            node = waiting.pop()
            for other in (self._next(node, names, backwards=False) | self._next(node, names, backwards=True)) - found:
                found.add(other)
                waiting.append(other)
            if len(found) > MOST_NODES:
                raise UnboundedError("too many nodes")
        return found

    def _next(self, node: Any, names: Collection[ox.NamedNode], *, backwards: bool) -> set[Any]:
        """The nodes that predicates lead to from a node, or from which they lead to it."""
        self._passed.add(node)
        if not backwards:
            return {triple.object for triple in self._statements.about(node) if triple.predicate in names}
        if not self._statements.forms.is_only(node):
            raise UnboundedError("values that may be written in several ways")
        return {triple.subject for triple in self._statements.leading(node) if triple.predicate in names}

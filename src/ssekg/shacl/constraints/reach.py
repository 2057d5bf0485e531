"""How far a constraint's SELECT reads from $this: along links of the data, or anywhere in the graph.

A pattern is about a known node if its subject is $this, or what another pattern leads to from there. What an OPTIONAL
binds is known within it only, and in it only what precedes it, since it gives other solutions where nothing is found.
What is about no known node may still be tied to $this by patterns with variables in common, followed in any direction.
"""

from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from ssekg.base.terms import Path, PathExpression, predicates_of
from ssekg.queries.syntax import Token
from ssekg.shacl.constraints.query_groups import Group, Link
from ssekg.shacl.constraints.select_groups import Select
from ssekg.shacl.footprint import FOCUS, Footprint, Way

# The IRI that a query writes in some way, None where that is not worth reading.
Expand = Callable[[str], str | None]


def footprint_of(select: Select, expand: Expand) -> Footprint:
    """What a SELECT reads, where its $this is a focus node."""
    reader = _Reader(select, expand)
    reader.group(select.where, {"this": FOCUS}, ())
    if select.nested or any(token.text == "!" for link in reader.links for token in link.verb):
        reader.footprint.read_anywhere(None)
    return reader.footprint


class _Reader:
    def __init__(self, select: Select, expand: Expand) -> None:
        self.footprint = Footprint()
        self._select = select
        self._expand = expand
        self.links = [link for group in select.where.every() for link in group.links]

    def group(self, group: Group, known: Mapping[str, Way], above: Sequence[Link]) -> None:
        """Read a group, in which some variables are known nodes; `above` are the patterns that it is joined with."""
        inside = self._known(group.links, known)
        joined = [*above, *group.links]
        for link in group.links:
            if link.subject not in inside:
                self._follow_unknown(link, joined)
        for child in group.children:
            if self._select.is_level(child):
                self.group(child.children[0], {name: inside[name] for name in {"this"} & inside.keys()}, ())
            elif child.kind == "optional":
                start = self._select.tokens[child.start].start
                before = self._known([link for link in group.links if link.start < start], known)
                self.group(child, before, joined)
            else:
                self.group(child, inside, joined)

    def _follow_unknown(self, link: Link, joined: Sequence[Link]) -> None:
        """Follow a link from a node that is not known, but may be tied to $this by the patterns joined with it."""
        ties = [each for each in joined if each.subject and each.value]
        tied, count = {"this"}, 0
        while len(tied) > count:
            count = len(tied)
            tied |= {name for each in ties if {each.subject, each.value} & tied for name in (each.subject, each.value)}
        paths = [self._path(each.verb) for each in (link, *ties)]
        if not {link.subject, link.value} & tied or None in paths:
            self._follow(link, None)
            return
        for predicate in (each for path in paths for each in predicates_of(path)):
            self.footprint.read_around(predicate.value)

    def _known(self, links: Sequence[Link], known: Mapping[str, Way]) -> dict[str, Way]:
        """The variables that are known nodes, by the ways to them, once some links have been followed."""
        found = dict(known)
        waiting = list(links)
        while ready := [link for link in waiting if link.subject in found]:
            waiting = [link for link in waiting if link.subject not in found]
            for link in ready:
                way = self._follow(link, found[link.subject])
                if link.value:
                    found.setdefault(link.value, way)
        return found

    def _follow(self, link: Link, way: Way | None) -> Way:
        """Follow a link from a node; None is for one that is not known."""
        path = self._path(link.verb)
        if way is not None:
            return self.footprint.follow(path, way)
        apart = Footprint()
        apart.follow(path, FOCUS)
        for predicate in [None] if apart.predicates is None else apart.predicates:
            self.footprint.read_anywhere(predicate)
        return FOCUS

    def _path(self, verb: Sequence[Token]) -> Path | None:
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

"""How far a constraint's SELECT reads from $this: along links of the data, or anywhere in the graph.

A pattern is about a known node if its subject is $this, or what another pattern leads to from there. What an OPTIONAL
binds is known within it only, and in it only what precedes it, since it gives other solutions where nothing is found.
What is about no known node may still be tied to $this by patterns with variables in common, followed in any direction;
a UNION ties what each of its branches does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.terms import Path, PathExpression, predicates_of
from ssekg.queries.syntax import Token
from ssekg.shacl.constraints.query_groups import Group, Link
from ssekg.shacl.constraints.select_groups import Select
from ssekg.shacl.footprint import FOCUS, UNNAMED, Footprint, Way

_THIS: Final = frozenset({"this"})
# The kinds of groups whose solutions are joined with those of the group that they are in.
_JOINED: Final = frozenset({"group", "union"})

# The IRI that a query writes in some way, None where that is not worth reading.
Expand = Callable[[str], str | None]


def footprint_of(select: Select, expand: Expand) -> Footprint:
    """What a SELECT reads, where its $this is a focus node."""
    reader = _Reader(select, expand)
    reader.group(select.where, {"this": FOCUS}, (), _THIS)
    if select.nested or any(token.text == "!" for link in reader.links for token in link.verb):
        reader.footprint.read_anywhere(None)
    return reader.footprint


@dataclass(frozen=True)
class Tie:
    """Variables that links have in common, so that what is known of one says where the others are."""

    names: frozenset[str]
    links: tuple[Link, ...]

    @classmethod
    def of(cls, link: Link) -> "Tie":
        """The two ends of a link; a term ties nothing."""
        return cls(frozenset({link.subject, link.value} if link.subject and link.value else ()), (link,))


def _names(links: Iterable[Link]) -> frozenset[str]:
    return frozenset(name for link in links for name in (link.subject, link.value) if name)


def _only(known: Mapping[str, Way], names: Set[str]) -> dict[str, Way]:
    return {name: way for name, way in known.items() if name in names}


def _tied(ties: Sequence[Tie]) -> frozenset[str]:
    """The variables that are tied to $this."""
    tied, count = _THIS, 0
    while len(tied) > count:
        count = len(tied)
        tied = tied.union(*(tie.names for tie in ties if tie.names & tied))
    return tied


class _Reader:
    def __init__(self, select: Select, expand: Expand) -> None:
        self.footprint = Footprint()
        self._select = select
        self._expand = expand
        self.links = [link for group in select.where.every() for link in group.links]

    def group(self, group: Group, known: Mapping[str, Way], above: Sequence[Tie], given: Set[str]) -> None:
        """Read a group.

        Args:
            group: the group.
            known: the variables that are known nodes.
            above: the patterns that it is joined with.
            given: the variables that have a value before any of its patterns is looked at.
        """
        inside = self._known(group.links, known)
        joined = self._ties(group, above, len(self._select.tokens))
        for link in group.links:
            if link.subject not in inside:
                self._follow_unknown(link, joined)
        for child in group.children:
            if self._select.is_level(child):
                self.group(child.children[0], _only(inside, _THIS), (), _THIS)
            elif child.kind in _JOINED:
                self.group(child, inside, joined, _THIS)
            else:
                # An OPTIONAL comes after what is before it, a filter after all.
                end = child.start if child.kind == "optional" else len(self._select.tokens)
                bound = given | self._bound(group, end)
                ties = self._ties(group, above, end)
                tied = Tie(_tied(ties) & bound, tuple(link for tie in ties for link in tie.links))
                before = self._known(self._links(group, end), known)
                self.group(child, _only(before, bound), [tied], _THIS if child.kind == "optional" else bound)

    def _links(self, group: Group, end: int) -> Sequence[Link]:
        """The patterns of a group before a token."""
        tokens = self._select.tokens
        return [link for link in group.links if end == len(tokens) or link.start < tokens[end].start]

    def _unions(self, group: Group, end: int) -> Iterator[Sequence[Group]]:
        """The groups that a group is joined with before a token: branches of a UNION together, any other by itself."""
        chain: list[Group] = []
        for child in group.children:
            if child.start < end and child.kind in _JOINED and not self._select.is_level(child):
                if chain and not self._select.is_branch(child):
                    yield chain
                    chain = []
                chain.append(child)
        if chain:
            yield chain

    def _ties(self, group: Group, above: Sequence[Tie], end: int) -> Sequence[Tie]:
        """What a group is joined with, before a token; a UNION ties what each of its branches does."""
        ties = [*above, *map(Tie.of, self._links(group, end))]
        for branches in self._unions(group, end):
            tied = (_tied([*ties, *map(Tie.of, branch.links)]) for branch in branches)
            ties.append(Tie(frozenset.intersection(*tied), tuple(link for each in branches for link in each.links)))
        return ties

    def _bound(self, group: Group, end: int) -> frozenset[str]:
        """The variables that have a value in each solution of what a group has before a token."""
        found = _names(self._links(group, end))
        for branches in self._unions(group, end):
            found |= frozenset.intersection(*(_names(branch.links) for branch in branches))
        return found

    def _follow_unknown(self, link: Link, ties: Sequence[Tie]) -> None:
        """Follow a link from a node that is not known, but may be tied to $this by the patterns joined with it."""
        used = [each for tie in ties for each in tie.links if each.subject and each.value and not self._is_end(each)]
        path, paths = self._path(link.verb), [self._path(each.verb) for each in used]
        if not {link.subject, link.value} & _tied(ties) or path is None or None in paths:
            self._follow(link, None)
            return
        if self._is_end(link):
            self.footprint.follow(path, UNNAMED)
        for predicate in (each for path in paths for each in predicates_of(path)):
            self.footprint.read_around(predicate.value)

    def _is_end(self, link: Link) -> bool:
        """Whether no other pattern goes on from where a link leads, so that it is only read where it begins."""
        return link.value != "this" and sum(link.value in {each.subject, each.value} for each in self.links) == 1

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

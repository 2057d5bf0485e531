"""How far a constraint's SELECT reads from $this: along links of the data, or anywhere in the graph.

A pattern is about a known node if its subject is $this, or what another pattern leads to from there. What an OPTIONAL
binds is known within it only, and in it only what precedes it, since it gives other solutions where nothing is found.
What is about no known node may still be tied to $this by patterns with variables in common, followed in any direction;
a UNION ties what each of its branches does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from ssekg.shacl.constraints.query_groups import Group, Link
from ssekg.shacl.constraints.query_paths import Expand, PathReader
from ssekg.shacl.constraints.select_groups import Select
from ssekg.shacl.footprint import FOCUS, Footprint, Joined, Pattern, Way

_THIS: Final = frozenset({"this"})
# The kinds of groups whose solutions are joined with those of the group that they are in.
_JOINED: Final = frozenset({"group", "union"})
# With more ways to choose branches of UNIONs, the last ones are left out, so that less is known to be tied to $this.
_MOST_WAYS: Final = 32

Links = tuple[Link, ...]


def footprint_of(select: Select, expand: Expand) -> Footprint:
    """What a SELECT reads, where its $this is a focus node."""
    reader = _Reader(select, expand)
    reader.group(select.where, {"this": FOCUS}, [()], _THIS)
    if select.nested or select.looks_outside or any(token.text == "!" for link in reader.links for token in link.verb):
        reader.footprint.read_anywhere(None)
    return reader.footprint


def _names(links: Iterable[Link]) -> frozenset[str]:
    return frozenset(name for link in links for name in (link.subject, link.value) if name)


def _tied(links: Iterable[Link]) -> frozenset[str]:
    """The variables that patterns tie to $this, followed in any direction."""
    ties = [{link.subject, link.value} for link in links if link.subject and link.value]
    tied, count = _THIS, 0
    while len(tied) > count:
        count = len(tied)
        tied = tied.union(*(names for names in ties if names & tied))
    return tied


def _only(links: Links, names: Set[str]) -> Links:
    """Patterns in which all variables but some have other names, as they are not those of a group within."""

    def named(name: str) -> str:
        return name if name in names or not name else f"{name}'"

    return tuple(replace(link, subject=named(link.subject), value=named(link.value)) for link in links)


class _Reader:
    def __init__(self, select: Select, expand: Expand) -> None:
        self.footprint = Footprint()
        self._select = select
        self._paths = PathReader(expand)
        self.links = [link for group in select.where.every() for link in group.links]

    def group(self, group: Group, known: Mapping[str, Way], above: Sequence[Links], given: Set[str]) -> None:
        """Read a group.

        Args:
            group: the group.
            known: the variables that are known nodes.
            above: the patterns that it is joined with, one set of them or another.
            given: the variables that have a value before any of its patterns is looked at.
        """
        inside = self._known(group.links, known)
        everything = len(self._select.tokens)
        for link in group.links:
            if link.subject not in inside:
                self._follow_unknown(link, self._joined(group, above, everything))
        for child in group.children:
            if self._select.is_level(child):
                below = {name: way for name, way in inside.items() if name in _THIS}
                self.group(child.children[0], below, [()], _THIS)
            elif child.kind in _JOINED:
                self.group(child, inside, self._joined(group, above, everything, child), _THIS)
            else:
                # An OPTIONAL comes after what is before it, a filter after all.
                end = child.start if child.kind == "optional" else everything
                bound = given | self._bound(group, end)
                joined = [_only(links, bound) for links in self._joined(group, above, end)]
                before = {n: way for n, way in self._known(self._links(group, end), known).items() if n in bound}
                self.group(child, before, joined, _THIS if child.kind == "optional" else bound)

    def _links(self, group: Group, end: int) -> Links:
        """The patterns of a group before a token."""
        tokens = self._select.tokens
        return tuple(link for link in group.links if end == len(tokens) or link.start < tokens[end].start)

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

    def _joined(self, group: Group, above: Sequence[Links], end: int, within: Group | None = None) -> Sequence[Links]:
        """The patterns that what is in a group is joined with, for each way to choose a branch of each UNION.

        Args:
            group: the group.
            above: what it is joined with.
            end: the number of the token where that ends.
            within: one of its branches, whose UNION is left out.
        """
        own = self._links(group, end)
        found = [(*links, *own) for links in above]
        for branches in self._unions(group, end):
            if within not in branches and len(found) * len(branches) <= _MOST_WAYS:
                found = [(*links, *branch.links) for links in found for branch in branches]
        return found

    def _bound(self, group: Group, end: int) -> frozenset[str]:
        """The variables that have a value in each solution of what a group has before a token."""
        found = _names(self._links(group, end))
        for branches in self._unions(group, end):
            found |= frozenset.intersection(*(_names(branch.links) for branch in branches))
        return found

    def _follow_unknown(self, link: Link, joined: Sequence[Links]) -> None:
        """Follow a link from a node that is not known, but may be tied to $this by the patterns joined with it."""
        read = self._pattern(link)
        joined = [tuple(each for each in links if self._pattern(each) is not None) for links in joined]
        if read is None or any(not {link.subject, link.value} & _tied(links) for links in joined):
            self._follow(link, None)
            return
        for links in joined:
            patterns = (self._pattern(each) for each in links if each.subject and each.value and not self._is_end(each))
            self.footprint.read_joined(Joined(read, frozenset(each for each in patterns if each is not None) - {read}))

    def _pattern(self, link: Link) -> Pattern | None:
        """A link as it is read; None where any predicate may match."""
        path = self._paths.path(link.verb)
        return None if path is None else Pattern(link.subject, path, link.value)

    def _is_end(self, link: Link) -> bool:
        """Whether no other pattern goes on from where a link leads."""
        name = link.value.rstrip("'")
        return name != "this" and sum(name in {each.subject, each.value} for each in self.links) == 1

    def _known(self, links: Iterable[Link], known: Mapping[str, Way]) -> dict[str, Way]:
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
        path = self._paths.path(link.verb)
        if way is not None:
            return self.footprint.follow(path, way)
        apart = Footprint()
        apart.follow(path, FOCUS)
        for predicate in [None] if apart.predicates is None else apart.predicates:
            self.footprint.read_anywhere(predicate)
        return FOCUS

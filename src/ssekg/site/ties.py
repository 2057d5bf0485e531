"""The ties between the things of a graph that make up its network."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ssekg.graph.links import links_of
from ssekg.graph.public import Public
from ssekg.project.vocabulary import TIE
from ssekg.site.addresses import Addresses


@dataclass(frozen=True, slots=True)
class Tie:
    """That two things are tied by a property, directly or by what `count` others have in common; 0 if directly."""

    start: str
    property: ox.NamedNode
    end: str
    count: int = 0


def ties_of(public: Public, addresses: Addresses) -> Sequence[Tie]:
    """The ties between records with a page of their own, by property in the order of the ontology, the strongest first.

    A property with the role `tool:Tie` ties two things directly. One with `tool:tiedWith` ties what it leads to with
    what that other property of the same thing leads to: who finances a programme with who carries it.
    """
    alone = frozenset(addresses.with_page)

    def are_shown(one: ox.NamedNode, other: ox.NamedNode) -> bool:
        return one != other and one.value in alone and other.value in alone

    found = []
    for property_ in public.terms.with_role(TIE):
        pairs = [pair for pair in links_of(public, property_) if are_shown(*pair)]
        found += [Tie(start.value, property_, end.value) for start, end in pairs]
    for property_, other in public.terms.tied.items():
        starts: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for thing, start in links_of(public, other):
            starts[thing].append(start)
        counts = Counter(
            (start.value, end.value)
            for thing, end in links_of(public, property_)
            for start in starts[thing]
            if are_shown(start, end)
        )
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        found += [Tie(start, property_, end, count) for (start, end), count in ordered]
    return found

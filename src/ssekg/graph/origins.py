"""Where a triple of the graph was written: found by reading the sources again, only when somebody asks.

Reading keeps no positions, so that a project without findings pays nothing for them.
"""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from ssekg.findings import Place
from ssekg.graph.store import TYPE
from ssekg.sources.load import Sources
from ssekg.sources.places import PlacedTriple


class Origins:
    """The places of all triples about some subjects."""

    def __init__(self, sources: Sources, subjects: Iterable[ox.NamedNode | ox.BlankNode]) -> None:
        """Read the sources again, keeping the triples whose subject is wanted."""
        self._placed: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[PlacedTriple]] = defaultdict(list)
        wanted = set(subjects)
        for file in sources.files:
            for placed in file.placed() if wanted & file.subjects else ():
                if placed.triple.subject in wanted:
                    self._placed[placed.triple.subject].append(placed)

    def places(
        self,
        subject: ox.NamedNode | ox.BlankNode,
        predicate: ox.NamedNode | None = None,
        value: ox.NamedNode | ox.BlankNode | ox.Literal | None = None,
    ) -> list[Place]:
        """All places of a value of a subject; where the value is missing, the subject's own; else an empty list.

        A subject is at home where its class is stated: link tables say more about it, but do not make it.
        """
        about = self._placed.get(subject, [])
        exact = [p.object for p in about if p.triple.predicate == predicate and p.triple.object == value]
        if exact:
            return list(dict.fromkeys(exact))
        if predicate is not None and value is None:
            of_property = [p.object for p in about if p.triple.predicate == predicate]
            if of_property:
                return list(dict.fromkeys(of_property))
        at_home = [p.subject for p in about if p.triple.predicate == TYPE] or [p.subject for p in about]
        return at_home[:1]

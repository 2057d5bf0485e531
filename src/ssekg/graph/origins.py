"""Where a triple of the graph was written: found by reading the sources again, only when somebody asks.

Reading keeps no positions, so that a project without findings pays nothing for them.
"""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.graph.store import TYPE
from ssekg.sources.load import Sources
from ssekg.sources.places import PlacedTriple
from ssekg.sources.tables.table import Table

Node = ox.NamedNode | ox.BlankNode


class Origins:
    """The places of all triples about some subjects."""

    def __init__(self, sources: Sources, subjects: Iterable[Node]) -> None:
        """Read the sources again, keeping the triples whose subject is wanted."""
        self._placed: dict[object, list[PlacedTriple]] = defaultdict(list)
        self._written: dict[tuple[object, object, object], list[PlacedTriple]] = defaultdict(list)
        self._tables = {file.shown for file in sources.files if isinstance(file, Table)}
        wanted = set(subjects)
        for file in sources.files:
            here = [node for node in wanted if node in file.subjects]
            for placed in file.placed(set(here)) if here else ():
                self._placed[placed.triple.subject].append(placed)
                triple = placed.triple
                self._written[triple.subject, triple.predicate, triple.object].append(placed)

    def places(self, subject: object, predicate: object = None, value: object = None) -> list[Place]:
        """All places of a value of a subject; where the value is missing, the subject's own; else an empty list."""
        exact = [placed.object for placed in self.triples(subject, predicate, value)]
        if not exact and predicate is not None and value is None:
            exact = [placed.object for placed in self._placed.get(subject, []) if placed.triple.predicate == predicate]
        return list(dict.fromkeys(exact)) or self.homes(subject)

    def triples(self, subject: object, predicate: object, value: object) -> list[PlacedTriple]:
        """A triple at each of the places where it is written."""
        return self._written.get((subject, predicate, value), [])

    def values(self, subject: object, value: object) -> list[Place]:
        """All places of a value of a subject, if it has it for one property only."""
        of_value = [placed for placed in self._placed.get(subject, []) if placed.triple.object == value]
        places = dict.fromkeys(placed.object for placed in of_value)
        return list(places) if len({placed.triple.predicate for placed in of_value}) == 1 else []

    def homes(self, subject: object) -> list[Place]:
        """The place of a subject in each RDF file about it, those where its class is stated before all others.

        A record of a table is at home where its class is stated: link tables say more about it, but do not make it.
        """
        of_subject = sorted(self._placed.get(subject, []), key=lambda placed: placed.triple.predicate != TYPE)
        firsts: dict[str, PlacedTriple] = {}
        for placed in of_subject:
            firsts.setdefault(placed.subject.file, placed)
        homes = [
            placed.subject
            for file, placed in firsts.items()
            if placed.triple.predicate == TYPE or file not in self._tables
        ]
        return homes or [placed.subject for placed in of_subject[:1]]

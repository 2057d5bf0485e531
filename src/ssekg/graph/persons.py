"""The graph as portals get it: without persons (law 09-08)."""

from collections.abc import Iterable

import pyoxigraph as ox


def without_persons(triples: Iterable[ox.Triple], base: str) -> list[ox.Triple]:
    """The triples that neither speak of a person nor point to one."""
    prefix = f"{base}person/"
    return [
        triple
        for triple in triples
        if not any(isinstance(t, ox.NamedNode) and t.value.startswith(prefix) for t in (triple.subject, triple.object))
    ]

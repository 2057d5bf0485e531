"""The graph as portals get it, without persons, and as documents do, where nothing leads to one (law 09-08)."""

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


def without_links_to_persons(triples: Iterable[ox.Triple], base: str) -> list[ox.Triple]:
    """The triples that speak of a person, or do not point to one."""
    prefix = f"<{base}person/"
    return [t for t in triples if str(t.subject).startswith(prefix) or not str(t.object).startswith(prefix)]

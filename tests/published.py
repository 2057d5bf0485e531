"""The published Turtle of a release in a store of its own, and what is asked of it."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from tests.namespaces import PREFIXES, prefixes_of

BASE: Final = "https://w3id.org/ssekg/id/"
HEAD: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + f"BASE <{BASE}>\n"


def store_of(*paths: Path) -> ox.Store:
    """What the files say."""
    store = ox.Store()
    for path in paths:
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return store


def holds(store: ox.Store, ask: str) -> bool:
    """The answer to an ASK; usual prefixes and the base are given."""
    return bool(store.query(HEAD + ask))


def rows_of(store: ox.Store, select: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT, each thing as a prefixed name or relative to the base, nothing as ""."""
    prefixes = prefixes_of(BASE)
    found = store.query(HEAD + select)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(prefixes.shortened(term.value) if term else "" for term in row) for row in found]

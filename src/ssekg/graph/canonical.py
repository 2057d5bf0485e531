"""Byte-stable forms of a graph: the same triples give the same bytes, in whatever order they come.

The triples are sorted, then written by pyoxigraph from the stream, which keeps lexical forms.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from ssekg.graph.store import TYPE
from ssekg.namespaces import PREFIXES

EXTENSIONS: Final = {"turtle": ".ttl", "jsonld": ".jsonld", "nt": ".nt", "nq": ".nq", "trig": ".trig", "rdfxml": ".rdf"}

_KIND: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)/")


def in_order(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Sorted by subject, then rdf:type before other predicates, then object; repetitions left out."""

    def key(triple: ox.Triple) -> tuple[str, bool, str, str]:
        return str(triple.subject), triple.predicate != TYPE, str(triple.predicate), str(triple.object)

    return sorted(set(triples), key=key)


def prefixes_for(triples: Iterable[ox.Triple], base: str) -> dict[str, str]:
    """The prefixes for a graph: the vocabularies it uses, and one for each kind of instance under `base`."""
    namespaces: set[str] = set()
    kinds: set[str] = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object, getattr(triple.object, "datatype", None)):
            if isinstance(term, ox.NamedNode):
                kind = _KIND.match(term.value.removeprefix(base)) if term.value.startswith(base) else None
                if kind:
                    kinds.add(kind[1])
                else:
                    namespaces.add(term.value[: max(term.value.rfind("#"), term.value.rfind("/")) + 1])
    used = {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in namespaces}
    return used | {kind: f"{base}{kind}/" for kind in sorted(kinds)}


def written(triples: Iterable[ox.Triple], form: ox.RdfFormat, base: str) -> bytes:
    """The triples in one of pyoxigraph's formats, in order."""
    ordered = in_order(triples)
    prefixes = None if form in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS} else prefixes_for(ordered, base)
    content: Any = ox.serialize(ordered, format=form, prefixes=prefixes)
    return _prefixes_sorted(bytes(content)) if form in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG} else bytes(content)


def _prefixes_sorted(content: bytes) -> bytes:
    """The prefixes in order of their names: pyoxigraph writes the prefixes in the order of its hash table."""
    lines = content.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:count]), *lines[count:]])


def turtle(triples: Iterable[ox.Triple], base: str) -> bytes:
    """Turtle, a block a subject, with the prefixes that are in use."""
    return written(triples, ox.RdfFormat.TURTLE, base)


def ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Sorted N-Triples in canonical form."""
    return written(triples, ox.RdfFormat.N_TRIPLES, "")

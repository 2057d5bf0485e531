"""What things are called, by the properties that say so."""

from collections.abc import Callable, Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, RDFS, SKOS

LABELS: Final = tuple(ox.NamedNode(iri) for iri in (SKOS + "prefLabel", RDFS + "label", DCT + "title"))


def labels_of(with_predicate: Callable[[ox.NamedNode], Iterable[ox.Triple]]) -> dict[ox.NamedNode, dict[str, str]]:
    """The labels by thing and language tag, given the triples with a predicate in descending order of their objects."""
    labels: dict[ox.NamedNode, dict[str, str]] = {}
    for predicate in reversed(LABELS):
        for triple in with_predicate(predicate):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
                labels.setdefault(triple.subject, {})[triple.object.language or ""] = triple.object.value
    return labels

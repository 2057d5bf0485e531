"""The context of the documents that people read: a bare key for every property, names by language, parts by plural.

It is that of the dumps (graph/jsonld.py) with readable keys added. It has no `@base`, so that it can be published:
JSON-LD 1.1 ignores the base of a context that is fetched, and identifiers in the documents are whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, SKOS
from ssekg.graph.jsonld import Names, context
from ssekg.graph.store import TYPE, Graph

_PROPERTIES: Final = {ox.NamedNode(OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


@dataclass(frozen=True)
class ReadableContext:
    """A JSON-LD context with what is needed to write with it.

    `terms` is the context; `keys` maps a property's IRI to its key, `parts` to the key under which a record holds the
    nodes that have it as value.
    """

    terms: Mapping[str, Any]
    keys: Mapping[str, str]
    parts: Mapping[str, str]


def readable_context(graph: Graph) -> ReadableContext:
    """The context for a graph: the properties of its ontology, and which of them hold texts by language.

    A property of another vocabulary is called by its local name unless one of ours, or of a vocabulary whose prefix
    comes before, has that name (skos:prefLabel is `name`); what the ontology does not declare keeps its prefix.
    """
    terms = context(graph.vocabulary, graph.terms)
    names = Names.of(terms)
    header = {key: value for key, value in terms.items() if not isinstance(value, dict) and key != "@base"}
    header["included"] = "@included"
    multilingual = {t.predicate for t in graph.data if isinstance(t.object, ox.Literal) and t.object.language}
    keys = _keys(graph, header, names)
    entries: dict[str, Any] = {}
    for iri, key in keys.items():
        term = ox.NamedNode(iri)
        entry = terms.get(names.key(term), {"@id": names.compacted(term)})
        if term in multilingual:
            entry = {"@id": names.compacted(term), "@container": "@language"}
        if key != names.key(term) or len(entry) > 1:
            entries[key] = entry
    parts = {term.value: key for term, key in graph.terms.parts.items() if key not in keys.values()}
    entries |= {key: {"@reverse": names.compacted(ox.NamedNode(iri))} for iri, key in parts.items()}
    return ReadableContext(header | dict(sorted(entries.items())), keys, parts)


def _keys(graph: Graph, header: Iterable[str], names: Names) -> dict[str, str]:
    """The key of each property that the ontology declares, by its IRI."""
    declared = {t.subject for t in graph.vocabulary if isinstance(t.subject, ox.NamedNode)}
    ours = {names.key(term) for term in declared if graph.terms.is_own(term)}
    taken = {*header, *ours, "name"}
    keys: dict[str, str] = {}
    for term in _properties(graph.vocabulary, names):
        key = names.key(term)
        prefix, _, local = key.partition(":")
        if term.value == SKOS + "prefLabel" and "name" not in ours:
            key = "name"
        elif prefix in names.prefixes and local.isidentifier() and local not in taken:
            key = local
        elif key in header:
            key = names.compacted(term)
        keys[term.value] = key
        taken.add(key)
    return keys


def _properties(vocabulary: Iterable[ox.Triple], names: Names) -> list[ox.NamedNode]:
    """The properties of an ontology in the order of the prefixes, then of their IRIs."""
    order = {prefix: number for number, prefix in enumerate(names.prefixes)}
    found = {t.subject for t in vocabulary if t.predicate == TYPE and t.object in _PROPERTIES}
    named = [term for term in found if isinstance(term, ox.NamedNode)]
    return sorted(named, key=lambda term: (order.get(names.compacted(term).partition(":")[0], len(order)), term.value))

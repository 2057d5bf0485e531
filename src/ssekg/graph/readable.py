"""The context of the documents that people read: a bare key for every property, names by language, parts by plural.

It is that of the dumps (graph/jsonld.py) with readable keys added. It has no `@base`, so that it can be published:
JSON-LD 1.1 ignores the base of a context that is fetched, and identifiers in the documents are whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL, PREFIXES, SKOS, SSE
from ssekg.graph.jsonld import compacted, context, key_of
from ssekg.graph.store import TYPE, Graph

# What a record's parts say of it (“the budget of …”), and what the record calls them.
_PARTS: Final = {
    SSE + "agreementOf": "agreements",
    SSE + "budgetOf": "budgets",
    SSE + "figureOf": "figures",
    SSE + "grants": "competenceGrants",
    SSE + "madeIn": "points",
    SSE + "about": "pointsAbout",
    SSE + "participationIn": "participations",
    SSE + "record": "fieldNotes",
    SSE + "statusOf": "statusReports",
    DCT + "isPartOf": "passages",
    PREFIXES["eli"] + "realizes": "expressions",
    PREFIXES["org"] + "originalOrganization": "changes",
}
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

    A property of another vocabulary is called by its local name unless one of ours, or of a vocabulary before it in
    `PREFIXES`, has that name (skos:prefLabel is `name`); what the ontology does not declare keeps its prefix.
    """
    terms = context(graph.vocabulary, graph.base)
    header = {key: value for key, value in terms.items() if not isinstance(value, dict) and key != "@base"}
    header["included"] = "@included"
    multilingual = {t.predicate for t in graph.data if isinstance(t.object, ox.Literal) and t.object.language}
    keys = _keys(graph, header)
    entries: dict[str, Any] = {}
    for iri, key in keys.items():
        term = ox.NamedNode(iri)
        entry = terms.get(key_of(term), {"@id": compacted(term)})
        if term in multilingual:
            entry = {"@id": compacted(term), "@container": "@language"}
        if key != key_of(term) or len(entry) > 1:
            entries[key] = entry
    parts = {iri: key for iri, key in _PARTS.items() if key not in keys.values()}
    entries |= {key: {"@reverse": compacted(ox.NamedNode(iri))} for iri, key in parts.items()}
    return ReadableContext(header | dict(sorted(entries.items())), keys, parts)


def _keys(graph: Graph, header: Iterable[str]) -> dict[str, str]:
    """The key of each property that the ontology declares, by its IRI."""
    declared = {t.subject for t in graph.vocabulary if isinstance(t.subject, ox.NamedNode)}
    ours = {key_of(term) for term in declared if term.value.startswith(SSE)}
    taken = {*header, *ours, "name"}
    keys: dict[str, str] = {}
    for term in _properties(graph.vocabulary):
        key = key_of(term)
        prefix, _, local = key.partition(":")
        if term.value == SKOS + "prefLabel" and "name" not in ours:
            key = "name"
        elif prefix in PREFIXES and local.isidentifier() and local not in taken:
            key = local
        elif key in header:
            key = compacted(term)
        keys[term.value] = key
        taken.add(key)
    return keys


def _properties(vocabulary: Iterable[ox.Triple]) -> list[ox.NamedNode]:
    """The properties of an ontology in the order of `PREFIXES`, then of their IRIs."""
    order = {prefix: number for number, prefix in enumerate(PREFIXES)}
    found = {t.subject for t in vocabulary if t.predicate == TYPE and t.object in _PROPERTIES}
    named = [term for term in found if isinstance(term, ox.NamedNode)]
    return sorted(named, key=lambda term: (order.get(compacted(term).partition(":")[0], len(order)), term.value))

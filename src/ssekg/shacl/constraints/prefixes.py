"""The prefixes that the SPARQL of a shape may use (SHACL, section 5.2.1)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from ssekg.base.namespaces import OWL, RDF, RDFS, SH, XSD
from ssekg.shacl.paths import BySubject

# Those that pyshacl knows without a declaration.
_KNOWN: Final = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}
_PROLOGUE: Final = re.compile(r"\s*PREFIX\s+([\w.-]*):\s*<([^<>\"{}|^`\\\s]*)>", re.IGNORECASE)


def prefixed(node: Any, query: str, by_subject: BySubject) -> tuple[dict[str, str], str]:
    """The namespaces that the query of a constraint or rule may use, by prefix, and the query without its prologue."""
    namespaces = declared_prefixes(node, by_subject)
    while match := _PROLOGUE.match(query):
        namespaces[match[1]] = match[2]
        query = query[match.end() :]
    return namespaces, query


def prologue_of(namespaces: dict[str, str]) -> str:
    """What declares these prefixes at the head of a query."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in namespaces.items())


def declared_prefixes(constraint: Any, by_subject: BySubject) -> dict[str, str]:
    """Namespaces by prefix: declared for a constraint, in what owl:imports names as well, and those known anyway."""
    found = dict(_KNOWN)
    waiting, seen = [*by_subject.get(constraint, {}).get(SH + "prefixes", [])], set()
    if waiting:
        # pyshacl takes the declarations of every ontology where the constraint names any.
        ontologies = [subject for subject, parts in list(by_subject.items()) if SH + "declare" in parts]
        found |= {prefix: iri for ontology in ontologies for prefix, iri in _declarations(ontology, by_subject)}
    closest: dict[str, str] = {}
    while waiting:
        ontology = waiting.pop(0)
        if ontology not in seen:
            seen.add(ontology)
            closest = dict(_declarations(ontology, by_subject)) | closest
            waiting += by_subject.get(ontology, {}).get(OWL + "imports", [])
    return found | closest


def _declarations(ontology: Any, by_subject: BySubject) -> Iterator[tuple[str, str]]:
    for declaration in by_subject.get(ontology, {}).get(SH + "declare", []):
        parts = by_subject.get(declaration, {})
        for prefix in parts.get(SH + "prefix", []):
            for namespace in parts.get(SH + "namespace", []):
                yield prefix.value, namespace.value

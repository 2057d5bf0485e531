"""The prefixes that a SPARQL-based constraint may use (SHACL, section 5.2.1)."""

from collections.abc import Iterator
from typing import Any, Final

from ssekg.base.namespaces import OWL, RDF, RDFS, SH, XSD
from ssekg.shacl.paths import BySubject

# Those that pyshacl knows without a declaration.
_KNOWN: Final = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}


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

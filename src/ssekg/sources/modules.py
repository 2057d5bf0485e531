"""An ontology in modules, read as one: an owl:Ontology that imports others which the same files declare.

OWL has one ontology header per document (Mapping to RDF Graphs, section 3), so that the whole has the header of the
importing one, with what its modules import from elsewhere, and calls the modules its parts (dct:hasPart).
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pyoxigraph import NamedNode, Triple

from ssekg.base.namespaces import DCT, OWL, RDF

HAS_PART: Final = NamedNode(DCT + "hasPart")
_TYPE: Final = NamedNode(RDF + "type")
_ONTOLOGY: Final = NamedNode(OWL + "Ontology")
_IMPORTS: Final = NamedNode(OWL + "imports")
_ANNOTATION: Final = NamedNode(OWL + "AnnotationProperty")
# What OWL says of ontologies only.
_OF_ONTOLOGIES: Final = frozenset(
    NamedNode(OWL + name) for name in ("versionIRI", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
)


def joined(triples: Sequence[Triple]) -> list[Triple]:
    """The statements with one ontology instead of one that imports others of them; as they are if none does."""
    ontologies = declared_ontologies(triples)
    imports = {
        (t.subject, t.object) for t in triples if t.predicate == _IMPORTS and {t.subject, t.object} <= ontologies
    }
    roots = {importing for importing, _ in imports} - {imported for _, imported in imports}
    if len(roots) != 1:
        return list(triples)
    root: Any = roots.pop()
    modules = {imported for _, imported in imports}
    declared = any(t.subject == HAS_PART and t.predicate == _TYPE for t in triples)
    parts = [Triple(root, HAS_PART, module) for module in sorted(modules, key=str)]
    return [
        *(t for t in (_joined(t, root, modules) for t in triples) if t is not None),
        *parts,
        *([] if declared else [Triple(HAS_PART, _TYPE, _ANNOTATION)]),
    ]


def _joined(triple: Triple, root: Any, modules: set[Any]) -> Triple | None:
    """A statement as the whole has it, None if it is only about the modules as ontologies of their own."""
    subject, predicate, value = triple
    if predicate == _IMPORTS and subject in {root, *modules}:
        return None if value in {root, *modules} else Triple(root, _IMPORTS, value)
    if subject in modules and (predicate in _OF_ONTOLOGIES or (predicate == _TYPE and value == _ONTOLOGY)):
        return None
    return triple


def without_modules(files: Sequence[Sequence[Triple]]) -> Iterable[Triple]:
    """The statements of some files without those files whose ontology another file has as a part of its own."""
    found = [(triples, declared_ontologies(triples)) for triples in files]
    parts = {
        t.object for triples, ontologies in found for t in triples if t.predicate == HAS_PART if t.subject in ontologies
    }
    return [triple for triples, ontologies in found if not ontologies & parts for triple in triples]


def declared_ontologies(triples: Iterable[Triple]) -> set[object]:
    """What is declared to be an ontology."""
    return {t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY}

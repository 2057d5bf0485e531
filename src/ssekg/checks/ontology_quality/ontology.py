"""One ontology as its file has it: its header, its terms, and what is known of the vocabularies that it builds on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, TypeVar

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SCHEMA, SKOS, VANN, namespace_of
from ssekg.checks.known_terms import BUILT_IN, exists, terms_of
from ssekg.checks.ontology_quality.statements import (
    EQUIVALENT_PROPERTY,
    IMPORTS,
    SUB_PROPERTY,
    TYPE,
    Node,
    Statements,
    Value,
)

_CLASSES: Final = frozenset({ox.NamedNode(OWL + "Class"), ox.NamedNode(RDFS + "Class")})
_OBJECT_PROPERTIES: Final = frozenset(
    ox.NamedNode(OWL + name)
    for name in (
        *("ObjectProperty", "SymmetricProperty", "AsymmetricProperty", "TransitiveProperty"),
        *("ReflexiveProperty", "IrreflexiveProperty", "InverseFunctionalProperty"),
    )
)
_DATATYPE_PROPERTIES: Final = frozenset({ox.NamedNode(OWL + "DatatypeProperty")})
_PROPERTIES: Final = (
    _OBJECT_PROPERTIES
    | _DATATYPE_PROPERTIES
    | {ox.NamedNode(RDF + "Property")}
    | {ox.NamedNode(OWL + name) for name in ("AnnotationProperty", "OntologyProperty", "FunctionalProperty")}
)
_DATATYPE: Final = ox.NamedNode(RDFS + "Datatype")
_ONTOLOGY: Final = ox.NamedNode(OWL + "Ontology")
_SCHEME: Final = ox.NamedNode(SKOS + "ConceptScheme")
_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")
_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
_NAMESPACE: Final = ox.NamedNode(VANN + "preferredNamespaceUri")
_END: Final = re.compile(r"[#/]+$")


_T = TypeVar("_T")


class Ontology(Statements):
    """What a file says, as far as the checks ask for it.

    `imported` is what is at hand of the ontologies that it imports, `unread` are the imports of which nothing is;
    `base` is what relative IRIs in the file were resolved against.
    """

    def __init__(
        self,
        triples: Sequence[ox.Triple],
        imported: Sequence[ox.Triple] = (),
        unread: Iterable[str] = (),
        base: str = "",
    ) -> None:
        """Take the statements; they are indexed at once."""
        super().__init__(triples)
        self.imported = imported
        self.unread = tuple(unread)
        self.base = base

    @cached_property
    def headers(self) -> list[Node]:
        """All that is declared as an ontology; in a SKOS vocabulary without one, its concept schemes."""
        return _unique(self.subjects(TYPE, _ONTOLOGY)) or _unique(self.subjects(TYPE, _SCHEME))

    @cached_property
    def is_declared(self) -> bool:
        """Whether the file declares an ontology."""
        return bool(self.subjects(TYPE, _ONTOLOGY))

    @cached_property
    def is_skos(self) -> bool:
        """Whether the file is a SKOS vocabulary: concept schemes, and no ontology."""
        return not self.is_declared and bool(self.headers)

    @cached_property
    def header(self) -> Node | None:
        """The ontology that the file is about: the first that none of the others in it imports."""
        modules = {triple.object for triple in self.with_predicate(IMPORTS)}
        return next((each for each in self.headers if each not in modules), next(iter(self.headers), None))

    @cached_property
    def iri(self) -> str:
        """The IRI of the ontology, "" where it has none."""
        return self.header.value if isinstance(self.header, ox.NamedNode) else ""

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces of its own terms: what it says itself, else those that follow from its IRI and its terms."""
        own = {namespace_of(term.value) for term in (*self.classes, *self.properties)}
        # What is made up in the namespace of others does not make it one's own.
        others = {each for each in own if terms_of(each) and each not in self._from_iri}
        return self._stated_namespaces or self._from_iri | (own - others)

    @cached_property
    def _from_iri(self) -> frozenset[str]:
        alone = _END.sub("", self.iri)
        return frozenset({alone + "#", alone + "/"} if alone else ())

    @cached_property
    def _stated_namespaces(self) -> frozenset[str]:
        """The namespaces that it says are its own; none if no term is in one, since that can't be meant.

        Many leave out the # or / at the end.
        """
        said = [text(value) for header in self.headers for value in self.values(header, _NAMESPACE)]
        found = {each for one in said if one for each in (one, _END.sub("", one) + "#", _END.sub("", one) + "/")}
        declared = (t.subject for t in self.with_predicate(TYPE) if t.object in _CLASSES | _PROPERTIES)
        used = {namespace_of(term.value) for term in declared if isinstance(term, ox.NamedNode)}
        return frozenset(found) if found & used else frozenset()

    @cached_property
    def classes(self) -> list[ox.NamedNode]:
        """Its own classes, in the order of the file."""
        return self._own(_CLASSES)

    @cached_property
    def object_properties(self) -> list[ox.NamedNode]:
        """Its own object properties, in the order of the file."""
        return self._own(_OBJECT_PROPERTIES)

    @cached_property
    def datatype_properties(self) -> list[ox.NamedNode]:
        """Its own datatype properties, in the order of the file."""
        return self._own(_DATATYPE_PROPERTIES)

    @property
    def properties(self) -> list[ox.NamedNode]:
        """Its own object and datatype properties."""
        return _unique([*self.object_properties, *self.datatype_properties])

    @property
    def terms(self) -> list[ox.NamedNode]:
        """What it defines: classes and properties, or concepts if it is a SKOS vocabulary."""
        if self.is_skos:
            return [term for term in _unique(self.subjects(TYPE, _CONCEPT)) if isinstance(term, ox.NamedNode)]
        return _unique([*self.classes, *self.properties])

    def is_own(self, term: ox.NamedNode) -> bool:
        """Whether a term that is declared here is defined here, and not by a vocabulary that it is taken from."""
        namespace = namespace_of(term.value)
        if namespace in BUILT_IN:
            return False
        if self._stated_namespaces:
            return namespace in self._stated_namespaces
        defining = self.values(term, _DEFINED_BY)
        if namespace in self._from_iri or any(each in self.headers for each in defining):
            return True
        if defining and self.headers:
            return False
        return term not in self.known_elsewhere and not exists(term.value, namespace)

    def _own(self, kinds: frozenset[ox.NamedNode]) -> list[ox.NamedNode]:
        declared = (t.subject for t in self.with_predicate(TYPE) if t.object in kinds)
        return [term for term in _unique(declared) if isinstance(term, ox.NamedNode) and self.is_own(term)]

    @cached_property
    def declared_classes(self) -> frozenset[object]:
        """All classes and datatypes that are declared here or in what is at hand of the imports."""
        return self._declared(_CLASSES | {_DATATYPE})

    @cached_property
    def declared_properties(self) -> frozenset[object]:
        """All properties that are declared here or in what is at hand of the imports."""
        return self._declared(_PROPERTIES)

    def declares(self, term: ox.NamedNode) -> bool:
        """Whether the file or an import declares a term as a class, datatype or property."""
        return term in self.declared_classes or term in self.declared_properties

    def _declared(self, kinds: frozenset[object]) -> frozenset[object]:
        return frozenset(
            t.subject for t in (*self.triples, *self.imported) if t.predicate == TYPE and t.object in kinds
        )

    @cached_property
    def known_elsewhere(self) -> frozenset[object]:
        """What the imports that are at hand declare."""
        kinds = _CLASSES | _PROPERTIES | {_DATATYPE}
        return frozenset(t.subject for t in self.imported if t.predicate == TYPE and t.object in kinds)

    @cached_property
    def _imported_namespaces(self) -> frozenset[str]:
        return frozenset(text(t.object) for t in self.imported if t.predicate == _NAMESPACE)

    @cached_property
    def _imported_subjects(self) -> frozenset[object]:
        return frozenset(t.subject for t in self.imported)

    def is_undeclared(self, term: Value) -> bool:
        """Whether a term is of the ontology's own namespace, where an import that was not read can't declare it."""
        if not isinstance(term, ox.NamedNode) or namespace_of(term.value) not in self.namespaces:
            return False
        stem = _END.sub("", namespace_of(term.value))
        return not any(each.startswith(stem) for each in self.unread)

    def is_hijacked(self, term: Value) -> bool:
        """Whether a term has the namespace of a vocabulary of which all terms are known, and is none of them."""
        if not isinstance(term, ox.NamedNode):
            return False
        namespace = namespace_of(term.value)
        # schema.org gets new terms all the time, and the IRI of a namespace is not a term.
        if term.value == namespace or namespace in self.namespaces or namespace == SCHEMA:
            return False
        if terms_of(namespace):
            return not exists(term.value, namespace)
        return namespace in self._imported_namespaces and term not in self._imported_subjects

    def inherited(self, term: ox.NamedNode, predicate: ox.NamedNode) -> bool:
        """Whether a property or one of those above it has a value for a predicate, here or in the imports.

        One of others above it, of which nothing is at hand, may have it.
        """
        above: set[object] = set()
        waiting: list[object] = [term]
        while waiting:
            each = waiting.pop()
            if each not in above:
                above.add(each)
                waiting += self._above.get(each, [])
        return any((each, predicate) in self._stated or self._is_of_others(each) for each in above)

    def _is_of_others(self, term: object) -> bool:
        """Whether a term is of others, and nothing is at hand of what they say about it."""
        own = {*self.namespaces, *BUILT_IN}
        is_mentioned = isinstance(term, ox.NamedNode) and namespace_of(term.value) not in own
        return is_mentioned and (term, TYPE) not in self._stated

    @cached_property
    def _above(self) -> dict[object, list[object]]:
        found: dict[object, list[object]] = defaultdict(list)
        for subject, predicate, value in (*self.triples, *self.imported):
            if predicate == SUB_PROPERTY:
                found[subject].append(value)
            elif predicate == EQUIVALENT_PROPERTY:
                found[subject].append(value)
                found[value].append(subject)
        return found

    @cached_property
    def _stated(self) -> frozenset[tuple[object, object]]:
        return frozenset((t.subject, t.predicate) for t in (*self.triples, *self.imported))


def text(value: Value) -> str:
    """The text of a literal, or an IRI."""
    return value.value if isinstance(value, ox.Literal | ox.NamedNode) else ""


def _unique(things: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(things))

"""The terms that a graph may use: what its ontology declares, and which of them a misspelt one resembles most."""

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property
from keyword import kwlist
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Severity
from ssekg.base.language import fold
from ssekg.base.namespaces import OWL, RDF, RDFS, SCHEMA, SKOS, XSD, namespace_of
from ssekg.base.spelling import ALIKE
from ssekg.graph.labels import LABELS
from ssekg.graph.replacements import DEPRECATED, REPLACED_BY, Replacements, replacements_of
from ssekg.graph.store import TYPE, Graph

# The languages that ontologies are written in; nobody declares their terms again.
BUILT_IN: Final = (RDF, RDFS, OWL, XSD)
_PROPERTIES: Final = frozenset(
    ox.NamedNode(OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
) | {ox.NamedNode(RDF + "Property")}
_CLASSES: Final = frozenset({ox.NamedNode(OWL + "Class"), ox.NamedNode(RDFS + "Class")})
_DATATYPE: Final = ox.NamedNode(RDFS + "Datatype")
_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")
_MEMBER: Final = re.compile(r"_[1-9][0-9]*")
# The vocabularies that rdflib knows every term of.
_LISTED: Final = (
    *("RDF", "RDFS", "OWL", "XSD", "SH", "SKOS", "DCTERMS", "DC", "FOAF", "ORG", "PROV", "QB", "GEO", "VANN"),
    *("DCAT", "TIME", "VOID"),
)


class Role(Enum):
    """What a term is used as."""

    CLASS = "class"
    PROPERTY = "property"
    ANY = "term"


@dataclass
class JudgedTerms:
    """What has been found out about terms in a role: how grave their use is, and what was probably meant."""

    doubts: dict[tuple[ox.NamedNode, Role], Severity | None] = field(default_factory=dict)
    meant: dict[tuple[ox.NamedNode, Role], ox.NamedNode | None] = field(default_factory=dict)


class KnownTerms:
    """What the ontology of a graph declares.

    A term counts as known in a role if the ontology declares it so, or if it is one of RDF, RDFS, OWL or XML Schema.
    Nothing is known of a namespace of which the ontology declares no term: there anything goes.
    """

    def __init__(self, graph: Graph) -> None:
        """Read the declarations."""
        self.classes: set[ox.NamedNode] = set()
        self.properties: set[ox.NamedNode] = set()
        self.objects: set[ox.NamedNode] = set()
        self.literals: set[ox.NamedNode] = set()
        # The check itself asks for it.
        self.properties.add(REPLACED_BY)
        self.terms: set[ox.NamedNode] = {REPLACED_BY}
        self._graph = graph
        for subject, predicate, kind in graph.vocabulary:
            if isinstance(subject, ox.NamedNode):
                self.terms.add(subject)
                if predicate == TYPE and isinstance(kind, ox.NamedNode):
                    self._declare(subject, kind)
        self.judged = JudgedTerms()
        own = graph.terms.namespace
        self.namespaces = {namespace_of(term.value) for term in self.classes | self.properties} | {own, *BUILT_IN}

    def _declare(self, term: ox.NamedNode, kind: ox.NamedNode) -> None:
        if kind in _CLASSES or kind == _DATATYPE:
            self.classes.add(term)
        if kind in _PROPERTIES:
            self.properties.add(term)
        if kind.value == OWL + "ObjectProperty":
            self.objects.add(term)
        elif kind.value == OWL + "DatatypeProperty":
            self.literals.add(term)

    def is_own(self, term: ox.NamedNode) -> bool:
        """Whether a term is of the project's own namespace."""
        return self._graph.terms.is_own(term)

    @property
    def derived(self) -> frozenset[ox.NamedNode]:
        """The properties that rules alone give to things."""
        return self._graph.terms.derived

    @cached_property
    def deprecated(self) -> Replacements:
        """The terms and concepts that are no longer to be used, each with what replaces it, if that is stated.

        Withdrawn records of the data are not terms; the shapes deal with them.
        """
        marked = {t.subject for t in self._graph.of_predicate(DEPRECATED)}
        concepts = {t.subject for t in self._graph.of_predicate(TYPE) if t.object == _CONCEPT} & marked
        about = [t for t in self._graph.data if t.subject in concepts] if concepts else []
        return replacements_of([*self._graph.vocabulary, *about])

    def doubt(self, term: ox.NamedNode, role: Role = Role.ANY) -> Severity | None:
        """How grave the use of a term in a role is: None where nothing is wrong with it, or nothing is known of it.

        A term of our own namespace that is not declared is a violation, one of another vocabulary a warning; one
        that its vocabulary has, though the ontology does not declare it, an info.
        """
        if (term, role) not in self.judged.doubts:
            self.judged.doubts[term, role] = self._doubt(term, role)
        return self.judged.doubts[term, role]

    def _doubt(self, term: ox.NamedNode, role: Role) -> Severity | None:
        known = {Role.CLASS: self.classes, Role.PROPERTY: self.properties, Role.ANY: self.terms}[role]
        if term in known:
            return None
        namespace = namespace_of(term.value)
        # The IRI of the whole vocabulary, or of a namespace, is not a term.
        if namespace not in self.namespaces or term.value == namespace:
            return None
        if namespace == self._graph.terms.namespace:
            return Severity.VIOLATION
        if exists(term.value, namespace):
            return None if namespace in BUILT_IN else Severity.INFO
        return Severity.WARNING

    def nearest(self, term: ox.NamedNode, role: Role = Role.ANY) -> ox.NamedNode | None:
        """The known term that this one was probably meant to be: by its local name, else by a label."""
        if (term, role) not in self.judged.meant:
            self.judged.meant[term, role] = self._nearest(term, role)
        return self.judged.meant[term, role]

    def _nearest(self, term: ox.NamedNode, role: Role) -> ox.NamedNode | None:
        namespace = namespace_of(term.value)
        wanted = term.value.removeprefix(namespace)
        candidates = self._candidates[role]
        at_home = {name: found for name, found in candidates.items() if any(_is_in(t, namespace) for t in found)}
        for names in ({wanted.lower(): candidates.get(wanted.lower(), [])}, at_home, candidates):
            close = difflib.get_close_matches(wanted.lower(), [name for name in names if names[name]], 1, ALIKE)
            if close:
                found = names[close[0]]
                return min((t for t in found if _is_in(t, namespace)), default=min(found, key=str), key=str)
        labels = self._labels(role)
        close = difflib.get_close_matches(fold(_spaced(wanted)), labels, 1, ALIKE)
        return labels[close[0]] if close else None

    @cached_property
    def _candidates(self) -> dict[Role, dict[str, list[ox.NamedNode]]]:
        built_in = [ox.NamedNode(iri) for namespace in BUILT_IN for iri in terms_of(namespace)]
        by_role: dict[Role, dict[str, list[ox.NamedNode]]] = {role: defaultdict(list) for role in Role}
        roles = {Role.CLASS: self.classes, Role.PROPERTY: self.properties, Role.ANY: self.terms}
        for role, terms in roles.items():
            for term in [*terms, *(found for found in built_in if role is Role.ANY or role is _role_of(found))]:
                by_role[role][term.value.removeprefix(namespace_of(term.value)).lower()].append(term)
        return by_role

    def _labels(self, role: Role) -> dict[str, ox.NamedNode]:
        known = {Role.CLASS: self.classes, Role.PROPERTY: self.properties, Role.ANY: self.terms}[role]
        triples = [t for t in self._graph.vocabulary if t.predicate in LABELS and t.subject in known]
        return {
            fold(t.object.value): t.subject
            for t in sorted(triples, key=str, reverse=True)
            if isinstance(t.object, ox.Literal) and isinstance(t.subject, ox.NamedNode)
        }


def nearest_namespace(graph: Graph, prefix: str, iri: str) -> str | None:
    """The namespace of a prefix in a project if `iri` is a different one, None if nothing is wrong."""
    usual = graph.prefixes.namespaces.get(prefix)
    return usual if usual is not None and usual != iri else None


def exists(iri: str, namespace: str) -> bool:
    """Whether the vocabulary of a namespace has a term, as far as it is known."""
    if namespace == RDF and _MEMBER.fullmatch(iri.removeprefix(namespace)):
        return True
    return iri in terms_of(namespace)


@cache
def terms_of(namespace: str) -> frozenset[str]:
    """The IRIs of a vocabulary as rdflib lists them; empty for one that it does not know."""
    from rdflib import namespace as listed

    if namespace == SCHEMA:  # rdflib has it under https
        return frozenset(namespace + str(term).rpartition("/")[2] for term in dir(listed.SDO))
    for name in _LISTED:
        space = getattr(listed, name)
        if str(space) == namespace:
            # Keywords of Python are listed separately: sh:or, sh:class.
            return frozenset(
                [*map(str, dir(space)), *(namespace + word for word in kwlist if namespace + word in space)]
            )
    return frozenset()


def _role_of(term: ox.NamedNode) -> Role:
    local = term.value.removeprefix(namespace_of(term.value))
    return Role.CLASS if local[:1].isupper() or term.value.startswith(XSD) else Role.PROPERTY


def _is_in(term: ox.NamedNode, namespace: str) -> bool:
    return namespace_of(term.value) == namespace


def _spaced(name: str) -> str:
    """A local name as words: `fieldOfAction` → `field of action`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+", " ", name)

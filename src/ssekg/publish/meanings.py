"""What terms mean to programs: the axioms about each, so that two versions of an ontology can be compared.

Words may be made clearer at any time; what follows from a statement with the term may not change, or who has built on
it is misled. A version is backward compatible if all terms of the one before mean what they meant (OWL 2, 3.5).
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, XSD
from ssekg.checks.reasoning.axioms import read_axioms
from ssekg.graph.replacements import replacements_of
from ssekg.graph.store import TYPE, Graph

Meanings = Mapping[str, frozenset[str]]
"""The axioms about each term, by its IRI, each as text."""

_INCOMPATIBLE: Final = ox.NamedNode(OWL + "incompatibleWith")
_VERSION: Final = ox.NamedNode(OWL + "versionIRI")
_SORTS: Final = frozenset(
    ox.NamedNode(OWL + name) for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
_SYMMETRIC: Final = frozenset(ox.NamedNode(OWL + name) for name in ("disjointWith", "propertyDisjointWith"))
_IRI: Final = re.compile(r"<([^<>]*)>")
_OF_OWL: Final = (OWL, RDF, RDFS, XSD)


def meanings_of(graph: Graph) -> Meanings:
    """The axioms about the terms of a project's own, with what each is declared to be."""
    own = graph.own_vocabulary
    found: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in own:
        if predicate == TYPE and value in _SORTS and isinstance(subject, ox.NamedNode):
            found[subject.value].add(f"{predicate} {value}")
    for axiom in read_axioms(Graph(graph.base, (), own)).ontology:
        subject, predicate, value = axiom.says
        by_node: dict[Any, list[ox.Triple]] = defaultdict(list)
        for triple in axiom.triples[1:]:
            by_node[triple.subject].append(triple)
        if isinstance(subject, ox.NamedNode):
            found[subject.value].add(f"{predicate} {_text(value, by_node)}")
        if predicate in _SYMMETRIC and isinstance(value, ox.NamedNode):
            found[value.value].add(f"{predicate} {_text(subject, by_node)}")
    return {term: frozenset(said) for term, said in found.items() if graph.terms.is_own(ox.NamedNode(term))}


def changed_meanings(before: Meanings, now: Meanings) -> list[str]:
    """The terms of which something is not stated any more, or something new that is about published terms alone.

    What puts a term under one of another vocabulary, or sets it apart from a new one, leaves what it meant as it was.
    """
    found = []
    for term, said in before.items():
        added = now.get(term, frozenset()) - said
        if said - now.get(term, frozenset()) or any(_is_about(axiom, before) for axiom in added):
            found.append(term)
    return sorted(found)


def unannounced(before: Meanings, now: Graph, version: str) -> list[str]:
    """The terms that mean something else than in a version before, and are not deprecated in favour of another.

    There are none if the ontology says that it is incompatible with that version, whose IRI is `version`.
    """
    stated = (t for t in now.own_vocabulary if t.predicate == _INCOMPATIBLE and t.subject == now.terms.ontology)
    if any(isinstance(t.object, ox.NamedNode) and t.object.value == version for t in stated):
        return []
    replaced = {term.value for term, other in replacements_of(now.own_vocabulary).items() if other is not None}
    return [term for term in changed_meanings(before, meanings_of(now)) if term not in replaced]


def version_of(graph: Graph) -> str:
    """The IRI of the version of an ontology, "" if it has none."""
    found = (t.object for t in graph.own_vocabulary if t.predicate == _VERSION and t.subject == graph.terms.ontology)
    return next((each.value for each in found if isinstance(each, ox.NamedNode)), "")


def _is_about(axiom: str, terms: Meanings) -> bool:
    """Whether all that an axiom names is a term among these, or one that OWL is made of."""
    return all(iri in terms or iri.startswith(_OF_OWL) for iri in _IRI.findall(axiom))


def _text(node: Any, by_node: Mapping[Any, list[ox.Triple]]) -> str:
    """A term, or what describes the expression or list that a blank node is."""
    if node not in by_node:
        return str(node) if not isinstance(node, ox.BlankNode) else "[]"
    parts = sorted(f"{t.predicate} {_text(t.object, by_node)}" for t in by_node[node])
    return f"[ {' ; '.join(parts)} ]"

"""An application profile: the shapes of a project as one file that judges data by themselves, without its ontology.

SHACL follows rdfs:subClassOf in the data graph (2.1.3.2, 4.1.1): who has data alone would check no member of a
subclass, and find each value of one wrong. In a profile each target and each wanted class names its subclasses.
"""

from collections.abc import Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.project.vocabulary import Vocabulary

_TYPE: Final = ox.NamedNode(RDF + "type")
_TARGET: Final = ox.NamedNode(SH + "targetClass")
_CLASS: Final = ox.NamedNode(SH + "class")
_OR: Final = ox.NamedNode(SH + "or")
_RULE: Final = ox.NamedNode(SH + "rule")
_SHAPES: Final = frozenset(ox.NamedNode(SH + name) for name in ("NodeShape", "PropertyShape"))
_CLASSES: Final = frozenset(ox.NamedNode(iri) for iri in (OWL + "Class", RDFS + "Class"))
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_NIL: Final = ox.NamedNode(RDF + "nil")


def profile(shapes: Sequence[ox.Triple], terms: Vocabulary) -> list[ox.Triple]:
    """The shapes without rules, with the subclasses that the ontology of a project knows in every target and class.

    A `sh:class` with subclasses becomes a `sh:or` of one for each: the findings have the same focus node, path, value,
    message and severity.
    """
    ruling = {t.object for t in shapes if t.predicate == _RULE}
    ruled = _reached(ruling, shapes)
    typed: dict[object, set[object]] = {}
    for triple in shapes:
        if triple.predicate == _TYPE:
            typed.setdefault(triple.subject, set()).add(triple.object)
    found: list[ox.Triple] = []
    for triple in shapes:
        subject, predicate, value = triple
        if predicate == _RULE or subject in ruled:
            continue
        narrower = sorted(terms.below(value), key=str) if isinstance(value, ox.NamedNode) else []
        if predicate == _TARGET:
            found += [ox.Triple(subject, _TARGET, each) for each in narrower]
        elif predicate == _CLASS and len(narrower) > 1:
            found += _one_of(subject, narrower)
        else:
            found.append(triple)
    for node, classes in typed.items():  # a shape that is a class has its members as targets
        if isinstance(node, ox.NamedNode) and classes & _CLASSES and classes & _SHAPES:
            found += [ox.Triple(node, _TARGET, each) for each in sorted(terms.below(node) - {node}, key=str)]
    return [*with_canonical_labels(dict.fromkeys(found))]


def _one_of(shape: Any, classes: Sequence[ox.NamedNode]) -> list[ox.Triple]:
    """That each value of a shape is of one of some classes."""
    cells = [ox.BlankNode() for _ in classes]
    rest: list[ox.NamedNode | ox.BlankNode] = [*cells[1:], _NIL]
    found = [ox.Triple(shape, _OR, cells[0])]
    for cell, following, each in zip(cells, rest, classes, strict=True):
        wanted = ox.BlankNode()
        found += [
            ox.Triple(wanted, _CLASS, each),
            ox.Triple(cell, _FIRST, wanted),
            ox.Triple(cell, _REST, following),
        ]
    return found


def _reached(starts: set[Any], triples: Sequence[ox.Triple]) -> set[Any]:
    """Nodes, with the blank nodes that they lead to; others that they name may be shapes as well."""
    by_subject: dict[Any, list[Any]] = {}
    for triple in triples:
        if isinstance(triple.object, ox.BlankNode):
            by_subject.setdefault(triple.subject, []).append(triple.object)
    found: set[Any] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += by_subject.get(node, ())
    return found

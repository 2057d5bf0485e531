"""The things of one sort that a project names: records of a kind, members of a class, concepts of a scheme."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDFS, SKOS
from ssekg.graph.imported import as_ours
from ssekg.graph.store import TYPE, Graph

_CLASSES: Final = frozenset({ox.NamedNode(OWL + "Class"), ox.NamedNode(RDFS + "Class")})
_SCHEME: Final = ox.NamedNode(SKOS + "ConceptScheme")
_IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")


def members(graph: Graph, sort: str) -> frozenset[str] | None:
    """The IRIs of the things of a sort, None if the graph knows no such sort.

    Args:
        graph: where to look.
        sort: a kind of records (`place`), a class (`ex:Region`) or a concept scheme (`term/crops`), or the
            IRI of one of these.
    """
    if sort in graph.kinds:
        beginnings = tuple(f"{base}{sort}/" for base in (graph.base, *graph.import_bases))
        return frozenset(iri for iri in graph.things if iri.startswith(beginnings))
    iri = _expanded(graph, sort)
    if iri in _classes(graph):
        return _subjects(graph, TYPE, graph.terms.below(ox.NamedNode(iri)))
    return _subjects(graph, _IN_SCHEME, [ox.NamedNode(iri)]) if iri in _schemes(graph) else None


def sorts(graph: Graph) -> list[str]:
    """All sorts that the graph knows, as `members` takes them."""
    iris = {as_ours(graph, ox.NamedNode(iri)).value for iri in {*_classes(graph), *_schemes(graph)}}
    return [*sorted(graph.kinds), *sorted(map(graph.shortened, iris))]


def sort_labels(graph: Graph, sort: str) -> Mapping[str, str]:
    """What one thing of a sort is called, by language; of a scheme, what the scheme is called."""
    of_kind = graph.terms.kinds.get(sort)
    return graph.labels.get(of_kind or ox.NamedNode(_expanded(graph, sort)), {})


def _expanded(graph: Graph, sort: str) -> str:
    if sort in graph.things:
        return sort
    ours = graph.prefixes.expanded(sort) or graph.base + sort
    imported = (base + sort for base in graph.import_bases)
    return ours if ours in graph.things else next((iri for iri in imported if iri in graph.things), ours)


def _classes(graph: Graph) -> set[str]:
    """The classes that are declared, or that something is a member of."""
    types = graph.of_predicate(TYPE)
    return _declared(graph, _CLASSES) | {each.object.value for each in types if isinstance(each.object, ox.NamedNode)}


def _schemes(graph: Graph) -> set[str]:
    """The concept schemes that are declared, which may be empty as yet, or that something is in."""
    in_schemes = graph.of_predicate(_IN_SCHEME)
    return _declared(graph, {_SCHEME}) | {e.object.value for e in in_schemes if isinstance(e.object, ox.NamedNode)}


def _declared(graph: Graph, classes: Collection[ox.NamedNode]) -> set[str]:
    types = (each for each in graph.of_predicate(TYPE) if each.object in classes)
    return {each.subject.value for each in types if isinstance(each.subject, ox.NamedNode)}


def _subjects(graph: Graph, predicate: ox.NamedNode, values: Iterable[ox.NamedNode]) -> frozenset[str]:
    quads = (quad for value in values for quad in graph.matching(None, predicate, value))
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))

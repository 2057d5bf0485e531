"""The focus nodes of a shape as SPARQL patterns: what its targets give as ?this (SHACL, section 2.1.3)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH
from ssekg.shacl.constraints.set_wise import NotRewritableError
from ssekg.shacl.paths import BySubject

_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_CLASS_PREDICATES: Final = frozenset({RDF + "type", RDFS + "subClassOf"})
_FOCUS: Final = ox.NamedNode("urn:x-ssekg:focus")
_ALL: Final = ox.NamedNode("urn:x-ssekg:all")
_ONE: Final = ox.NamedNode("urn:x-ssekg:one")


def focus_patterns(shape: Any, by_subject: BySubject) -> list[tuple[str, frozenset[str]]]:
    """Patterns for the focus nodes of a shape, each with the predicates it mentions; none where it has no target.

    Raises:
        NotRewritableError: it has a target that a query finds, or one without an IRI.
    """
    parts = by_subject.get(shape, {})
    if SH + "target" in parts:
        raise NotRewritableError("sh:target")
    classes = [*parts.get(SH + "targetClass", [])]
    if {RDFS + "Class", OWL + "Class"} & {getattr(kind, "value", "") for kind in parts.get(RDF + "type", [])}:
        classes.append(shape)
    every = [*classes, *(value for name in _TARGETS for value in parts.get(SH + name, []))]
    if not all(isinstance(value, ox.NamedNode) for value in every):
        raise NotRewritableError("a target without an IRI")
    chain = f"<{RDF}type>/<{RDFS}subClassOf>*"
    found = [(f"?this {chain} {value}", _CLASS_PREDICATES) for value in classes]
    found += [(f"VALUES ?this {{ {value} }}", frozenset()) for value in parts.get(SH + "targetNode", [])]
    for name, pattern in (("targetSubjectsOf", "?this {} ?_"), ("targetObjectsOf", "?_ {} ?this")):
        found += [(pattern.format(value), frozenset({value.value})) for value in parts.get(SH + name, [])]
    return found


@contextmanager
def focus_nodes(store: ox.Store, patterns: Iterable[str]) -> Iterator["FocusNodes"]:
    """The nodes that the patterns give, for as long as queries are joined with them; then the store is as before."""
    try:
        for pattern in patterns:
            store.update(f"INSERT {{ {_member(_ALL)} }} WHERE {{ {pattern} }}")
        yield FocusNodes(store)
    finally:
        store.remove_graph(_ALL)
        store.remove_graph(_ONE)


@dataclass(frozen=True)
class FocusNodes:
    """The focus nodes of a shape in a graph of their own, so that a query is asked for all of them at once."""

    store: ox.Store

    def answers(self, query: Callable[[str], str], *, together: bool) -> Iterator[Any]:
        """What the store answers to a query, given the pattern by which it gets ?this; else one node at a time."""
        if together:
            yield from self.store.query(query(_member(_ALL)))  # type: ignore[misc]
            return
        for member in list(self.store.quads_for_pattern(None, None, None, _ALL)):
            only = ox.Quad(_FOCUS, _FOCUS, member.object, _ONE)
            self.store.add(only)
            yield from list(self.store.query(query(_member(_ONE))))  # type: ignore[arg-type]
            self.store.remove(only)


def _member(graph: ox.NamedNode) -> str:
    return f"GRAPH {graph} {{ {_FOCUS} {_FOCUS} ?this }}"

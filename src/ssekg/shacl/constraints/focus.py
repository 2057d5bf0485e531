"""The focus nodes of a shape as SPARQL patterns: what its targets give as ?this (SHACL, section 2.1.3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH
from ssekg.shacl.constraints.set_wise import NotRewritableError
from ssekg.shacl.paths import BySubject

_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_CLASS_PREDICATES: Final = frozenset({RDF + "type", RDFS + "subClassOf"})
_FOCUS: Final = ox.NamedNode("urn:x-ssekg:focus")
_NAMELESS: Final = ox.NamedNode("urn:x-ssekg:nameless")
# More make queries slower that begin with several sets of them.
_AT_ONCE: Final = 100


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


@dataclass(frozen=True)
class FocusNodes:
    """The focus nodes that some patterns give in a store, so that a query is asked for many of them at once.

    They are given as VALUES, some at a time, with which a store begins whatever else there is to be joined. What a
    query can't name, blank nodes and triples with them, is written to the store for as long as it is asked for them.
    """

    store: ox.Store
    patterns: Sequence[str]

    def answers(self, query: Callable[[str], str], *, together: bool) -> Iterator[Any]:
        """What the store answers to a query, given the pattern by which it gets ?this; else one node at a time."""
        at_once = _AT_ONCE if together else 1
        nameless: list[ox.BlankNode | ox.Triple] = []
        nodes = self._nodes(nameless)
        while some := list(islice(nodes, at_once)):
            yield from self.store.query(query(f"VALUES ?this {{ {' '.join(map(str, some))} }}"))  # type: ignore[misc]
        for start in range(0, len(nameless), at_once):
            written = [ox.Quad(_FOCUS, _FOCUS, node, _NAMELESS) for node in nameless[start : start + at_once]]
            self.store.extend(written)
            yield from list(self.store.query(query(f"GRAPH {_NAMELESS} {{ {_FOCUS} {_FOCUS} ?this }}")))  # type: ignore[arg-type]
            self.store.remove_graph(_NAMELESS)

    def _nodes(self, nameless: list[ox.BlankNode | ox.Triple]) -> Iterator[Any]:
        """Each node once; those without a name are put among `nameless`."""
        patterns = " UNION ".join(f"{{ {pattern} }}" for pattern in self.patterns)
        solutions: Any = self.store.query(f"SELECT DISTINCT ?this WHERE {{ {patterns} }}") if patterns else ()
        for (node,) in solutions:
            if isinstance(node, ox.BlankNode | ox.Triple):
                nameless.append(node)
            else:
                yield node

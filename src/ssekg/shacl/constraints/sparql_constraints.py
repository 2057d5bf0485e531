"""SHACL's SPARQL-based constraints (sh:sparql) as shapes state them, with what a store needs to answer them.

An engine asks them node by node, and each time may go through the whole graph. So all that a store can answer is asked
of one (answers.py). Those of shapes that other shapes lead to are refused, and their shapes left to pyshacl.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH
from ssekg.queries.syntax import tokens
from ssekg.shacl.constraints.focus import focus_patterns
from ssekg.shacl.constraints.prefixes import prefixed, prologue_of
from ssekg.shacl.constraints.reach import footprint_of
from ssekg.shacl.constraints.set_wise import NotRewritableError, Query, set_wise
from ssekg.shacl.footprint import Footprint
from ssekg.shacl.paths import path_at
from ssekg.shacl.references import References

_OF_SHAPES: Final = re.compile(r"[?$](?:shapesGraph|currentShape)\b")
_SPARQL: Final = ox.NamedNode(SH + "sparql")


@dataclass(frozen=True)
class Constraint:
    """One sh:sparql of one shape, as a store is asked.

    `targets` are patterns for the focus nodes; only triples with one of `predicates` matter, all if it is None.
    `namespaces` are those that the query may use, by prefix.
    """

    shape: Any
    node: Any
    prologue: str
    query: Query
    targets: tuple[str, ...]
    predicates: frozenset[str] | None
    namespaces: Mapping[str, str]

    @property
    def footprint(self) -> Footprint:
        """What the query reads."""
        return footprint_of(self.query.select, self._iri)

    def _iri(self, name: str) -> str | None:
        try:
            return _expanded(name, self.namespaces)
        except NotRewritableError:
            return None


class SparqlConstraints:
    """The SPARQL-based constraints of some shapes."""

    def __init__(self, references: References) -> None:
        """Find the constraints that can be asked of a store (`ours`), and the shapes with others (`refused`).

        Shapes that are not judged, as nothing with a target leads to them, are left out; so is what asks about the
        shapes themselves, which the package shacl alone can answer.

        Raises:
            IllFormedError: SHACL does not allow a query.
        """
        self.triples = triples = references.triples
        self.by_subject: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.referred: dict[Any, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            self.by_subject[triple.subject][triple.predicate.value].append(triple.object)
        self.ours: list[Constraint] = []
        self.refused: dict[Any, str] = {}
        for triple in triples:
            named = triple.predicate.value
            is_reference = named.startswith(SH) and triple.predicate != _SPARQL and triple.subject in references.judged
            if is_reference or named == RDF + "first":
                self.referred[triple.object].append(triple)
        for shape, predicate, node in triples:
            is_live = predicate == _SPARQL and shape in references.judged and not self._flag(node, "deactivated")
            if is_live and not self._asks_about_shapes(node):
                self._sort(shape, node)

    def _sort(self, shape: Any, node: Any) -> None:
        try:
            self.ours.append(self._constraint(shape, node))
        except NotRewritableError as problem:
            self.refused[shape] = str(problem)

    def _constraint(self, shape: Any, node: Any) -> Constraint:
        selects = self.by_subject[node].get(SH + "select", [])
        if len(selects) != 1 or not isinstance(selects[0], ox.Literal) or SH + "ask" in self.by_subject[node]:
            raise NotRewritableError("no single sh:select")
        namespaces, select = prefixed(node, selects[0].value, self.by_subject)
        query = set_wise(self._with_path(shape, select).strip())
        targets = self._targets(shape)
        seen = None if query.predicates is None else _all_expanded(query.predicates, namespaces)
        predicates = None if seen is None else seen.union(*(predicates for _, predicates in targets))
        patterns = tuple(target for target, _ in targets)
        return Constraint(shape, node, prologue_of(namespaces), query, patterns, predicates, namespaces)

    # --- what the shapes say ---

    def _flag(self, node: Any, name: str) -> bool:
        return any(getattr(value, "value", "") in {"true", "1"} for value in self.by_subject[node].get(SH + name, []))

    def _with_path(self, shape: Any, select: str) -> str:
        """The query with $PATH replaced by the path of the property shape."""
        paths = self.by_subject[shape].get(SH + "path", [])
        for kind, text, start in reversed(list(tokens(select))):
            if kind == "variable" and text[1:] == "PATH":
                if len(paths) != 1:
                    raise NotRewritableError("$PATH")
                path = str(path_at(paths[0], self.by_subject) or paths[0])
                path = path if isinstance(paths[0], ox.NamedNode) else f"({path})"
                select = f"{select[:start]}{path}{select[start + len(text) :]}"
        return select

    def _targets(self, shape: Any) -> list[tuple[str, frozenset[str]]]:
        """Patterns for the focus nodes of a shape, each with the predicates it mentions."""
        targets = self._patterns(shape)
        referring = self.referred[shape]
        if not referring:
            if targets:
                return targets
            raise NotRewritableError("no target")
        if targets or len(referring) > 1 or referring[0].predicate.value != SH + "property":
            raise NotRewritableError("reached in several ways")
        parent = referring[0].subject
        if SH + "path" in self.by_subject[parent] or self.referred[parent] or self._flag(parent, "deactivated"):
            raise NotRewritableError("reached through other shapes")
        return self._patterns(parent) or self._targets(parent)

    def _patterns(self, shape: Any) -> list[tuple[str, frozenset[str]]]:
        if self._flag(shape, "deactivated"):
            raise NotRewritableError("sh:deactivated")
        return focus_patterns(shape, self.by_subject)

    def _asks_about_shapes(self, node: Any) -> bool:
        return any(
            _OF_SHAPES.search(getattr(select, "value", "")) for select in self.by_subject[node].get(SH + "select", [])
        )

    @property
    def others(self) -> list[ox.Triple]:
        """The shapes without the SPARQL-based constraints that a store or pyshacl answers."""
        return [t for t in self.triples if t.predicate != _SPARQL or self._asks_about_shapes(t.object)]


def _all_expanded(names: Iterable[str], namespaces: Mapping[str, str]) -> frozenset[str] | None:
    found = [_expanded(name, namespaces) for name in names]
    known = frozenset(name for name in found if name is not None)
    return known if None not in found else None


def _expanded(name: str, namespaces: Mapping[str, str]) -> str | None:
    """The IRI that a query writes in some way; None for escapes, and IRIs relative to nothing: not worth reading."""
    prefix, _, local = name.partition(":")
    if name == "a":
        return RDF + "type"
    if not name.startswith("<") and prefix not in namespaces:
        raise NotRewritableError(f"prefix {prefix}:")
    iri = name[1:-1] if name.startswith("<") else namespaces[prefix] + local
    return None if "\\" in iri or ":" not in iri else iri

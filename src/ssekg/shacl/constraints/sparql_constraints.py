"""SHACL's SPARQL-based constraints (sh:sparql) as shapes state them, sorted by who asks them.

The engine asks them node by node, and each time may go through the whole graph; it loses values that a query computes,
and compares no dates. So all that a store can answer is asked of one (answers.py). The engine keeps those of
shapes that other shapes lead to, and they are made to mean what the standard and pyshacl say.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH, XSD
from ssekg.queries.syntax import tokens
from ssekg.shacl.constraints.set_wise import NotRewritableError, Query, set_wise
from ssekg.shacl.paths import path_at

_PROLOGUE: Final = re.compile(r"\s*PREFIX\s+([\w.-]*):\s*<([^<>\"{}|^`\\\s]*)>", re.IGNORECASE)
_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_SPARQL: Final = ox.NamedNode(SH + "sparql")
_CLASS_PREDICATES: Final = frozenset({RDF + "type", RDFS + "subClassOf"})
# Those that pyshacl knows without a declaration.
_KNOWN_PREFIXES: Final = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}


@dataclass(frozen=True)
class Constraint:
    """One sh:sparql of one shape, as a store is asked.

    `targets` are patterns for the focus nodes; only triples with one of `predicates` matter, all if it is None.
    """

    shape: Any
    node: Any
    prologue: str
    query: Query
    targets: tuple[str, ...]
    predicates: frozenset[str] | None


class SparqlConstraints:
    """The SPARQL-based constraints of some shapes."""

    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        """Sort the constraints into those that can be asked of a store (`ours`) and those for the engine (`alone`).

        Raises:
            IllFormedError: SHACL does not allow a query.
        """
        self.triples = triples
        self.about: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.referred: dict[Any, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            self.about[triple.subject][triple.predicate.value].append(triple.object)
            named = triple.predicate.value
            if (named.startswith(SH) and triple.predicate != _SPARQL) or named == RDF + "first":
                self.referred[triple.object].append(triple)
        self.ours: list[Constraint] = []
        self.alone: list[tuple[Any, Any, str]] = []
        for triple in triples:
            if triple.predicate == _SPARQL and not self._flag(triple.object, "deactivated"):
                self._sort(triple.subject, triple.object)

    def _sort(self, shape: Any, node: Any) -> None:
        try:
            self.ours.append(self._constraint(shape, node))
        except NotRewritableError as problem:
            self.alone.append((shape, node, str(problem)))

    def _constraint(self, shape: Any, node: Any) -> Constraint:
        selects = self.about[node].get(SH + "select", [])
        if len(selects) != 1 or not isinstance(selects[0], ox.Literal) or SH + "ask" in self.about[node]:
            raise NotRewritableError("no single sh:select")
        namespaces, select = self._prefixed(node, selects[0].value)
        query = set_wise(self._with_path(shape, select).strip())
        targets = self._targets(shape)
        seen = None if query.predicates is None else self._expanded(query.predicates, namespaces)
        predicates = None if seen is None else seen.union(*(predicates for _, predicates in targets))
        prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in namespaces.items())
        return Constraint(shape, node, prologue, query, tuple(target for target, _ in targets), predicates)

    # --- what the shapes say ---

    def _flag(self, node: Any, name: str) -> bool:
        return any(getattr(value, "value", "") in {"true", "1"} for value in self.about[node].get(SH + name, []))

    def _prefixed(self, node: Any, select: str) -> tuple[dict[str, str], str]:
        """The namespaces of a query by prefix, and the query without its own prologue."""
        namespaces = self._declared(node)
        while match := _PROLOGUE.match(select):
            namespaces[match[1]] = match[2]
            select = select[match.end() :]
        return namespaces, select

    def _declared(self, node: Any) -> dict[str, str]:
        """The prefixes declared for a constraint, in what owl:imports names as well, and those known anyway."""
        found = dict(_KNOWN_PREFIXES)
        waiting, seen = [*self.about[node].get(SH + "prefixes", [])], set()
        if waiting:
            # pyshacl takes the declarations of every ontology where the constraint names any.
            ontologies = [s for s, parts in list(self.about.items()) if SH + "declare" in parts]
            found |= {prefix: iri for ontology in ontologies for prefix, iri in self._declarations(ontology)}
        closest: dict[str, str] = {}
        while waiting:
            ontology = waiting.pop(0)
            if ontology not in seen:
                seen.add(ontology)
                closest = dict(self._declarations(ontology)) | closest
                waiting += self.about[ontology].get(OWL + "imports", [])
        return found | closest

    def _declarations(self, ontology: Any) -> Iterator[tuple[str, str]]:
        for declaration in self.about[ontology].get(SH + "declare", []):
            parts = self.about[declaration]
            for prefix in parts.get(SH + "prefix", []):
                for namespace in parts.get(SH + "namespace", []):
                    yield prefix.value, namespace.value

    def _expanded(self, names: Iterable[str], namespaces: dict[str, str]) -> frozenset[str] | None:
        found = set()
        for name in names:
            prefix, _, local = name.partition(":")
            if name == "a":
                found.add(RDF + "type")
            elif name.startswith("<"):
                found.add(name[1:-1])
            elif prefix not in namespaces:
                raise NotRewritableError(f"prefix {prefix}:")
            else:
                found.add(namespaces[prefix] + local)
        # Escapes, and IRIs relative to nothing, are not worth reading.
        return None if any("\\" in name or ":" not in name for name in found) else frozenset(found)

    def _with_path(self, shape: Any, select: str) -> str:
        """The query with $PATH replaced by the path of the property shape."""
        paths = self.about[shape].get(SH + "path", [])
        for kind, text, start in reversed(list(tokens(select))):
            if kind == "variable" and text[1:] == "PATH":
                if len(paths) != 1:
                    raise NotRewritableError("$PATH")
                path = str(path_at(paths[0], self.about) or paths[0])
                path = path if isinstance(paths[0], ox.NamedNode) else f"({path})"
                select = f"{select[:start]}{path}{select[start + len(text) :]}"
        return select

    def _targets(self, shape: Any) -> list[tuple[str, frozenset[str]]]:
        """Patterns for the focus nodes of a shape, each with the predicates it speaks of."""
        targets = self._own_targets(shape)
        referring = self.referred[shape]
        if not referring:
            if targets:
                return targets
            raise NotRewritableError("no target")
        if targets or len(referring) > 1 or referring[0].predicate.value != SH + "property":
            raise NotRewritableError("reached in several ways")
        parent = referring[0].subject
        if SH + "path" in self.about[parent] or self.referred[parent] or self._flag(parent, "deactivated"):
            raise NotRewritableError("reached through other shapes")
        return self._own_targets(parent) or self._targets(parent)

    def _own_targets(self, shape: Any) -> list[tuple[str, frozenset[str]]]:
        parts = self.about[shape]
        if SH + "target" in parts or self._flag(shape, "deactivated"):
            raise NotRewritableError("sh:target or sh:deactivated")
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

    # --- what is left to the engine ---

    def left(self, asked: Iterable[Constraint]) -> list[ox.Triple]:
        """The shapes for the engine: without constraints that are `asked` or deactivated, the others in its way."""
        done = {(constraint.shape, constraint.node) for constraint in asked}
        constraints = {triple.object for triple in self.triples if triple.predicate == _SPARQL}
        pure = {node for node in constraints if SH + "sparql" not in self.about[node]}
        left = []
        for triple in self.triples:
            if triple.predicate == _SPARQL:
                if (triple.subject, triple.object) in done or self._flag(triple.object, "deactivated"):
                    continue
            elif triple.subject in constraints:
                if triple.predicate.value == SH + "severity" and triple.subject in pure:
                    continue  # the severity is the shape's
                if triple.predicate.value == SH + "select" and isinstance(triple.object, ox.Literal):
                    text = ox.Literal(self._for_engine(triple.subject, triple.object.value))
                    triple = ox.Triple(triple.subject, triple.predicate, text)
            left.append(triple)
        return left

    def _for_engine(self, node: Any, select: str) -> str:
        """The query with the prefixes it uses; solutions that say the same count once, as with pyshacl."""
        namespaces, select = self._prefixed(node, select)
        found = list(tokens(select))
        used = {text.partition(":")[0] for kind, text, _ in found if kind == "name"}
        words = {text.upper() for kind, text, _ in found if kind == "word"}
        first = next(((text, start) for kind, text, start in found if kind == "word"), ("", 0))
        if first[0].upper() == "SELECT" and not words & {"DISTINCT", "REDUCED", "LIMIT", "OFFSET"}:
            after = first[1] + len("SELECT")
            select = f"{select[:after]} DISTINCT{select[after:]}"
        lines = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in namespaces.items() if prefix in used]
        return "".join([*lines, select])

    @property
    def silent_values(self) -> frozenset[str]:
        """Property shapes whose constraints left to the engine bind no ?value: their results have none."""
        return frozenset(
            str(shape)
            for shape, node, _ in self.alone
            if SH + "path" in self.about[shape]
            and not any(
                kind == "variable" and text[1:] == "value"
                for select in self.about[node].get(SH + "select", [])
                for kind, text, _ in tokens(select.value)
            )
        )

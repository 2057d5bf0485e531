"""Classes, properties and datatypes in words, also those that are said in several triples."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, XSD
from ssekg.base.said import Argument, Said, Several
from ssekg.checks.names import named_node, named_term
from ssekg.graph.store import Graph

_COUNTS: Final = {
    "minCardinality": "at-least",
    "minQualifiedCardinality": "at-least",
    "maxCardinality": "at-most",
    "maxQualifiedCardinality": "at-most",
    "cardinality": "exactly",
    "qualifiedCardinality": "exactly",
}
_OF_DATATYPES: Final = (XSD, RDF, RDFS)
_LISTS: Final = {"unionOf": "expression-or", "intersectionOf": "expression-and", "oneOf": "expression-one-of"}


class Expressions:
    """What the expressions in an axiom say, given its triples."""

    def __init__(self, graph: Graph, triples: Iterable[ox.Triple], datatypes: frozenset[object] = frozenset()) -> None:
        """Take the triples that describe the expressions; `datatypes` are those that the ontology declares."""
        self._graph = graph
        self._datatypes = datatypes
        self._of: dict[object, dict[str, Any]] = defaultdict(dict)
        for triple in triples:
            for namespace in (OWL, RDF):
                if triple.predicate.value.startswith(namespace):
                    self._of[triple.subject][triple.predicate.value.removeprefix(namespace)] = triple.object

    def members(self, cell: object) -> list[Any]:
        """The members of a list."""
        found = []
        while cell in self._of and "first" in self._of[cell]:
            here = self._of.pop(cell)
            found.append(here["first"])
            cell = here.get("rest")
        return found

    def property(self, term: Any) -> Argument:
        """A property, maybe read backwards."""
        inverse = self._of.get(term, {}).get("inverseOf") if isinstance(term, ox.BlankNode) else None
        if inverse is not None:
            return Said("expression-inverse", {"property": named_term(self._graph, inverse)})
        return named_node(self._graph, term) if isinstance(term, ox.BlankNode) else named_term(self._graph, term)

    def classes(self, term: Any) -> Said:
        """What a thing of a class is, or a value of a datatype: said after “is”."""
        if isinstance(term, ox.NamedNode):
            is_datatype = term.value.startswith(_OF_DATATYPES) or term in self._datatypes
            return Said(
                "expression-datatype" if is_datatype else "expression-class", {"name": named_term(self._graph, term)}
            )
        here = self._of.get(term, {})
        for name, code in _LISTS.items():
            if name in here:
                return self.listed(code, self.members(here[name]))
        if "complementOf" in here:
            return Said("expression-not", {"one": self.classes(here["complementOf"])})
        if "onDatatype" in here:
            return Said("expression-limited", {"name": named_term(self._graph, here["onDatatype"])})
        return self._restriction(here)

    def listed(self, code: str, members: Iterable[Any]) -> Said:
        """Several classes, or the things that a class consists of."""
        said = (
            named_node(self._graph, each) if code == "expression-one-of" else self.classes(each) for each in members
        )
        return Said(code, {"parts": Several(tuple(said))})

    def _restriction(self, here: dict[str, Any]) -> Said:
        on = {"property": self.property(here.get("onProperty"))}
        for name, code in (("allValuesFrom", "expression-only"), ("someValuesFrom", "expression-some")):
            if name in here:
                return Said(code, {**on, "one": self.classes(here[name])})
        if "hasValue" in here:
            return Said("expression-value", {**on, "value": named_node(self._graph, here["hasValue"])})
        for name, code in _COUNTS.items():
            if name in here:
                counted = {**on, "count": here[name].value}
                of = here.get("onClass") or here.get("onDataRange")
                if of is None:
                    return Said(f"expression-{code}", counted)
                return Said(f"expression-{code}-of", {**counted, "one": self.classes(of)})
        return Said("expression-self", on)

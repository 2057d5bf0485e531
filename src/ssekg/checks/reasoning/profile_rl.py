"""What keeps axioms out of OWL 2 RL, the profile of rules, which stores of triples infer by (OWL 2 Profiles, 4.2)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS
from ssekg.base.said import Said
from ssekg.checks.reasoning.axioms import DISJOINT, Axiom
from ssekg.graph.store import TYPE

_SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_DOMAIN: Final = ox.NamedNode(RDFS + "domain")
_RANGE: Final = ox.NamedNode(RDFS + "range")
_EQUIVALENT: Final = ox.NamedNode(OWL + "equivalentClass")
_DISJOINT_UNION: Final = ox.NamedNode(OWL + "disjointUnionOf")
_REFLEXIVE: Final = ox.NamedNode(OWL + "ReflexiveProperty")
_DEFINITIONS: Final = frozenset(ox.NamedNode(OWL + n) for n in ("unionOf", "intersectionOf", "oneOf", "complementOf"))
_THING: Final = ox.NamedNode(OWL + "Thing")
_UNKNOWN: Final = frozenset({ox.NamedNode(OWL + "real"), ox.NamedNode(OWL + "rational")})
_AT_MOST: Final = ("maxCardinality", "maxQualifiedCardinality")
_COUNTS: Final = (*_AT_MOST, "minCardinality", "minQualifiedCardinality", "cardinality", "qualifiedCardinality")
# Where an expression is: what something has to be to follow, what follows, or both.
_BEFORE, _AFTER, _BOTH = "before", "after", "both"


def outside_rl(axiom: Axiom) -> list[Said]:
    """What in an axiom OWL 2 RL does not allow, in words; nothing if it is in the profile."""
    subject, predicate, value = axiom.says
    expressions = _Expressions(axiom.triples[1:])
    if predicate == _DISJOINT_UNION:
        return [Said("rl-disjoint-union")]
    if predicate == TYPE and value == _REFLEXIVE:
        return [Said("rl-reflexive")]
    if predicate == _SUB_CLASS:
        return [*expressions.faults(subject, _BEFORE), *expressions.faults(value, _AFTER)]
    if predicate == DISJOINT:
        return [*expressions.faults(subject, _BEFORE), *expressions.faults(value, _BEFORE)]
    if predicate == _EQUIVALENT:
        return [*expressions.faults(subject, _BOTH), *expressions.faults(value, _BOTH)]
    if predicate in _DEFINITIONS:
        name = predicate.value.removeprefix(OWL)
        return [] if name == "intersectionOf" else [Said(f"rl-{_NAMES[name]}", {"where": Said("rl-both")})]
    if predicate in {_DOMAIN, _RANGE} or (predicate == TYPE and isinstance(value, ox.BlankNode)):
        return list(expressions.faults(value, _AFTER))
    return []


_NAMES: Final = {
    "unionOf": "union",
    "oneOf": "one-of",
    "complementOf": "complement",
    "someValuesFrom": "some",
    "allValuesFrom": "all",
    "hasSelf": "self",
}
_ALLOWED: Final = {
    _BEFORE: frozenset({"unionOf", "oneOf", "someValuesFrom", "hasValue", "intersectionOf"}),
    _AFTER: frozenset({"complementOf", "allValuesFrom", "hasValue", "intersectionOf"}),
    _BOTH: frozenset({"hasValue", "intersectionOf"}),
}


class _Expressions:
    """The expressions of an axiom."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.of: dict[object, dict[str, Any]] = defaultdict(dict)
        for triple in triples:
            name = triple.predicate.value.removeprefix(OWL).removeprefix(RDF)
            self.of[triple.subject][name] = triple.object

    def faults(self, term: Any, where: str) -> Iterator[Said]:
        """What is not allowed of a class where it is."""
        said = {"where": Said(f"rl-{where}")}
        if term == _THING:
            yield Said("rl-thing", said)
        elif term in _UNKNOWN:
            yield Said("rl-datatype")
        elif isinstance(term, ox.BlankNode):
            here = self.of.get(term, {})
            yield from self._counts(here, where)
            for name, code in _NAMES.items():
                if name in here and name not in _ALLOWED[where]:
                    yield Said(f"rl-{code}", said)
            yield from self._inside(here, where)

    def _counts(self, here: dict[str, Any], where: str) -> Iterator[Said]:
        for name in _COUNTS:
            is_allowed = where == _AFTER and name in _AT_MOST and name in here and here[name].value in {"0", "1"}
            if name in here and not is_allowed:
                yield Said("rl-count", {"where": Said(f"rl-{where}")})

    def _inside(self, here: dict[str, Any], where: str) -> Iterator[Said]:
        for name in ("unionOf", "intersectionOf"):
            for member in self._members(here.get(name)):
                yield from self.faults(member, where)
        if "allValuesFrom" in here and where == _AFTER:
            yield from self.faults(here["allValuesFrom"], where)
        fillers = [here.get("complementOf"), here.get("onClass")]
        fillers += [here.get("someValuesFrom")] if where == _BEFORE else []
        for filler in fillers:
            if filler is not None and filler != _THING:
                yield from self.faults(filler, _BEFORE)

    def _members(self, cell: Any) -> Iterator[Any]:
        passed = set()
        while cell in self.of and cell not in passed:
            passed.add(cell)
            yield self.of[cell].get("first")
            cell = self.of[cell].get("rest")

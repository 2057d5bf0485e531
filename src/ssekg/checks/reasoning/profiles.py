"""What keeps ontology and data out of the profiles OWL 2 DL and OWL 2 RL, as findings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import OWL, RDFS
from ssekg.base.said import Argument, Said
from ssekg.checks.names import named_node, named_term
from ssekg.checks.reasoning.axioms import Axiom, Axioms, Part, read_axioms
from ssekg.checks.reasoning.chains import irregular_chains
from ssekg.checks.reasoning.literals import is_of_owl
from ssekg.checks.reasoning.profile_rl import outside_rl
from ssekg.checks.reasoning.terms import Kind, is_reserved
from ssekg.checks.reasoning.words import Words
from ssekg.graph.store import TYPE, Graph

DL: Final = "reason-not-dl"
RL: Final = "reason-not-rl"
_SUB_PROPERTY: Final = ox.NamedNode(RDFS + "subPropertyOf")
_INVERSE: Final = ox.NamedNode(OWL + "inverseOf")
_CHAIN: Final = ox.NamedNode(OWL + "propertyChainAxiom")
_TRANSITIVE: Final = ox.NamedNode(OWL + "TransitiveProperty")
# What may not be said of a property that leads on over several steps (OWL 2 Syntax, 11.2).
_OF_SIMPLE: Final = frozenset(
    ox.NamedNode(f"{OWL}{name}Property") for name in ("Functional", "InverseFunctional", "Irreflexive", "Asymmetric")
)
_COUNTING: Final = frozenset(
    ox.NamedNode(OWL + name)
    for name in (
        *("hasSelf", "minCardinality", "maxCardinality", "cardinality"),
        *("minQualifiedCardinality", "maxQualifiedCardinality", "qualifiedCardinality"),
    )
)
_ON: Final = ox.NamedNode(OWL + "onProperty")
_DECLARING: Final[Mapping[object, str]] = {
    ox.NamedNode(OWL + "ObjectProperty"): "link",
    ox.NamedNode(OWL + "DatatypeProperty"): "value",
    ox.NamedNode(OWL + "AnnotationProperty"): "annotation",
    ox.NamedNode(OWL + "Class"): "class",
    ox.NamedNode(RDFS + "Class"): "class",
    ox.NamedNode(RDFS + "Datatype"): "datatype",
}
_TOGETHER: Final = ({"link", "value", "annotation"}, {"class", "datatype"})


@dataclass(frozen=True)
class _Fault:
    """Something outside OWL 2 DL: what is wrong, at which triples."""

    said: Said
    triples: Sequence[ox.Triple]


def outside_profiles(graph: Graph) -> list[Finding]:
    """A warning for all that is not in OWL 2 DL, an info for each axiom that is there but not in OWL 2 RL."""
    axioms = read_axioms(graph)
    words = Words(graph)
    faults = [
        *_two_kinds(graph),
        *_datatypes(graph, axioms),
        *_statements(graph, axioms),
        *_not_simple(graph, axioms),
        *_irregular(graph, axioms),
    ]
    findings = []
    for fault in faults:
        place = words.places([_as_axiom(fault.triples[0])])
        arguments: dict[str, Argument] = {"reason": fault.said, "count": str(len(fault.triples))}
        finding = Finding(DL, Severity.WARNING, None, arguments, focus=fault.triples[0].subject)
        findings.append(finding.at([each for each in place.values() if each is not None]))
    outside = [(axiom, key) for axiom in axioms.all for key in dict.fromkeys(map(_key, outside_rl(axiom)))]
    places = words.places([axiom for axiom, _ in outside])
    for axiom, (code, where) in outside:
        reason = Said(code, {"where": Said(where)} if where else {})
        said: dict[str, Argument] = {"axiom": words.sentence(axiom), "reason": reason}
        finding = Finding(RL, Severity.INFO, None, said, focus=axiom.says.subject)
        place_of = places[axiom]
        findings.append(finding.at([] if place_of is None else [place_of]))
    return findings


def _key(said: Said) -> tuple[str, str]:
    where = said.arguments.get("where")
    return said.code, where.code if isinstance(where, Said) else ""


def _as_axiom(triple: ox.Triple) -> Axiom:
    return Axiom((triple,), Part.DATA, triple)


def _two_kinds(graph: Graph) -> Iterator[_Fault]:
    """Terms that are declared as what exclude each other."""
    declared: dict[ox.NamedNode, dict[str, ox.Triple]] = defaultdict(dict)
    for triple in graph.vocabulary:
        if triple.predicate == TYPE and triple.object in _DECLARING and isinstance(triple.subject, ox.NamedNode):
            declared[triple.subject][_DECLARING[triple.object]] = triple
    for term, kinds in declared.items():
        for group in _TOGETHER:
            found = [kinds[kind] for kind in kinds if kind in group]
            if len(found) > 1:
                yield _Fault(Said("dl-two-kinds", {"name": named_term(graph, term)}), found)


def _datatypes(graph: Graph, axioms: Axioms) -> Iterator[_Fault]:
    """Datatypes that OWL 2 does not know and nobody defines, of values and of ranges."""
    found: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
    for triple in (*graph.vocabulary, *graph.data):
        subject, predicate, value = triple
        if axioms.kinds.of(predicate) is Kind.ANNOTATION:
            continue
        if isinstance(value, ox.Literal):
            if not is_of_owl(value.datatype) and value.datatype not in axioms.kinds.datatypes:
                found[value.datatype].append(triple)
        elif isinstance(value, ox.NamedNode) and axioms.kinds.is_foreign(subject, predicate, value):
            found[value].append(triple)
    for datatype, triples in found.items():
        yield _Fault(Said("dl-datatype", {"name": named_term(graph, datatype)}), triples)


def _statements(graph: Graph, axioms: Axioms) -> Iterator[_Fault]:
    """Statements with properties that are not declared, or with values of the other kind; classes not declared."""
    kinds = axioms.kinds
    found: dict[tuple[str, object], list[ox.Triple]] = defaultdict(list)
    for triple in (*graph.vocabulary, *graph.data):
        _, predicate, value = triple
        if predicate == TYPE:
            if isinstance(value, ox.NamedNode) and not is_reserved(value) and not kinds.is_class(value):
                found["dl-undeclared-class", value].append(triple)
            continue
        if is_reserved(predicate) or triple.subject in kinds.expressions:
            continue
        kind = kinds.of(predicate)
        if kind is None:
            found["dl-undeclared-property", predicate].append(triple)
        elif kind is not Kind.ANNOTATION and (kind is Kind.LINK) == isinstance(value, ox.Literal):
            found["dl-text-for-thing" if kind is Kind.LINK else "dl-thing-for-text", predicate].append(triple)
    for (code, term), triples in found.items():
        yield _Fault(Said(code, {"name": named_node(graph, term)}), triples)


def _not_simple(graph: Graph, axioms: Axioms) -> Iterator[_Fault]:
    """Properties that lead on over several steps, of which something is said that may not be."""
    complex_ones = _leading_on(axioms)
    for axiom in axioms.ontology:
        counted = {t.subject for t in axiom.triples if t.predicate in _COUNTING}
        limited = [t.object for t in axiom.triples if t.predicate == _ON and t.subject in counted]
        if axiom.says.predicate == TYPE and axiom.says.object in _OF_SIMPLE:
            limited.append(axiom.says.subject)
        for term in limited:
            if term in complex_ones:
                yield _Fault(Said("dl-not-simple", {"name": named_node(graph, term)}), [axiom.stated])


def _irregular(graph: Graph, axioms: Axioms) -> Iterator[_Fault]:
    """Chains of properties that lead back into themselves."""
    for axiom in irregular_chains(axioms.ontology):
        yield _Fault(Said("dl-chain-circle", {"name": named_node(graph, axiom.says.subject)}), [axiom.stated])


def _leading_on(axioms: Axioms) -> set[object]:
    """The transitive properties, those of chains, and what is above them."""
    found: set[object] = set()
    above: dict[object, set[object]] = defaultdict(set)
    for subject, predicate, value in (axiom.says for axiom in axioms.ontology):
        if predicate == _CHAIN or (predicate == TYPE and value == _TRANSITIVE):
            found.add(subject)
        elif predicate in {_SUB_PROPERTY, _INVERSE}:
            above[subject].add(value)
            if predicate == _INVERSE:
                above[value].add(subject)
    waiting = list(found)
    while waiting:
        upper = above[waiting.pop()] - found
        found |= upper
        waiting += upper
    return found

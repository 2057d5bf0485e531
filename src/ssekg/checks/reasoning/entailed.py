"""Why a statement follows: its contrary contradicts the axioms, and the fewest of them that it does are the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, RefusedError
from ssekg.base.namespaces import OWL, RDFS
from ssekg.base.said import Argument, Said
from ssekg.checks.names import named_term
from ssekg.checks.reasoning.axioms import DISJOINT, Axiom, Part, read_axioms
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.neighbourhood import Neighbourhood
from ssekg.checks.reasoning.search import Search
from ssekg.checks.reasoning.terms import Kind, Kinds
from ssekg.checks.reasoning.words import Words
from ssekg.graph.store import TYPE, Graph

_SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_SAME: Final = ox.NamedNode(OWL + "sameAs")
_DIFFERENT: Final = ox.NamedNode(OWL + "differentFrom")
_CLASS: Final = ox.NamedNode(OWL + "Class")
_COMPLEMENT: Final = ox.NamedNode(OWL + "complementOf")
_NEGATIVE: Final = ox.NamedNode(OWL + "NegativePropertyAssertion")
_SOURCE: Final = ox.NamedNode(OWL + "sourceIndividual")
_PROPERTY: Final = ox.NamedNode(OWL + "assertionProperty")
_TARGET: Final = ox.NamedNode(OWL + "targetIndividual")
# How far from the things in question their reason is looked for, before it is looked for everywhere.
_STEPS: Final = (1, 2, 3)


@dataclass(frozen=True)
class Entailed:
    """Whether a statement follows, in words, and from which axioms; none if it is stated, or does not follow."""

    follows: bool
    said: Said
    explanation: tuple[Axiom, ...] = ()


def why(graph: Graph, statement: ox.Triple, hermit: Hermit) -> Entailed:
    """Why a statement follows from ontology and data, if it does.

    Args:
        graph: the graph.
        statement: that a thing is of a class or has a thing for a property, that two things are the same or different,
            or that all members of a class are, or are not, of another.
        hermit: the reasoner, whose Java runs.

    Raises:
        AskedWronglyError: nobody can tell for a statement with that property.
        RefusedError: ontology and data contradict each other, so that everything follows.
        CannotRunError: the reasoner stopped.
    """
    axioms = read_axioms(graph)
    words = Words(graph)
    contrary = _contrary(graph, statement, axioms.kinds)
    said: dict[str, Argument] = {"statement": words.sentence(Axiom((statement,), Part.DATA, statement))}
    stated = next((each for each in axioms.all if each.says == statement), None)
    if stated is not None:
        return Entailed(True, Said("reason-stated", {**said, "lines": words.listed([stated])}), (stated,))
    search = Search(axioms, hermit)
    for near in _parts(axioms.things, axioms.kinds, statement):
        if search.contradict_ontology([*near, *contrary]):
            explanation = search.shrunk(near, contrary)
            if search.contradict(explanation):
                raise RefusedError("reason-everything-follows")
            return Entailed(
                True, Said("reason-follows", {**said, "lines": words.listed(explanation)}), tuple(explanation)
            )
    return Entailed(False, Said("reason-does-not-follow", said))


def _contrary(graph: Graph, statement: ox.Triple, kinds: Kinds) -> list[Axiom]:
    """What is the case if a statement is not."""
    subject, predicate, value = statement
    if predicate == TYPE:
        return [_is_not(subject, value)]
    if predicate in {_SUB_CLASS, DISJOINT}:
        member = ox.BlankNode()
        other = _is_not(member, value) if predicate == _SUB_CLASS else _axiom(ox.Triple(member, TYPE, value))
        return [_axiom(ox.Triple(member, TYPE, subject)), other]
    if predicate in {_SAME, _DIFFERENT}:
        return [_axiom(ox.Triple(subject, _DIFFERENT if predicate == _SAME else _SAME, value))]
    if kinds.of(predicate) is Kind.LINK:
        node = ox.BlankNode()
        ends = ((_SOURCE, subject), (_PROPERTY, predicate), (_TARGET, value))
        return [_axiom(ox.Triple(node, TYPE, _NEGATIVE), *(ox.Triple(node, term, end) for term, end in ends))]
    raise AskedWronglyError("reason-not-decidable", property=named_term(graph, predicate))


def _is_not(subject: ox.NamedNode | ox.BlankNode | ox.Triple, name: object) -> Axiom:
    node = ox.BlankNode()
    described = ox.Triple(node, TYPE, _CLASS), ox.Triple(node, _COMPLEMENT, name)  # type: ignore[arg-type]
    return _axiom(ox.Triple(subject, TYPE, node), *described)


def _axiom(*triples: ox.Triple) -> Axiom:
    return Axiom(triples, Part.DATA, triples[0])


def _parts(things: Sequence[Axiom], kinds: Kinds, statement: ox.Triple) -> Iterator[Sequence[Axiom]]:
    """More and more of the axioms about things, beginning with those near the things of a statement."""
    subject, predicate, value = statement
    yield ()
    if predicate in {_SUB_CLASS, DISJOINT}:
        return
    near = Neighbourhood(things, kinds)
    about = [subject] if predicate == TYPE else [subject, value]
    for steps in _STEPS:
        yield near.around(about, steps)
    yield list(things)

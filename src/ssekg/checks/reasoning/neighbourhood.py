"""Which axioms have to do with some things or terms: a contradiction is looked for among few of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from ssekg.checks.reasoning.axioms import Axiom, Part
from ssekg.checks.reasoning.terms import Kinds, is_reserved
from ssekg.graph.store import TYPE


class Neighbourhood:
    """The axioms about things; `order` has the things to look at, those first that the fewest lead to."""

    def __init__(self, axioms: Iterable[Axiom], kinds: Kinds) -> None:
        """Take the axioms about things."""
        self._kinds = kinds
        self._about: dict[object, list[Axiom]] = defaultdict(list)
        self._leading_to: dict[object, list[Axiom]] = defaultdict(list)
        for axiom in axioms:
            first, *others = self._things(axiom)
            self._about[first].append(axiom)
            for other in others:
                self._leading_to[other].append(axiom)
        self.order = sorted(self._about, key=lambda thing: len(self._leading_to.get(thing, ())))

    def around(self, things: Iterable[object], steps: int = 1) -> list[Axiom]:
        """The axioms about some things, those that lead to them, and those about what is so many steps away.

        Classes come first, then that things differ, links and values: in the order in which they explain best.
        """
        reached = dict.fromkeys(things)
        found = dict.fromkeys(axiom for thing in reached for axiom in self._touching(thing))
        for _ in range(steps):
            near = dict.fromkeys(thing for axiom in found for thing in self._things(axiom))
            found |= dict.fromkeys(axiom for thing in near for axiom in self._about.get(thing, ()))
        return sorted(found, key=_rank)

    def _touching(self, thing: object) -> Iterator[Axiom]:
        yield from self._about.get(thing, ())
        yield from self._leading_to.get(thing, ())

    def _things(self, axiom: Axiom) -> Sequence[object]:
        """The things that an axiom is about, what it says something of first."""
        nodes: list[object] = [
            node for t in axiom.triples for node in (t.subject, t.object) if not isinstance(node, ox.Literal)
        ]
        subject, predicate, value = axiom.says
        if predicate == TYPE and len(axiom.triples) > 1 and subject in self._kinds.expressions:
            return nodes  # that a link is not there
        return [subject] if predicate == TYPE or isinstance(value, ox.Literal) else [subject, value]


def _rank(axiom: Axiom) -> tuple[bool, bool, bool]:
    is_name = axiom.part is Part.NAME
    return isinstance(axiom.says.object, ox.Literal) and not is_name, axiom.says.predicate != TYPE, not is_name


def by_nearness(axioms: Sequence[Axiom], terms: Iterable[object]) -> Iterator[list[Axiom]]:
    """More and more of the axioms of an ontology: those that mention the terms, then those that mention theirs."""
    known, rest = set(terms), [(axiom, mentioned(axiom)) for axiom in axioms]
    chosen: list[Axiom] = []
    while rest:
        near = [(axiom, theirs) for axiom, theirs in rest if theirs & known]
        if not near:
            break
        rest = [(axiom, theirs) for axiom, theirs in rest if not theirs & known]
        chosen += [axiom for axiom, _ in near]
        known = known.union(*(theirs for _, theirs in near))
        yield sorted(chosen, key=lambda axiom: len(axiom.triples))
    if rest:
        yield list(axioms)


def mentioned(axiom: Axiom) -> frozenset[ox.NamedNode]:
    """The terms and things that an axiom mentions."""
    terms = (term for t in axiom.triples for term in (t.subject, t.predicate, t.object))
    return frozenset(term for term in terms if isinstance(term, ox.NamedNode) and not is_reserved(term))

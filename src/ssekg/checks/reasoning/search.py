"""Where axioms contradict each other: parts of the data are asked about, smaller and smaller, each with what is near.

Whoever takes away half of the things and still finds a contradiction has less to look at; in the end a few axioms about
one thing and its neighbours are left, which are shrunk one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from ssekg.checks.reasoning.axioms import Axiom, Axioms
from ssekg.checks.reasoning.document import document
from ssekg.checks.reasoning.extent import Extent, extent
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.neighbourhood import Neighbourhood, by_nearness, mentioned
from ssekg.checks.reasoning.shrinking import smallest


class Search:
    """Looks for contradictions among axioms."""

    def __init__(self, axioms: Axioms, hermit: Hermit) -> None:
        """Take the axioms and the reasoner, whose Java runs."""
        self.axioms = axioms
        self._hermit = hermit
        self._left = dict.fromkeys(axioms.things)

    def contradict(self, axioms: Iterable[Axiom]) -> bool:
        """Whether axioms contradict each other."""
        axioms = list(axioms)
        wrong = any(axiom.invalid for axiom in axioms)
        return wrong or not self._hermit.is_consistent(document(axioms, self.axioms.kinds))

    def contradict_ontology(self, axioms: Iterable[Axiom]) -> bool:
        """Whether axioms contradict each other or the ontology."""
        return not self._hermit.is_consistent(document(axioms, self.axioms.kinds), self._ontology)

    @cached_property
    def _ontology(self) -> Any:
        return self._hermit.read(document(self.axioms.ontology, self.axioms.kinds))

    def unsatisfiable(self) -> tuple[str, ...]:
        """The IRIs of the classes that can have no member."""
        return self._hermit.unsatisfiable(document(self.axioms.ontology, self.axioms.kinds))

    def contradictions(self) -> Iterator[Extent]:
        """Smallest parts of the axioms that contradict themselves, each of another form; none if all is consistent.

        What was found is taken away, with everything of the same form, before more is looked for.
        """
        if self.contradict_ontology(()):
            yield Extent(tuple(self.shrunk(())), frozenset(), 0)
            return
        for axiom in [axiom for axiom in self._left if axiom.invalid]:
            if axiom in self._left:
                yield self._taken([axiom])
        while self.contradict_ontology(self._left):
            yield from self._among(self._near.order)

    def _among(self, things: Sequence[object]) -> Iterator[Extent]:
        """The contradictions around some things, around which there is one."""
        middle = len(things) // 2
        found = False
        for half in (things[:middle], things[middle:]) if middle else ():
            if self._contradict_around(half):
                found = True
                yield from self._among(half)
        if not found:
            yield self._taken(self.shrunk(self._near.around(things)))

    def _taken(self, explanation: Sequence[Axiom]) -> Extent:
        """How far a contradiction reaches; its axioms are no longer there."""
        found = extent(explanation, self._left)
        self._left = {axiom: None for axiom in self._left if axiom not in found.axioms}
        self.__dict__.pop("_near", None)
        return found

    @cached_property
    def _near(self) -> Neighbourhood:
        return Neighbourhood(self._left, self.axioms.kinds)

    def _contradict_around(self, things: Sequence[object]) -> bool:
        return self.contradict_ontology(self._near.around(things))

    def shrunk(self, things: Sequence[Axiom], given: Sequence[Axiom] = ()) -> list[Axiom]:
        """The smallest part of axioms about things, and of the ontology, that contradicts itself and what is given."""
        ontology = list(self.axioms.ontology)
        needed = smallest(things, self.contradict_ontology, given)
        terms = {term for axiom in (*needed, *given) for term in mentioned(axiom)}
        stages = by_nearness(ontology, terms) if terms else iter([ontology])
        enough = next(stage for stage in stages if self.contradict([*stage, *needed, *given]))
        return [*needed, *smallest(enough, self.contradict, [*needed, *given])]

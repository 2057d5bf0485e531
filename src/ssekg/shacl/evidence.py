"""Which statements a SHACL result is about: along its path from the focus node, as far as statements go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.base.namespaces import SH
from ssekg.base.terms import Node, Path, PathExpression, predicates_of
from ssekg.graph.origins import Origins
from ssekg.graph.store import Graph
from ssekg.shacl.results import Result

_CLOSED: Final = ox.NamedNode(SH + "ClosedConstraintComponent")
# Of these something is missing: what is there instead is not wrong.
_MISSING: Final = frozenset(ox.NamedNode(f"{SH}{kind}CountConstraintComponent") for kind in ("Min", "QualifiedMin"))


@dataclass(frozen=True)
class Step:
    """The statement that a path takes as its `depth`-th, from the subject to the object or backwards."""

    triple: ox.Triple
    backwards: bool
    depth: int

    @property
    def end(self) -> Any:
        """The node that it leads to."""
        return self.triple.subject if self.backwards else self.triple.object


# The nodes that are reached, each with the last step to it, which the focus node itself does without.
Reached = Mapping[Any, Step | None]


class Evidence:
    """The places of the terms that some results mention."""

    def __init__(self, graph: Graph, results: Iterable[Result]) -> None:
        """Find the statements, and read the sources again for them."""
        results = list(results)
        self._links: dict[tuple[Any, ox.NamedNode, bool], list[ox.Triple]] = defaultdict(list)
        self._mentions: dict[Any, ox.Triple] = {}
        self._index(graph, results)
        self._steps = {each: self._walk(each, each.path) for each in results if isinstance(each.path, PathExpression)}
        steps = (step for found in self._steps.values() for step in found)
        nodes = {
            *(result.focus for result in results),
            *(step.triple.subject for step in steps),
            *(triple.subject for triple in self._mentions.values()),
        }
        self._origins = Origins(graph.sources, {node for node in nodes if isinstance(node, Node)})

    def places(self, result: Result) -> list[Place]:
        """All places of a result, the best first; an empty list if it has none."""
        return list(dict.fromkeys(self._places(result)))

    def _places(self, result: Result) -> list[Place]:
        focus, predicate, value = result.focus, result.predicate, result.value
        if result.component == _CLOSED and predicate is not None:
            exact = [placed.predicate for placed in self._origins.triples(focus, predicate, value)]
            if exact:
                return exact
        steps = self._steps.get(result, [])
        if result.component in _MISSING and isinstance(result.path, PathExpression) and result.path.sign == "|":
            steps = []
        along = [place for step in steps for place in self._of_step(step)]
        if along:
            return along
        found = self._origins.places(focus, predicate, value)
        if predicate is None and value not in {None, focus}:
            found = self._origins.values(focus, value) or found
        mention = self._mentions.get(focus)
        if not found and mention is not None:
            return [placed.object for placed in self._origins.triples(*mention)]
        return found

    def _of_step(self, step: Step) -> Iterator[Place]:
        for placed in self._origins.triples(*step.triple):
            yield placed.subject if step.backwards else placed.object

    def _index(self, graph: Graph, results: list[Result]) -> None:
        """Note the statements with a predicate of a path, and one that leads to each focus node that none is about."""
        complex_paths = (each.path for each in results if isinstance(each.path, PathExpression))
        wanted = {predicate for path in complex_paths for predicate in predicates_of(path)}
        unknown = {result.focus for result in results}
        for triple in chain(graph.data, graph.vocabulary) if results else ():
            unknown.discard(triple.subject)
            if triple.predicate in wanted:
                self._links[triple.subject, triple.predicate, False].append(triple)
                self._links[triple.object, triple.predicate, True].append(triple)
        for triple in chain(graph.data, graph.vocabulary) if unknown else ():
            if triple.object in unknown:
                self._mentions.setdefault(triple.object, triple)

    def _walk(self, result: Result, path: PathExpression) -> list[Step]:
        """The last statement on each way to the value, or on the longest ways that there are."""
        taken: list[Step] = []
        reached = self._reach(path, {result.focus: None}, taken, backwards=False)
        if result.value is not None:
            step = reached.get(result.value)
            return [step] if step is not None else []
        ends = [step for step in reached.values() if step is not None]
        if ends:
            return ends
        deepest = max((step.depth for step in taken), default=0)
        return [step for step in taken if step.depth == deepest]

    def _reach(self, path: Path, starts: Reached, taken: list[Step], *, backwards: bool) -> Reached:
        if isinstance(path, ox.NamedNode):
            return self._follow(path, starts, taken, backwards=backwards)
        if path.sign == "^":
            return self._reach(path.parts[0], starts, taken, backwards=not backwards)
        if path.sign == "/":
            for part in path.parts[::-1] if backwards else path.parts:
                starts = self._reach(part, starts, taken, backwards=backwards)
            return starts
        if path.sign == "|":
            ways = [self._reach(part, starts, taken, backwards=backwards) for part in path.parts]
            return {node: step for way in reversed(ways) for node, step in way.items()}
        reached: dict[Any, Step | None] = {} if path.sign == "+" else dict(starts)
        latest = starts
        while latest:
            way = self._reach(path.parts[0], latest, taken, backwards=backwards)
            latest = {node: step for node, step in way.items() if node not in reached}
            reached |= latest
            if path.sign == "?":
                break
        return reached

    def _follow(self, predicate: ox.NamedNode, starts: Reached, taken: list[Step], *, backwards: bool) -> Reached:
        reached: dict[Any, Step | None] = {}
        for node, before in starts.items():
            for triple in self._links.get((node, predicate, backwards), ()):
                step = Step(triple, backwards, before.depth + 1 if before else 1)
                taken.append(step)
                reached.setdefault(step.end, step)
        return reached

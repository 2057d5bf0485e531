"""Parts are judged: by the shapes that need nothing but a part and some triples of others, or all at once by the rest.

What is asked of a worker has small arguments; what is the same for all parts is in a file that it reads once.
"""

import io
import pickle
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, RDFS
from ssekg.shacl.chunks.division import Division
from ssekg.shacl.chunks.parts import Part
from ssekg.shacl.chunks.reference import Reference
from ssekg.shacl.chunks.targets import Targets, mark
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.engines import Validation, fast, fast_part
from ssekg.shacl.ntriples import as_terms
from ssekg.shacl.references import References

# How much more memory triples take than the bytes in which they are written: as bytes, and in the engines.
_IN_MEMORY: Final = 8
# What a triple may be used for.
_KEPT: Final = 1
_SEEN: Final = 2
_LINK: Final = 4
_CLASS: Final = 8
_SUBJECT: Final = 16
_LEADING: Final = _LINK | _CLASS | _SUBJECT
_TYPE: Final = f"<{RDF}type>".encode()
_SUBCLASS_OF: Final = f"<{RDFS}subClassOf>".encode()


@dataclass(frozen=True)
class Judged:
    """The report on a part, empty if it conforms, and how many different triples it has.

    `refused` are the shapes that can't judge it, `met` those nodes in it that the plan has marked.
    """

    report: bytes
    triples: int = 0
    refused: tuple[Any, ...] = ()
    met: frozenset[bytes] = frozenset()


@dataclass(frozen=True)
class Plan:
    """What is the same for all parts.

    `shapes` and `targets` are those of the division, `read` the predicates of all triples that matter, None for any.
    `links` lead to nodes of which `reference` has triples. `marked` are nodes that are focus nodes by what
    other parts say, with the numbers of their marks.
    """

    shapes: Sequence[ox.Triple]
    targets: Targets
    read: frozenset[bytes] | None
    links: frozenset[bytes]
    reference: Reference
    marked: Mapping[bytes, frozenset[int]]

    @classmethod
    def of(cls, division: Division, reference: Reference, marked: Mapping[bytes, frozenset[int]]) -> "Plan":
        """The plan for a division."""
        predicates, links = division.footprint.predicates, division.footprint.links
        read = None if predicates is None else as_terms(predicates)
        return cls(division.nearby, division.targets, read, as_terms(links), reference, marked)

    def written(self, path: Path) -> Path:
        """The file in which workers find the plan."""
        path.write_bytes(pickle.dumps(self))
        return path


def judge(plan: Path, parts: Sequence[Part]) -> Judged:
    """Judge some parts as one by the shapes of a plan."""
    judge = _judge(plan)
    return judge.judged(b"".join(part.content() for part in parts))


def judge_alone(plan: Path, nodes: Iterable[bytes]) -> Judged:
    """Judge nodes that no triple is about, and that others or the shapes name."""
    return _judge(plan).alone(nodes)


def judge_with(plan: Plan, content: bytes) -> list[Judged]:
    """Judge a part by a plan that is made for it: its content, and the marked nodes that no triple is about."""
    judge = _Judge(plan)
    judged = judge.judged(content)
    alone = plan.marked.keys() - judged.met
    return [judged, judge.alone(alone)] if alone else [judged]


def judge_at_once(shapes: Sequence[ox.Triple], parts: Sequence[Part], folder: Path, memory: int) -> Validation:
    """Judge all parts by shapes, undivided: on disk, in a folder, if they would take more than some bytes of memory."""
    if sum(part.end - part.start for part in parts) * _IN_MEMORY <= memory:
        return fast(b"".join(part.content() for part in parts), shapes)
    data = folder / "whole.nt"
    with data.open("wb") as file:
        file.writelines(part.content() for part in parts)
    store = folder / "whole"
    store.mkdir()
    return fast(data, shapes, folder=store)


@lru_cache(1)
def _judge(plan: Path) -> "_Judge":
    return _Judge(pickle.loads(plan.read_bytes()))  # noqa: S301 - our own process wrote it


def _uses(plan: Plan, constraints: SparqlConstraints) -> Mapping[bytes, int]:
    """What triples are used for, by their predicates."""
    seen = [constraint.predicates for constraint in constraints.ours]
    always = _KEPT * (plan.read is None) | _SEEN * (None in seen)
    uses: dict[bytes, int] = defaultdict(lambda: always)
    for use, predicates in (
        (_KEPT, plan.read or ()),
        (_SEEN, [each for names in seen for each in as_terms(names or ())]),
        (_LINK, plan.links),
        (_CLASS, [_TYPE] if plan.targets.classes else []),
        (_SUBJECT, plan.targets.subjects_of),
    ):
        for predicate in predicates:
            uses[predicate] |= use
    return uses


class _Judge:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._constraints = SparqlConstraints(References(plan.shapes))
        self._marks_of_class = cache(self._found_marks_of_class)
        self._uses = _uses(plan, self._constraints)

    def judged(self, content: bytes) -> Judged:
        # Every line is looked at here, so as little as possible is done with it.
        uses, marked = self._uses, self.plan.marked
        marks: dict[bytes, set[int]] = defaultdict(set)
        links: list[tuple[bytes, bytes, bytes]] = []
        kept: list[bytes] = []
        seen: list[bytes] = []
        previous = b""
        lines = io.BytesIO(content).readlines()
        different = len(set(lines))
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != previous:
                previous = subject
                if subject in marked:
                    marks[subject] |= marked[subject]
            use = uses[predicate]
            if use & _KEPT:
                kept.append(line)
            if use > _KEPT:
                if use & _SEEN:
                    seen.append(line)
                if use & _LEADING:
                    links.append((subject, predicate, rest[:-3]))
        linked = self._linked(links, marks)
        met = frozenset(marks.keys() & marked.keys())
        if not any(marks.values()):
            return Judged(b"", different, met=met)
        around = self._neighbourhood(linked)
        report, refused = self.report([*kept, *around], [*seen, *around], marks)
        return Judged(report, different, tuple(refused), met)

    def alone(self, nodes: Iterable[bytes]) -> Judged:
        report, refused = self.report([], [], {node: self.plan.marked[node] for node in nodes})
        return Judged(report, refused=tuple(refused))

    def _linked(self, links: Iterable[tuple[bytes, bytes, bytes]], marks: Mapping[bytes, set[int]]) -> set[bytes]:
        """The nodes that links lead to; the marks by class and property are added."""
        linked: set[bytes] = set()
        subjects_of = self.plan.targets.subjects_of
        for subject, predicate, value in links:
            use = self._uses[predicate]
            if use & _LINK:
                linked.add(value)
            if use & _CLASS:
                marks[subject].update(self._marks_of_class(value))
            if use & _SUBJECT:
                marks[subject].add(subjects_of[predicate])
        return linked

    def report(
        self, kept: list[bytes], seen: list[bytes], marks: Mapping[bytes, Iterable[int]]
    ) -> tuple[bytes, list[Any]]:
        lines = [mark(number, node) for node, numbers in marks.items() for number in sorted(numbers)]
        return fast_part(b"".join([*kept, *lines]), self._constraints, b"".join([*seen, *lines]))

    def _neighbourhood(self, linked: Iterable[bytes]) -> list[bytes]:
        """The triples of the reference graph about nodes, and about those that they lead to."""
        found: list[bytes] = []
        met: set[bytes] = set()
        waiting = list(linked)
        while waiting:
            node = waiting.pop()
            if node in met:
                continue
            met.add(node)
            for line in self.plan.reference.about(node):
                found.append(line)
                _, predicate, rest = line.split(b" ", 2)
                if predicate in self.plan.links:
                    waiting.append(rest[:-3])
        return found

    def _found_marks_of_class(self, named: bytes) -> frozenset[int]:
        """The marks of the instances of a class: those of all classes above it."""
        above = {named}
        waiting = [named]
        while waiting:
            for line in self.plan.reference.about(waiting.pop()):
                _, predicate, rest = line.split(b" ", 2)
                if predicate == _SUBCLASS_OF and rest[:-3] not in above:
                    above.add(rest[:-3])
                    waiting.append(rest[:-3])
        return frozenset(number for name, number in self.plan.targets.classes.items() if name in above)

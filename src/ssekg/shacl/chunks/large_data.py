"""Data in files of any size, validated in parts; then what results mention is looked up in the parts."""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.base.terms import Node
from ssekg.shacl.chunks.division import Division, divided
from ssekg.shacl.chunks.judging import Plan, judge, judge_alone, judge_at_once
from ssekg.shacl.chunks.lookup import Sought, place
from ssekg.shacl.chunks.merging import merged
from ssekg.shacl.chunks.parted_data import PartedData
from ssekg.shacl.chunks.parts import digest
from ssekg.shacl.chunks.reading import JUDGING, LOOKUP, Reading, Resources, Source
from ssekg.shacl.chunks.reference import HeldReference, Reference, StoredReference
from ssekg.shacl.engines import Validation
from ssekg.shacl.ntriples import as_terms
from ssekg.sources.places import PlacedTriple
from ssekg.sources.source_text import LinesOfFile

# What a node of other parts takes in a process, by itself and with its triples.
_BYTES_A_NODE: Final = 200
_BYTES_WITH_TRIPLES: Final = 1000


class LargeData(PartedData):
    """The data of some files, in parts on this machine."""

    def __init__(self, sources: Sequence[Source], resources: Resources) -> None:
        """Read nothing yet."""
        self.sources = sources
        self._resources = resources
        self._reading = Reading(resources, sources)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the files."""
        return self._reading.findings

    def validate(self, shapes: Sequence[ox.Triple]) -> Validation:
        """Validate with the fast engine."""
        at_once: set[Any] = set()
        is_linked = True
        while True:
            # Workers keep what they have read of a file, so no file is ever written again.
            folder = Path(tempfile.mkdtemp(dir=self._resources.folder))
            division = divided(shapes, at_once, linked=is_linked)
            self._reading = Reading(replace(self._resources, folder=folder), self.sources)
            self._reading.read(division)
            if is_linked and self._reading.node_count * _BYTES_A_NODE > self._resources.memory:
                is_linked = False
            else:
                validation, refused = self._judged(division)
                if not refused:
                    return validation
                at_once |= refused
            shutil.rmtree(folder)

    def _judged(self, division: Division) -> tuple[Validation, set[Any]]:
        """The report, and the shapes that could not be judged on parts."""
        reading = self._reading
        resources = reading.resources
        whole = None
        if division.whole:
            means = (resources.folder, resources.memory)
            whole = resources.workers.begin(judge_at_once, division.whole, reading.gathered(), *means)
        plan = self._plan(division)
        written = plan.written(resources.folder / "plan")
        groups = reading.by_subject()
        sizes = [sum(part.end - part.start for part in group) * JUDGING for group in groups]
        reports: list[bytes] = []
        refused: set[Any] = set()
        alone = {*plan.marked}
        self.triples = 0
        for judged in resources.each(judge, ((written, group) for group in groups), sizes):
            self.triples += judged.triples
            reports += [judged.report] if judged.report else []
            refused.update(judged.refused)
            alone -= judged.met
        if alone:
            judged = resources.workers.result(resources.workers.begin(judge_alone, written, sorted(alone)))
            reports += [judged.report] if judged.report else []
            refused.update(judged.refused)
        if whole is None:
            return Validation(merged(reports)), refused
        validation = resources.workers.result(whole)
        return Validation(merged([*reports, validation.report]), validation.slow), refused

    def _plan(self, division: Division) -> Plan:
        targets, reading = division.targets, self._reading
        marked: dict[bytes, set[int]] = defaultdict(set)
        for node, number in targets.nodes.items():
            marked[node].add(number)
        for predicate, number in targets.objects_of.items():
            for node in reading.objects[predicate]:
                marked[node].add(number)
        marks = {node: frozenset(numbers) for node, numbers in marked.items()}
        return Plan.of(division, self._reference(division.footprint.facts), marks)

    def _reference(self, facts: Collection[str] | None) -> Reference:
        reading = self._reading
        resources = reading.resources
        if not reading.linked:
            return HeldReference(())
        found = reading.lines(Sought(frozenset(reading.linked), None if facts is None else as_terms(facts)))
        lines = (line for _, each in found for line in each)
        if len(reading.linked) * _BYTES_WITH_TRIPLES <= resources.memory:
            return HeldReference(lines)
        return StoredReference(resources.folder / "reference", lines)

    # --- what results mention ---

    def lines(self, sought: Sought) -> Iterator[tuple[int, list[bytes]]]:
        """The lines that are sought, in the order of the files, each list with the number of its file."""
        return self._reading.lines(sought)

    def text(self, source: int) -> Mapping[int, str]:
        """The lines of a file, as they are written."""
        name = self.sources[source].name
        return LinesOfFile(name.path, name.shown)

    def is_empty(self, source: int) -> bool:
        """Whether a file says nothing, or can't be read."""
        return not any(known.source == source and known.scanned.subjects.digests for known in self._reading.parts)

    def places(self, source: int, subjects: Collection[Node]) -> Iterator[list[PlacedTriple]]:
        """Where the triples about some subjects are written in a file of lines."""
        nodes = {digest(str(node).encode()): node for node in subjects}
        about = self._reading.about([str(node).encode() for node in subjects])
        parts = [known for known in about if known.source == source]
        tasks = [
            (
                self.sources[source].name,
                known.scanned.source,
                known.first,
                [nodes[number] for number in known.scanned.subjects.digests if number in nodes],
                known.scanned.subjects.runs(nodes) if known.scanned.triples == known.scanned.source else None,
            )
            for known in parts
        ]
        sizes = [(known.scanned.source.end - known.scanned.source.start) * LOOKUP for known in parts]
        yield from self._resources.each(place, tasks, sizes)

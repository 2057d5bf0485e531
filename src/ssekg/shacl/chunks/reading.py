"""All parts of some files, as they have been read, and what the rest of a run needs to know of them together."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from ssekg.base.findings import Finding
from ssekg.shacl.chunks.division import Division
from ssekg.shacl.chunks.grouping import group
from ssekg.shacl.chunks.lookup import Sought, find
from ssekg.shacl.chunks.parts import Part, digest, is_any_split, parts_of
from ssekg.shacl.chunks.scanning import FileName, Scanned, Wanted, scan
from ssekg.shacl.chunks.workers import Workers
from ssekg.shacl.ntriples import as_terms
from ssekg.sources.places import on_lines

_Result = TypeVar("_Result")
PART_SIZE: Final = 4_000_000
# How much longer than another each step takes on the same bytes.
SCANNING: Final = 2
JUDGING: Final = 3
LOOKUP: Final = 1
# How many bytes more are read where something does not parse.
_FURTHER: Final = 16_000_000
# How many parts are grouped at once: each writes one file, in which all groups are.
_GROUPED_AT_ONCE: Final = 16


@dataclass(frozen=True)
class Source:
    """A file of the data: by lines, if it is N-Triples or N-Quads, else `triples` holds it as N-Triples."""

    name: FileName
    triples: Path | None = None


@dataclass(frozen=True)
class Resources:
    """What a run may use.

    `folder` is where data are kept meanwhile, `memory` how many bytes a process may take. `progress` is given the bytes
    that have been worked on, each as often as the step takes longer than another.
    """

    workers: Workers
    folder: Path
    memory: int
    part_size: int = PART_SIZE
    progress: Callable[[int], None] = lambda _: None

    def each(
        self, work: Callable[..., _Result], tasks: Iterable[tuple[Any, ...]], sizes: Iterable[int]
    ) -> Iterator[_Result]:
        """What work returns for each task, in order; progress is the size of each."""
        for result, size in zip(self.workers.each(work, tasks), sizes, strict=True):
            yield result
            self.progress(size)


@dataclass(frozen=True)
class Known:
    """A part that has been read: of the n-th file, on whose line `first` it begins."""

    source: int
    first: int
    scanned: Scanned


@dataclass
class Reading:
    """The parts of the files that parse, and what is wrong with the files.

    `linked` are the nodes that links lead to, `objects` those of the predicates that make their objects focus nodes.
    """

    resources: Resources
    sources: Sequence[Source]
    parts: list[Known] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    linked: set[bytes] = field(default_factory=set)
    objects: dict[bytes, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    _lookups: int = 0

    def read(self, division: Division) -> None:
        """Read all files.

        Raises:
            CannotRunError: a file can't be read.
        """
        wanted = Wanted(
            links=as_terms(division.footprint.links),
            objects_of=frozenset(division.targets.objects_of),
            gathered=None if division.predicates is None else as_terms(division.predicates),
        )
        for number, source in enumerate(self.sources):
            self._read_file(number, source, wanted)

    def _read_file(self, number: int, source: Source, wanted: Wanted) -> None:
        resources = self.resources
        path = source.triples or source.name.path
        parts = [*parts_of(path, resources.part_size)]
        name = None if source.triples else source.name
        tasks = ((name, part, resources.folder / f"{number}-{at}", wanted) for at, part in enumerate(parts))
        sizes = [(part.end - part.start) * SCANNING for part in parts]
        read: list[Known] = []
        hidden: list[Finding] = []
        error: Finding | None = None
        first = 1
        for part, scanned in zip(parts, resources.each(scan, tasks, sizes), strict=True):
            hidden += [_further(each, first - 1) for each in scanned.hidden]
            if error is None and scanned.error is not None:
                error = _further(self._error(name, part) or scanned.error, first - 1)
            if error is None:
                self._take(scanned)
                read.append(Known(number, first, replace(scanned, linked=frozenset(), objects={})))
            first += scanned.line_count
        if error is not None:
            self.findings.append(error)
            return
        self.parts += read
        self.findings += hidden

    def _error(self, name: FileName | None, part: Part) -> Finding | None:
        """What is wrong in a part, read with what follows it: a parser may look further before it complains."""
        further = Part(part.path, part.start, min(part.end + _FURTHER, part.path.stat().st_size))
        spool = self.resources.folder / "wrong"
        return self.resources.workers.result(self.resources.workers.begin(scan, name, further, spool, Wanted())).error

    def _take(self, scanned: Scanned) -> None:
        self.linked |= scanned.linked
        for predicate, found in scanned.objects.items():
            self.objects[predicate] |= found

    @property
    def node_count(self) -> int:
        """How many nodes of other parts are looked at."""
        return len(self.linked) + sum(map(len, self.objects.values()))

    def gathered(self) -> list[Part]:
        """The triples that have been gathered, in the order of the files."""
        return [known.scanned.gathered for known in self.parts if known.scanned.gathered is not None]

    def by_subject(self) -> list[Sequence[Part]]:
        """All triples, those about one subject together: the parts as they are, or grouped."""
        parts = [known.scanned.triples for known in self.parts]
        if not is_any_split(known.scanned.subjects for known in self.parts):
            return [[part] for part in parts]
        size, folder = self.resources.part_size, self.resources.folder
        count = sum(part.end - part.start for part in parts) // size + 1
        batches = [parts[at : at + _GROUPED_AT_ONCE] for at in range(0, len(parts), _GROUPED_AT_ONCE)]
        tasks = ((batch, count, folder / f"groups-{number}") for number, batch in enumerate(batches))
        groups: list[list[Part]] = [[] for _ in range(count)]
        for ranges in self.resources.each(group, tasks, [0 for _ in batches]):
            for number, part in ranges.items():
                groups[number].append(part)
        return [each for each in groups if each]

    def lines(self, sought: Sought) -> Iterator[tuple[int, list[bytes]]]:
        """The lines that are sought, in the order of the files, each list with the number of its file."""
        self._lookups += 1
        parts = self.parts if sought.starts else self.about(sought.subjects)
        written = sought.written(self.resources.folder / f"sought-{self._lookups}")
        digests = set() if sought.starts else _digests(sought.subjects)
        tasks = (
            (known.scanned.triples, written, None if sought.starts else known.scanned.subjects.runs(digests))
            for known in parts
        )
        for known, found in zip(parts, self.resources.each(find, tasks, [0 for _ in parts]), strict=True):
            if found:
                yield known.source, found

    def about(self, subjects: Collection[bytes]) -> list[Known]:
        """The parts with triples about some subjects, and perhaps a few others."""
        digests = _digests(subjects)
        return [known for known in self.parts if not digests.isdisjoint(known.scanned.subjects.digests)]


def _digests(subjects: Iterable[bytes]) -> set[int]:
    return {digest(subject) for subject in subjects}


def _further(finding: Finding, lines: int) -> Finding:
    return finding.at([on_lines(each, lambda line: line + lines) for each in finding.places])

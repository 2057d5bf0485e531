"""Large RDF files with any shapes, validated in parts (shacl/chunks): no process ever holds all triples."""

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.files import read_file, writing
from ssekg.base.findings import Finding
from ssekg.base.terms import Node, PathExpression, steps_of
from ssekg.graph.store import Graph
from ssekg.shacl.chunks.conversion import converted
from ssekg.shacl.chunks.large_data import LargeData
from ssekg.shacl.chunks.parted_data import PartedData
from ssekg.shacl.chunks.reading import JUDGING, LOOKUP, PART_SIZE, SCANNING, Resources, Source
from ssekg.shacl.chunks.scanning import FileName
from ssekg.shacl.chunks.workers import core_count, workers
from ssekg.shacl.engines import Validation
from ssekg.shacl.ntriples import triples_of
from ssekg.shacl.results import Result
from ssekg.shacl.shapes import Shapes
from ssekg.sources.load import Sources
from ssekg.sources.places import PlacedTriple
from ssekg.sources.rdf.file import BY_LINES, BY_STATEMENTS, RdfFile
from ssekg.sources.rdf.large_turtle import LargeTurtle
from ssekg.sources.tables.large_csv import LargeCsvGrid
from ssekg.sources.tables.large_table import LargeTable, read_large_table
from ssekg.sources.tables.table import Table, TableSource

# How many bytes of N-Triples one byte of a table becomes.
_LONGER: Final = 10
_STEPS: Final = SCANNING + JUDGING + LOOKUP


@dataclass(frozen=True)
class Limits:
    """How large data are validated.

    Attributes:
        jobs: how many processes work at once, by default one for each core.
        memory: how many bytes each may take.
        store: the folder in which data are kept meanwhile, by default a temporary one.
        large: files of this many bytes together are validated in parts.
        part_size: the bytes of a part.
        progress: what is given the share that is done.
        master: the cluster that Spark runs on, by default this machine or what Spark's own settings name.
        at_once: what is told of the shapes that Spark can't judge in groups, and on how many triples they are judged.
    """

    jobs: int | None = None
    memory: int = 2_000_000_000
    store: Path | None = None
    large: int = 64_000_000
    part_size: int = PART_SIZE
    progress: Callable[[float], None] = lambda _: None
    master: str | None = None
    at_once: Callable[[Collection[Any], int], None] = lambda _shapes, _triples: None


class LargeFile(RdfFile):
    """A file of lines whose places are read by those who have its parts."""

    places: Callable[[Collection[Node]], Iterator[list[PlacedTriple]]]

    def placed(self, wanted: Collection[Node] | None = None) -> Iterator[PlacedTriple]:
        """The triples about the wanted subjects with their places."""
        for placed in self.places(wanted or ()):
            yield from placed


class DataInParts:
    """The data of some files, which are validated part by part."""

    def __init__(self, files: Sequence[RdfFile | Table], sources: Sources, data: PartedData, folder: Path) -> None:
        """Take the files, whose n-th is that of the data; `folder` is where something is kept meanwhile."""
        self.sources = sources
        self.sources.files += files
        self._files = files
        self._data = data
        self._folder = folder

    @property
    def triples(self) -> int:
        """How many there are, once they have been validated."""
        return self._data.triples

    def validate(self, shapes: Shapes) -> Validation:
        """Validate with the fast engine.

        Raises:
            CannotRunError: a file can't be read, or the shapes can't be used.
        """
        validation = shapes.validated(self._validated)
        self.sources.findings += self._data.findings
        wrong = {finding.place.file for finding in self.sources.findings if finding.place is not None}
        for number, file in enumerate(self._files):
            if isinstance(file, LargeFile) and self._data.is_empty(number) and file.shown not in wrong:
                self.sources.findings.append(file.empty_finding())
        return validation

    def _validated(self, shapes: Sequence[ox.Triple]) -> Validation:
        with writing(self._folder):  # before it is taken for a problem of the shapes
            return self._data.validate(shapes)

    def graph(self, results: Sequence[Result]) -> Graph:
        """What the data say of that which results mention."""
        mentioned = {term for result in results for term in (result.focus, result.predicate, result.value) if term}
        foci = {result.focus for result in results}
        subjects: list[set[Any]] = [set() for _ in self._files]
        found: dict[ox.Triple, None] = {}

        def keep(each: Iterable[tuple[int, list[bytes]]]) -> None:
            for number, lines in each:
                triples = triples_of(lines)
                subjects[number].update(triple.subject for triple in triples)
                found.update(dict.fromkeys(triples))

        keep(self._data.about(mentioned))
        about = [*found]
        keep(self._data.mentions(foci.difference(*subjects)))
        walks = [(each.focus, each.path) for each in results if isinstance(each.path, PathExpression)]
        steps = {step for _, path in walks for step in steps_of(path)}
        ahead, back = ({predicate for predicate, is_back in steps if is_back is way} for way in (False, True))
        keep(self._data.along({focus for focus, _ in walks}, ahead, back))
        for number, file in enumerate(self._files):
            if isinstance(file, LargeTable):
                file.found.update(subjects[number])
            elif isinstance(file, RdfFile):
                file.subjects = frozenset(subjects[number])
            if isinstance(file, LargeFile):
                file.places = self._places_of(number)
        further = [*found][len(about) :]
        return Graph("", [*about, *(self._in_order(further) if walks else further)], [], self.sources)

    def _in_order(self, triples: Collection[ox.Triple]) -> Iterable[ox.Triple]:
        """Some triples, which have been found step by step, as they come in the files."""
        wanted = frozenset(triples)
        found = self._data.about({triple.subject for triple in wanted})
        return dict.fromkeys(triple for _, lines in found for triple in triples_of(lines) if triple in wanted)

    def _places_of(self, number: int) -> Callable[[Collection[Node]], Iterator[list[PlacedTriple]]]:
        return lambda wanted: self._data.places(number, wanted)

    def texts(self, found: Iterable[Finding]) -> Mapping[str, Mapping[int, str]]:
        """The lines of the large files that some findings are in."""
        named = {finding.place.file for finding in found if finding.place is not None}
        lines = {
            file.shown: self._data.text(number)
            for number, file in enumerate(self._files)
            if isinstance(file, LargeFile | LargeTurtle) and file.shown in named
        }
        grids = ((file.shown, file.grid) for file in self._files if isinstance(file, LargeTable))
        return lines | {shown: grid for shown, grid in grids if isinstance(grid, LargeCsvGrid) and shown in named}


class _Opening:
    """Files made ready to be cut into parts: those that are not by lines are each written by lines by one process.

    A table is written by all of them.
    """

    def __init__(self, sources: Sources, resources: Resources, limits: Limits) -> None:
        self._sources = sources
        self._folder = resources.folder
        self._workers = resources.workers
        self._resources = resources
        self._limits = limits

    def data(self, files: Sequence[RdfFile | TableSource]) -> DataInParts:
        """The data of some files."""
        opened: list[RdfFile | Table] = []
        read = [*self._read(files, opened)]
        whole = sum((source.triples or source.name.path).stat().st_size for source in read) * _STEPS
        resources = replace(self._resources, progress=_shares(self._limits.progress, whole))
        return DataInParts(opened, self._sources, LargeData(read, resources), self._folder.parent)

    def _read(self, files: Sequence[RdfFile | TableSource], opened: list[RdfFile | Table]) -> Iterator[Source]:
        """What can be read of the files; what is wrong with the others goes to the findings."""
        large = max(self._limits.large // 4, 1)
        names = [FileName(_path(file), file.base, file.shown, file.mark) for file in files]
        tasks: list[tuple[FileName, Path, bool]] = []
        tables: dict[FileName, Path] = {}
        for name, file in zip(names, files, strict=True):
            read_file(name.path, file.shown, 0, 1)  # what can't be read is refused at once
            if isinstance(file, TableSource):
                tables[name] = self._folder / f"table-{len(tables)}.nt"
                table = read_large_table(file, tables[name], self._workers.each)
                self._sources.findings += table.findings
                opened.append(table)
                continue
            if file.form in BY_LINES:
                opened.append(LargeFile(*name.parts))
                continue
            is_large = file.form in BY_STATEMENTS and file.path.stat().st_size >= large
            if not is_large:
                self._sources.texts[file.shown] = file.source
            opened.append(LargeTurtle(*name.parts) if is_large else file)
            tasks.append((name, self._folder / f"{len(tasks)}.nt", is_large))
        outcomes = dict(zip((name for name, _, _ in tasks), self._workers.each(converted, tasks), strict=True))
        for name in names:
            outcome = outcomes.get(name)
            self._sources.findings += outcome.findings if outcome else ()
            yield Source(name, outcome.triples if outcome else tables.get(name))


def are_large(files: Iterable[RdfFile | TableSource], limits: Limits) -> bool:
    """Whether files are so large together that they are validated in parts."""
    try:
        return _size(files) >= limits.large
    except (OSError, ValueError):  # who reads them says what is wrong
        return False


def _path(file: RdfFile | TableSource) -> Path:
    return file.path or file.description if isinstance(file, TableSource) else file.path


def _size(files: Iterable[RdfFile | TableSource]) -> int:
    """The bytes of some files, those of tables as often as their triples take more."""
    sizes = ((file, _path(file).stat().st_size) for file in files)
    return sum(size * _LONGER if isinstance(file, TableSource) else size for file, size in sizes)


@contextmanager
def in_parts(files: Sequence[RdfFile | TableSource], sources: Sources, limits: Limits) -> Iterator[DataInParts]:
    """The data of some files, for as long as the processes run that validate them.

    Raises:
        CannotRunError: there is no place to keep them meanwhile.
    """
    jobs = min(limits.jobs or core_count(), _size(files) // limits.part_size + 1)
    with _resources(limits, jobs) as resources:
        yield _Opening(sources, resources, limits).data(files)


def validated_in_parts(triples: Iterable[ox.Triple], shapes: Shapes, limits: Limits) -> Validation:
    """What the fast engine reports of a graph, of which no process but this one ever holds all triples.

    Blank nodes keep their labels in the report.

    Raises:
        CannotRunError: the shapes can't be used, or there is no place to keep the triples meanwhile.
    """
    with _resources(limits, limits.jobs or core_count()) as resources:
        path = resources.folder / "graph.nt"
        ox.serialize(triples, str(path), ox.RdfFormat.N_TRIPLES)
        source = Source(FileName(path, path.as_uri(), path.name, ""), path)
        return shapes.validated(LargeData([source], resources).validate)


@contextmanager
def _resources(limits: Limits, jobs: int) -> Iterator[Resources]:
    """So many processes and a folder for a while.

    Raises:
        CannotRunError: there is no place for the folder.
    """
    with (
        writing(limits.store) as store,
        tempfile.TemporaryDirectory(prefix="ssekg-", dir=store) as name,
        workers(jobs, Path(name)) as processes,
    ):
        yield Resources(processes, Path(name), limits.memory, limits.part_size)


def _shares(progress: Callable[[float], None], whole: int) -> Callable[[int], None]:
    """What is given how much more is done, and gives the share of the whole that is."""
    done = 0

    def further(size: int) -> None:
        nonlocal done
        done += size
        progress(min(done / max(whole, 1), 1.0))

    return further

"""Data that Spark reads, validated in groups by subject; then what results mention is looked up."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyoxigraph as ox
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from ssekg.base.findings import Finding
from ssekg.base.terms import Node
from ssekg.shacl.chunks.division import Division, divided
from ssekg.shacl.chunks.judging import judge_at_once
from ssekg.shacl.chunks.lookup import Sought, placed_on
from ssekg.shacl.chunks.merging import merged
from ssekg.shacl.chunks.parted_data import PartedData
from ssekg.shacl.chunks.parts import Part
from ssekg.shacl.chunks.scanning import FileName
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.engines import Validation, fast_part
from ssekg.shacl.references import References
from ssekg.shacl.spark.judging import judged
from ssekg.shacl.spark.neighbourhood import has_predicate, named
from ssekg.shacl.spark.reading import Read, opened, read
from ssekg.shacl.spark.session import Cluster, spark_errors
from ssekg.sources.places import PlacedTriple

# More groups than these would be more messages between machines than work.
_MOST_GROUPS: Final = 4000


class SparkData(PartedData):
    """The data of some files.

    Of shapes that can't be judged in groups, `at_once` is told: which they are, and on how many triples.
    """

    def __init__(
        self,
        cluster: Cluster,
        names: Sequence[FileName],
        folder: Path,
        limits: tuple[int, int],
        at_once: Callable[[Collection[Any], int], None],
    ) -> None:
        """Read nothing yet; the limits are the bytes of memory that a process may take, and those of a group."""
        self._cluster = cluster
        self._names = names
        self._folder = folder
        self._memory, self._group_size = limits
        self._at_once = at_once
        self._read: Read | None = None
        # The lines that have been looked up: by file and number the triple and what is written, by subject the numbers.
        self._known: list[dict[int, tuple[bytes, bytes]]] = [{} for _ in names]
        self._numbers: list[dict[bytes, set[int]]] = [defaultdict(set) for _ in names]

    @property
    def _data(self) -> Read:
        self._read = self._read or read(self._cluster, self._names)
        return self._read

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the files."""
        return self._data.findings

    def is_empty(self, source: int) -> bool:
        """Whether a file says nothing, or can't be read."""
        return not self._data.counts.get(source)

    def validate(self, shapes: Sequence[ox.Triple]) -> Validation:
        """Validate with the fast engine."""
        with spark_errors():  # before they are taken for a problem of the shapes
            return self._validated(shapes)

    def _validated(self, shapes: Sequence[ox.Triple]) -> Validation:
        at_once: set[Any] = set()
        while True:
            division = divided(shapes, at_once)
            # Shapes that are none are refused here, where it is known what to say of them.
            fast_part(b"", SparqlConstraints(References(division.nearby)), b"")
            groups = group_count(self._data.size, self._group_size)
            self._cluster.session.conf.set("spark.sql.shuffle.partitions", str(groups))
            found = judged(self._cluster, self._data.lines, division, groups) if division.nearby else []
            refused = {shape for each in found for shape in each.refused}
            if not refused:
                break
            at_once |= refused
        self.triples = (
            sum(each.triples for each in found) if found else self._data.lines.select("line").distinct().count()
        )
        reports = [each.report for each in found if each.report]
        if not division.whole:
            return Validation(merged(reports))
        validation = self._judged_at_once(division)
        return Validation(merged([*reports, validation.report]), validation.slow)

    def _judged_at_once(self, division: Division) -> Validation:
        """The report on what is not judged in groups, from this machine."""
        lines = self._data.lines
        path = self._folder / "at-once.nt"
        count = _write(lines if division.predicates is None else lines.where(named(division.predicates)), path)
        self._at_once(References(division.whole).roots, count)
        return judge_at_once(division.whole, [Part(path, 0, path.stat().st_size)], self._folder, self._memory)

    def lines(self, sought: Sought) -> Iterator[tuple[int, list[bytes]]]:
        """The lines that are sought, in the order of the files, each list with the number of its file."""
        found: dict[tuple[int, int], bytes] = {}
        for frame in self._frames(sought):
            for row in frame.select("source", "number", "line", "written").toLocalIterator():
                line = row.line.encode() + b"\n"
                found[row.source, row.number] = line
                written = line if row.written is None else row.written.encode() + b"\n"
                self._known[row.source][row.number] = line, written
                self._numbers[row.source][line.partition(b" ")[0]].add(row.number)
        by_source: dict[int, list[bytes]] = defaultdict(list)
        for (source, _), line in sorted(found.items()):
            by_source[source].append(line)
        yield from by_source.items()

    def _frames(self, sought: Sought) -> Iterator[DataFrame]:
        lines = self._data.lines
        if sought.subjects:
            about = lines.join(self._nodes(sought.subjects, "subject"), "subject", "leftsemi")
            yield about if sought.predicates is None else about.where(_among(sought.predicates))
        if sought.starts and sought.forwards:
            starts = self._nodes(sought.starts, "subject")
            yield lines.where(_among(sought.forwards)).join(starts, "subject", "leftsemi")
        if sought.starts and sought.backwards != frozenset():
            back = lines if sought.backwards is None else lines.where(_among(sought.backwards))
            yield back.join(self._nodes(sought.starts, "object"), "object", "leftsemi")

    def _nodes(self, nodes: Iterable[bytes], name: str) -> DataFrame:
        table = pa.table({name: [node.decode() for node in nodes]})
        return f.broadcast(self._cluster.session.createDataFrame(table))

    def places(self, source: int, subjects: Collection[Node]) -> Iterator[list[PlacedTriple]]:
        """Where the triples about some subjects are written: on lines that have been looked up for them."""
        known, numbers = self._known[source], self._numbers[source]
        wanted = {number for node in subjects for number in numbers.get(str(node).encode(), ())}
        file = opened(self._names[source])
        yield placed_on({number: known[number][1] for number in sorted(wanted)}, file, subjects)

    def text(self, source: int) -> Mapping[int, str]:
        """The lines of a file that results and findings are on, as they are written."""
        known = {number: written[:-1].decode() for number, (_, written) in self._known[source].items()}
        texts = known | self._data.texts.get(source, {})
        return texts if texts or not self.is_empty(source) else {1: self._data.first_line(source)}


def group_count(size: int, group_size: int) -> int:
    """How many groups some bytes of triples are dealt out to."""
    return min(size // group_size + 1, _MOST_GROUPS)


def _among(predicates: Collection[bytes]) -> Column:
    return has_predicate(each.decode() for each in predicates)


def _write(lines: DataFrame, path: Path) -> int:
    """Write the lines to a file on this machine, block by block; gives how many there are."""
    count = 0
    blocks = lines.select(f.col("line").cast("binary").alias("line")).mapInArrow(_as_blocks, "block binary, lines int")
    with path.open("wb") as file:
        for row in blocks.toLocalIterator():
            file.write(row.block)
            count += row.lines
    return count


def _as_blocks(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        lines = batch.column("line").to_pylist()
        if lines:
            yield pa.RecordBatch.from_pydict(
                {"block": [b"\n".join([*lines, b""])], "lines": pa.array([len(lines)], pa.int32())}
            )

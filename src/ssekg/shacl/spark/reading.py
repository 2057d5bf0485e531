"""Files of triples read by Spark: each line with its number, and each triple as the rest of ssekg writes it."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding
from ssekg.shacl.chunks.scanning import FileName
from ssekg.shacl.spark.session import Cluster
from ssekg.sources.places import on_lines
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.source_text import KnownText
from ssekg.sources.suspicious_text import hidden_findings

COLUMNS: Final = ("subject", "predicate", "object")
PARQUET: Final = ".parquet"
# How many lines are read after one that does not parse: a parser may look further before it complains.
_FURTHER: Final = 100_000
_READ: Final = "source int, number long, line string, written string, finding binary"
_SCHEMA: Final = pa.schema(
    [
        ("source", pa.int32()),
        ("number", pa.int64()),
        ("line", pa.string()),
        ("written", pa.string()),
        ("finding", pa.binary()),
    ]
)

_SHIFTS: Final = pa.schema(
    [("file", pa.string()), ("block", pa.int64()), ("source", pa.int32()), ("shift", pa.int64())]
)


@dataclass(frozen=True)
class Numbered:
    """Lines (`source`, `number`, `value`): of the n-th file, numbered from 1 on; `size` is how many bytes they are."""

    lines: DataFrame
    size: int


@dataclass
class Read:
    """What has been read: triples, and what is wrong with files.

    Each of `lines` has a triple as N-Triples, its terms by themselves, the file and line that it is from, and what is
    written there if that is something else (`written`). `written` has all lines, `counts` how many triples there are of
    each file, and `texts` lines that findings are in.
    """

    lines: DataFrame
    size: int
    written: DataFrame
    counts: dict[int, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)

    def first_line(self, source: int) -> str:
        """The first line of a file."""
        is_first = (f.col("source") == source) & (f.col("number") == 1)
        return "".join(row.value for row in self.written.where(is_first).collect())


def read(cluster: Cluster, names: Sequence[FileName]) -> Read:
    """Read some files of lines, or of Parquet with a term of N-Triples in each of three columns.

    Raises:
        CannotRunError: Spark can't read a file.
    """
    numbered = _numbered(cluster.session, names)
    parsed = cluster.keep(numbered.lines.mapInArrow(_parse(names), _READ))
    read = Read(_with_terms(parsed.where("finding IS NULL")), numbered.size, numbered.lines)
    wrong: dict[int, int] = {}
    hidden: list[tuple[int, int, Finding, str]] = []
    totals = f.sum(f.when(f.col("line").isNotNull(), 1)).alias("lines")
    told = f.collect_list(f.when(f.col("finding").isNotNull(), f.struct("number", "finding", "written"))).alias("told")
    for row in parsed.groupBy("source").agg(totals, told).collect():
        read.counts[row.source] = row.lines or 0
        for number, finding, written in row.told:
            found: Finding | None = pickle.loads(finding)  # noqa: S301 - one of our own processes wrote it
            if found is None:
                wrong[row.source] = min(number, wrong.get(row.source, number))
            else:
                hidden.append((row.source, number, found, written))
    for source, number in wrong.items():
        read.counts[source] = 0
        read.findings.append(_error(numbered.lines, source, number, names[source], read.texts))
    for source, number, finding, written in sorted(hidden, key=lambda each: each[:2]):
        if source not in wrong:
            read.findings.append(finding)
            read.texts.setdefault(source, {})[number] = written
    if wrong:
        read.lines = read.lines.where(~f.col("source").isin(*wrong))
    return read


def _numbered(session: SparkSession, names: Sequence[FileName]) -> Numbered:
    """The lines of files, in the order of their blocks."""
    texts = [_location(name) for name in names if name.path.suffix != PARQUET]
    tables = [_location(name) for name in names if name.path.suffix == PARQUET]
    frames = []
    if texts:
        frames.append(session.read.option("recursiveFileLookup", "true").text(texts))
    if tables:
        frames.append(_of_columns(session.read.option("recursiveFileLookup", "true").parquet(*tables)))
    blocks = (f.col("_metadata.file_path").alias("file"), f.col("_metadata.file_block_start").alias("block"))
    cut = [frame.select("value", *blocks, f.monotonically_increasing_id().alias("at")) for frame in frames]
    lines = []
    size = 0
    for frame in cut:
        counted = (f.min("at").alias("at"), f.count("*").alias("lines"), f.sum(f.octet_length("value")).alias("size"))
        found = sorted(frame.groupBy("file", "block").agg(*counted).collect())
        first: dict[int, int] = {}
        rows = []
        for row in found:
            source = _source(row.file, names)
            start = first.get(source, 1)
            rows.append({"file": row.file, "block": row.block, "source": source, "shift": start - row.at})
            first[source] = start + row.lines
            size += row.size + row.lines
        shifts = session.createDataFrame(pa.Table.from_pylist(rows, schema=_SHIFTS))
        number = (f.col("at") + f.col("shift")).alias("number")
        lines.append(frame.join(f.broadcast(shifts), ["file", "block"]).select("source", number, "value"))
    return Numbered(lines[0] if len(lines) == 1 else lines[0].unionAll(lines[1]), size)


def _location(name: FileName) -> str:
    """A path as Spark takes it, where nothing in it is a pattern; clusters have other file systems by default."""
    return "file:" + "".join(f"\\{each}" if each in "*?[]{}\\" else each for each in str(name.path.absolute()))


def _source(file: str, names: Sequence[FileName]) -> int:
    """The number of the file, or of the folder that it is in, that an address of Spark's is about."""
    path = unquote(file).removeprefix("file:")
    while path.startswith("//"):
        path = path[1:]
    ways = {str(name.path.absolute()): number for number, name in enumerate(names)}
    while path not in ways:
        path = path.rpartition("/")[0]
    return ways[path]


def _of_columns(frame: DataFrame) -> DataFrame:
    """The rows of a table of triples, as lines."""
    if not {*COLUMNS} <= {*frame.columns}:
        raise CannotRunError("spark-columns", columns=", ".join(frame.columns))
    line = f.concat_ws(" ", *COLUMNS, f.lit("."))
    return frame.select(
        f.replace(f.replace(line, f.lit("\n"), f.lit(r"\n")), f.lit("\r"), f.lit(r"\r")).alias("value"), "_metadata"
    )


def _with_terms(lines: DataFrame) -> DataFrame:
    """Lines of N-Triples with the terms of each."""
    before = "(length(subject) + length(predicate))"
    return lines.select(
        *("source", "number", "line", "written"),
        f.substring_index("line", " ", 1).alias("subject"),
        f.substring_index(f.substring_index("line", " ", 2), " ", -1).alias("predicate"),
    ).withColumn("object", f.expr(f"substring(line, {before} + 3, length(line) - {before} - 4)"))


# --- what is done with the lines of one file, where they are ---


def _parse(names: Sequence[FileName]) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            sources = pc.unique(batch.column("source")).to_pylist()
            for source in sources:
                own = batch if len(sources) == 1 else batch.filter(pc.equal(batch.column("source"), source))
                for start, end in _runs(own.column("number").to_pylist()):
                    yield from _parsed(own.slice(start, end - start), source, names[source])

    return work


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where lines that follow each other begin and end: parts of a folder come in any order."""
    breaks = (at for at, (before, number) in enumerate(pairwise(numbers), 1) if number != before + 1)
    yield from pairwise([0, *breaks, len(numbers)])


def _parsed(batch: pa.RecordBatch, source: int, name: FileName) -> Iterator[pa.RecordBatch]:
    numbers = batch.column("number").to_pylist()
    values = batch.column("value").cast(pa.binary()).to_pylist()
    file = _file(name, values)
    content = file.source.content
    found: list[tuple[int, Finding | None, bytes]] = []
    for finding in hidden_findings(content, name.shown):
        at = numbers[(finding.place.line or 1) - 1] if finding.place else numbers[0]
        moved = finding.at([on_lines(each, lambda line: numbers[line - 1]) for each in finding.places])
        found.append((at, moved, values[numbers.index(at)]))
    try:
        triples = file.ntriples()
    except SyntaxError:
        yield _rows(source, [(numbers[0], None, b"")])
        return
    if found:
        yield _rows(source, found)
    if triples == content:
        nothing = [pa.nulls(len(numbers), kind) for kind in (pa.string(), pa.binary())]
        columns = [pa.array([source] * len(numbers), pa.int32()), batch.column("number"), batch.column("value")]
        yield pa.RecordBatch.from_arrays([*columns, *nothing], schema=_SCHEMA)
        return
    lines: Sequence[bytes | None] = triples.split(b"\n")[:-1]
    if len(lines) != len(values):
        lines = [_file(name, [value]).ntriples()[:-1] or None for value in values]
    rows = [(number, line, value) for number, line, value in zip(numbers, lines, values, strict=True) if line]
    columns = [*zip(*rows, strict=True)] or [[], [], []]
    arrays = [pa.array([source] * len(rows), pa.int32()), pa.array(columns[0], pa.int64())]
    arrays += [pa.array(each, pa.binary()).cast(pa.string(), safe=False) for each in columns[1:]]
    yield pa.RecordBatch.from_arrays([*arrays, pa.nulls(len(rows), pa.binary())], schema=_SCHEMA)


def _rows(source: int, found: Sequence[tuple[int, Finding | None, bytes]]) -> pa.RecordBatch:
    rows = [
        {
            "source": source,
            "number": number,
            "written": text.decode(errors="replace"),
            "finding": pickle.dumps(finding),
        }
        for number, finding, text in found
    ]
    return pa.RecordBatch.from_pylist(rows, schema=_SCHEMA)


def _file(name: FileName, lines: Sequence[bytes]) -> RdfFile:
    """Some lines of a file as if they were all; rows of Parquet are lines."""
    file = opened(name)
    file.source = KnownText(name.path, name.shown, b"\n".join([*lines, b""]))
    return file


def opened(name: FileName) -> RdfFile:
    """A file or a folder of files; rows of Parquet are N-Triples."""
    file = name.opened()
    file.form = ox.RdfFormat.N_TRIPLES if name.path.suffix == PARQUET else file.form
    return file


def _error(lines: DataFrame, source: int, first: int, name: FileName, texts: dict[int, dict[int, str]]) -> Finding:
    """What is wrong in a file from a line on."""
    number = f.col("number")
    further = lines.where((f.col("source") == source) & (number >= first) & (number < first + _FURTHER))
    rows: list[Any] = sorted(further.select("number", f.col("value").cast("binary").alias("value")).collect())
    file = _file(name, [bytes(row.value) for row in rows])
    try:
        file.ntriples()
    except SyntaxError as problem:
        finding = file.syntax_finding(problem)
        finding = finding.at([on_lines(each, lambda line: line + first - 1) for each in finding.places])
        lines_of = {place.line for place in finding.places}
        texts[source] = {row.number: row.value.decode(errors="replace") for row in rows if row.number in lines_of}
        return finding
    raise CannotRunError("spark-failed", problem=name.shown)

"""Files of lines and of Parquet with any shapes, validated by Spark (shacl/spark): on this machine or on many."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.files import real, writing
from ssekg.base.findings import Finding
from ssekg.checks.large import DataInParts, LargeFile, Limits
from ssekg.checks.targets import all_targets
from ssekg.shacl.chunks.scanning import FileName
from ssekg.shacl.spark.dumping import dump
from ssekg.shacl.spark.reading import PARQUET, opened
from ssekg.shacl.spark.session import Cluster, cluster
from ssekg.shacl.spark.spark_data import SparkData
from ssekg.sources.load import Sources
from ssekg.sources.rdf.labels import file_mark

# Files, or folders with the parts of one file.
_READABLE: Final = frozenset({".nt", ".nq", PARQUET})


def names_on_cluster(paths: Iterable[Path]) -> list[FileName]:
    """The files as Spark reads them.

    Raises:
        CannotRunError: Spark can't read one of them in parts.
    """
    names = []
    for number, path in enumerate(_targets(paths), start=1):
        if path.suffix not in _READABLE:
            raise CannotRunError("spark-format", file=str(path))
        names.append(FileName(real(path), real(path).as_uri(), str(path), file_mark(number)))
    return names


def _targets(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        is_one = path.suffix in _READABLE or not path.is_dir()
        yield from [path] if is_one else all_targets([path], lambda file: file.suffix in _READABLE and file.is_file())


@contextmanager
def on_cluster(names: Sequence[FileName], sources: Sources, limits: Limits) -> Iterator[DataInParts]:
    """The data of some files, for as long as the session of Spark lasts that validates them.

    Raises:
        CannotRunError: Spark can't run, or there is no place to keep data meanwhile.
    """
    with _session(limits) as (spark, folder):
        data = SparkData(spark, names, folder, (limits.memory, limits.part_size), limits.at_once)
        yield DataInParts([_file(each) for each in names], sources, data, folder.parent)


def dump_on_cluster(paths: Iterable[Path], target: Path, limits: Limits) -> list[Finding]:
    """Write the triples of some files, each once, to a new folder; gives what is wrong with the files.

    Raises:
        AskedWronglyError: the folder has no name of N-Triples or Parquet.
        CannotRunError: the folder exists, Spark can't read a file or can't run.
    """
    if target.suffix not in {".nt", PARQUET}:
        raise AskedWronglyError("spark-output")
    if target.exists():
        raise CannotRunError("spark-output-exists", file=str(target))
    names = names_on_cluster(paths)
    with _session(limits) as (spark, _):
        try:
            return dump(spark, names, real(target), limits.part_size)
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)  # there is half of it at most
            raise


@contextmanager
def _session(limits: Limits) -> Iterator[tuple[Cluster, Path]]:
    """A session of Spark, and a folder to keep data in meanwhile."""
    with (
        writing(limits.store) as store,
        tempfile.TemporaryDirectory(prefix="ssekg-", dir=store) as name,
        cluster(limits.master, limits.jobs, limits.memory, Path(name)) as spark,
    ):
        yield spark, Path(name)


def _file(name: FileName) -> LargeFile:
    file = LargeFile(*name.parts)
    file.form = opened(name).form
    return file

"""The triples of some files, each once, written by Spark: a folder of N-Triples, or of Parquet by subject."""

from collections.abc import Sequence
from pathlib import Path

from ssekg.base.findings import Finding
from ssekg.shacl.chunks.scanning import FileName
from ssekg.shacl.spark.reading import COLUMNS, PARQUET, read
from ssekg.shacl.spark.session import Cluster
from ssekg.shacl.spark.spark_data import group_count


def dump(cluster: Cluster, names: Sequence[FileName], target: Path, part_size: int) -> list[Finding]:
    """Write the triples of files that parse to a new folder; gives what is wrong with the files.

    About `part_size` bytes of triples go to each file, all of a subject to the same.
    """
    found = read(cluster, names)
    groups = group_count(found.size, part_size)
    triples = found.lines.select(*COLUMNS, "line").repartition(groups, "subject").dropDuplicates([*COLUMNS])
    ordered = triples.sortWithinPartitions(*COLUMNS)
    if target.suffix == PARQUET:
        ordered.select(*COLUMNS).write.parquet(f"file:{target}")
    else:
        ordered.select("line").write.text(f"file:{target}")
    return found.findings

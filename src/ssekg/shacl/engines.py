"""The SHACL engines, fast and reference; both answer with the report that SHACL defines.

The fast one is the package shacl for the core, a store for SPARQL-based constraints (constraints/), and pyshacl for the
shapes that these do not judge exactly (routes.py).
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, SH
from ssekg.graph.store import TYPE
from ssekg.shacl import pyshacl_process
from ssekg.shacl.constraints.answers import ask
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.ntriples import blank_labels, lines
from ssekg.shacl.references import References
from ssekg.shacl.routes import Reason, slow_shapes

# The blank nodes of N-Triples; nothing within a literal is at these places.
_LABELS: Final = re.compile(r"^_:(\S+)(?= )|(?<= )_:(\S+)(?= \.$)", re.MULTILINE)
_CONFORMS: Final = ox.NamedNode(SH + "conforms")
_RESULT: Final = ox.NamedNode(SH + "result")
_RIGHT: Final = f'{_CONFORMS} "true"'
_OWL_CLASS: Final = ox.NamedNode(OWL + "Class")
_TARGET_CLASS: Final = ox.NamedNode(SH + "targetClass")


@dataclass(frozen=True)
class Validation:
    """A sh:ValidationReport in N-Triples, and the shapes that the fast engine left to pyshacl, each with the reason."""

    report: bytes
    slow: Mapping[Any, Reason] = field(default_factory=dict)


def fast(
    data: bytes,
    shapes: Sequence[ox.Triple],
    *,
    set_wise: bool = True,
    pyshacl: Callable[[bytes, bytes], bytes] = pyshacl_process.validate,
) -> Validation:
    """Validate with the package shacl, and ask SPARQL-based constraints of a store; the rest is left to pyshacl.

    Args:
        data: N-Triples as pyoxigraph writes them; blank nodes keep their labels in the report.
        shapes: the shapes.
        set_wise: whether constraints are asked of all focus nodes at once where that is the same.
        pyshacl: what validates with pyshacl.

    Raises:
        ValueError: the shapes are not what SHACL allows.
        CannotRunError: pyshacl gave no answer in time.
    """
    references = References(shapes)
    constraints = SparqlConstraints(references)
    slow = dict.fromkeys(constraints.refused, Reason.QUERY) | slow_shapes(references, data)
    while True:
        left_out = references.roots & references.leading_to(slow)
        if left_out:
            constraints = SparqlConstraints(References(references.without_targets(left_out)))
        nothing_left = left_out == references.roots and left_out
        report, refused = (b"", []) if nothing_left else _fast(data, constraints, together=set_wise)
        if not refused:
            break
        slow |= dict.fromkeys(refused, Reason.QUERY)
    if not left_out:
        return Validation(report)
    others = References(references.without_targets(references.roots - left_out))
    left = pyshacl(data, lines(others.triples))
    return Validation(
        report=left if nothing_left else _together(report, left),
        slow={shape: reason for shape, reason in slow.items() if shape in others.judged},
    )


def reference(data: bytes, shapes: Sequence[ox.Triple]) -> Validation:
    """Validate with pyshacl; the parameters and errors are those of `fast`."""
    return Validation(pyshacl_process.validate(data, lines(shapes)))


ENGINES: Final[Mapping[str, Callable[[bytes, Sequence[ox.Triple]], Validation]]] = {"fast": fast, "pyshacl": reference}


def _fast(data: bytes, constraints: SparqlConstraints, *, together: bool) -> tuple[bytes, list[Any]]:
    """The report, and the shapes whose SPARQL-based constraints could not be asked of these data."""
    known = lines(constraints.triples)
    node = "r"
    while f"_:{node}".encode() in data or f"_:{node}".encode() in known:
        node += "r"
    with ThreadPoolExecutor(1) as pool:
        # The package has nothing to do with the store, so both work at once.
        core = pool.submit(_of_package, data, constraints.others, node)
        answers = ask(constraints, data, together=together)
        report = core.result()
    if not answers.results:
        return report.encode(), answers.refused
    parts = [report.replace(_RIGHT, _RIGHT.replace("true", "false"))]
    for number, result in enumerate(answers.results):
        parts.append(f"_:{node}0 <{SH}result> _:{node}s{number} .\n" + result.replace("\0", f"_:{node}s{number}"))
    return "".join(parts).encode(), answers.refused


def _together(first: bytes, second: bytes) -> bytes:
    """One report of two; the nodes of pyshacl's have names that no other node has."""
    reports = [[quad.triple for quad in ox.parse(part, ox.RdfFormat.N_TRIPLES)] for part in (first, second)]
    root, other = (next(t.subject for t in report if t.predicate == _CONFORMS) for report in reports)
    verdicts = {t.object.value for report in reports for t in report if t.predicate == _CONFORMS}
    return lines(
        [
            ox.Triple(root, _CONFORMS, ox.Literal(verdicts == {"true"})),
            *(t for t in reports[0] if t.predicate != _CONFORMS),
            *(ox.Triple(root, _RESULT, t.object) for t in reports[1] if t.subject == other and t.predicate == _RESULT),
            *(t for t in reports[1] if t.subject != other),
        ]
    )


def _of_package(data: bytes, shapes: Iterable[ox.Triple], node: str) -> str:
    """The report of the package, with the labels of data and shapes; its own nodes begin with `node`."""
    import shacl

    known = [*shapes]
    speaking = {triple.subject for triple in known if triple.predicate.value.startswith(SH)}
    # pyshacl takes a shape that is an owl:Class for its own target, as it does an rdfs:Class.
    classes = {triple.subject for triple in known if triple.object == _OWL_CLASS and triple.predicate == TYPE}
    known += [ox.Triple(shape, _TARGET_CLASS, shape) for shape in classes & speaking if isinstance(shape, ox.NamedNode)]
    text = lines(known)
    compiled = shacl.Shapes.from_text(text.decode(), format="ntriples")
    with tempfile.TemporaryDirectory() as folder:
        # A file is read as it is parsed; a string would be kept in memory twice.
        path = Path(folder) / "data.nt"
        path.write_bytes(data)
        report = compiled.validate_file(str(path)).serialize("ntriples")
    return _relabelled(report, data, text, node)


def _relabelled(report: str, data: bytes, shapes: bytes, node: str) -> str:
    """The report with the labels that blank nodes had: the package numbers them as it meets them, shapes first."""
    of_shapes = blank_labels(shapes)
    of_data = blank_labels(data) if "_:0_b" in report else []

    def label(match: re.Match[str]) -> str:
        own = match[1] or match[2]
        kind, _, number = own.partition("_b")
        if kind == "1" and number.isdigit():
            return of_shapes[int(number)].decode()
        if kind == "0" and number.isdigit():
            return of_data[int(number) - len(of_shapes)].decode()
        return f"_:{node}{own.removeprefix('r')}"

    return _LABELS.sub(label, report)

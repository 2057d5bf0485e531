"""The SHACL engines, fast and reference; both answer with the report that SHACL defines.

The fast one is the package shacl for the core, a store for SPARQL-based constraints (constraints/), and pyshacl for the
shapes that these do not judge exactly (routes.py).
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, RDF, RDFS, SH
from ssekg.graph.store import TYPE
from ssekg.shacl import pyshacl_process
from ssekg.shacl.constraints.answers import ask
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.ntriples import blank_labels, blocks, lines
from ssekg.shacl.references import TARGETS, References
from ssekg.shacl.routes import Reason, slow_shapes

# The blank nodes of N-Triples; nothing within a literal is at these places.
_LABELS: Final = re.compile(r"^_:(\S+)(?= )|(?<= )_:(\S+)(?= \.$)", re.MULTILINE)
_CONFORMS: Final = ox.NamedNode(SH + "conforms")
_RESULT: Final = ox.NamedNode(SH + "result")
_RIGHT: Final = f'{_CONFORMS} "true"'
# What shapes may say without any constraint of core.
_SILENT: Final = frozenset(
    {
        *TARGETS,
        *(SH + name for name in ("property", "path", "severity", "message", "select", "prefixes", "declare", "prefix")),
        *(SH + name for name in ("namespace", "name", "description", "order", "group", "rule", "construct")),
    }
)
_OWL_CLASS: Final = ox.NamedNode(OWL + "Class")
_TARGET_CLASS: Final = ox.NamedNode(SH + "targetClass")


@dataclass(frozen=True)
class Validation:
    """A sh:ValidationReport in N-Triples, and the shapes that the fast engine left to pyshacl, each with the reason."""

    report: bytes
    slow: Mapping[Any, Reason] = field(default_factory=dict)


def fast(
    data: bytes | Path,
    shapes: Sequence[ox.Triple],
    *,
    set_wise: bool = True,
    folder: Path | None = None,
    pyshacl: Callable[[bytes, bytes], bytes] = pyshacl_process.validate,
) -> Validation:
    """Validate with the package shacl, and ask SPARQL-based constraints of a store; the rest is left to pyshacl.

    Args:
        data: N-Triples as pyoxigraph writes them, or the file that holds them; blank nodes keep their labels in the
            report.
        shapes: the shapes.
        set_wise: whether constraints are asked of all focus nodes at once where that is the same.
        folder: an empty folder where the store is kept, in memory if it is None.
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
        if nothing_left:
            report, refused = b"", list[Any]()
        else:
            report, refused = _fast(data, constraints, data, together=set_wise, folder=folder)
        if not refused:
            break
        slow |= dict.fromkeys(refused, Reason.QUERY)
    if not left_out:
        return Validation(report)
    others = References(references.without_targets(references.roots - left_out))
    left = pyshacl(data if isinstance(data, bytes) else data.read_bytes(), lines(others.triples))
    return Validation(
        report=left if nothing_left else _together(report, left),
        slow={shape: reason for shape, reason in slow.items() if shape in others.judged},
    )


def fast_part(data: bytes, constraints: SparqlConstraints, seen: bytes) -> tuple[bytes, list[Any]]:
    """Validate a part of some data by shapes that the package and a store judge exactly.

    Args:
        data: N-Triples.
        constraints: the shapes.
        seen: at least those of the data that SPARQL-based constraints can see.

    Returns:
        The report, empty without results, and the shapes whose SPARQL-based constraints could not be asked.
    """
    report, refused = _fast(data, constraints, seen)
    return (report if str(_RESULT).encode() in report else b""), refused


def reference(data: bytes, shapes: Sequence[ox.Triple]) -> Validation:
    """Validate with pyshacl; the parameters and errors are those of `fast`."""
    return Validation(pyshacl_process.validate(data, lines(shapes)))


ENGINES: Final[Mapping[str, Callable[[bytes, Sequence[ox.Triple]], Validation]]] = {"fast": fast, "pyshacl": reference}


def _fast(
    data: bytes | Path,
    constraints: SparqlConstraints,
    seen: bytes | Path,
    *,
    together: bool = True,
    folder: Path | None = None,
) -> tuple[bytes, list[Any]]:
    """The report, and the shapes whose SPARQL-based constraints could not be asked of what they see of the data."""
    known = lines(constraints.triples)
    node = "r"
    while any(f"_:{node}".encode() in part for part in (*blocks(data), known)):
        node += "r"
    with ThreadPoolExecutor(1) as pool, _emptied(folder):
        # The package has nothing to do with the store, so both work at once.
        core = pool.submit(_of_package, data, constraints.others, node)
        answers = ask(constraints, seen, together=together, folder=folder)
        report = core.result()
    if not answers.results:
        return report.encode(), answers.refused
    parts = [report.replace(_RIGHT, _RIGHT.replace("true", "false"))]
    for number, result in enumerate(answers.results):
        parts.append(f"_:{node}0 <{SH}result> _:{node}s{number} .\n" + result.replace("\0", f"_:{node}s{number}"))
    return "".join(parts).encode(), answers.refused


@contextmanager
def _emptied(folder: Path | None) -> Iterator[None]:
    """A folder that is empty again afterwards."""
    yield
    for kept in folder.iterdir() if folder is not None else ():
        shutil.rmtree(kept)


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


def _of_package(data: bytes | Path, shapes: Iterable[ox.Triple], node: str) -> str:
    """The report of the package, with the labels of data and shapes; its own nodes begin with `node`."""
    import shacl

    known = [*shapes]
    judged = References(known).judged
    if all(_is_silent(triple.predicate.value) for triple in known if triple.subject in judged):
        return f"_:{node}0 {TYPE} <{SH}ValidationReport> .\n_:{node}0 {_CONFORMS} {ox.Literal(True)} .\n"
    speaking = {triple.subject for triple in known if triple.predicate.value.startswith(SH)}
    # pyshacl takes a shape that is an owl:Class for its own target, as it does an rdfs:Class.
    classes = {triple.subject for triple in known if triple.object == _OWL_CLASS and triple.predicate == TYPE}
    known += [ox.Triple(shape, _TARGET_CLASS, shape) for shape in classes & speaking if isinstance(shape, ox.NamedNode)]
    text = lines(known)
    compiled = shacl.Shapes.from_text(text.decode(), format="ntriples")
    if isinstance(data, Path):
        return _relabelled(compiled.validate_file(str(data)).serialize("ntriples"), data, text, node)
    with tempfile.TemporaryDirectory() as folder:
        # A file is read as it is parsed; a string would be kept in memory twice.
        path = Path(folder) / "data.nt"
        path.write_bytes(data)
        report = compiled.validate_file(str(path)).serialize("ntriples")
    return _relabelled(report, data, text, node)


def _is_silent(predicate: str) -> bool:
    """Whether a predicate is none of a constraint of core or of components that shapes define."""
    return predicate.startswith((RDF, RDFS, OWL)) or predicate in _SILENT


def _relabelled(report: str, data: bytes | Path, shapes: bytes, node: str) -> str:
    """The report with the labels that blank nodes had: the package numbers them as it meets them, shapes first."""
    of_shapes = blank_labels(shapes)
    of_data = (
        list(dict.fromkeys(label for part in blocks(data) for label in blank_labels(part))) if "_:0_b" in report else []
    )

    def label(match: re.Match[str]) -> str:
        own = match[1] or match[2]
        kind, _, number = own.partition("_b")
        if kind == "1" and number.isdigit():
            return of_shapes[int(number)].decode()
        if kind == "0" and number.isdigit():
            return of_data[int(number) - len(of_shapes)].decode()
        return f"_:{node}{own.removeprefix('r')}"

    return _LABELS.sub(label, report)

"""The SHACL engines, fast and reference; both answer with the report that SHACL defines."""

import logging
import re
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, SH
from ssekg.graph.store import TYPE
from ssekg.shacl.constraints.answers import ask
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.ntriples import blank_labels, lines

# The blank nodes of N-Triples; nothing within a literal stands at these places.
_LABELS: Final = re.compile(r"^_:(\S+)(?= )|(?<= )_:(\S+)(?= \.$)", re.MULTILINE)
_CONFORMS: Final = f'<{SH}conforms> "true"'
_OWL_CLASS: Final = ox.NamedNode(OWL + "Class")
_TARGET_CLASS: Final = ox.NamedNode(SH + "targetClass")


def fast(data: bytes, shapes: bytes, *, set_wise: bool = True) -> bytes:
    """The sh:ValidationReport of the package shacl; SPARQL-based constraints are asked set-wise where that is the same.

    Data, shapes and report are N-Triples as pyoxigraph writes them; blank nodes keep their labels. Without `set_wise`
    every constraint is asked of one focus node at a time, which gives the same report.

    Raises:
        ValueError: the shapes are not what SHACL allows.
    """
    triples = [quad.triple for quad in ox.parse(shapes, ox.RdfFormat.N_TRIPLES)]
    constraints = SparqlConstraints(triples)
    node = "r"
    while f"_:{node}".encode() in data or f"_:{node}".encode() in shapes:
        node += "r"
    with ThreadPoolExecutor(1) as pool:
        # The package has nothing to do with the store, so both work at once.
        core = pool.submit(_of_package, data, constraints.left(constraints.ours), node)
        answers = ask(constraints, data, together=set_wise)
        report = core.result()
    if len(answers.asked) < len(constraints.ours):
        report = _of_package(data, constraints.left(answers.asked), node)
    report = _without_values(report, constraints.silent_values)
    if not answers.results:
        return report.encode()
    parts = [report.replace(_CONFORMS, _CONFORMS.replace("true", "false"))]
    for number, result in enumerate(answers.results):
        parts.append(f"_:{node}0 <{SH}result> _:{node}s{number} .\n" + result.replace("\0", f"_:{node}s{number}"))
    return "".join(parts).encode()


def reference(data: bytes, shapes: bytes) -> bytes:
    """The sh:ValidationReport of pyshacl; data, shapes and report are N-Triples, and blank nodes keep their labels.

    Raises:
        TypeError: pyshacl answers with something else than a report.
    """
    import pyshacl
    import rdflib

    # What it logs and warns of, it also raises or reports.
    for name in ("pyshacl-validate", "rdflib.term"):
        logging.getLogger(name).disabled = True
    rdflib.NORMALIZE_LITERALS = False
    try:
        graphs = [
            rdflib.Graph().parse(
                data=content,
                format="nt",
                bnode_context={label[2:].decode(): rdflib.BNode(label[2:].decode()) for label in blank_labels(content)},
            )
            for content in (data, shapes)
        ]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, report, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none")
        if not isinstance(report, rdflib.Graph):
            raise TypeError(str(report))
        return report.serialize(format="nt", encoding="utf-8")
    finally:
        rdflib.NORMALIZE_LITERALS = True


ENGINES: Final[Mapping[str, Callable[[bytes, bytes], bytes]]] = {"fast": fast, "pyshacl": reference}


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


def _without_values(report: str, shapes: frozenset[str]) -> str:
    """The report without the values that the package gives to SPARQL results of these property shapes."""
    if not shapes:
        return report
    every = report.splitlines(keepends=True)
    of_sparql = {line.split(" ", 1)[0] for line in every if f"<{SH}SPARQLConstraintComponent>" in line}
    of_shapes = {
        subject
        for subject, predicate, rest in (line.split(" ", 2) for line in every)
        if predicate == f"<{SH}sourceShape>" and rest.removesuffix(" .\n") in shapes
    }
    silent = tuple(f"{subject} <{SH}value> " for subject in of_sparql & of_shapes)
    return "".join(line for line in every if not line.startswith(silent)) if silent else report

"""The SHACL engines, fast and reference; both answer with the report that SHACL defines."""

from collections.abc import Callable, Mapping
from typing import Final


def fast(data: bytes, shapes: bytes) -> bytes:
    """The sh:ValidationReport of the package shacl; data, shapes and report are N-Triples."""
    import shacl

    compiled = shacl.Shapes.from_text(shapes.decode(), format="ntriples")
    return compiled.validate_text(data.decode(), format="ntriples").serialize("ntriples").encode()


def reference(data: bytes, shapes: bytes) -> bytes:
    """The sh:ValidationReport of pyshacl; data, shapes and report are N-Triples.

    Raises:
        TypeError: pyshacl answers with something else than a report.
    """
    import pyshacl
    import rdflib

    rdflib.NORMALIZE_LITERALS = False
    try:
        graphs = [rdflib.Graph().parse(data=content, format="nt") for content in (data, shapes)]
        _, report, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none")
        if not isinstance(report, rdflib.Graph):
            raise TypeError(str(report))
        return report.serialize(format="nt", encoding="utf-8")
    finally:
        rdflib.NORMALIZE_LITERALS = True


ENGINES: Final[Mapping[str, Callable[[bytes, bytes], bytes]]] = {"fast": fast, "pyshacl": reference}

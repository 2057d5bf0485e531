"""The dumps: the graph in every format, plain and packed, whole and without persons."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.formats import DUMPS, rdf_format_of
from ssekg.graph.canonical import in_order, prefixes_for, write
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.jsonld import context, jsonld_lines
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.folder import Folder
from ssekg.publish.parts.provenance import quads_by_source

WHOLE: Final = "ssekg"
WITHOUT_PERSONS: Final = "ssekg-without-persons"


def ordered_triples(graph: Graph) -> list[ox.Triple]:
    """The triples of the graph in the order of the dumps; the same graph gives the same list on every machine."""
    return in_order(with_canonical_labels(graph.data))


def write_dumps(folder: Folder, name: str, ordered: Sequence[ox.Triple], graph: Graph) -> None:
    """Write triples, which are in order, in every format to files called `name`; none is held in memory whole.

    N-Quads and TriG have a named graph a source.
    """
    prefixes = prefixes_for(ordered, graph.prefixes)
    for form, rdf in DUMPS:
        with folder.packed(name + form.suffix) as file:
            if rdf == ox.RdfFormat.JSON_LD:
                lines = jsonld_lines(ordered, context(graph.vocabulary, graph.terms))
                file.writelines(line.encode() for line in lines)
            elif rdf.supports_datasets:
                write(quads_by_source(ordered), file, rdf, prefixes)
            else:
                write(ordered, file, rdf, prefixes)


def project_files(project: Project) -> Iterator[tuple[str, bytes]]:
    """The ontology, the shapes and the queries as their authors wrote them, with the instance base stated.

    Only Turtle and TriG have a line for it that can be put in.
    """
    for path in [*project.ontology_files, *project.shapes_files]:
        has_base = rdf_format_of(path) in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}
        content = _with_line(path, f"@base <{project.base}> .", "#") if has_base else path.read_bytes()
        yield _name(project, path), content
    for path in project.query_files:
        yield _name(project, path), _with_line(path, f"BASE <{project.base}>", "#+")


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _with_line(path: Path, line: str, head: str) -> bytes:
    """The file with a line put in after the comment lines that it begins with."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    first = next((i for i, text in enumerate(lines) if not text.startswith(head)), len(lines))
    return ("\n".join([*lines[:first], line, *lines[first:]]) + "\n").encode()

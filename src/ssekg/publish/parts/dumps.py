"""The dumps: the graph in every format, plain and packed, whole and as everybody may see it; and what authors wrote."""

import gzip
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from ssekg.base.formats import DUMPS, rdf_format_of
from ssekg.base.triples import divided
from ssekg.graph.canonical import in_order, prefixes_for, serialized, write_serialized, written
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.jsonld import context as jsonld_context
from ssekg.graph.jsonld import jsonld_lines
from ssekg.graph.provenance import Name, in_graphs, quads
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.context import Context, Ordered
from ssekg.publish.folder import Content
from ssekg.publish.ontologies import files_of_ontologies, in_one

# What CKAN takes of one file. Nobody is led to N-Quads, and TriG, which we read again, says the same.
_LARGEST: Final = 50_000_000
# How many triples are lines in memory, and how many bytes are read at once.
_AT_ONCE: Final = 50_000
_PIECE: Final = 1 << 20
_LICENCE: Final = "DATA-LICENSE"
_ELSEWHERE: Final = "https://elsewhere.invalid/"
_WITH_BASE: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)


def whole_dumps(context: Context) -> Iterator[tuple[str, Content]]:
    """The whole graph: the only files that may say what is withheld."""
    yield from dumps(context.project.id, context.whole, context.whole_triples, context.folder.root)


def public_dumps(context: Context) -> Iterator[tuple[str, Content]]:
    """The public graph; none where nothing is withheld, since it is the whole graph then."""
    if context.project.privacy.withheld:
        yield from dumps(context.project.public_id, context.public, context.public_triples, context.folder.root)


def dumps(name: str, graph: Graph, triples: Ordered, folder: Path) -> Iterator[tuple[str, Content]]:
    """Files called `name` with the triples in every format, plain and packed; they are written to a folder.

    N-Quads and TriG have a named graph for each source, and one for what is derived. N-Quads that are too large for
    portals are packed only.
    """
    ordered = triples.all
    prefixes = prefixes_for(ordered, graph.prefixes)
    derived, stated = divided(ordered, triples.derived)
    graphs = in_graphs(stated, derived, graph.base)
    for form, rdf in DUMPS:
        path = name + form.suffix
        if rdf == ox.RdfFormat.N_QUADS:
            yield from _nquads_for_portals(path, graphs)
            continue
        if rdf == ox.RdfFormat.JSON_LD:
            lines = jsonld_lines(ordered, jsonld_context(graph.vocabulary, graph.terms))
            yield path, partial(_write_lines, map(str.encode, lines))
        elif rdf.supports_datasets:
            yield path, partial(write_serialized, quads(graphs), rdf, prefixes)
        else:
            yield path, partial(write_serialized, ordered, rdf, prefixes)
        with (folder / path).open("rb") as written_file:
            yield f"{path}.gz", partial(_pack, written_file)


def _nquads_for_portals(path: str, graphs: Mapping[Name, Sequence[ox.Triple]]) -> Iterator[tuple[str, Content]]:
    with tempfile.TemporaryFile() as lines:
        _write_lines(_nquads(graphs), lines)
        if lines.tell() <= _LARGEST:
            yield path, partial(_copy, lines)
        yield f"{path}.gz", partial(_pack, lines)


def _nquads(graphs: Mapping[Name, Sequence[ox.Triple]]) -> Iterator[bytes]:
    """The lines of each graph: those of N-Triples with its name, in a third of the time that quads take."""
    for name, triples in graphs.items():
        for start in range(0, len(triples), _AT_ONCE):
            lines = serialized(triples[start : start + _AT_ONCE], ox.RdfFormat.N_TRIPLES, {})
            yield lines if isinstance(name, ox.DefaultGraph) else lines.replace(b" .\n", f" {name} .\n".encode())


def authored_files(context: Context) -> Iterator[tuple[str, bytes]]:
    """The ontology, the shapes, the queries and the licence as their authors wrote them, with the base stated.

    Only Turtle and TriG have a line for it; other files with relative IRIs are written again with absolute ones. The
    file of an ontology that imports modules has these in it, so that one file is the whole.
    """
    project = context.project
    whole = files_of_ontologies(context).get(context.whole.terms.ontology) if context.whole.terms.modules else None
    for path in [*project.ontology_files, *project.shapes_files]:
        form = rdf_format_of(path)
        if whole is not None and whole.path == path and form:
            yield _name(project, path), written(in_one(context), form, context.whole.prefixes)
        elif form in _WITH_BASE:
            yield _name(project, path), _with_line(path, f"@base <{project.base}> .", "#")
        elif form:
            yield _name(project, path), _absolute(path, form, project.base)
    for path in project.query_files:
        yield _name(project, path), _with_line(path, f"BASE <{project.base}>", "#+")
    if (project.root / _LICENCE).is_file():
        yield _LICENCE, (project.root / _LICENCE).read_bytes()


def _write_lines(lines: Iterable[bytes], output: BinaryIO) -> None:
    output.writelines(lines)


def _copy(file: BinaryIO, output: BinaryIO | gzip.GzipFile) -> None:
    file.seek(0)
    shutil.copyfileobj(file, output, _PIECE)


def _pack(file: BinaryIO, output: BinaryIO) -> None:
    """Write a file packed with gzip, without a name and a time (RFC 1952): the same content gives the same bytes."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=output, mtime=0, compresslevel=6) as packing:
        _copy(file, packing)


def _absolute(path: Path, form: ox.RdfFormat, base: str) -> bytes:
    """The file as it is, or the same triples with absolute IRIs if it has others."""
    content = path.read_bytes()
    here, elsewhere = (
        [quad.triple for quad in ox.parse(content, form, base_iri=address)] for address in (base, _ELSEWHERE)
    )
    if canonical_hash(here) == canonical_hash(elsewhere):
        return content
    return serialized(in_order(with_canonical_labels(here)), form, {})


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _with_line(path: Path, line: str, head: str) -> bytes:
    """The file with a line put in after the comment lines that it begins with."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    first = next((i for i, text in enumerate(lines) if not text.startswith(head)), len(lines))
    return ("\n".join([*lines[:first], line, *lines[first:]]) + "\n").encode()

"""The triples of some files, RDF and described tables of any size, as they come, without ever holding all of them."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.base.namespaces import USUAL
from ssekg.shacl.chunks.parts import parts_of
from ssekg.shacl.chunks.reading import PART_SIZE
from ssekg.shacl.chunks.scanning import FileName
from ssekg.shacl.chunks.workers import core_count, workers
from ssekg.sources.rdf.file import BY_LINES, BY_STATEMENTS, RdfFile
from ssekg.sources.rdf.large_turtle import LargeTurtle
from ssekg.sources.tables.large_table import read_large_table
from ssekg.sources.tables.table import TableSource

# Tables of this many bytes are read by several processes, which take a second to start.
_LARGE: Final = 4_000_000


def dump(files: Sequence[RdfFile | TableSource], form: ox.RdfFormat, output: BinaryIO) -> list[Finding]:
    """Write the triples of some files, in their order; gives what is wrong with the files.

    Of RDF that does not parse there are the triples before the mistake, if they have been written before it was met.

    Raises:
        CannotRunError: a file can't be opened or has an unknown format.
    """
    findings: list[Finding] = []
    blocks = _blocks(files, findings)
    if form == ox.RdfFormat.N_TRIPLES:
        output.writelines(blocks)
        return findings
    triples = (quad.triple for block in blocks for quad in ox.parse(block, ox.RdfFormat.N_TRIPLES))
    ox.serialize(triples, output, form, prefixes=dict(USUAL))
    return findings


def _blocks(files: Sequence[RdfFile | TableSource], findings: list[Finding]) -> Iterator[bytes]:
    """The triples as blocks of N-Triples."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ssekg-")))
        tables = [file.path for file in files if isinstance(file, TableSource) and file.path is not None]
        is_large = any(path.is_file() and path.stat().st_size >= _LARGE for path in tables)
        processes = stack.enter_context(workers(core_count() if is_large else 1, folder))
        for file in files:
            if isinstance(file, TableSource):
                target = folder / "table.nt"
                findings += read_large_table(file, target, processes.each).findings
                yield from (part.content() for part in parts_of(target, PART_SIZE))
                continue
            try:
                yield from _of_rdf(file)
            except SyntaxError as problem:
                findings.append(file.syntax_finding(problem))


def _of_rdf(file: RdfFile) -> Iterator[bytes]:
    name = FileName(file.path, file.base, file.shown, file.mark)
    if file.form in BY_LINES:
        yield from (name.opened(part).ntriples() for part in parts_of(file.path, PART_SIZE))
    elif file.form in BY_STATEMENTS:
        yield from LargeTurtle(*name.parts).blocks()
    else:
        yield file.ntriples()

"""A release against its own manifest: every file read again, every RDF file parsed, the graph hashed again."""

import gzip
import hashlib
import json
import time
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.files import reason
from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.formats import rdf_format_of
from ssekg.base.order import reported
from ssekg.base.said import Argument
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.canonical_hash import count_and_hash
from ssekg.graph.versions import MANIFEST
from ssekg.publish.manifest import BUILD, Extent, Manifest
from ssekg.publish.node_lists import divided
from ssekg.sources.parser_messages import in_words
from ssekg.sources.rdf.wellformed import check_xml

_CHUNK: Final = 1 << 20
_TRIPLE: Final = attrgetter("triple")


def verify(folder: Path, *, every_dump: bool = True) -> Report:
    """What is wrong with the release in a folder: files missing, changed, extra, unreadable; another graph in a dump.

    Without `every_dump` only the graph in TriG is compared, and the other dumps are by their bytes: for who has just
    written all of them from the same triples.

    Raises:
        CannotRunError: the folder holds no release.
    """
    started = time.perf_counter()
    manifest = Manifest.read(folder)
    files = manifest.files
    found = list(_extra(folder, files))
    for file in files:
        found += _differences(folder, file) or _unreadable(folder, file, manifest, every_dump=every_dump)
    return Report(reported(found), len(files), manifest.whole.triples, time.perf_counter() - started)


def _extra(folder: Path, files: Iterable[PublishedFile]) -> Iterator[Finding]:
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    for path in present - {file.path for file in files} - {MANIFEST, BUILD}:
        yield _finding("release-extra", path)
    if BUILD not in present:
        yield _finding("release-missing", BUILD)


def _differences(folder: Path, file: PublishedFile) -> list[Finding]:
    """The finding that a file is not there, or is not what the manifest says."""
    path = folder / file.path
    if not path.is_file():
        return [_finding("release-missing", file.path)]
    try:
        size, digest = path.stat().st_size, _sum(path)
    except OSError as problem:
        return [_finding("release-unreadable", file.path, problem=reason(problem))]
    if (size, digest) != (file.bytes, file.sha256):
        return [_finding("release-changed", file.path, size=str(size), expected=str(file.bytes))]
    return []


def _unreadable(folder: Path, file: PublishedFile, manifest: Manifest, *, every_dump: bool) -> list[Finding]:
    """What is wrong inside a file that is as the manifest says: a release that was wrong when it was made."""
    path = folder / file.path
    try:
        if path.suffix == ".gz" and path.with_suffix("").is_file():
            return [] if _unpacked(path) == _sum(path.with_suffix("")) else [_finding("release-packed", file.path)]
        form = rdf_format_of(file.path.removesuffix(".gz"))
        extent = manifest.extent_of(file.path)
        if form and extent:
            is_compared = every_dump or form == ox.RdfFormat.TRIG
            return _other_graph(path, form, file.path, extent) if is_compared else []
        if form:
            _refuse_unreadable(path, form)
        return []
    # MemoryError is the parser's word for a text that is too long for it.
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, zlib.error) as problem:
        return [_finding("release-unreadable", file.path, problem=in_words(str(problem)))]


def _other_graph(path: Path, form: ox.RdfFormat, name: str, extent: Extent) -> list[Finding]:
    found, hashed = count_and_hash(map(_TRIPLE, _statements(path, form)))
    if found != extent.triples:
        return [_finding("release-count", name, count=str(found), expected=str(extent.triples))]
    return [] if hashed == extent.digest else [_finding("release-graph", name)]


def _refuse_unreadable(path: Path, form: ox.RdfFormat) -> None:
    """Read a file, unless that takes a context from elsewhere.

    Raises:
        SyntaxError: it does not parse.
        ValueError: it is not even JSON.
    """
    try:
        for _ in _statements(path, form):
            pass
    except SyntaxError:
        if form != ox.RdfFormat.JSON_LD or not _asks_for_a_context(path):
            raise


def _asks_for_a_context(path: Path) -> bool:
    """Whether a JSON-LD document can be read as RDF only by fetching a context, as those of schema.org are.

    Raises:
        ValueError: it is not JSON.
    """
    try:
        document = json.loads(path.read_bytes())
    except RecursionError:  # nested too deeply for either
        return False
    named = document.get("@context") if isinstance(document, dict) else None
    return any(isinstance(context, str) for context in (named if isinstance(named, list) else [named]))


def _statements(path: Path, form: ox.RdfFormat) -> Iterable[ox.Quad]:
    """The statements of a file; XML is held to what is well formed first, since the RDF parser reads on.

    Raises:
        SyntaxError: it does not parse.
    """
    if form == ox.RdfFormat.RDF_XML:
        check_xml(path.read_bytes(), path.name)
    if form == ox.RdfFormat.JSON_LD and path.suffix != ".gz":
        parts = (ox.parse(part, form, base_iri="https://example.org/") for part in divided(path.read_bytes()))
        return chain.from_iterable(parts)
    if path.suffix == ".gz":
        return ox.parse(gzip.decompress(path.read_bytes()), format=form, base_iri="https://example.org/")
    return ox.parse(path=path, format=form, base_iri="https://example.org/")


def _sum(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _unpacked(path: Path) -> str:
    digest = hashlib.sha256()
    with gzip.open(path) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _finding(code: str, path: str, **arguments: Argument) -> Finding:
    return Finding(code, Severity.VIOLATION, Place(path), arguments)

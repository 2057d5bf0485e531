"""The graph of a release in chunks of whole subjects; what has blank nodes is in one, as their labels end with it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.files import reason
from ssekg.base.said import Said
from ssekg.graph.canonical import in_order
from ssekg.graph.canonical_labels import blanks_of
from ssekg.graph.released import released_vocabulary
from ssekg.project.released_settings import read_released
from ssekg.publish.manifest import Manifest

# What stores take at once without a thought; Virtuoso takes no update of more than ten thousand lines.
MOST_TRIPLES: Final = 1_000
MOST_BYTES: Final = 200_000


@dataclass(frozen=True)
class Chunk:
    """Triples that are sent together: all there are of their subjects or, if `is_blank`, all with blank nodes."""

    triples: tuple[ox.Triple, ...]
    is_blank: bool = False


def read_chunks(folder: Path, manifest: Manifest) -> Iterator[Chunk]:
    """The public graph of a release and its vocabulary, read as a stream.

    Raises:
        CannotRunError: a file is missing, or is not as the manifest says.
    """
    path = f"{manifest.public_id}.nt"
    _require_unchanged(folder, path, manifest)
    # The dump is in order; its own triples and those of the vocabulary can be about the same subjects.
    dump = (quad.triple for quad in ox.parse(path=folder / path, format=ox.RdfFormat.N_TRIPLES))
    vocabulary = in_order(released_vocabulary(read_released(folder)))
    return chunks_of(merge(dump, vocabulary, key=_subject))


def chunks_of(triples: Iterable[ox.Triple]) -> Iterator[Chunk]:
    """Triples that are in the order of their subjects, in chunks; the one with blank nodes is the last."""
    waiting: list[ox.Triple] = []
    blank: list[ox.Triple] = []
    size = 0
    for _, group in groupby(triples, _subject):
        of_subject: list[ox.Triple] = []
        for triple in dict.fromkeys(group):
            (blank if blanks_of(triple) else of_subject).append(triple)
        more = sum(map(len, map(str, of_subject)))
        if waiting and (len(waiting) + len(of_subject) > MOST_TRIPLES or size + more > MOST_BYTES):
            yield Chunk(tuple(waiting))
            waiting, size = [], 0
        waiting += of_subject
        size += more
    if waiting:
        yield Chunk(tuple(waiting))
    if blank:
        yield Chunk(tuple(blank), is_blank=True)


def _subject(triple: ox.Triple) -> str:
    return str(triple.subject)


def _require_unchanged(folder: Path, path: str, manifest: Manifest) -> None:
    try:
        with (folder / path).open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as problem:
        raise CannotRunError("broken-release", folder=str(folder), problem=reason(problem)) from None
    if digest not in {file.sha256 for file in manifest.files if file.path == path}:
        changed = Said("release-file-changed", {"file": path})
        raise CannotRunError("broken-release", folder=str(folder), problem=changed)

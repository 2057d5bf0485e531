"""Whether two graphs are the same: the RDF Dataset Canonicalization hash (RDFC-1.0 with SHA-256)."""

import hashlib
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from ssekg.graph.canonical_labels import with_canonical_labels

_AT_A_TIME: Final = 10_000


def canonical_hash(triples: Iterable[ox.Triple]) -> str:
    """The hexadecimal SHA-256 of the canonical N-Quads; equal exactly for isomorphic graphs.

    Raises:
        CannotRunError: too many blank nodes are too alike to be told apart.
    """
    return count_and_hash(triples)[1]


def count_and_hash(triples: Iterable[ox.Triple]) -> tuple[int, str]:
    """How many triples there are, each counted once, and their `canonical_hash`; the triples may be a stream.

    Raises:
        CannotRunError: too many blank nodes are too alike to be told apart.
    """
    # A dictionary keeps the order, which in our own files is close to the sorted one; UTF-8 sorts as characters do.
    lines: dict[bytes, None] = {}
    waiting = iter(triples)
    while content := _lines(islice(waiting, _AT_A_TIME)):
        lines |= dict.fromkeys(content.splitlines(keepends=True))
    # Without blank nodes the canonical form is the sorted lines. A text that looks like such a node only costs time.
    count, with_blanks = len(lines), [line for line in lines if b"_:" in line]
    for line in with_blanks:
        del lines[line]
    digest = hashlib.sha256()
    for line in sorted([*lines, *_relabelled(with_blanks)]):
        digest.update(line)
    return count, digest.hexdigest()


def _relabelled(lines: Iterable[bytes]) -> list[bytes]:
    triples = (quad.triple for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES))
    return _lines(with_canonical_labels(triples)).splitlines(keepends=True)


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    """Canonical N-Triples; line ends in texts are escaped, so that each line is a triple."""
    content: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return bytes(content)

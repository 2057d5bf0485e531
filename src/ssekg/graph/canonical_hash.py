"""Whether two graphs are the same: the RDF Dataset Canonicalization hash (RDFC-1.0 with SHA-256)."""

import hashlib
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from ssekg.graph.canonical_labels import with_canonical_labels


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
    content = _lines(triples)
    # A dictionary keeps the order, which in our own files is close to the sorted one; UTF-8 sorts as characters do.
    lines = dict.fromkeys(content.splitlines(keepends=True))
    # Without blank nodes the canonical form is the sorted lines. A text that looks like such a node only costs time.
    has_blanks = b"> _:" in content or b"\n_:" in content or content.startswith(b"_:")
    ordered = sorted(_relabelled(lines) if has_blanks else lines)
    return len(lines), hashlib.sha256(b"".join(ordered)).hexdigest()


def _relabelled(lines: Iterable[bytes]) -> list[bytes]:
    triples = (quad.triple for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES))
    return _lines(with_canonical_labels(triples)).splitlines(keepends=True)


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    """Canonical N-Triples; line ends in texts are escaped, so that each line is a triple."""
    content: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return bytes(content)

"""Whether two graphs are the same: the RDF Dataset Canonicalization hash (RDFC-1.0 with SHA-256)."""

import hashlib
from collections.abc import Iterable

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
    lines: set[str] = set()
    blank = False
    for triple in triples:
        lines.add(f"{triple} .\n")
        blank = blank or isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
    # Without blank nodes the canonical form is the sorted lines, and needs no more memory than they do.
    ordered = sorted(_relabelled(lines) if blank else lines)
    digest = hashlib.sha256()
    for line in ordered:
        digest.update(line.encode())
    return len(lines), digest.hexdigest()


def _relabelled(lines: Iterable[str]) -> list[str]:
    triples = (quad.triple for quad in ox.parse("".join(lines), ox.RdfFormat.N_TRIPLES))
    return [f"{triple} .\n" for triple in with_canonical_labels(triples)]

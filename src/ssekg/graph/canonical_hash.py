"""Whether two graphs are the same: the RDF Dataset Canonicalization hash (RDFC-1.0 with SHA-256)."""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox


def canonical_hash(triples: Iterable[ox.Triple]) -> str:
    """The hexadecimal SHA-256 of the canonical N-Quads; equal exactly for isomorphic graphs."""
    return count_and_hash(triples)[1]


def count_and_hash(triples: Iterable[ox.Triple]) -> tuple[int, str]:
    """How many triples there are, each counted once, and their `canonical_hash`; the triples may be a stream."""
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
    dataset = ox.Dataset(ox.parse("".join(lines), ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [f"{quad.triple} .\n" for quad in dataset]

"""Whether two graphs are the same: the RDF Dataset Canonicalization hash (RDFC-1.0 with SHA-256)."""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox


def canonical_hash(triples: Iterable[ox.Triple]) -> str:
    """The hexadecimal SHA-256 of the canonical N-Quads; equal exactly for isomorphic graphs."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{ox.Triple(quad.subject, quad.predicate, quad.object)} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()

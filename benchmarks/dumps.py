"""Writes a graph in every format, plain and packed: `python benchmarks/dumps.py ssekg|pyoxigraph|rdflib DATA FOLDER`.

`ssekg` as a release does: in order, with a named graph a source in N-Quads and TriG. `pyoxigraph` as its store dumps,
`rdflib` as its serializers write.
"""

import gzip
import shutil
import sys
from pathlib import Path

import pyoxigraph as ox
import rdflib

SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def dump_as_ssekg(data: Path, folder: Path) -> None:
    """Read the data into a graph and write its dumps."""
    from ssekg.base.triples import collected
    from ssekg.graph.store import Graph
    from ssekg.publish.context import Ordered
    from ssekg.publish.folder import Folder
    from ssekg.publish.parts.dumps import dumps

    graph = Graph("https://example.org/id/", collected(quad.triple for quad in ox.parse(path=data)), [])
    Folder(folder).add(dumps("dump", graph, Ordered.of(graph), folder))


def dump_as_pyoxigraph(data: Path, folder: Path) -> None:
    """Load the data into a store and dump it."""
    store = ox.Store()
    store.bulk_load(path=data)
    for suffix, form in SUFFIXES.items():
        plain = folder / f"dump{suffix}"
        store.dump(plain, format=form, from_graph=ox.DefaultGraph())
        pack(plain)


def dump_as_rdflib(data: Path, folder: Path) -> None:
    """Read the data into a dataset of rdflib and write it."""
    names = {".rdf": "xml", ".nq": "nquads", ".jsonld": "json-ld"}
    dataset = rdflib.Dataset()
    dataset.parse(data, format="nt")
    for suffix, form in SUFFIXES.items():
        plain = folder / f"dump{suffix}"
        graph = dataset if form.supports_datasets else dataset.default_graph
        graph.serialize(plain, format=names.get(suffix, suffix[1:]))
        pack(plain)


def pack(plain: Path) -> None:
    """Pack a file by gzip next to it."""
    with plain.open("rb") as source, gzip.open(f"{plain}.gz", "wb", compresslevel=6) as packed:
        shutil.copyfileobj(source, packed)


if __name__ == "__main__":
    target = Path(sys.argv[3]) / sys.argv[1]
    for left in target.glob("*"):
        left.unlink()
    target.mkdir(parents=True, exist_ok=True)
    programs = {"ssekg": dump_as_ssekg, "pyoxigraph": dump_as_pyoxigraph, "rdflib": dump_as_rdflib}
    programs[sys.argv[1]](Path(sys.argv[2]), target)

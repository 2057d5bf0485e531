"""A graph in a folder from which it can be asked at once, and the key under which that of a project is kept."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, overload

import pyoxigraph as ox

from ssekg import __version__
from ssekg.base.digests import Digests
from ssekg.base.triples import collected
from ssekg.graph.disk_store import write_store
from ssekg.graph.labels import Labels
from ssekg.graph.provenance import in_named_graphs
from ssekg.graph.store import Graph
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.project.vocabulary import Vocabulary, concerning_terms, read_vocabulary

_FOLDERS: Final = ("ontology", "data", "shapes")
_LISTS: Final = ("vocabulary.nt.gz", "data.nt.gz", "derived.nt.gz")
_TERMS: Final = "terms.nt.gz"
_FINDINGS: Final = "findings"
_STORE: Final = "store"


class Triples(Sequence[ox.Triple]):
    """Triples that are read when somebody asks for one, from a file of packed N-Triples."""

    def __init__(self, file: Path) -> None:
        """Name the file."""
        self._file = file

    @cached_property
    def _read(self) -> Sequence[ox.Triple]:
        import gzip

        content = gzip.decompress(self._file.read_bytes())
        return collected(quad.triple for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._read)

    def __iter__(self) -> Iterator[ox.Triple]:
        """All, in their order."""
        return iter(self._read)

    @overload
    def __getitem__(self, index: int) -> ox.Triple: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ox.Triple]: ...
    def __getitem__(self, index: int | slice) -> ox.Triple | Sequence[ox.Triple]:
        """One, or some."""
        return self._read[index]


class KeptGraph(Graph):
    """A graph that was kept: all but its sources, of which only the number of findings is known, and but `made`."""

    def __init__(self, project: Project, folder: Path) -> None:
        """Take the folder that `keep` filled with a graph of a project."""
        self._folder = folder
        vocabulary, data, derived = (Triples(folder / name) for name in _LISTS)
        super().__init__(project.base, data, vocabulary, None, project.prefixes, project.languages, derived)
        self.import_bases = project.import_bases

    @cached_property
    def finding_count(self) -> int:
        """How many findings its sources had."""
        return int((self._folder / _FINDINGS).read_bytes())

    @cached_property
    def terms(self) -> Vocabulary:
        """What the ontology says about its own terms."""
        return read_vocabulary(Triples(self._folder / _TERMS), self.declared, self.base)

    @cached_property
    def store(self) -> ox.Store:
        """All triples in an Oxigraph store on the disk, which nobody writes to."""
        return ox.Store.read_only(str(self._folder / _STORE))

    @cached_property
    def store_by_source(self) -> ox.Store:
        """A store in memory with all triples, and once more in the named graphs: that on the disk can't have them."""
        store = ox.Store()
        store.bulk_extend(self.store)
        store.bulk_extend(in_named_graphs(self.data, self.derived, self.base))
        return store

    @cached_property
    def labels(self) -> Mapping[ox.NamedNode, dict[str, str]]:
        """The labels of each thing by language tag."""

        def about(thing: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[ox.Triple]:
            return (quad.triple for quad in self.matching(thing, predicate, None))

        return Labels(about, self.with_predicate)


def keep(graph: Graph, folder: Path) -> None:
    """Write what is kept of a graph to a folder.

    Raises:
        OSError: the disk does not let us write.
    """
    import gzip

    (folder / _FINDINGS).write_text(str(graph.finding_count), encoding="utf-8")
    content = b""
    lists = (graph.vocabulary, graph.data, graph.derived, concerning_terms(graph.vocabulary))
    for name, triples in zip((*_LISTS, _TERMS), lists, strict=True):
        written: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        (folder / name).write_bytes(gzip.compress(written, compresslevel=1, mtime=0))
        content += written if name in _LISTS else b""
    write_store(folder / _STORE, ox.parse(content, ox.RdfFormat.N_TRIPLES))


def key_of(project: Project, digests: Digests) -> str:
    """What names the graph of a project: by the content of all files that it is made of, and by the tool.

    Raises:
        CannotRunError: a file can't be read.
    """
    hashed = hashlib.sha256(tool_state())
    files = [path for folder in _FOLDERS for path in project.files_in(folder)]
    for path in (project.root / PROJECT_FILE, *files):
        hashed.update(f"{path.relative_to(project.root).as_posix()}\0{digests.of(path)}\0".encode())
    return hashed.hexdigest()


def tool_state() -> bytes:
    """The version of the tool and of the engine and, since who works on the tool changes it in between, its files."""
    states = sorted(_states(Path(__file__).parents[1]))
    return repr((__version__, ox.__version__, os.name, states)).encode()


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:  # much quicker than paths
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _states(Path(entry.path))
            elif entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns

"""A graph as bytes that are read again in no time, and the key under which those of a project are kept."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, overload

import pyoxigraph as ox

from ssekg import __version__
from ssekg.base.files import read_file
from ssekg.graph.store import Graph
from ssekg.project.settings import PROJECT_FILE, Project

_FOLDERS: Final = ("ontology", "data", "shapes")


class Triples(Sequence[ox.Triple]):
    """Triples that are read from N-Triples when somebody asks for one."""

    def __init__(self, content: bytes) -> None:
        """Keep the N-Triples."""
        self.content = content

    @cached_property
    def _read(self) -> list[ox.Triple]:
        return [quad.triple for quad in ox.parse(self.content, ox.RdfFormat.N_TRIPLES)]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._read)

    def __iter__(self) -> Iterator[ox.Triple]:
        """All, in their order."""
        return iter(self._read)

    @overload
    def __getitem__(self, index: int) -> ox.Triple: ...
    @overload
    def __getitem__(self, index: slice) -> list[ox.Triple]: ...
    def __getitem__(self, index: int | slice) -> ox.Triple | list[ox.Triple]:
        """One, or some."""
        return self._read[index]


class KeptGraph(Graph):
    """A graph that was kept: all but its sources, of which only the number of findings is known."""

    def __init__(self, project: Project, content: bytes) -> None:
        """Take what `as_bytes` made of a graph of a project.

        Raises:
            ValueError: it did not make this.
        """
        head, _, body = content.partition(b"\n")
        self._finding_count, *lengths = (int(number) for number in json.loads(head))
        ends = [sum(lengths[:count]) for count in range(1, len(lengths) + 1)]
        vocabulary, data, derived, made = (
            Triples(body[end - size : end]) for size, end in zip(lengths, ends, strict=True)
        )
        self._content = body[: ends[-2]]  # what rules make is derived
        declared, languages = project.prefixes, project.languages
        super().__init__(project.base, data, vocabulary, None, declared, languages, derived, made)

    @property
    def finding_count(self) -> int:
        """How many findings its sources had."""
        return self._finding_count

    @cached_property
    def store(self) -> ox.Store:
        """All triples in an Oxigraph store in memory."""
        store = ox.Store()
        store.bulk_extend(ox.parse(self._content, ox.RdfFormat.N_TRIPLES))
        return store


def as_bytes(graph: Graph) -> bytes:
    """What is kept of a graph."""
    parts = [_ntriples(triples) for triples in (graph.vocabulary, graph.data, graph.derived, graph.made)]
    head = json.dumps([graph.finding_count, *map(len, parts)])
    return b"\n".join([head.encode(), b"".join(parts)])


def _ntriples(triples: Sequence[ox.Triple]) -> bytes:
    content: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return bytes(content)


def key_of(project: Project) -> str:
    """What names the graph of a project: by the content of all files that it is made of, and by the tool.

    Raises:
        CannotRunError: a file can't be read.
    """
    hashed = hashlib.sha256(_tool())
    files = [path for folder in _FOLDERS for path in project.files_in(folder)]
    for path in (project.root / PROJECT_FILE, *files):
        content = read_file(path, str(path))
        hashed.update(f"{path.relative_to(project.root).as_posix()}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()


def _tool() -> bytes:
    """The version of the tool and of the engine and, since who works on the tool changes it in between, its files."""
    root = Path(__file__).parents[1]
    files = sorted((path, path.stat()) for path in root.rglob("*.py"))
    states = [(str(path), status.st_size, status.st_mtime_ns) for path, status in files]
    return repr((__version__, ox.__version__, os.name, states)).encode()

"""The release before: its files are read when somebody asks for what is in them, those with the graph each time."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file, reason
from ssekg.base.formats import rdf_format_of
from ssekg.base.triples import unique
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.store import Graph
from ssekg.graph.versions import MANIFEST
from ssekg.project.released_settings import IMPORTED
from ssekg.project.settings import derived_graph
from ssekg.publish.manifest import BUILD, Manifest
from ssekg.sources.modules import without_modules
from ssekg.sources.vocabulary import parted

# What the next release is made from, as beginnings of paths; of all other files only the sums are looked at.
_READ_AGAIN: Final = ("changes/", "context/")


class Previous:
    """A release in a folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self.folder = folder
        self._contents: dict[str, bytes] = {}

    @cached_property
    def manifest(self) -> Manifest:
        """Its manifest.

        Raises:
            CannotRunError: there is none, or it is damaged.
        """
        return Manifest.read(self.folder)

    @cached_property
    def is_intact(self) -> bool:
        """Whether its files are those of its manifest, byte for byte.

        Raises:
            CannotRunError: the manifest is damaged.
        """
        listed = {file.path for file in self.manifest.files}
        present = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if not path.is_dir()}
        return present == listed | {MANIFEST, BUILD} and all(map(self._is_unchanged, self.manifest.files))

    @cached_property
    def graph(self) -> Graph:
        """Its whole graph as it was stated, with the vocabulary next to it.

        Raises:
            CannotRunError: a file is missing or broken.
        """
        derived = derived_graph(self.manifest.base)
        quads = self.quads(self._stated, rdf_format_of(self._stated) or ox.RdfFormat.TRIG)
        data = unique(quad.triple for quad in quads if quad.graph_name != derived)
        beside = [(path, form) for path in self.paths("ontology/") if (form := rdf_format_of(path))]
        files = [[quad.triple for quad in self.quads(path, form, rename=True)] for path, form in beside]
        stated = unique(without_modules(files))
        vocabulary, _ = parted(stated, self.manifest.base)
        imported = [file for (path, _), file in zip(beside, files, strict=True) if path.startswith(IMPORTED)]
        return Graph(self.manifest.base, data, vocabulary, beside=frozenset(chain.from_iterable(imported)))

    @property
    def _stated(self) -> str:
        """The dump that tells what is stated from what is derived; a release without it derived nothing."""
        path = f"{self.manifest.id}.trig"
        return path if path in self.paths(path) else f"{self.manifest.id}.nt"

    def paths(self, start: str) -> list[str]:
        """The files whose paths begin like this, in order."""
        return sorted(file.path for file in self.manifest.files if file.path.startswith(start))

    def content(self, path: str) -> bytes:
        """What is in a file.

        Raises:
            CannotRunError: it is missing, or can't be read.
        """
        if path not in self._contents:
            self._contents[path] = read_file(self.folder / path, str(self.folder / path))
        return self._contents[path]

    def broken(self, path: str, problem: object) -> CannotRunError:
        """The error that a file of the release is not as it should be."""
        return CannotRunError("broken-release", folder=str(self.folder), problem=f"{path}: {problem}")

    def quads(self, path: str, form: ox.RdfFormat, *, rename: bool = False) -> Iterator[ox.Quad]:
        """The statements in a file; with `rename` its blank nodes are called as in no other.

        Raises:
            CannotRunError: it is missing or broken.
        """
        file = self.folder / path
        try:
            # A dump is not read as a whole first: that takes much memory.
            yield from ox.parse(path=file, format=form, base_iri=self.manifest.base, rename_blank_nodes=rename)
        except (SyntaxError, MemoryError) as problem:  # the latter for a text that is too long
            raise self.broken(path, problem) from None
        except OSError as problem:
            raise CannotRunError("unreadable-file", file=str(file), problem=reason(problem)) from None

    def _is_unchanged(self, file: PublishedFile) -> bool:
        try:
            content = (self.folder / file.path).read_bytes()
        except OSError:
            return False
        if file.path.startswith(_READ_AGAIN):
            self._contents[file.path] = content
        return (len(content), hashlib.sha256(content).hexdigest()) == (file.bytes, file.sha256)

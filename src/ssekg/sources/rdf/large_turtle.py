"""A large Turtle or TriG file: read as a stream, for its triples as for their places, and never held as a whole."""

import codecs
import mmap
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.sources.places import Lines, PlacedTriple, UnplacedError, on_lines
from ssekg.sources.rdf.file import Node, RdfFile
from ssekg.sources.rdf.labels import SteadyLabels
from ssekg.sources.rdf.partial_reading import statements_about
from ssekg.sources.rdf.turtle_places import turtle_spans
from ssekg.sources.source_text import KnownText

# How many triples are written at once, and how many characters are read.
_TRIPLES: Final = 50_000
_CHARACTERS: Final = 4_000_000
# How much of a file that does not parse is looked at to see what it is instead.
_HEAD: Final = 16_000_000


class LargeTurtle(RdfFile):
    """A file in Turtle or TriG."""

    def blocks(self) -> Iterator[bytes]:
        """Its triples as `ntriples` gives them, in blocks.

        Raises:
            CannotRunError: the file can't be opened.
            SyntaxError: it does not parse; the error has the line and column.
        """
        with self._content() as content, self._opened() as file:
            labels = SteadyLabels(content, self.mark)
            triples = (quad.triple for quad in ox.parse(file, self.form, base_iri=self.base))
            with self.long_texts_refused():
                while some := [*islice(triples, _TRIPLES)]:
                    written: Any = ox.serialize(some, format=ox.RdfFormat.N_TRIPLES)
                    yield labels.steady(bytes(written))

    def syntax_finding(self, problem: SyntaxError) -> Finding:
        """What to report of a file that does not parse, by its beginning."""
        with self.path.open("rb") as file:
            head = file.read(_HEAD).removeprefix(codecs.BOM_UTF8)
        self.source = KnownText(self.path, self.shown, head)
        return super().syntax_finding(problem)

    def placed(self, wanted: Collection[Node] | None = None) -> Iterator[PlacedTriple]:
        """The triples about the wanted subjects with their places."""
        with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as file, self._content() as content:
            text, numbers = statements_about(iter(lambda: file.read(_CHARACTERS), ""), map(self.own, wanted or ()))
            written: Any = ox.serialize(
                (quad.triple for quad in ox.parse(text.encode(), self.form, base_iri=self.base)),
                format=ox.RdfFormat.N_TRIPLES,
            )
            labels = SteadyLabels(content, self.mark)
            triples = [quad.triple for quad in ox.parse(labels.steady(bytes(written)), ox.RdfFormat.N_TRIPLES)]
        lines = Lines(self.shown, text)
        with suppress(UnplacedError, RecursionError):
            spans = [*turtle_spans(text)]
            for triple, each in zip(triples, spans, strict=True) if len(spans) == len(triples) else ():
                if triple.subject in (wanted or ()):
                    places = (on_lines(lines.place(*span), lambda line: numbers[line - 1]) for span in each)
                    yield PlacedTriple(triple, *places)

    def _opened(self) -> BinaryIO:
        file = self.path.open("rb")
        if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        return file

    @contextmanager
    def _content(self) -> Iterator[mmap.mmap]:
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content

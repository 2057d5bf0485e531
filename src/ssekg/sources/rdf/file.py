"""RDF files: read strictly by pyoxigraph, and read again for places only when a finding asks for one."""

import io
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.formats import rdf_format_of
from ssekg.base.said import Argument
from ssekg.sources.json_places import refuse_deep
from ssekg.sources.parser_messages import in_words
from ssekg.sources.places import Lines, PlacedTriple, UnplacedError
from ssekg.sources.rdf.jsonld_losses import jsonld_losses
from ssekg.sources.rdf.jsonld_places import jsonld_spans
from ssekg.sources.rdf.labels import SteadyLabels
from ssekg.sources.rdf.mistaken_format import mistaken
from ssekg.sources.rdf.partial_reading import blank_others
from ssekg.sources.rdf.rdfxml_mistakes import located
from ssekg.sources.rdf.rdfxml_places import rdfxml_spans
from ssekg.sources.rdf.turtle_places import turtle_spans
from ssekg.sources.rdf.wellformed import check_xml
from ssekg.sources.source_text import SourceText

Node = ox.NamedNode | ox.BlankNode
# Files of this many bytes are blanked except for the wanted subjects, before they are read for places.
_LARGE: Final = 200_000
_TRIPLE: Final = attrgetter("triple")
# How many bytes the parser holds: what it has not yet understood, from the beginning of its first line.
_BUFFER: Final = 2**24
BY_LINES: Final = frozenset({ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS})
BY_STATEMENTS: Final = frozenset({ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG})


class RdfFile:
    """One RDF file; relative IRIs in it are resolved against `base`, `shown` is its name for people."""

    def __init__(self, path: Path, base: str, shown: str, mark: str = "", without: ox.NamedNode | None = None) -> None:
        """Name the file; nothing is read yet.

        Blank nodes of the file get labels that end with `mark`: files that are read together need different ones.
        What is in the named graph `without` is left out. `subjects` holds, once it is read, what its triples are about.
        """
        self.source = SourceText(path, shown)
        self.path = path
        self.base = base
        self.shown = shown
        self.mark = mark
        self.without = without
        self.form = rdf_format_of(path)
        self.subjects: frozenset[object] = frozenset()

    def triples(self) -> list[ox.Triple]:
        """The triples in the order of the file, lexical forms kept, graph names left out.

        Raises:
            CannotRunError: the file can't be opened, or its extension names no RDF format.
            SyntaxError: it does not parse; the error has the line and column.
        """
        content = self.source.content
        with self.long_texts_refused():
            triples = list(self._parsed(content))
        if any(_is_blank(triple.subject) or _is_blank(triple.object) for triple in triples):
            triples = _read(self._steady(triples, content))
        self.subjects = frozenset(triple.subject for triple in triples)
        return triples

    def triples_once(self) -> list[ox.Triple]:
        """The triples for somebody who reads the file once: its blank nodes have new labels, which no other file has.

        Raises:
            CannotRunError: the file can't be opened, or its extension names no RDF format.
            SyntaxError: it does not parse; the error has the line and column.
        """
        with self.long_texts_refused():
            return list(self._parsed(self.source.content, rename=True))

    def ntriples(self) -> bytes:
        """The triples as N-Triples, written as pyoxigraph does; the labels of blank nodes are the same each time.

        Raises:
            CannotRunError: the file can't be opened, or its extension names no RDF format.
            SyntaxError: it does not parse; the error has the line and column.
        """
        content = self.source.content
        # Without names of graphs to leave out, quads are written as they come.
        is_plain = self.form == ox.RdfFormat.N_TRIPLES and self.without is None
        return self._steady(ox.parse(content, self.form) if is_plain else self._parsed(content), content)

    def _parsed(self, content: bytes, *, rename: bool = False) -> Iterator[ox.Triple]:
        """The triples of the content or of a part of it, the names of graphs left out."""
        if self.form is None:
            raise CannotRunError("unknown-format", file=self.shown)
        if self.form == ox.RdfFormat.JSON_LD:
            refuse_deep(content)
        elif self.form == ox.RdfFormat.RDF_XML:
            check_xml(content, self.shown)
        quads = ox.parse(content, self.form, base_iri=self.base, rename_blank_nodes=rename)
        if self.without is None:
            return map(_TRIPLE, quads)
        return (quad.triple for quad in quads if quad.graph_name != self.without)

    def _steady(self, triples: Iterable[ox.Triple] | Iterable[ox.Quad], content: bytes) -> bytes:
        with self.long_texts_refused():
            written: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        return SteadyLabels(content, self.mark).steady(bytes(written))

    @contextmanager
    def long_texts_refused(self) -> Iterator[None]:
        """Turn what the parser raises for a text that its buffer does not hold into a SyntaxError with the line."""
        try:
            yield
        except MemoryError as problem:
            raise SyntaxError(str(problem), (None, self._line_of_long_text(), 1, None)) from None

    def _line_of_long_text(self) -> int | None:
        """The line at which the parser fills its buffer, None in a format that it reads in another way."""
        if self.form not in BY_LINES | BY_STATEMENTS:
            return None
        with self._opened() as file:
            with suppress(MemoryError):
                deque(ox.parse(file, self.form, base_iri=self.base), maxlen=0)
            before = file.tell() - _BUFFER
            file.seek(0)
            for number, line in enumerate(file, start=1):
                before -= len(line)
                if before < 0:
                    return number
        return None

    def _opened(self) -> BinaryIO:
        return io.BytesIO(self.source.content)

    def syntax_finding(self, problem: SyntaxError) -> Finding:
        """What to report of a file that does not parse: what it is instead, else what the parser says."""
        content = self.source.content
        whole = mistaken(content, self.form) if self.form else None
        if whole is not None:
            explanation, start, end = whole
            return self._syntax_error(self.source.lines.place(start, end), explanation)
        if self.form == ox.RdfFormat.RDF_XML and problem.lineno is None:
            problem = located(problem.msg, content, self.base, self.shown)
        place = Place(self.shown, problem.lineno, problem.offset, problem.end_lineno, problem.end_offset)
        return self._syntax_error(place, in_words(problem.msg))

    def _syntax_error(self, place: Place, problem: Argument) -> Finding:
        return Finding("syntax-error", Severity.VIOLATION, place, {"problem": problem})

    def empty_finding(self) -> Finding:
        """What to report about a file that parses but has no statements."""
        return Finding("syntax-empty", Severity.WARNING, Place(self.shown, 1, 1))

    def lost_findings(self) -> list[Finding]:
        """What is lost of a file that parses: JSON-LD leaves out what it does not understand, without an error."""
        if self.form != ox.RdfFormat.JSON_LD:
            return []
        lines = self.source.lines
        losses = jsonld_losses(lines.text, self.base)
        return [Finding("syntax-lost", Severity.WARNING, lines.place(*span), {"reason": why}) for why, span in losses]

    def placed(self, wanted: Collection[Node] | None = None) -> Iterator[PlacedTriple]:
        """The triples about the wanted subjects (by default all) with their places; the file is known to parse.

        Raises:
            CannotRunError: the file can't be opened.
            SyntaxError: it has changed, and does not parse any longer.
        """
        content = self.source.content
        part = content
        if wanted is not None and len(content) > _LARGE:
            part = blank_others(content, [self.own(node) for node in wanted], self.path.suffix.lower())
        lines = Lines(self.shown, part.decode())
        triples = _read(self._steady(self._parsed(part), content))
        with suppress(UnplacedError, RecursionError):
            for triple, spans in self._spans(triples, lines.text):
                if wanted is None or triple.subject in wanted:
                    yield PlacedTriple(triple, *(lines.place(*span) for span in spans))

    def _spans(self, triples: list[ox.Triple], text: str) -> Iterator[tuple[ox.Triple, Iterable[Sequence[int]]]]:
        if self.form == ox.RdfFormat.JSON_LD:
            return jsonld_spans(text, triples, self.base, self.mark)
        spans = rdfxml_spans(text) if self.form == ox.RdfFormat.RDF_XML else [*turtle_spans(text)]
        # Should the two readings ever differ, no place is better than a wrong one.
        return zip(triples, spans, strict=True) if len(spans) == len(triples) else iter(())

    def own(self, node: Node) -> Node:
        """A node with the label that it has in the file itself."""
        return ox.BlankNode(node.value.removesuffix(self.mark)) if isinstance(node, ox.BlankNode) else node


def _read(ntriples: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)]


def _is_blank(term: object) -> bool:
    """Whether a term is a blank node, or may have one in it."""
    return isinstance(term, ox.BlankNode | ox.Triple)

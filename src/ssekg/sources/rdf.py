"""RDF files: read strictly by pyoxigraph; read again by rdflib's Turtle parser when places are wanted.

No engine's triples carry positions. rdflib's parser calls a method for each term it meets, so a subclass can note
where it stood; it is used for files that pyoxigraph has accepted, and only when a finding asks for a place.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.errors import CannotRunError
from ssekg.files import read_file
from ssekg.findings import Finding, Place, Severity
from ssekg.language import LANGUAGES
from ssekg.messages import text as message
from ssekg.sources.blanking import about
from ssekg.sources.places import Lines, PlacedTriple
from ssekg.sources.wellformed import check_xml

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
# What the parsers say most, by a part of it; the catalogues say it in every language.
_SAYINGS: Final = {
    "Unexpected end": "syntax-says-end",
    "no element found": "syntax-says-end",
    "unclosed token": "syntax-says-end",
    "Invalid UTF-8": "syntax-says-encoding",
    "not well-formed (invalid token)": "syntax-says-token",
    "LoadDocumentCallback": "syntax-says-remote",
    "external entity": "syntax-says-entity",
    "nested too deep": "syntax-says-deep",
    "Max stack size": "syntax-says-deep",
    "buffer maximal size": "syntax-says-long",
    "amplification": "syntax-says-amplification",
    "Invalid IRI": "syntax-says-iri",
}
# The place, which a report has apart.
_WHERE: Final = re.compile(
    r"Parser error (?:at|between) line \d+ (?:column \d+|between columns \d+ and \d+)(?: and line \d+ column \d+)?: "
)
# Files of this many bytes are blanked but for what is wanted, before they are read for places.
_LARGE: Final = 200_000


@contextmanager
def long_texts_refused() -> Iterator[None]:
    """Turn what the parser raises for a text that its buffer does not hold into a SyntaxError, without a place."""
    try:
        yield
    except MemoryError as problem:
        raise SyntaxError(str(problem)) from None


class RdfFile:
    """One RDF file; relative IRIs in it are resolved against `base`, `shown` is its name for people."""

    def __init__(self, path: Path, base: str, shown: str) -> None:
        """Name the file; nothing is read yet. `subjects` holds, once it is read, what its triples are about."""
        self.path = path
        self.base = base
        self.shown = shown
        self.subjects: frozenset[object] = frozenset()

    def triples(self) -> list[ox.Triple]:
        """The triples in the order of the file, lexical forms kept, graph names left out.

        Raises:
            CannotRunError: the file can't be opened, or its extension names no RDF format.
            SyntaxError: it does not parse; the error has the line and column.
        """
        with long_texts_refused():
            triples = [quad.triple for quad in self.quads()]
        self.subjects = frozenset(triple.subject for triple in triples)
        return triples

    def quads(self) -> Iterator[ox.Quad]:
        """What the file says, read as it is asked for, with graph names; a SyntaxError comes while it is read.

        Raises:
            CannotRunError: the file can't be opened, or its extension names no RDF format.
        """
        if self.path.suffix not in FORMATS:
            raise CannotRunError("unknown-format", file=self.shown)
        content = read_file(self.path, self.shown).removeprefix(codecs.BOM_UTF8)
        if FORMATS[self.path.suffix] == ox.RdfFormat.RDF_XML:
            check_xml(content, self.shown)
        return ox.parse(content, FORMATS[self.path.suffix], base_iri=self.base)

    def syntax_finding(self, problem: SyntaxError) -> Finding:
        """What to tell of a file that does not parse."""
        place = Place(self.shown, problem.lineno, problem.offset, problem.end_lineno, problem.end_offset)
        code = next((code for part, code in _SAYINGS.items() if part in problem.msg), None)
        said = {f"problem.{tag}": message(code, tag) for tag in LANGUAGES} if code else None
        return Finding("syntax-error", Severity.VIOLATION, place, said or {"problem": _WHERE.sub("", problem.msg)})

    def empty_finding(self) -> Finding:
        """What to tell of a file that parses and says nothing."""
        return Finding("file-empty", Severity.WARNING, Place(self.shown, 1, 1))

    def placed(self) -> Iterator[PlacedTriple]:
        """The triples of a Turtle or N-Triples file with their places, as far as rdflib can read it.

        Of a large file at least those about `subjects`, once it is read. Other formats yield nothing.
        """
        if self.path.suffix not in {".ttl", ".nt"}:
            return iter(())
        content = self.path.read_bytes()
        if self.subjects and len(content) > _LARGE:
            text = about(content, self.subjects, by_lines=self.path.suffix == ".nt")
        else:
            text = content.decode("utf-8-sig", errors="replace")
        return _placed_turtle(text, self.base, self.shown)


def _placed_turtle(text: str, base: str, shown: str) -> Iterator[PlacedTriple]:
    from rdflib.plugins.parsers.notation3 import SinkParser

    lines = Lines(shown, text)

    class Parser(SinkParser):
        """Keeps the span of each object of the list being read, and of the last subject."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.statements: list[PlacedTriple] = []
            self._open_lists: list[list[tuple[int, int]]] = []
            self._spans: Iterator[tuple[int, int]] = iter(())
            self._subjects: list[tuple[int, int]] = []

        def statement(self, argstr: str, i: int) -> int:
            subject: list[Any] = []
            after = self.object(argstr, i, subject)
            if after < 0:
                return after
            self._subjects.append((self.skipSpace(argstr, i), after))
            end = self.property_list(argstr, after, subject[0])
            self._subjects.pop()
            return end

        def object(self, argstr: str, i: int, res: Any) -> int:
            start = self.skipSpace(argstr, i)
            end = super().object(argstr, i, res)
            if end >= 0 and self._open_lists:
                self._open_lists[-1].append((start, end))
            return end

        def objectList(self, argstr: str, i: int, res: Any) -> int:  # noqa: N802
            self._open_lists.append([])
            end = super().objectList(argstr, i, res)
            self._spans = iter(self._open_lists.pop())
            return end

        def makeStatement(self, quadruple: Any) -> None:  # noqa: N802
            _, predicate, subject, value = quadruple
            span = next(self._spans, None)
            if span is not None and self._subjects:
                triple = _triple(subject, predicate, value, text[slice(*span)])
                place = lines.place(*span)
                self.statements.append(PlacedTriple(triple, lines.place(*self._subjects[-1]), place))

    parser = Parser(_sink(), baseURI=base, turtle=True)
    parser.startDoc()
    # rdflib raises what it likes for a text that is no Turtle, or Turtle that it does not know.
    with suppress(Exception):
        parser.feed(text)
    return iter(parser.statements)


def _sink() -> Any:
    from rdflib import Graph, URIRef
    from rdflib.plugins.parsers.notation3 import RDFSink

    class Sink(RDFSink):
        """Keeps literals as they are written, and no triples."""

        def newLiteral(self, s: str, dt: URIRef | None = None, lang: str | None = None) -> Any:  # noqa: N802
            return ox.Literal(s, datatype=ox.NamedNode(dt)) if dt else ox.Literal(s, language=lang)

        def makeStatement(self, quadruple: Any, why: Any = None) -> None:  # noqa: N802
            pass

    return Sink(Graph())


def _triple(subject: Any, predicate: Any, value: Any, written: str) -> ox.Triple:
    """The triple of rdflib's terms; `written` is the object as it stands in the file.

    rdflib has some IRIs as tuples of a kind and a text, and numbers as numbers, which lose their lexical form.
    """

    def term(node: Any) -> Any:
        if isinstance(node, ox.Literal):
            return node
        text = f"<{node[1]}>" if isinstance(node, tuple) else node.n3() if hasattr(node, "n3") else written
        return next(iter(ox.parse(f"<x:> <x:> {text} .", ox.RdfFormat.TURTLE))).object

    return ox.Triple(term(subject), term(predicate), term(value))

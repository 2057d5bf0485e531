"""Where each triple of a Turtle, TriG, N-Triples or N-Quads text is written, in the order in which pyoxigraph gives it.

No engine's triples carry positions. This reads a text that pyoxigraph has accepted, so nothing is checked, resolved or
unescaped here: the n-th triple of both readings is the same one. There is no recursion, however deep brackets go.
"""

from collections.abc import Iterator
from typing import Final

from ssekg.sources.places import UnplacedError
from ssekg.sources.rdf.tokens import Kind, tokens

# Start and end of a term as offsets; the end of a bracket is filled in when it closes.
Span = list[int]
Spans = tuple[Span, Span, Span]

# How many tokens follow a directive.
_DIRECTIVES: Final = {"prefix": 2, "base": 1, "version": 1, "graph": 0}


class _Frame:
    """What is being said within one kind of bracket, "" for a statement: of a subject, with a predicate."""

    def __init__(self, kind: str, span: Span) -> None:
        self.kind = kind
        self.span = span
        self.subject: Span | None = span if kind in "[(" and kind else None
        self.predicate: Span | None = None
        self.object: Span | None = None
        # What names the statement (RDF 1.2): None where nothing does, and whether a name may follow.
        self.reifier: Span | None = None
        self.names = False
        # Whether a list has a member.
        self.begun = False


def turtle_spans(text: str) -> Iterator[Spans]:
    """The spans of subject, predicate and object of each triple of a text that pyoxigraph accepts, in its order.

    A list is its brackets as a whole; each of its other nodes, and what says that it is one, is the member there.

    Raises:
        UnplacedError: something in it is not a token of the grammar.
    """
    reader = _Reader()
    skipped = 0
    try:
        for kind, written, start, end in tokens(text):
            if kind is Kind.COMMENT:
                continue
            if skipped:
                skipped -= 1
                continue
            if reader.is_between:
                word = written.removeprefix("@").lower()
                if word in _DIRECTIVES:
                    skipped = _DIRECTIVES[word]
                    continue
            reader.read(kind, written, [start, end])
            # Of one token, pyoxigraph gives the last triple first.
            while reader.triples:
                yield reader.triples.pop()
    except ValueError as problem:
        raise UnplacedError(str(problem)) from None


class _Reader:
    """The brackets that are open, and the triples of the token that was read last."""

    def __init__(self) -> None:
        self.frames = [_Frame("", [0, 0])]
        self.triples: list[Spans] = []
        # A string whose language or datatype may follow, and whether its datatype does.
        self.string: Span | None = None
        self.is_typed = False

    def read(self, kind: Kind, token: str, span: Span) -> None:
        """Take a token; the triples that it completes are added."""
        if self.string is not None:
            if self.is_typed or kind is Kind.TAG or kind is Kind.DATATYPE:
                self.string[1] = span[1]
                self.is_typed = kind is Kind.DATATYPE
                if not self.is_typed:
                    self._whole_string()
                return
            self._whole_string()
        if self.frames[-1].kind == "(" and token != ")":
            self._member(self.frames[-1], span)
        if kind is Kind.STRING:
            self.string = span
        else:
            self._read(kind, token, span)

    def _whole_string(self) -> None:
        span, self.string = self.string, None
        if span is not None:
            self._take(span)

    @property
    def is_between(self) -> bool:
        """Whether a statement may begin here."""
        return len(self.frames) == 1 and self.frames[0].subject is None

    def _read(self, kind: Kind, token: str, span: Span) -> None:
        frame = self.frames[-1]
        if frame.names and token != "[" and kind is not Kind.TERM:
            self._name(frame, span)
        if kind is Kind.TERM:
            self._take(span)
        elif kind is Kind.STOP:
            self._stop(frame, token, span)
        elif kind is Kind.OPEN:
            self._open(frame, token, span)
        elif kind is Kind.CLOSE:
            self._close(frame, span)

    def _open(self, frame: _Frame, token: str, span: Span) -> None:
        inner = _Frame(token, span)
        if token == "{|":
            named = frame.reifier
            if named is None:
                self._name(frame, span)
            # A name that is written serves all annotations that follow, one that is not only the next.
            inner.subject, frame.reifier = frame.reifier, named
        self.frames.append(inner)

    def _close(self, frame: _Frame, span: Span) -> None:
        self.frames.pop()
        frame.span[1] = span[1]
        if frame.kind == "(" and frame.begun:
            self._emit(frame.subject, span, span)
        elif frame.kind == "<<" and frame.reifier is None:
            self._emit(frame.span, frame.span, frame.span)
            self._take(frame.span)
        elif frame.kind != "{|":
            self._take(frame.span)

    def _stop(self, frame: _Frame, token: str, span: Span) -> None:
        if token == "~":
            frame.names = True
        elif token in ";,":
            frame.predicate = frame.predicate if token == "," else None
            frame.object = frame.reifier = None
        else:
            self.frames = [_Frame("", span)]

    def _member(self, frame: _Frame, span: Span) -> None:
        """Begin a member of a list; with the first the list itself is taken."""
        if frame.begun:
            self._emit(frame.subject, span, span)
            frame.subject = span
        else:
            frame.begun = True
            self._take(frame.span, self.frames[-2])

    def _take(self, span: Span, frame: _Frame | None = None) -> None:
        """Take a whole term for what is expected next."""
        frame = frame or self.frames[-1]
        if frame.names:
            self._name(frame, span)
        elif frame.kind == "(":
            self._emit(frame.subject, span, span)
        elif frame.subject is None:
            frame.subject = span
        elif frame.predicate is None:
            frame.predicate = span
        elif frame.object is None:  # else the name of a graph in N-Quads
            frame.object = span
            if not frame.kind.startswith("<<"):
                self._emit(frame.subject, frame.predicate, span)

    def _name(self, frame: _Frame, span: Span) -> None:
        """Name the statement that was read last, by a term or, without one, where it would be."""
        frame.names = False
        frame.reifier = span
        self._emit(span, span, frame.span if frame.kind == "<<" else frame.object)

    def _emit(self, subject: Span | None, predicate: Span, value: Span | None) -> None:
        if subject is not None and value is not None:
            self.triples.append((subject, predicate, value))

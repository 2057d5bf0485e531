"""Where each triple of a Turtle, TriG, N-Triples or N-Quads text is written, in the order in which pyoxigraph gives it.

No engine's triples carry positions. This reads a text that pyoxigraph has accepted, so nothing is checked, resolved or
unescaped here: the n-th triple of both readings is the same one. There is no recursion, however deep brackets go.
"""

import re
from collections.abc import Iterator
from typing import Final

# Start and end of a term as offsets; the end of a bracket is filled in when it closes.
Span = list[int]
Spans = tuple[Span, Span, Span]

_GAP: Final = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
_IN_NAME: Final = r"""[^\s<>"'()\[\]{};,\#~|^@.\\]"""
_NAME: Final = rf"(?!\.)(?:{_IN_NAME}|\\.|\.++(?={_IN_NAME}|\\))++"
_IRI: Final = r"<[^<>]*+>"
_TOKENS: Final = re.compile(
    rf'''
      (?P<gap> [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<open> <<\( | << | \{{\| | \[ | \( )
    | (?P<close> \)>> | >> | \|\}} | \] | \) )
    | (?P<text> (?P<quoted> """(?:[^"\\]++|\\.|"(?!""))*+""" | \'\'\'(?:[^'\\]++|\\.|'(?!\'\'))*+\'\'\'
        | "(?:[^"\\]++|\\.)*+" | '(?:[^'\\]++|\\.)*+' )
        (?: {_GAP}\^\^{_GAP}(?:{_IRI}|{_NAME}) | {_GAP}@[A-Za-z][A-Za-z0-9-]*+ )?+ )
    | (?P<directive> @[a-z]++ )
    | (?P<term> {_IRI}
        | [+-]?+(?:[0-9]++\.[0-9]*+[eE][+-]?+[0-9]++ | [0-9]*+\.[0-9]++(?:[eE][+-]?+[0-9]++)?+
          | [0-9]++(?:[eE][+-]?+[0-9]++)?+)
        | _:(?:(?!:){_IN_NAME}|\.++(?=(?!:){_IN_NAME}))++
        | {_NAME} )
    | (?P<sign> [.;,~{{}}] )
    ''',
    re.VERBOSE | re.DOTALL,
)
# How many tokens a directive takes.
_DIRECTIVES: Final = {"prefix": 2, "base": 1, "version": 1}


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
    """
    reader = _Reader()
    skipped = 0
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup
        if kind == "gap":
            continue
        if skipped:
            skipped -= 1
            continue
        token = match[0]
        if kind == "directive" or (kind == "term" and reader.is_between):
            word = token.removeprefix("@").lower()
            if word in _DIRECTIVES or word == "graph":
                skipped = _DIRECTIVES.get(word, 0)
                continue
        span = [*match.span()]
        reader.begin(token, span)
        if kind == "text":
            # A text is known to be whole by its tag or datatype, else by the token that follows.
            yield from reader.given()
            if match["quoted"] == token:
                reader.waiting = span
                continue
        reader.read(kind or "", token, span)
        yield from reader.given()


class _Reader:
    """The brackets that are open, and the triples of the token that was read last."""

    def __init__(self) -> None:
        self.frames = [_Frame("", [0, 0])]
        self.triples: list[Spans] = []
        self.waiting: Span | None = None

    def given(self) -> Iterator[Spans]:
        """The triples that the last token has made: of one token, pyoxigraph gives the last triple first."""
        while self.triples:
            yield self.triples.pop()

    @property
    def is_between(self) -> bool:
        """Whether a statement may begin here."""
        return len(self.frames) == 1 and self.frames[0].subject is None

    def begin(self, token: str, span: Span) -> None:
        """Do what is due before a token is taken."""
        if self.waiting is not None:
            self._take(self.waiting)
            self.waiting = None
        if self.frames[-1].kind == "(" and token != ")":
            self._member(self.frames[-1], span)

    def read(self, kind: str, token: str, span: Span) -> None:
        """Take a token."""
        frame = self.frames[-1]
        if frame.names and token != "[" and kind != "term":
            self._name(frame, span)
        if kind == "open":
            self._open(frame, token, span)
        elif kind == "close":
            self._close(frame, span)
        elif kind == "sign":
            self._sign(frame, token, span)
        else:
            self._take(span)

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

    def _sign(self, frame: _Frame, token: str, span: Span) -> None:
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
        """Name the statement that was read last, by a term or, without one, where it would stand."""
        frame.names = False
        frame.reifier = span
        self._emit(span, span, frame.span if frame.kind == "<<" else frame.object)

    def _emit(self, subject: Span | None, predicate: Span, value: Span | None) -> None:
        if subject is not None and value is not None:
            self.triples.append((subject, predicate, value))

"""Turtle as tokens, comments among them: what a formatter may move, and what it has to leave as it is.

The grammar is that of RDF 1.2 Turtle (https://www.w3.org/TR/rdf12-turtle/#sec-grammar). The text was parsed before, so
the patterns need only tell tokens apart, not judge them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a token is, as far as its place on the line depends on it."""

    COMMENT = auto()
    STRING = auto()
    TAG = auto()
    DATATYPE = auto()
    OPEN = auto()
    CLOSE = auto()
    STOP = auto()
    TERM = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it is written; `breaks` is the number of line breaks between it and the token before."""

    kind: Kind
    text: str
    breaks: int = 0


# In a name a dot is no full stop if the name goes on; a backslash takes the meaning from the sign after it.
_TOKEN: Final = re.compile(
    r'''
      (?P<COMMENT> \#[^\r\n]* )
    | (?P<STRING> """(?:[^"\\]|\\.|"{1,2}(?!"))*+""" | \'\'\'(?:[^'\\]|\\.|'{1,2}(?!'))*+\'\'\'
        | "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+' )
    | (?P<OPEN> <<\(? | \{\| | [\[(] )
    | (?P<CLOSE> \)?>> | \|\} | [\])] )
    | (?P<IRI> <[^<>]*> )
    | (?P<NUMBER> [+-]?(?:\d+\.\d*[eE][+-]?\d+ | (?:\d*\.)?\d+(?:[eE][+-]?\d+)?) )
    | (?P<DATATYPE> \^\^ )
    | (?P<TAG> @[A-Za-z0-9-]+ )
    | (?P<STOP> [;,.] )
    | (?P<NAME> ~ | (?:[^\x00-\x20<>"'\[\](){};,.\#@^~|\\] | \\. | \.+(?=[^\x00-\x20<>"'\[\](){};,.\#@^~|]))++ )
    ''',
    re.VERBOSE | re.DOTALL,
)
_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_BREAK: Final = re.compile(r"\r\n|\r|\n")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a Turtle document that parses, comments included.

    Raises:
        ValueError: somewhere stands what is no token.
    """
    position = 0
    while True:
        space = _SPACE.match(text, position)
        start = space.end() if space else position
        if start == len(text):
            return
        match = _TOKEN.match(text, start)
        if match is None:
            raise ValueError(f"no token: {text[start : start + 20]!r}")
        breaks = len(_BREAK.findall(text, position, start)) if start > position else 0
        kind = Kind.__members__.get(str(match.lastgroup), Kind.TERM)
        yield Token(kind, match[0].rstrip(" \t") if kind is Kind.COMMENT else match[0], breaks)
        position = match.end()

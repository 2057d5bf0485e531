"""Turtle, TriG, N-Triples and N-Quads as tokens, comments among them, each with where it begins and ends.

The grammar is that of RDF 1.1 (https://www.w3.org/TR/turtle/#sec-grammar, https://www.w3.org/TR/trig/#sec-grammar)
with the brackets that RDF 1.2 adds. The characters of each token are those of its production, so that a text in which
something else appears is refused, not guessed at; how tokens follow one another is for the parser to judge.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from typing import Final, NamedTuple


class Kind(Enum):
    """What a token is, as far as readers distinguish tokens."""

    COMMENT = auto()
    STRING = auto()
    TAG = auto()
    """`@` with what follows it: the language of a string, or a directive."""
    DATATYPE = auto()
    """The `^^` between a string and its datatype."""
    OPEN = auto()
    CLOSE = auto()
    STOP = auto()
    """Punctuation between terms: . ; , ~ and the braces of a graph."""
    TERM = auto()
    """An IRI, a name with a prefix, a blank node's label, a number, or a word (`a`, `true`, `PREFIX`)."""


class Token(NamedTuple):
    """One token as it is written, from offset `start` up to `end`."""

    kind: Kind
    text: str
    start: int
    end: int


# The productions, under their names in the grammar.
_PN_CHARS_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PN_CHARS: Final = rf"{_PN_CHARS_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040\-"
_DOTS: Final = rf"\.++(?=[{_PN_CHARS}])"
_PN_PREFIX: Final = rf"[{_PN_CHARS_BASE}](?:[{_PN_CHARS}]++|{_DOTS})*+"
_UCHAR: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_PN_LOCAL: Final = rf"(?:[{_PN_CHARS_BASE}_:0-9]|{_PLX})(?:[{_PN_CHARS}:]++|{_PLX}|\.++(?=[{_PN_CHARS}:%\\]))*+"
_BLANK_NODE_LABEL: Final = rf"_:[{_PN_CHARS_BASE}_0-9](?:[{_PN_CHARS}]++|{_DOTS})*+"
_EXPONENT: Final = "[eE][+-]?[0-9]++"
_NUMBER: Final = rf"[+-]?(?:[0-9]++\.[0-9]*+{_EXPONENT}|[0-9]*+\.[0-9]++(?:{_EXPONENT})?+|[0-9]++(?:{_EXPONENT})?+)"
_ECHAR: Final = r"""\\[tbnrf"'\\]"""

IRIREF: Final = rf'<(?:[^\x00-\x20<>"{{}}|^`\\]++|{_UCHAR})*+>'
NAME: Final = rf"(?:{_PN_PREFIX})?+:(?:{_PN_LOCAL})?+"
TERM: Final = rf"{IRIREF}|{NAME}|{_BLANK_NODE_LABEL}|{_NUMBER}|[A-Za-z]++"
STRING: Final = (
    rf'"""(?:[^"\\]++|{_ECHAR}|{_UCHAR}|"(?!""))*+"""|\'\'\'(?:[^\'\\]++|{_ECHAR}|{_UCHAR}|\'(?!\'\'))*+\'\'\''
    rf'|"(?!"")(?:[^"\\\n\r]++|{_ECHAR}|{_UCHAR})*+"|\'(?!\'\')(?:[^\'\\\n\r]++|{_ECHAR}|{_UCHAR})*+\''
)
TAG: Final = "@[A-Za-z]++(?:--?[A-Za-z0-9]++)*+"
COMMENT: Final = r"\#[^\n\r]*+"
SPACE: Final = r"[\ \t\r\n]"


@cache
def _token() -> re.Pattern[str]:
    """One token of the grammar; compiled when it is wanted, since most commands need none."""
    return re.compile(
        rf"""
        {SPACE}*+ (?:
          (?P<TERM> {TERM} ) | (?P<STOP> [.;,~}}] | \{{(?!\|) ) | (?P<STRING> {STRING} )
          | (?P<OPEN> <<\(?+ | \{{\| | [\[(] ) | (?P<CLOSE> \)?>> | \|\}} | [\])] )
          | (?P<TAG> {TAG} ) | (?P<DATATYPE> \^\^ ) | (?P<COMMENT> {COMMENT} ) | (?P<end> \Z )
        )
        """,
        re.VERBOSE,
    )


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens of a text from an offset on in their order, comments included.

    Raises:
        ValueError: something in it is not a token.
    """
    kinds = dict(Kind.__members__)
    position = start
    for match in _token().finditer(text, start):
        if match.start() != position:
            break
        name = match.lastgroup or ""
        if name == "end":
            return
        begin, position = match.span(name)
        yield Token(kinds[name], match[name], begin, position)
    raise ValueError(f"no token: {text[position : position + 20]!r}")

"""What the parsers of RDF say in English, and the messages that say it in the language of the reader.

pyoxigraph and expat give their errors as sentences; the tests provoke each from the versions installed.
"""

import re
import unicodedata
from typing import Final

from ssekg.base.said import Argument, Said
from ssekg.sources.suspicious_text import named
from ssekg.sources.tables.cells import shortened

# The place, which a report has apart.
_WHERE: Final = re.compile("Parser error (?:at|between) line [^:]*: ")
_LONGEST: Final = 1000
# By a part of the message, with the `token` in question; the first that fits counts.
_SAYINGS: Final = {
    # Files that end too early, or are another kind of text
    "Unexpected end|no element found|unclosed (?:token|CDATA)": "syntax-says-end",
    "Invalid UTF-8|Unexpected byte": "syntax-says-encoding",
    "nested too deep|nested brackets|Max stack size": "syntax-says-deep",
    "buffer maximal size": "syntax-says-long",
    # IRIs
    r"Invalid IRI percent encoding '(?P<token>[^']*)'": "syntax-says-iri-percent",
    r"should be % followed by two hexadecimal characters, found '(?P<token>[^']*)'": "syntax-says-iri-percent",
    r"Invalid IRI code point '(?:\n|\r|<)'": "syntax-says-iri-open",
    r"Invalid IRI code point '(?P<token>(?s:.))'": "syntax-says-iri",
    "Invalid character '.'(?: in host)?$|Invalid host IP": "syntax-says-iri-host",
    "No scheme found in an absolute IRI": "syntax-says-iri-relative",
    # Turtle, TriG, N-Triples, N-Quads
    "followed by a dot|A dot is expected": "syntax-says-dot",
    "of a triple must be an IRI": "syntax-says-lines",
    "PREFIX keyword should be followed by a prefix": "syntax-says-prefix-line",
    r"The prefix (?P<token>\S+) has not been declared": "syntax-says-prefix",
    "(?P<token>.+) is not a valid RDF object": "syntax-says-object",
    "(?P<token>.+) is not a valid (?:RDF )?predicate": "syntax-says-predicate",
    "(?P<token>.+) is not a valid (?:RDF )?subject": "syntax-says-subject",
    "'(?P<token>.)' is not allowed at the beginning of a prefix name": "syntax-says-sign",
    r"should end with a '\]'": "syntax-says-bracket",
    "Unexpected escape character '(?P<token>.+)'|The escape sequence '(?P<other>.+)'": "syntax-says-escape",
    "Line jumps are not allowed": "syntax-says-line",
    "A language code should": "syntax-says-language",
    "Unexpected character '(?P<token>.)'": "syntax-says-sign",
    # RDF/XML
    r"not well-formed \(invalid token\)|reference to invalid character number": "syntax-says-token",
    "external entity": "syntax-says-entity",
    "amplification|recursive entity": "syntax-says-amplification",
    "mismatched tag": "syntax-says-xml-tag",
    "duplicate attribute": "syntax-says-xml-attribute-twice",
    "undefined entity": "syntax-says-xml-undeclared-entity",
    "junk after document element": "syntax-says-xml-after-end",
    "XML or text declaration not at start": "syntax-says-xml-before-start",
    "^syntax error$": "syntax-says-xml-none",
    "declared encoding (?P<token>.*)|unknown encoding": "syntax-says-xml-encoding",
    "attribute (?P<token>.+) without a prefix": "syntax-says-xml-attribute",
    "name (?P<token>.+) without a prefix": "syntax-says-xml-namespace",
    "^OWL/XML$": "syntax-says-owl-xml",
    "Unknown prefix (?P<token>[^:]*):": "syntax-says-xml-prefix",
    "#(?P<token>[^<>]+)> has already been used as rdf:ID": "syntax-says-xml-id-twice",
    "(?P<token>.+) is not a valid rdf:(?:ID|nodeID) value": "syntax-says-xml-name",
    "Not both rdf:": "syntax-says-xml-both",
    r"Unexpected text event: '\s*(?P<token>(?s:.*))'": "syntax-says-xml-text",
    "a text value is already present": "syntax-says-xml-mixed",
    "property element tag name: (?P<token>.+)|(?P<other>.+) is not a valid attribute": "syntax-says-xml-reserved",
    "error while parsing language tag '(?P<token>[^']*)'": "syntax-says-language-tag",
    # JSON-LD
    "LoadDocumentCallback": "syntax-says-remote",
    "Trailing commas|Object keys|Object values|Array values|Unexpected char:|escape sequence|in JSON strings|expected$"
    "|already contains one root": "syntax-says-json",
}


def in_words(problem: str) -> Argument:
    """What a parser says, to be put into words where it is read; as it is where nothing else is known."""
    problem = _WHERE.sub("", problem)
    if len(problem) > _LONGEST:  # with a token of thousands of characters, of which the patterns would try each
        problem = f"{problem[: _LONGEST // 2]}…{problem[-_LONGEST // 2 :]}"
    for part, code in _SAYINGS.items():
        found = re.search(part, problem)
        if found:
            groups = found.groupdict()
            token = groups.get("token") or groups.get("other")
            return Said(code, {} if token is None else {"token": _shown(token)})
    return problem


def _shown(token: str) -> str:
    """A token for people: a character that is not seen is named."""
    unseen = len(token) == 1 and (token.isspace() or unicodedata.category(token).startswith("C"))
    return named(token) if unseen else shortened(token)

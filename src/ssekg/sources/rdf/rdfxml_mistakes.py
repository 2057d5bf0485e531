"""Where well-formed XML is not RDF/XML: the parser says what is wrong, but not where."""

import re
from typing import Final
from xml.parsers import expat  # nothing is built from what it reads; the content was checked before

import pyoxigraph as ox

from ssekg.sources.places import Lines

_NO_NAMESPACE: Final = "XML namespaces are required"
# What the parser quotes of the tag that it refuses.
_QUOTED: Final = re.compile(
    r"IRI '(?P<iri>[^']*)'|tag '(?P<tag>[^']*)'|prefix (?P<prefix>[^:]+:)|#(?P<id>[^<>]+)> has already"
    r"|text event: '\s*(?P<text>[^\n']+)|(?P<name>.+) is not a valid rdf:|#(?P<term>\w+)(?: is not a valid|$)"
)
# A name of an element, or of an attribute that is not a declaration of XML, without a prefix.
_ELEMENT: Final = re.compile(r"<(?P<name>[^\s:/>]+)(?=[\s/>])")
_ATTRIBUTE: Final = re.compile(r"\s(?!xmlns\b)(?P<name>[^\s:=\"']+)\s*=\s*[\"']")
_OF_RDF: Final = frozenset({"about", "ID", "nodeID", "resource", "datatype", "parseType"})


def located(problem: str, content: bytes, base: str, shown: str) -> SyntaxError:
    """What the parser says of RDF/XML that is well-formed XML, with the line and column.

    Args:
        problem: what it says.
        content: the file, in UTF-8.
        base: what relative IRIs are resolved against.
        shown: the name of the file for people.
    """
    text = content.decode()
    start, end = _refused(content, base)
    part = text[start:end]
    if _NO_NAMESPACE in problem:
        problem, name = _without_namespace(part, text)
        start, end = (start + name.start("name"), start + name.end("name")) if name else (start, end)
    else:
        quoted = _QUOTED.search(problem)
        token = next((each for each in quoted.groups() if each), "") if quoted else ""
        if token and token in part:
            start += part.rindex(token)
            end = start + len(token)
    place = Lines(shown, text).place(start, end)
    return SyntaxError(problem, (shown, place.line, place.column, None, place.end_line, place.end_column))


def _refused(content: bytes, base: str) -> tuple[int, int]:
    """The offsets in characters of the tag or text at which the parser stops.

    It takes a truncated file for a complete one, so that it refuses the beginnings of the file from this part on.
    """
    ends = [*_starts(content)[1:], len(content)]
    accepted, refused = -1, len(ends) - 1
    while refused - accepted > 1:
        middle = (accepted + refused) // 2
        accepted, refused = (middle, refused) if _is_accepted(content[: ends[middle]], base) else (accepted, middle)
    start = ends[refused - 1] if refused else 0
    return len(content[:start].decode()), len(content[: ends[refused]].decode())


def _starts(content: bytes) -> list[int]:
    """Where each tag, and each text between tags, starts."""
    starts = {0: None}
    parser = expat.ParserCreate()

    def note(*_: object) -> None:
        starts[parser.CurrentByteIndex] = None

    parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = note
    parser.Parse(content, True)
    return list(starts)


def _is_accepted(content: bytes, base: str) -> bool:
    try:
        for _ in ox.parse(content, ox.RdfFormat.RDF_XML, base_iri=base):
            pass
    except (SyntaxError, MemoryError):
        return False
    return True


def _without_namespace(tag: str, text: str) -> tuple[str, re.Match[str] | None]:
    """What has no namespace in a tag, in words that are known, and where."""
    if "rdf:RDF" not in text and re.search(r"<(?:\w+:)?Ontology[\s>]", tag):
        return "OWL/XML", None
    element, attribute = _ELEMENT.search(tag), _ATTRIBUTE.search(tag)
    if attribute and (element is None or "xmlns=" in text):
        is_of_rdf = attribute["name"] in _OF_RDF
        return f"{'attribute' if is_of_rdf else 'name'} {attribute['name']} without a prefix", attribute
    return f"name {element['name']} without a prefix" if element else _NO_NAMESPACE, element

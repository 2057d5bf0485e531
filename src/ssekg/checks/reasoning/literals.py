"""Values that OWL knows, and what takes the place of the others, such as dates: OWL 2 has none but moments.

A value of another datatype becomes a value of xsd:anyURI that holds the datatype and the value; its datatype becomes
the values of xsd:anyURI that hold it. So two days differ, and a year is no day. Where two texts of a datatype may mean
the same and nobody here knows it, such as coordinates, only that there is a value of that datatype is kept.
"""

import hashlib
import logging
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
import rdflib

from ssekg.base.namespaces import OWL, RDF, RDFS, XSD
from ssekg.graph.store import TYPE
from ssekg.sources.suspicious_text import NOT_XML

_OF_OWL: Final = frozenset(
    {OWL + "real", OWL + "rational", RDFS + "Literal", RDF + "PlainLiteral", RDF + "langString"}
    | {
        XSD + name
        for name in (
            *("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean", "anyURI"),
            *("decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"),
            *("long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
            *("double", "float", "hexBinary", "base64Binary", "dateTime", "dateTimeStamp"),
        )
    }
)
# Of these a value has one text, but for the name of the time zone zero.
_BY_VALUE: Final = frozenset(
    XSD + name for name in ("date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)
_ZONES_OF_ZERO: Final = ("+00:00", "-00:00")
_ANY_URI: Final = ox.NamedNode(XSD + "anyURI")
# Characters of private use.
_PRIVATE: Final = 0xE000
_PRIVATE_SIZE: Final = 0x1900
_DATATYPE: Final = ox.NamedNode(RDFS + "Datatype")
_IN_ADDRESSES: Final = "%:/?#[]@!$&'()*+,;=~"


def is_of_owl(datatype: ox.NamedNode) -> bool:
    """Whether a datatype is in OWL 2's datatype map."""
    return datatype.value in _OF_OWL


def has_value(literal: ox.Literal) -> bool:
    """Whether the value of a literal can be compared with others."""
    return is_of_owl(literal.datatype) or literal.datatype.value in _BY_VALUE


def is_valid(literal: ox.Literal) -> bool:
    """Whether the text of a literal is one of its datatype, as far as that is known."""
    if literal.datatype.value in {XSD + "string", RDF + "langString"} or not has_value(literal):
        return True
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True  # it writes a traceback of each text that is wrong
    try:
        return rdflib.Literal(literal.value, datatype=rdflib.URIRef(literal.datatype.value)).ill_typed is not True
    finally:
        log.disabled = before


def stand_in(literal: ox.Literal) -> ox.Literal:
    """A literal of the same value, of a datatype that OWL knows."""
    if literal.datatype == _ANY_URI:  # the reasoner takes no letters beyond ASCII there
        return ox.Literal(quote(literal.value, safe=_IN_ADDRESSES), datatype=_ANY_URI)
    if is_of_owl(literal.datatype):
        return literal if NOT_XML.search(literal.value) is None else _without_controls(literal)
    text = literal.value.strip()
    for zone in _ZONES_OF_ZERO:
        text = text.removesuffix(zone) + ("Z" if text.endswith(zone) else "")
    return ox.Literal(_prefix(literal.datatype) + quote(text, safe=""), datatype=_ANY_URI)


def _without_controls(literal: ox.Literal) -> ox.Literal:
    """A text without the characters that XML has no place for, at which the reasoner stops; others stand in."""
    text = NOT_XML.sub(lambda found: chr(_PRIVATE + ord(found[0]) % _PRIVATE_SIZE), literal.value)
    if literal.language:
        return ox.Literal(text, language=literal.language)
    return ox.Literal(text, datatype=literal.datatype)


def stand_in_type(datatype: ox.NamedNode) -> tuple[ox.BlankNode, list[ox.Triple]]:
    """A new node for the literals that stand in for those of a datatype, and what describes it."""
    node, items, facet = ox.BlankNode(), ox.BlankNode(), ox.BlankNode()
    return node, [
        ox.Triple(node, TYPE, _DATATYPE),
        ox.Triple(node, ox.NamedNode(OWL + "onDatatype"), _ANY_URI),
        ox.Triple(node, ox.NamedNode(OWL + "withRestrictions"), items),
        ox.Triple(items, ox.NamedNode(RDF + "first"), facet),
        ox.Triple(items, ox.NamedNode(RDF + "rest"), ox.NamedNode(RDF + "nil")),
        ox.Triple(facet, ox.NamedNode(XSD + "pattern"), ox.Literal(_prefix(datatype) + ".*")),
    ]


def _prefix(datatype: ox.NamedNode) -> str:
    """What the texts of the literals begin with that stand in for those of a datatype."""
    return f"urn:x-ssekg:{hashlib.sha256(datatype.value.encode()).hexdigest()[:16]}:"

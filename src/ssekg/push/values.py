"""What a triple says, whatever form a store keeps it in: many write literals anew, and equal values are one to them."""

import re
from functools import lru_cache
from typing import Final

import pyoxigraph as ox
import rdflib

from ssekg.base.namespaces import XSD

_WKT: Final = ox.NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")
# What Virtuoso makes of it.
_GEOMETRY: Final = ox.NamedNode("http://www.openlinksw.com/schemas/virtrdf#Geometry")
_OF_WKT: Final = re.compile(r"(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|[A-Za-z]+|,")


def in_one_form(triple: ox.Triple) -> ox.Triple:
    """A triple with its value in one form: the same for 1.50 and 1.5, true and 1, or the languages fr-MA and fr-ma.

    The forms are for comparing only.
    """
    value = triple.object
    return ox.Triple(triple.subject, triple.predicate, _literal(value)) if isinstance(value, ox.Literal) else triple


@lru_cache(maxsize=100_000)
def _literal(literal: ox.Literal) -> ox.Literal:
    datatype = literal.datatype
    if literal.language:
        return ox.Literal(literal.value, language=literal.language.lower())
    if datatype in {_WKT, _GEOMETRY}:
        return ox.Literal(_coordinates(literal.value), datatype=_WKT)
    if not datatype.value.startswith(XSD):
        return literal
    value = rdflib.Literal(literal.value, datatype=rdflib.URIRef(datatype.value)).value
    if value is None or isinstance(value, str):
        return literal
    return ox.Literal(repr(value.normalize() if hasattr(value, "normalize") else value), datatype=datatype)


def _coordinates(wkt: str) -> str:
    """The words and numbers of a geometry; to six digits, as Virtuoso keeps points with single precision."""
    return " ".join(f"{float(found[1]):.6g}" if found[1] else found[0].upper() for found in _OF_WKT.finditer(wkt))

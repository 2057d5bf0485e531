"""What a file that does not parse really is, if it is something other than its name says."""

import codecs
import json
import re
from typing import Final

import pyoxigraph as ox

from ssekg.base.formats import FORMATS, Format
from ssekg.base.said import Said

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_HTML: Final = re.compile(rb"\s*(?:<!doctype\s+html|<html)\b", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*(?:<\?xml|<!DOCTYPE|<rdf:RDF)\b")
_TURTLE: Final = re.compile(rb"(?:\s|#[^\n]*\n)*(?:@prefix|@base|prefix\s+\S*:|base\s+<)", re.IGNORECASE)
_TURTLES: Final = frozenset({ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS})


def mistaken(content: bytes, form: ox.RdfFormat) -> tuple[Said, int, int] | None:
    """What is wrong with a whole file, and where, from offset to offset; None if nothing is known.

    Args:
        content: a file that does not parse.
        form: the format that its name says.
    """
    if content.startswith(_UTF_16):
        return Said("syntax-says-utf-16"), 0, 0
    conflict = _CONFLICT.search(content.decode(errors="replace"))
    if conflict:
        return Said("syntax-says-conflict"), *conflict.span()
    expected = _named(form)
    if _HTML.match(content):
        return Said("syntax-says-html", {"expected": expected.title}), 0, 0
    found = _format_of(content)
    if found is None or found == form or {found, form} <= _TURTLES:
        return None
    named = _named(found)
    return Said("syntax-says-format", {"format": named.title, "expected": expected.title, "suffix": named.suffix}), 0, 0


def _format_of(content: bytes) -> ox.RdfFormat | None:
    """The format that a file seems to be written in."""
    if _XML.match(content) and b"rdf:RDF" in content:
        return ox.RdfFormat.RDF_XML
    if _TURTLE.match(content):
        return ox.RdfFormat.TURTLE
    return ox.RdfFormat.JSON_LD if content.lstrip()[:1] in {b"{", b"["} and _is_json(content) else None


def _is_json(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict | list)
    except (ValueError, RecursionError):
        return False


def _named(form: ox.RdfFormat) -> Format:
    return next(each for each in FORMATS if each.rdf == form)

"""The forms that the W3C has given the results of SPARQL 1.1: JSON, XML, CSV and TSV, term by term."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.namespaces import XSD
from ssekg.graph.json_terms import term_to_json
from ssekg.queries.parameters import Term
from ssekg.queries.results import Result

_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"
# What Turtle writes without quotation marks.
_BARE: Final = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
# What XML 1.0 has no way to write.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    if result.form == "ASK":
        return json.dumps({"head": {}, "boolean": _is_true(result)}) + "\n"
    bindings = [
        {variable: term_to_json(term) for variable, term in zip(result.variables, row, strict=True) if term is not None}
        for row in result.rows
    ]
    content = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_xml(result: Result) -> str:
    """SPARQL Query Results XML Format.

    Raises:
        AskedWronglyError: a text has characters that XML has not.
    """
    head = "".join(f"<variable name={quoteattr(variable)}/>" for variable in result.variables)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_RESULTS}">']
    if result.form == "ASK":
        lines += ["<head/>", f"<boolean>{str(_is_true(result)).lower()}</boolean>"]
    else:
        lines += [f"<head>{head}</head>", "<results>"]
        lines += [f"<result>{''.join(_bindings(result.variables, row))}</result>" for row in result.rows]
        lines.append("</results>")
    text = "\n".join([*lines, "</sparql>"]) + "\n"
    if _NOT_XML.search(text):
        raise AskedWronglyError("answer-not-xml")
    return text


def as_csv(result: Result) -> str:
    """SPARQL 1.1 Query Results CSV Format: IRIs as they are, of a text its characters alone."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(result.variables)
    writer.writerows([_plain(term) for term in row] for row in result.rows)
    return output.getvalue()


def as_tsv(result: Result) -> str:
    """SPARQL 1.1 Query Results TSV Format: each term as Turtle has it."""
    lines = ["\t".join(f"?{variable}" for variable in result.variables)]
    lines += ["\t".join(map(_turtle, row)) for row in result.rows]
    return "\n".join(lines) + "\n"


def _is_true(result: Result) -> bool:
    term = result.rows[0][0]
    return isinstance(term, ox.Literal) and term.value == "true"


def _bindings(variables: Sequence[str], row: Sequence[Term | None]) -> list[str]:
    return [
        f"<binding name={quoteattr(variable)}>{_element(term)}</binding>"
        for variable, term in zip(variables, row, strict=True)
        if term is not None
    ]


def _element(term: Term) -> str:
    # A carriage return as it is would be read as a line feed.
    text = escape(term.value, {"\r": "&#13;"})
    if isinstance(term, ox.NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    if term.datatype.value == XSD + "string":
        return f"<literal>{text}</literal>"
    return f"<literal datatype={quoteattr(term.datatype.value)}>{text}</literal>"


def _plain(term: Term | None) -> str:
    if isinstance(term, ox.BlankNode):
        return str(term)
    return "" if term is None else term.value


def _turtle(term: Term | None) -> str:
    bare = _BARE.get(term.datatype.value) if isinstance(term, ox.Literal) else None
    if term is not None and bare is not None and bare.fullmatch(term.value):
        return term.value
    return "" if term is None else str(term).replace("\t", "\\t")

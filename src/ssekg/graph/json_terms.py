"""RDF terms as JSON, as SPARQL 1.1 Query Results JSON has them (section 3.2.2), triples as terms besides."""

from collections.abc import Mapping
from typing import TypeAlias

import pyoxigraph as ox

from ssekg.base.namespaces import XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def term_to_json(term: Term) -> dict[str, str]:
    """A term as an object of texts."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        return {"type": "triple", "value": str(term)}
    written = {"type": "literal", "value": term.value}
    if term.language:
        return written | {"xml:lang": term.language}
    return written if term.datatype.value == XSD + "string" else written | {"datatype": term.datatype.value}


def term_from_json(content: Mapping[str, str]) -> Term:
    """The term that `term_to_json` wrote.

    Raises:
        KeyError, ValueError: it is something else.
    """
    value = content["value"]
    if content["type"] == "uri":
        return ox.NamedNode(value)
    if content["type"] == "bnode":
        return ox.BlankNode(value)
    if content["type"] == "triple":
        line = f"<x:s> <x:p> <<( {value} )>> ."
        triple: Term = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
        return triple
    if "xml:lang" in content:
        return ox.Literal(value, language=content["xml:lang"])
    return ox.Literal(value, datatype=ox.NamedNode(content["datatype"])) if "datatype" in content else ox.Literal(value)

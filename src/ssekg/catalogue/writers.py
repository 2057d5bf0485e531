"""The catalogue in three formats, the same bytes for the same statements, in their order."""

import json
import re
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD
from ssekg.catalogue.statements import PREFIXES, Statements

_STRING: Final = ox.NamedNode(XSD + "string")
_ROOT: Final = re.compile(rb'<rdf:RDF((?: xmlns:[a-z]+="[^"]*")*)>')


def turtle(statements: Statements) -> bytes:
    """Turtle with the prefixes that are in use, in order of their names."""
    content = bytes(ox.serialize(list(statements), format=ox.RdfFormat.TURTLE, prefixes=_used(statements)) or b"")
    lines = content.splitlines(keepends=True)
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:count]), *lines[count:]])


def rdfxml(statements: Statements) -> bytes:
    """RDF/XML, the declarations of the namespaces in order of their names."""
    content = bytes(ox.serialize(list(statements), format=ox.RdfFormat.RDF_XML, prefixes=_used(statements)) or b"")
    return _ROOT.sub(lambda root: b" ".join([b"<rdf:RDF", *sorted(root[1].split())]) + b">", content, count=1)


def jsonld(statements: Statements) -> bytes:
    """Compact JSON-LD with the context inside: prefixed names as keys, values always spelled out."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in statements:
        node = nodes.setdefault(str(getattr(triple.subject, "value", "")), {})
        key = _compact(triple.predicate.value)
        if key == "rdf:type" and isinstance(triple.object, ox.NamedNode):
            node.setdefault("@type", []).append(_compact(triple.object.value))
        else:
            node.setdefault(key, []).append(_json(triple.object))
    graph = [
        {"@id": name} | {key: values[0] if len(values) == 1 else values for key, values in node.items()}
        for name, node in nodes.items()
    ]
    document = {"@context": _used(statements), "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _used(statements: Statements) -> dict[str, str]:
    """The prefixes of the predicates, classes and datatypes."""
    names = set()
    for triple in statements:
        names.add(triple.predicate.value)
        if isinstance(triple.object, ox.Literal):
            names.add(triple.object.datatype.value)
        elif isinstance(triple.object, ox.NamedNode):
            names.add(triple.object.value)
    return {prefix: space for prefix, space in PREFIXES.items() if any(name.startswith(space) for name in names)}


def _compact(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _json(value: object) -> Any:
    if isinstance(value, ox.Literal):
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype == _STRING:
            return value.value
        return {"@value": value.value, "@type": _compact(value.datatype.value)}
    return {"@id": str(getattr(value, "value", value))}

"""SHACL property paths, read from the nodes that authors and engines write them with (SHACL, section 2.3.1)."""

from collections.abc import Mapping
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH
from ssekg.base.terms import Path, PathExpression

_SIGNS: Final = {
    SH + "inversePath": "^",
    SH + "zeroOrMorePath": "*",
    SH + "oneOrMorePath": "+",
    SH + "zeroOrOnePath": "?",
}
_ALTERNATIVE: Final = SH + "alternativePath"
_FIRST: Final = RDF + "first"
_REST: Final = RDF + "rest"
_PARTS: Final = frozenset({_FIRST, _REST, _ALTERNATIVE, *_SIGNS})

# The objects by subject and by the IRI of the predicate.
BySubject = Mapping[Any, Mapping[str, list[Any]]]


def path_at(node: Any, by_subject: BySubject) -> Path | None:
    """The path that a node describes, given the statements about it; None if it is not a path."""
    if isinstance(node, ox.NamedNode):
        return node
    statements = by_subject.get(node, {})
    if _FIRST in statements:
        return _of_parts("/", _members(node, by_subject), by_subject)
    if _ALTERNATIVE in statements:
        return _of_parts("|", _members(statements[_ALTERNATIVE][0], by_subject), by_subject)
    for predicate, sign in _SIGNS.items():
        if predicate in statements:
            return _of_parts(sign, statements[predicate][:1], by_subject)
    return None


def path_nodes(node: Any, by_subject: BySubject) -> list[Any]:
    """The blank nodes that a path is made of, itself first."""
    nodes = [node] if isinstance(node, ox.BlankNode) else []
    for predicate, values in by_subject.get(node, {}).items() if nodes else ():
        if predicate in _PARTS:
            nodes += [inner for value in values for inner in path_nodes(value, by_subject)]
    return nodes


def _of_parts(sign: str, nodes: list[Any], by_subject: BySubject) -> Path | None:
    parts = [path_at(node, by_subject) for node in nodes]
    known = tuple(part for part in parts if part is not None)
    return PathExpression(sign, known) if known and len(known) == len(parts) else None


def _members(node: Any, by_subject: BySubject) -> list[Any]:
    """The members of a list."""
    members = []
    while _FIRST in by_subject.get(node, {}):
        members.append(by_subject[node][_FIRST][0])
        node = by_subject[node][_REST][0]
    return members

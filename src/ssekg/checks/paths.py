"""SHACL property paths in SPARQL's notation."""

from collections.abc import Mapping
from typing import Any, Final

import pyoxigraph as ox

from ssekg.namespaces import RDF, SH

_PARTS: Final = frozenset(
    {RDF + "first", RDF + "rest"}
    | {SH + f"{name}Path" for name in ("alternative", "inverse", "zeroOrMore", "oneOrMore", "zeroOrOne")}
)

About = Mapping[Any, Mapping[str, list[Any]]]


def path_text(node: Any, about: About) -> str:
    """A path: `<p>`, `^<p>`, `<p>/<q>`, `(<p>|<q>)`, `(<p>)*`; `about` has the objects by subject and predicate."""
    if isinstance(node, ox.NamedNode):
        return str(node)
    parts = about.get(node, {})
    if RDF + "first" in parts:
        return "/".join(_listed(node, about))
    if SH + "alternativePath" in parts:
        return f"({'|'.join(_listed(parts[SH + 'alternativePath'][0], about))})"
    if SH + "inversePath" in parts:
        inverted = parts[SH + "inversePath"][0]
        text = path_text(inverted, about)
        return f"^({text})" if RDF + "first" in about.get(inverted, {}) else f"^{text}"
    for name, sign in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        if SH + name in parts:
            return f"({path_text(parts[SH + name][0], about)}){sign}"
    return str(node)


def path_nodes(node: Any, about: About) -> list[Any]:
    """The blank nodes that a path is made of, itself first."""
    nodes = [node] if isinstance(node, ox.BlankNode) else []
    for predicate, values in about.get(node, {}).items() if nodes else ():
        if predicate in _PARTS:
            nodes += [inner for value in values for inner in path_nodes(value, about)]
    return nodes


def _listed(node: Any, about: About) -> list[str]:
    items = []
    while RDF + "first" in about.get(node, {}):
        items.append(path_text(about[node][RDF + "first"][0], about))
        node = about[node][RDF + "rest"][0]
    return items

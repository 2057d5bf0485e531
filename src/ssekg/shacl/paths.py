"""SHACL property paths in SPARQL's notation, written and read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH

_PARTS: Final = frozenset(
    {RDF + "first", RDF + "rest"}
    | {SH + f"{name}Path" for name in ("alternative", "inverse", "zeroOrMore", "oneOrMore", "zeroOrOne")}
)

_SIGNS: Final = re.compile(r"<[^>]*>|[\^/|()*+?]")

About = Mapping[Any, Mapping[str, list[Any]]]


@dataclass(frozen=True)
class Path:
    """A path: `sign` says of what kind it is: "<" (the predicate `iri`), "/", "|", "^", "*", "+" or "?" of `parts`."""

    sign: str
    parts: tuple["Path", ...] = ()
    iri: str = ""


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


def read_path(text: str) -> Path:
    """The path that `path_text` has written."""
    waiting = _SIGNS.findall(text)[::-1]
    return _alternatives(waiting)


def predicates_of(text: str) -> set[str]:
    """The predicates that a path goes along, as N-Triples terms."""
    return {sign for sign in _SIGNS.findall(text) if sign.startswith("<")}


def is_complex(text: str) -> bool:
    """Whether a path is more than one predicate."""
    return bool(text) and not (text.startswith("<") and text.count("<") == 1)


def _alternatives(waiting: list[str]) -> Path:
    parts = [_sequence(waiting)]
    while waiting and waiting[-1] == "|":
        waiting.pop()
        parts.append(_sequence(waiting))
    return parts[0] if len(parts) == 1 else Path("|", tuple(parts))


def _sequence(waiting: list[str]) -> Path:
    parts = [_step(waiting)]
    while waiting and waiting[-1] == "/":
        waiting.pop()
        parts.append(_step(waiting))
    return parts[0] if len(parts) == 1 else Path("/", tuple(parts))


def _step(waiting: list[str]) -> Path:
    sign = waiting.pop()
    if sign == "^":
        return Path("^", (_step(waiting),))
    if sign != "(":
        return Path("<", iri=sign[1:-1])
    path = _alternatives(waiting)
    waiting.pop()
    while waiting and waiting[-1] in "*+?":
        path = Path(waiting.pop(), (path,))
    return path

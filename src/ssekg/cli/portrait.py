"""A thing of the graph in words: its names, what it is, what it has, who says so, and what speaks of it."""

from typing import Final

import pyoxigraph as ox

from ssekg.graph.description import Description, describe
from ssekg.graph.store import TYPE, Graph
from ssekg.language import isolate, joined
from ssekg.messages import text
from ssekg.namespaces import DCT, SSE, shortened

_CITED: Final = (SSE + "publisherName", DCT + "issued", "http://schema.org/url")
_INDICATOR: Final = ox.NamedNode(SSE + "indicator")


def portrait(graph: Graph, term: ox.NamedNode, language: str) -> str:
    """The text of `ssekg describe`: one statement a line, sources last, everything named in `language`."""
    description = describe(graph, term)
    lines = [_name(graph, term, language)]
    others = [isolate(name.value, language) for name in description.names if name.value != graph.label(term, language)]
    if others:
        lines.append("  " + joined(dict.fromkeys(others), language))
    if description.types:
        lines.append("  " + joined((_name(graph, kind, language) for kind in description.types), language))
    lines += ["  " + isolate(term.value, language), ""]
    lines += _statements(graph, description, language, "  ")
    for detail in description.details:
        kinds = joined((_name(graph, kind, language) for kind in detail.types), language)
        lines += ["", f"  {kinds} ({isolate(shortened(detail.term.value, graph.base), language)})"]
        lines += _statements(graph, detail, language, "    ", besides=term)
        lines += _sources(graph, detail, language, "    ")
    lines += _mentions(graph, description, language)
    lines += ["", *_sources(graph, description, language, "")]
    return "\n".join(lines).rstrip("\n") + "\n"


def _statements(
    graph: Graph, description: Description, language: str, indent: str, besides: ox.NamedNode | None = None
) -> list[str]:
    lines = []
    for predicate, values in description.statements.items():
        shown = [_name(graph, value, language) for value in values if value != besides]
        if shown:
            lines.append(f"{indent}{_name(graph, predicate, language)}: {joined(shown, language)}")
    return sorted(lines)


def _mentions(graph: Graph, description: Description, language: str) -> list[str]:
    lines = ["", text("describe-mentions", language)] if description.mentions else []
    for predicate, subjects in description.mentions.items():
        lines.append(f"  {_name(graph, predicate, language)}:")
        lines += [f"    {_name(graph, subject, language)}" for subject in subjects]
    return lines


def _sources(graph: Graph, description: Description, language: str, indent: str) -> list[str]:
    if not description.sources:
        return []
    names = [f"{indent}  {_source(graph, source, language)}" for source in description.sources]
    return [f"{indent}{text('describe-sources', language)}", *names]


def _source(graph: Graph, source: ox.NamedNode, language: str) -> str:
    """A source as it is cited: title, publisher, date, address, as far as they are known."""
    parts = [_name(graph, source, language)]
    for predicate in _CITED:
        parts += [isolate(value, language) for value in _values(graph, source, predicate)]
    return joined(parts, language)


def _values(graph: Graph, subject: ox.NamedNode, predicate: str) -> list[str]:
    quads = graph.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))


def _node_name(graph: Graph, node: ox.NamedNode, language: str) -> str:
    """A node without a name of its own is called after its kind and the thing that it belongs to."""
    measured = [t.object for t in graph.store.quads_for_pattern(node, _INDICATOR, None)]
    if measured:
        figure = [*_values(graph, node, SSE + "value"), *_values(graph, node, SSE + "period")]
        names = [_name(graph, indicator, language) for indicator in measured if isinstance(indicator, ox.NamedNode)]
        return joined([*names, *figure], language)
    record, hash_sign, _ = node.value.partition("#")
    owner = graph.label(ox.NamedNode(record), language) if hash_sign else None
    kinds = [quad.object for quad in graph.store.quads_for_pattern(node, TYPE, None)]
    names = [name for kind in kinds if isinstance(kind, ox.NamedNode) and (name := graph.label(kind, language))]
    if owner is None or not names:
        return shortened(node.value, graph.base)
    return f"{isolate(owner, language)} ({min(names)})"


def _name(graph: Graph, value: ox.NamedNode | ox.BlankNode | ox.Literal, language: str) -> str:
    if isinstance(value, ox.NamedNode):
        return isolate(graph.label(value, language) or _node_name(graph, value, language), language)
    if isinstance(value, ox.Literal):
        return isolate(value.value, language)
    return str(value)

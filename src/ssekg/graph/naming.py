"""What things are called in front of people: by their label, else by what they belong to, else by their identifier."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import isolate, joined, pick, without_isolates
from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.graph.store import TYPE, Graph

_PARAGRAPH: Final = EVIDENCE + "paragraphNumber"
TAGGING: Final = frozenset({ox.NamedNode(DCT + "language"), ox.NamedNode(EVIDENCE + "nameNotKnownIn")})
"""The properties whose values are tags of languages."""


def name_of(graph: Graph, term: ox.NamedNode | ox.BlankNode | ox.Literal, language: str) -> str:
    """The name of a term for someone who reads `language`, isolated if it runs the other way."""
    if isinstance(term, ox.NamedNode):
        return isolate(graph.label(term, language) or _node_name(graph, term, language), language)
    return isolate(term.value, language) if isinstance(term, ox.Literal) else str(term)


@dataclass(frozen=True, slots=True)
class Name:
    """What a term is called; `language` is that of a name in another language than was asked for, else "".

    A name that is made of several values has isolates around those that would else be read in another order.
    """

    text: str
    language: str = ""


def plain_name(graph: Graph, term: ox.NamedNode | ox.BlankNode | ox.Literal, language: str) -> Name:
    """The name of a term without isolates around it, and the language of one that there is none of in `language`."""
    if not isinstance(term, ox.NamedNode):
        return Name(without_isolates(name_of(graph, term, language)))
    key = term.value, language
    name = graph.plain_names.get(key)
    if name is None:
        name = graph.plain_names[key] = _plain_name(graph, term, language)
    return name


def _plain_name(graph: Graph, term: ox.NamedNode, language: str) -> Name:
    labels = graph.labels.get(term, {})
    label = pick(labels, language)
    if not label:
        return Name(_node_name(graph, term, language))
    other = "" if language in labels else next(tag for tag, each in labels.items() if each == label)
    return Name(label, other)


def values(graph: Graph, subject: ox.NamedNode, predicate: str) -> list[str]:
    """The texts of a property of a thing, in order of characters."""
    quads = graph.matching(subject, ox.NamedNode(predicate), None)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))


def kind_names(graph: Graph, kind: str) -> dict[str, str]:
    """The plural name of the records of a kind, by language: the plural of its class, else the class's name."""
    kind_class = graph.terms.kinds.get(kind)
    return {} if kind_class is None else plural_names(graph, kind_class)


def plural_names(graph: Graph, term: ox.NamedNode) -> dict[str, str]:
    """The name of the members of a class, by language: its plural, else its name, which is that of other terms."""
    return {**graph.labels.get(term, {}), **graph.terms.plural_labels.get(term, {})}


def _node_name(graph: Graph, node: ox.NamedNode, language: str) -> str:
    """What the ontology calls it by, such as what a figure measures; else the thing that it belongs to."""
    named = [name for part in graph.terms.name_parts[:1] for name in _part_names(graph, node, part, language)]
    if named:
        others = [name for part in graph.terms.name_parts[1:] for name in _part_names(graph, node, part, language)]
        return joined([*named, *others], language)
    record, hash_sign, _ = node.value.partition("#")
    owner = graph.label(ox.NamedNode(record), language) if hash_sign else None
    if owner is None:
        return graph.shortened(node.value)
    paragraph = values(graph, node, _PARAGRAPH)
    if paragraph:
        return joined([isolate(owner, language), f"§{paragraph[0]}"], language)
    kinds = [quad.object for quad in graph.matching(node, TYPE, None)]
    classes = [kind for kind in kinds if isinstance(kind, ox.NamedNode)]
    upper = {above for kind in classes for above in graph.terms.above.get(kind, frozenset()) - {kind}}
    names = [label for kind in classes if kind not in upper and (label := graph.label(kind, language))]
    return f"{isolate(owner, language)} ({min(names)})" if names else graph.shortened(node.value)


def _part_names(graph: Graph, node: ox.NamedNode, part: ox.NamedNode, language: str) -> list[str]:
    links = [quad.object for quad in graph.matching(node, part, None)]
    things = [name_of(graph, link, language) for link in links if isinstance(link, ox.NamedNode)]
    # After Arabic letters the parts of a date would change places.
    return [*things, *(isolate(each, language) for each in values(graph, node, part.value))]

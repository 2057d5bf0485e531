"""Where each triple of an RDF/XML text is written, in the order in which pyoxigraph gives it.

Expat reports where each tag begins. The text is one that pyoxigraph has accepted, so nothing is checked or resolved.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from ssekg.base.namespaces import RDF
from ssekg.sources.places import UnplacedError

Span = tuple[int, int]
Spans = tuple[Span, Span, Span]

_TAG: Final = re.compile(r"""<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?>""")
_ATTRIBUTE: Final = re.compile(r"""([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
# Attributes of RDF/XML itself and those that XML keeps for itself, which are not properties.
_SYNTAX: Final = frozenset(
    RDF + name
    for name in (
        *("about", "ID", "nodeID", "resource", "datatype", "parseType"),
        *("annotation", "annotationNodeID", "version"),
    )
)
_RESERVED: Final = ("xml", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2005/11/its")


@dataclass
class _Tag:
    """A start tag: its span, that of its name, and the spans of name and value of its attributes."""

    name: str
    span: Span
    written: Span
    attributes: dict[str, tuple[Span, Span]]
    is_empty: bool

    @property
    def properties(self) -> list[tuple[Span, Span]]:
        """The attributes that are properties, in the order in which pyoxigraph takes them: rdf:type, then the last."""
        kind = self.attributes.get(f"{RDF}type")
        others = [at for name, at in self.attributes.items() if name not in _SYNTAX and name != f"{RDF}type"]
        return [*([kind] if kind else []), *reversed(others)]


@dataclass
class _Open:
    """An element that is open: "node", "property", "list", "text" (of which nothing inside is read) or "" for the root.

    `inside` are the nodes in it.
    """

    kind: str
    tag: _Tag
    inside: list[Span] = field(default_factory=list)


def rdfxml_spans(text: str) -> list[Spans]:
    """The spans of subject, predicate and object of each triple of a text that pyoxigraph accepts, in its order.

    A node is its start tag, a property the name of its element or attribute, a literal the text between the tags.

    Raises:
        UnplacedError: there is something in it whose triples are not known.
    """
    reader = _Reader(text)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.StartElementHandler = lambda name, attributes: reader.start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda _: reader.end(parser.CurrentByteIndex)
    parser.Parse(reader.content, True)
    return reader.triples


class _Reader:
    """The elements that are open, and the triples so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        # A declared encoding is one that the text no longer has.
        self.content = text.encode()
        self.triples: list[Spans] = []
        self.open: list[_Open] = []
        self._bytes = self._characters = 0

    def start(self, name: str, attributes: list[str], index: int) -> None:
        """Take a start tag."""
        around = self.open[-1] if self.open else None
        tag = self._tag(name, attributes[::2], self._offset(index))
        if around is not None and around.kind == "text":
            self.open.append(_Open("text", tag))
        elif around is not None and around.kind == "node":
            self._property(around, tag)
        elif around is None and tag.name == f"{RDF}RDF":
            self.open.append(_Open("", tag))
        else:
            self._node(around, tag)

    def _node(self, around: _Open | None, tag: _Tag) -> None:
        if around is not None:
            around.inside.append(tag.span)
        if tag.name != f"{RDF}Description":
            self.triples.append((tag.span, tag.written, tag.written))
        self.triples += [(tag.span, *spans) for spans in tag.properties]
        self.open.append(_Open("node", tag))

    def _property(self, node: _Open, tag: _Tag) -> None:
        kind = tag.attributes.get(f"{RDF}parseType")
        word = self.text[slice(*kind[1])][1:-1] if kind else None
        if word == "Triple":  # what RDF 1.2 has of it is a draft
            raise UnplacedError(word)
        if word == "Resource":
            self._say(node, tag, tag.span)
            self.open.append(_Open("node", tag))
        else:
            opened = "property" if word is None else "list" if word == "Collection" else "text"
            self.open.append(_Open(opened, tag))

    def end(self, index: int) -> None:
        """Take an end tag."""
        here = self.open.pop()
        if not self.open or self.open[-1].kind != "node":
            return
        around, tag = self.open[-1], here.tag
        if here.kind == "list":
            self._say(around, tag, tag.span)
            for number, item in enumerate(here.inside):
                cell = tag.span if not number else item
                rest = here.inside[number + 1] if number + 1 < len(here.inside) else tag.span
                self.triples += [(cell, item, rest), (cell, item, item)]
        elif here.inside:
            self._say(around, tag, here.inside[0])
        elif here.kind != "node":
            self._value(around, tag, self._offset(index))

    def _value(self, around: _Open, tag: _Tag, end: int) -> None:
        """A property without nodes inside: of a node that an attribute names or describes, or of a text."""
        named = tag.attributes.get(f"{RDF}resource") or tag.attributes.get(f"{RDF}nodeID")
        value = named[1] if named else tag.span
        properties = tag.properties
        self.triples += [(value, *spans) for spans in properties]
        if not named and not properties and not tag.is_empty and end > tag.span[1]:
            value = tag.span[1], end
        self._say(around, tag, value)

    def _say(self, around: _Open, tag: _Tag, value: Span) -> None:
        self.triples.append((around.tag.span, tag.written, value))
        name = tag.attributes.get(f"{RDF}annotation") or tag.attributes.get(f"{RDF}annotationNodeID")
        if name:
            self.triples.append((name[1], name[0], name[1]))
        name = tag.attributes.get(f"{RDF}ID")
        if name:  # the statement itself is a thing, of which four are made
            self.triples += [(name[1], name[0], name[1])] * 4

    def _tag(self, name: str, attributes: list[str], start: int) -> _Tag:
        match = _TAG.match(self.text, start)
        if match is None:
            raise UnplacedError(name)
        written = [
            (found.span(1), found.span(2))
            for found in _ATTRIBUTE.finditer(self.text, *match.span(2))
            if not re.match(r"xmlns(?::|$)", found[1])
        ]
        names = [attribute.replace(" ", "") for attribute in attributes]
        spans = {name: at for name, at in zip(names, written, strict=True) if not name.startswith(_RESERVED)}
        return _Tag(name.replace(" ", ""), match.span(), match.span(1), spans, match[0].endswith("/>"))

    def _offset(self, index: int) -> int:
        """The offset in characters of an index in bytes; they come in ascending order."""
        if index > self._bytes:
            self._characters += len(self.content[self._bytes : index].decode(errors="replace"))
            self._bytes = index
        return self._characters

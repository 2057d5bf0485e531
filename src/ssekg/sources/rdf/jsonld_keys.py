"""What the keys and values of a JSON-LD text mean, by a context of rdflib."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, XSD
from ssekg.sources.json_places import Item, Span


def meaning(key: str | int, context: Any) -> str | None:
    """The keyword or IRI that a key means, None if it means nothing."""
    if not isinstance(key, str) or key.startswith("@"):
        return key if isinstance(key, str) else None
    iri = context.expand(key)
    return iri if isinstance(iri, str) else None


def keyword(item: Item, context: Any, name: str) -> Item | None:
    """The value of a keyword (`@id`) within braces, None if it is not there."""
    return next((value for key, _, value in item.members if meaning(key, context) == name), None)


def values(item: Item) -> list[Item]:
    """The members of a list, or the one value used in place of a list."""
    return [each for _, _, each in item.members] if item.kind == "[" else [item]


def flattened(item: Item, maps: set[str], context: Any) -> Iterator[tuple[tuple[str, Span] | None, Item]]:
    """The values of a key, those of @set and of a map one by one, each with the key that it has in a map."""
    if item.kind == "{" and maps:
        for key, span, inner in item.members:
            yield from (((str(key), span), each) for each in values(inner))
        return
    for each in values(item):
        members = keyword(each, context, "@set") if each.kind == "{" else None
        yield from ((None, inner) for inner in (values(members) if members is not None else [each]))


def texts_in(item: Item, depth: int) -> Iterator[str]:
    """All texts in a value, down to `depth` brackets."""
    if isinstance(item.value, str):
        yield item.value
    for _, _, inner in item.members if depth else ():
        yield from texts_in(inner, depth - 1)


def text_of(term: object) -> str | None:
    """The text of a literal that JSON writes as a text, None for other terms."""
    is_text = isinstance(term, ox.Literal) and (term.language is not None or term.datatype.value == f"{XSD}string")
    return term.value if is_text and isinstance(term, ox.Literal) else None


def is_blank(term: object) -> bool:
    """Whether a term is a blank node."""
    return isinstance(term, ox.BlankNode)


def is_json(term: object) -> bool:
    """Whether a term is a literal of the datatype rdf:JSON."""
    return isinstance(term, ox.Literal) and term.datatype.value == f"{RDF}JSON"


def alike(item: Item, context: Any, mark: str) -> Callable[[Any], bool]:
    """Tells whether a term may be what is written: a text for what it says, a name for what it means."""
    written = keyword(item, context, "@value") if item.kind == "{" else item
    value = written.value if written is not None else None
    names = {context.resolve(value), context.expand(value)} if isinstance(value, str) and item.kind != "{" else set()

    def fits(term: Any) -> bool:
        if isinstance(term, ox.NamedNode):
            return term.value in names
        if isinstance(term, ox.BlankNode):
            return isinstance(value, str) and f"{value}{mark}" == f"_:{term.value}"
        if isinstance(value, bool) or value is None:
            return bool(term.value == json.dumps(value)) or (written is not None and bool(written.kind))
        if isinstance(value, str):
            return bool(term.value == value)
        try:
            return float(term.value) == float(value)
        except ValueError:
            return False

    return fits


@cache
def is_iri(text: str) -> bool:
    """Whether a text is a valid IRI with a scheme (RFC 3987)."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


@cache
def is_tag(text: str) -> bool:
    """Whether a text is a well-formed language tag (BCP 47)."""
    try:
        ox.Literal("", language=text)
    except ValueError:
        return False
    return True

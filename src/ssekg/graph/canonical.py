"""Byte-stable forms of a graph: the same triples give the same bytes, in whatever order they come.

The triples are sorted, then written by pyoxigraph from the stream, which keeps lexical forms.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import RDF, Prefixes, namespace_of
from ssekg.base.triples import collected, distinct_terms, in_groups
from ssekg.graph.store import TYPE
from ssekg.sources.suspicious_text import NOT_XML, named

_KIND: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)/")
# Terms that RDF/XML keeps for its own syntax (https://www.w3.org/TR/rdf-syntax-grammar/#section-Namespace).
_XML_SYNTAX: Final = frozenset(
    {"RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description", "li"}
    | {"aboutEach", "aboutEachPrefix", "bagID"}
)
_WITHOUT_PREFIXES: Final = {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}


def in_order(triples: Iterable[ox.Triple], near: object = None) -> Sequence[ox.Triple]:
    """Sorted by subject, then rdf:type before other predicates, then object; repetitions left out.

    Very many are packed, with the terms of those that they are made of, `near` (base/triples.py).
    """
    return in_groups(collected(triples, near), _subject, _rank)


def _subject(triple: ox.Triple) -> str:
    return str(triple.subject)


def _rank(triple: ox.Triple) -> str:
    # A line of N-Triples is in order as its terms are; "!" comes before the "<" of any predicate.
    return f"! {triple.object}" if triple.predicate == TYPE else f"{triple.predicate} {triple.object}"


def prefixes_for(triples: Sequence[ox.Triple], known: Prefixes) -> dict[str, str]:
    """The prefixes for a graph: the vocabularies it uses, and one for each kind of instance under its base."""
    base = known.base
    terms = (term.datatype if isinstance(term, ox.Literal) else term for term in distinct_terms(triples))
    namespaces: set[str] = set()
    kinds: set[str] = set()
    for iri in (term.value for term in terms if isinstance(term, ox.NamedNode)):
        kind = _KIND.match(iri, len(base)) if base and iri.startswith(base) else None
        if kind:
            kinds.add(kind[1])
        else:
            namespaces.add(namespace_of(iri))
    used = {prefix: namespace for prefix, namespace in known.namespaces.items() if namespace in namespaces}
    return used | {kind: f"{base}{kind}/" for kind in sorted(kinds)}


def written(triples: Iterable[ox.Triple], form: ox.RdfFormat, known: Prefixes) -> bytes:
    """The triples in one of pyoxigraph's formats, in order.

    Raises:
        CannotRunError: the format can't hold one of them.
    """
    ordered = in_order(triples)
    return serialized(ordered, form, prefixes_for(ordered, known))


def serialized(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str]
) -> bytes:
    """Triples or quads that are in order, with these prefixes where the format has any.

    Raises:
        CannotRunError: the format can't hold one of them.
    """
    content = io.BytesIO()
    write_serialized(statements, form, prefixes, content)
    return content.getvalue()


def write_serialized(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, prefixes: dict[str, str], output: BinaryIO
) -> None:
    """Write what `serialized` gives, of which nothing is in memory.

    Raises:
        CannotRunError: the format can't hold one of them.
    """
    used = None if form in _WITHOUT_PREFIXES else prefixes
    ox.serialize(_held_by(form, statements), output, form, prefixes=used)


def _held_by(form: ox.RdfFormat, statements: Iterable[Any]) -> Iterable[Any]:
    """The statements, as long as the format can hold them: pyoxigraph would write XML that no parser reads.

    Raises:
        CannotRunError: RDF/XML can't hold a character of a text, or a property that is part of its own syntax.
    """
    if form != ox.RdfFormat.RDF_XML:
        return statements
    return (_held_by_xml(statement) for statement in statements)


def _held_by_xml(statement: Any) -> Any:
    value = statement.object
    character = NOT_XML.search(value.value) if isinstance(value, ox.Literal) else None
    if character is not None:
        raise CannotRunError("rdfxml-character", character=named(character[0]), subject=str(statement.subject))
    name = statement.predicate.value.removeprefix(RDF)
    if name in _XML_SYNTAX and statement.predicate.value.startswith(RDF):
        raise CannotRunError("rdfxml-property", property=f"rdf:{name}", subject=str(statement.subject))
    return statement


def turtle(triples: Iterable[ox.Triple], known: Prefixes) -> bytes:
    """Turtle, one block per subject, with the prefixes that are in use."""
    return written(triples, ox.RdfFormat.TURTLE, known)


def ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Sorted N-Triples in canonical form."""
    return written(triples, ox.RdfFormat.N_TRIPLES, Prefixes())

"""The sources of an answer as a list with numbers, as people cite them: title, publisher, date, address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import pick
from ssekg.base.namespaces import DCT, EVIDENCE, SCHEMA
from ssekg.queries.answers import Answer, Row
from ssekg.queries.sourcing import sources_by_row

_PUBLISHER: Final = (ox.NamedNode(EVIDENCE + "publisherName"), ox.NamedNode(DCT + "publisher"))
_DATE: Final = (ox.NamedNode(DCT + "issued"),)
_ADDRESS: Final = (ox.NamedNode(SCHEMA + "url"),)


@dataclass(frozen=True)
class Reference:
    """A source: its number in the list, its title, who published it, when and where; "" for what is not known."""

    number: int
    term: ox.NamedNode
    title: str
    publisher: str
    date: str
    address: str

    @property
    def text(self) -> str:
        """The source in a line, in whatever languages it is described."""
        return ". ".join(filter(None, (self.title, self.publisher, self.date, self.address)))


@dataclass(frozen=True)
class References:
    """The sources of an answer: the list, and those of each row."""

    listed: Sequence[Reference]
    rows: Sequence[Sequence[Reference]]


def references(answer: Answer, rows: Iterable[Row], language: str) -> References:
    """The sources of rows of an answer, numbered in the order in which the rows need them.

    Raises:
        AskedWronglyError: the query can't be taken apart.
    """
    found = sources_by_row(answer)
    listed: dict[ox.NamedNode, Reference] = {}
    by_row = []
    for row in rows:
        for source in found.get(row, ()):
            if source not in listed:
                listed[source] = _reference(answer, source, len(listed) + 1, language)
        by_row.append(sorted((listed[source] for source in found.get(row, ())), key=lambda each: each.number))
    return References(list(listed.values()), by_row)


def _reference(answer: Answer, source: ox.NamedNode, number: int, language: str) -> Reference:
    publisher, date, address = (
        _value(answer, source, properties, language) for properties in (_PUBLISHER, _DATE, _ADDRESS)
    )
    return Reference(number, source, answer.name(source, language).text, publisher, date, address)


def _value(answer: Answer, source: ox.NamedNode, properties: Sequence[ox.NamedNode], language: str) -> str:
    """The first property that a source has, in the language if it is a text in several."""
    for each in properties:
        terms = sorted((quad.object for quad in answer.graph.matching(source, each, None)), key=str)
        texts = {term.language or "": term.value for term in terms if isinstance(term, ox.Literal)}
        links = [term for term in terms if isinstance(term, ox.NamedNode)]
        if texts:
            return pick(texts, language) or ""
        if links:
            named = answer.graph.label(links[0], language)
            return named or links[0].value
    return ""

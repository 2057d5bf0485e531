"""The table of each kind of records: a row a record, columns for what most of them have, so many rows a page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold, joined, language_name
from ssekg.base.namespaces import XSD
from ssekg.base.numbers import grouped, read_number
from ssekg.base.record_iris import file_name
from ssekg.graph.description import Object, Statements, statements_of
from ssekg.graph.evidence_notes import CONFIDENCE
from ssekg.graph.naming import TAGGING, Name, kind_names, name_of, plain_name
from ssekg.graph.public import Public
from ssekg.project.vocabulary import YEAR
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site

ROWS: Final = 500
"""How many rows a page has."""
COLUMNS: Final = 5
"""How many properties have a column: more can't be read side by side. The files that a page names have all."""
_NUMERIC: Final = frozenset(
    ox.NamedNode(XSD + name) for name in ("integer", "nonNegativeInteger", "positiveInteger", "decimal", "double")
)
_DATES: Final = frozenset(ox.NamedNode(XSD + name) for name in ("date", "dateTime", "gYearMonth"))


@dataclass(frozen=True, slots=True)
class Cell:
    """The values of a property in a row: their texts, the number if it is one. A date `is_whole`: on one line."""

    texts: Sequence[str]
    number: Decimal | None = None
    is_whole: bool = False


class KindPages:
    """Makes the tables of the kinds of a public graph."""

    def __init__(self, site: Site, public: Public, addresses: Addresses) -> None:
        """Tables on a site, with links to the pages that a site has."""
        self._site, self._public, self._addresses = site, public, addresses

    def pages(self, files: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, bytes]]:
        """The pages of all kinds in all languages, by path; `files` are those of a release that hold each kind.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        for kind in self._addresses.kinds:
            yield from self.pages_of(kind, files.get(kind, ()))

    def pages_of(self, kind: str, files: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The pages of a kind in all languages: `index.html`, `index-2.html` and so on.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        columns = self._columns(kind)
        for language in self._site.project.languages:
            yield from self._pages(kind, columns, language, files)

    def _pages(
        self, kind: str, columns: Sequence[ox.NamedNode], language: str, files: Sequence[str]
    ) -> Iterator[tuple[str, bytes]]:
        public = self._public
        rows = self._rows(kind, language)
        starts = range(0, len(rows), ROWS)
        for number, start in enumerate(starts, 1):
            shown = rows[start : start + ROWS]
            in_rows = (statements_of(public, ox.NamedNode(iri)) for iri, _ in shown)
            cells = [[self._cell(each, statements, language) for each in columns] for statements in in_rows]
            values = {
                "kind": kind,
                "names": kind_names(public, kind),
                "texts": public.terms.descriptions.get(public.terms.kinds[kind], {})
                if kind in public.terms.kinds
                else {},
                "count": len(rows),
                "first": start + 1,
                "last": start + len(shown),
                "files": files,
                "page_number": number,
                "of_pages": len(starts),
                "columns": [
                    {
                        "label": name_of(public, each, language),
                        "is_number": all(row[at].number is not None for row in cells if row[at].texts),
                    }
                    for at, each in enumerate(columns)
                ],
                "rows": [
                    {"name": name, "page": self._addresses.page_of(iri), "cells": row}
                    for (iri, name), row in zip(shown, cells, strict=True)
                ],
                "comma": joined(["", ""], language),
            }
            path = f"{file_name(kind)}/index{'' if number == 1 else f'-{number}'}.html"
            yield f"{language}/{path}", self._site.page(path, "kind.html", language, values)

    def _rows(self, kind: str, language: str) -> list[tuple[str, Name]]:
        """The records of a kind by their names; what is said of so many is read page by page."""
        rows = ((iri, plain_name(self._public, ox.NamedNode(iri), language)) for iri in self._addresses.kinds[kind])
        return sorted(rows, key=lambda row: (fold(row[1].text), row[0]))

    def _columns(self, kind: str) -> list[ox.NamedNode]:
        """The first properties, in the order of the ontology, that most rows have; where there are none, the first.

        How sure a row is comes after what it says.
        """
        order, records = self._public.terms.order, self._addresses.kinds[kind]
        of_rows = (statements_of(self._public, ox.NamedNode(iri)) for iri in records)
        counts = Counter(predicate for statements in of_rows for predicate in statements if predicate in order)
        first = sorted(counts, key=lambda each: (each == CONFIDENCE, order[each], each.value))
        return [each for each in first if 2 * counts[each] > len(records)][:COLUMNS] or first[:COLUMNS]

    def _cell(self, predicate: ox.NamedNode, statements: Statements, language: str) -> Cell:
        values = statements.get(predicate, [])
        country = self._site.project.country
        number = _number(values[0]) if len(values) == 1 else None
        if number is not None and predicate not in self._public.terms.with_role(YEAR):
            return Cell([grouped(number, language, country)], number)
        if predicate in TAGGING:
            return Cell([language_name(each.value, language) for each in values])
        texts = {value.language for value in values if isinstance(value, ox.Literal) and value.language}
        wanted = language if language in texts else next(iter(sorted(filter(None, texts))), None)
        shown = [v for v in values if not isinstance(v, ox.Literal) or v.language in {None, wanted}]
        is_whole = len(shown) == 1 and isinstance(shown[0], ox.Literal) and shown[0].datatype in _DATES
        return Cell([plain_name(self._public, each, language).text for each in shown], number, is_whole)


def _number(value: Object) -> Decimal | None:
    is_number = isinstance(value, ox.Literal) and value.datatype in _NUMERIC
    return read_number(value.value) if is_number else None

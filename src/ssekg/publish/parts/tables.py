"""One CSV per kind, for spreadsheets: one row per instance, one column per property, names in every language.

UTF-8 with a byte-order mark, since Excel asks for it; a text that a spreadsheet would take for a formula is defused
with an apostrophe. These are copies to read: the graph is the data.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD, Prefixes
from ssekg.base.record_iris import RecordIri
from ssekg.publish.context import Context

SEPARATOR: Final = " | "
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Column:
    """A property, of texts in one `language` or of all else; several values of a cell are joined by SEPARATOR.

    `datatypes` are the IRIs of the datatypes of its values, "" among them for links; `is_list` says whether a cell
    has several values.
    """

    header: str
    predicate: str
    language: str | None
    datatypes: frozenset[str]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a kind: its path in the release and its columns after the first, which is `id`."""

    kind: str
    path: str
    columns: tuple[Column, ...]


def tables(context: Context) -> Iterator[tuple[str, bytes]]:
    """A CSV for each kind, `tables/{kind}.csv`.

    `id` is the IRI without the instance base (`well/market`). The first columns are the names in every language.
    """
    prefixes = context.public.prefixes
    for table, triples in described_tables(context):
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(["id", *(column.header for column in table.columns)])
        for identifier, cells in _rows(triples, prefixes):
            writer.writerow([identifier, *(SEPARATOR.join(cells.get(c.header, ())) for c in table.columns)])
        yield table.path, text.getvalue().encode("utf-8-sig")


def described_tables(context: Context) -> list[tuple[Table, list[ox.Triple]]]:
    """The tables of the public graph, each with its triples."""
    prefixes = context.public.prefixes
    first = ("rdf:type", *(f"skos:prefLabel@{tag}" for tag in context.project.languages))
    return [
        (Table(kind, f"tables/{kind}.csv", _columns(triples, prefixes, first)), triples)
        for kind, triples in _by_kind(context.shown_triples, prefixes.base).items()
    ]


def _by_kind(ordered: Iterable[ox.Triple], base: str) -> dict[str, list[ox.Triple]]:
    """The triples about records of each kind, the kinds in order; parts of records (`…#part`) are left out."""
    kinds: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in ordered:
        found = RecordIri.read(triple.subject.value, base) if isinstance(triple.subject, ox.NamedNode) else None
        if found and not found.part:
            kinds[found.kind].append(triple)
    return dict(sorted(kinds.items()))


def _rows(triples: Iterable[ox.Triple], prefixes: Prefixes) -> Iterator[tuple[str, dict[str, list[str]]]]:
    for subject, group in groupby(triples, key=attrgetter("subject")):
        cells: dict[str, list[str]] = {}
        for triple in group:
            cells.setdefault(_header(triple, prefixes), []).append(_cell(triple.object, prefixes))
        yield prefixes.shortened(subject.value), {header: sorted(values) for header, values in cells.items()}


def _columns(triples: Iterable[ox.Triple], prefixes: Prefixes, first: Sequence[str]) -> tuple[Column, ...]:
    columns: dict[str, Column] = {}
    for _, group in groupby(triples, key=attrgetter("subject")):
        seen: set[str] = set()
        for triple in group:
            header, term = _header(triple, prefixes), triple.object
            datatype = term.datatype.value if isinstance(term, ox.Literal) else ""
            language = term.language if isinstance(term, ox.Literal) else None
            known = columns.get(header) or Column(header, triple.predicate.value, language, frozenset(), is_list=False)
            if datatype not in known.datatypes or (header in seen and not known.is_list):
                datatypes = known.datatypes | {datatype}
                known = Column(header, known.predicate, language, datatypes, known.is_list or header in seen)
            columns[header] = known
            seen.add(header)
    rank = {header: number for number, header in enumerate(first)}
    return tuple(columns[header] for header in sorted(columns, key=lambda h: (rank.get(h, len(rank)), h)))


def _header(triple: ox.Triple, prefixes: Prefixes) -> str:
    name = prefixes.shortened(triple.predicate.value)
    language = triple.object.language if isinstance(triple.object, ox.Literal) else None
    return f"{name}@{language}" if language else name


def _cell(term: object, prefixes: Prefixes) -> str:
    if isinstance(term, ox.NamedNode):
        return prefixes.shortened(term.value)
    value = str(getattr(term, "value", term))
    is_number = isinstance(term, ox.Literal) and term.datatype.value != f"{XSD}string" and _NUMBER.fullmatch(value)
    return f"'{value}" if value.startswith(_FORMULA_STARTS) and not is_number else value

"""One CSV a kind, for spreadsheets: a row an instance, a column a property, names in three languages.

UTF-8 with a byte-order mark, since Excel asks for it; a text that a spreadsheet would take for a formula is defused
with an apostrophe. These are copies to read: the graph is the data.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.graph.store import Graph
from ssekg.namespaces import shortened

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def kind_tables(graph: Graph) -> dict[str, bytes]:
    """A CSV for each kind, by file name `tables/{kind}.csv`; several values of a property are joined by ` | `."""
    kinds: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for triple in graph.data:
        identifier = shortened(triple.subject.value, graph.base) if isinstance(triple.subject, ox.NamedNode) else ""
        kind, slash, slug = identifier.partition("/")
        if slash and "#" not in slug and kind != "https:":
            kinds[kind][identifier][_column(triple, graph)].append(_cell(triple.object, graph))
    return {f"tables/{kind}.csv": _csv(rows) for kind, rows in sorted(kinds.items())}


def _column(triple: ox.Triple, graph: Graph) -> str:
    name = shortened(triple.predicate.value, graph.base)
    language = triple.object.language if isinstance(triple.object, ox.Literal) else None
    return f"{name}@{language}" if language else name


def _cell(term: object, graph: Graph) -> str:
    if isinstance(term, ox.NamedNode):
        return shortened(term.value, graph.base)
    value = str(getattr(term, "value", term))
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def _csv(rows: dict[str, dict[str, list[str]]]) -> bytes:
    columns = ["id", *_in_order({column for cells in rows.values() for column in cells})]
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(columns)
    for identifier in sorted(rows):
        cells = rows[identifier]
        writer.writerow([identifier, *(" | ".join(sorted(cells.get(column, []))) for column in columns[1:])])
    return output.getvalue().encode("utf-8-sig")


def _in_order(columns: Iterable[str]) -> list[str]:
    first = ["rdf:type", "skos:prefLabel@ar", "skos:prefLabel@fr", "skos:prefLabel@en"]
    return sorted(columns, key=lambda column: (first.index(column) if column in first else len(first), column))

"""The triples of one record, by the W3C's csv2rdf in minimal mode (https://www.w3.org/TR/csv2rdf/, section 6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import quote

import pyoxigraph as ox

from ssekg.base.namespaces import EVIDENCE, RDF
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.templates import Template

Subject = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.Literal
_PASSAGE = ox.NamedNode(EVIDENCE + "passage")
_FIRST, _REST, _NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))


@dataclass(slots=True)
class Statements:
    """The triples that a record makes, each with its column, and what it does not make.

    `spoiled` are the subjects and properties whose value could not be read; `broken` the templates that give no IRI
    with the cells of this record, each with the first column that has it.
    """

    triples: list[tuple[Column, ox.Triple]] = field(default_factory=list)
    spoiled: set[tuple[Subject, ox.NamedNode]] = field(default_factory=set)
    broken: dict[Template, Column] = field(default_factory=dict)


def statements(
    columns: Sequence[Column],
    cells: Mapping[str, str],
    literals: Mapping[str, tuple[ox.Literal, ...] | None],
    anonymous: ox.BlankNode,
) -> Statements:
    """The statements of a record.

    Args:
        columns: the columns of the table.
        cells: the texts of the record by the name of their column; a cell that holds nothing to be read has none.
        literals: the literals of each cell that is not empty, None where it could not be read.
        anonymous: the subject of statements without one of their own.
    """
    made = Statements()
    for column in columns:
        if column.suppressed or (column.index is not None and column.name not in literals):
            continue
        if column.only_with is not None and column.only_with not in literals:
            continue
        found = literals[column.name] if column.index is not None else column.constants
        if found == () and column.value is None:
            continue
        if column.lists_links and column.name in cells:
            listed = column.values(cells[column.name])
            links = (link for each in listed for link in _links(column, each, cells, anonymous, made))
            made.triples += ((column, link) for link in dict.fromkeys(links))
            continue
        subject = _iri(column.subject, column, cells, made) if column.subject else anonymous
        predicate = _iri(column.predicate, column, cells, made)
        value = _iri(column.value, column, cells, made) if column.value else None
        if subject is None or predicate is None:
            continue
        is_read = column.index is None or column.name in cells
        values: Sequence[Value] | None = found if column.value is None else [value] if value and is_read else None
        if values is None:
            made.spoiled.add((subject, predicate))
        elif column.ordered and column.separator and column.value is None:
            label = f"{anonymous.value}c{column.position}"
            made.triples += ((column, triple) for triple in _listed(subject, predicate, values, label))
        else:
            made.triples += ((column, ox.Triple(subject, predicate, each)) for each in values)
    return made


def _links(
    column: Column, value: str, cells: Mapping[str, str], anonymous: ox.BlankNode, made: Statements
) -> Iterator[ox.Triple]:
    """The link that one value of a list makes; in a list of sources also that to the passage which it names."""
    source, mark, passage = value.partition("#") if column.is_source_list else (value, "", "")
    alone = {**cells, column.name: source}
    subject = _iri(column.subject, column, alone, made) if column.subject else anonymous
    predicate = _iri(column.predicate, column, alone, made)
    thing = _iri(column.value, column, alone, made) if column.value else None
    if subject is None or predicate is None or thing is None:
        return
    yield ox.Triple(subject, predicate, thing)
    if mark:
        yield ox.Triple(subject, _PASSAGE, ox.NamedNode(f"{thing.value}#{quote(passage)}"))


def _iri(template: Template, column: Column, cells: Mapping[str, str], made: Statements) -> ox.NamedNode | None:
    try:
        return template.iri(cells)
    except ValueError:
        made.broken.setdefault(template, column)
        return None


def _listed(subject: Subject, predicate: ox.NamedNode, values: Sequence[Value], label: str) -> Iterator[ox.Triple]:
    """The triples that give values in their order, as an rdf:List whose nodes have labels that begin with `label`."""
    nodes: list[Subject] = [*(ox.BlankNode(f"{label}v{number}") for number in range(len(values))), _NIL]
    yield ox.Triple(subject, predicate, nodes[0])
    for value, (node, after) in zip(values, pairwise(nodes), strict=True):
        yield ox.Triple(node, _FIRST, value)
        yield ox.Triple(node, _REST, after)

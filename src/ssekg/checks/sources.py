"""What reading the sources has found: syntax, tables, keys and links.

Where a table wants an identifier and has a name, the hint says which identifier has that name, in any language.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding
from ssekg.base.messages import sentences
from ssekg.base.record_iris import slug
from ssekg.base.said import Arguments, Said
from ssekg.checks.meant import Meant
from ssekg.checks.names import listed_concepts, suggested_term
from ssekg.checks.subject import Subject
from ssekg.guides.choices import Choices
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

_OTHER_SEPARATORS: Final = re.compile("[,،;؛]")
_NOT_IN_IRIS: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\ud800-\udfff]')


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the files that the graph is made of."""
    graph = subject.graph
    meant, codes = Meant(graph), Choices(lambda: _shapes(subject), graph)
    tables = {table.shown: table for table in graph.sources.files if isinstance(table, Table)}
    for finding in graph.sources.findings:
        if finding.code == "table-term":
            yield _termed(finding, subject)
            continue
        # What has a cause was not misspelt, but follows from it.
        can_be_a_name = finding.cause is None and sentences(finding.code) & {"nearest", "choices"}
        yield _suggested(finding, tables, meant, codes) if can_be_a_name else finding


def _shapes(subject: Subject) -> Iterable[ox.Triple]:
    try:
        return subject.own_shapes.shapes.triples
    except CannotRunError:  # which is reported elsewhere
        return ()


def _termed(finding: Finding, subject: Subject) -> Finding:
    """The finding on a name that is no term, with the term that has this name, or nearly, under a known prefix."""
    name = str(finding.arguments["value"]).rpartition(":")[2]
    meant = subject.known.nearest(ox.NamedNode(subject.graph.base + _NOT_IN_IRIS.sub("_", name)))
    return replace(finding, arguments={**finding.arguments, **suggested_term(subject.graph, meant)})


def _suggested(finding: Finding, tables: dict[str, Table], meant: Meant, codes: Choices) -> Finding:
    """The finding with what its cell probably means, and with the concepts that it may be one of."""
    table = tables.get(finding.place.file) if finding.place else None
    columns = {column.title: column for column in table.columns} if table else {}
    column = columns.get(str(finding.arguments["column"]))
    if table is None or column is None:
        return finding
    value = str(finding.arguments.get("value", ""))
    choices = [each for each in codes.values(table, column) if isinstance(each, ox.NamedNode)]
    among = choices or _linked(table, column, meant, codes)
    nearest = _nearest(value, column, meant, codes, among) if value and "nearest" in sentences(finding.code) else {}
    listed = listed_concepts(meant.graph, {each: codes.code(column, each) for each in choices}, table.name, column.name)
    return replace(finding, arguments={**finding.arguments, **nearest, **listed, **_separated(value, column)})


def _separated(value: str, column: Column) -> Arguments:
    """The argument `separate` of a hint, where the values of a list are separated by another character than its own."""
    if column.separator is None or not _OTHER_SEPARATORS.search(value):
        return {}
    return {"separate": Said("separate-with", {"separator": column.separator})}


def _nearest(value: str, column: Column, meant: Meant, codes: Choices, among: list[ox.NamedNode]) -> Arguments:
    """What a cell that links to nothing, or is no code, probably means."""

    def written(thing: ox.NamedNode) -> str | None:
        return None if column.is_record else codes.code(column, thing)

    if column.is_record:
        kind, _, name = value.rpartition("/")
        records = meant.of_kind(kind)
        elsewhere = meant.records if not records else [each for each in meant.records if slug(each.value) == name]
        return meant.suggestion(name, records, written) or meant.suggestion(name, elsewhere, written)
    return meant.suggestion(value, among, written)


def _linked(table: Table, column: Column, meant: Meant, codes: Choices) -> list[ox.NamedNode]:
    """The records that a column may link to."""
    kind, slash, rest = column.value.text.partition("/") if column.value is not None else ("", "", "")
    if not slash or rest != f"{{{column.name}}}":
        return []
    there = codes.linked(table, column)
    return [each for each in meant.of_kind(kind) if there is None or codes.code(column, each) in there]

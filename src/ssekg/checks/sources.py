"""What reading the sources has found: syntax, tables, keys and links.

Where a table wants an identifier and has a name, the hint says which identifier has that name, in any language.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.base.messages import sentences
from ssekg.base.said import Arguments
from ssekg.checks.meant import Meant
from ssekg.checks.names import suggested_term
from ssekg.checks.subject import Subject
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

_NOT_IN_IRIS: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\ud800-\udfff]')


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the files that the graph is made of."""
    graph, meant = subject.graph, Meant(subject.graph)
    tables = {table.shown: table for table in graph.sources.files if isinstance(table, Table)}
    for finding in graph.sources.findings:
        if finding.code == "table-term":
            yield _termed(finding, subject)
            continue
        # What has a cause was not misspelt, but follows from it.
        can_be_a_name = finding.cause is None and "nearest" in sentences(finding.code)
        yield _suggested(finding, tables, meant) if can_be_a_name else finding


def _termed(finding: Finding, subject: Subject) -> Finding:
    """The finding on a name that is no term, with the term that has this name, or nearly, under a known prefix."""
    name = str(finding.arguments["value"]).rpartition(":")[2]
    meant = subject.known.nearest(ox.NamedNode(subject.graph.base + _NOT_IN_IRIS.sub("_", name)))
    return replace(finding, arguments={**finding.arguments, **suggested_term(subject.graph, meant)})


def _suggested(finding: Finding, tables: dict[str, Table], meant: Meant) -> Finding:
    table = tables.get(finding.place.file) if finding.place else None
    columns = {column.title: column for column in table.columns} if table else {}
    column = columns.get(str(finding.arguments["column"]))
    value = str(finding.arguments["value"])
    kind = _kind(column) if column is not None else None
    nearest: Arguments = {}
    if column is not None and column.is_record:
        kind, _, name = value.rpartition("/")
        nearest = meant.suggestion(name, meant.of_kind(kind), "") or meant.suggestion(name, meant.records, "")
    elif kind is not None:
        nearest = meant.suggestion(value, meant.of_kind(kind), f"{kind}/")
    return replace(finding, arguments={**finding.arguments, **nearest}) if nearest else finding


def _kind(column: Column) -> str | None:
    """The kind of things that a column links to, None where it links to none."""
    if column.value is not None:
        kind, slash, rest = column.value.text.partition("/")
        return kind if slash and rest == f"{{{column.name}}}" else None
    return None

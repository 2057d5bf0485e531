"""What reading the sources has found: syntax, tables, keys and links.

Where a table wants an identifier and has a name, the hint says which identifier has that name, in any language.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ssekg.base.findings import Finding
from ssekg.base.spelling import suggestion
from ssekg.checks.subject import Subject
from ssekg.graph.lookup import things
from ssekg.graph.store import Graph
from ssekg.sources.tables.table import Table

_OF_LINKS: Final = frozenset({"table-dangling-link", "table-datatype"})


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the files that the graph is made of."""
    graph = subject.graph
    tables = {table.shown: table for table in graph.sources.files if isinstance(table, Table)}
    for finding in graph.sources.findings:
        yield _suggested(finding, tables, graph) if finding.code in _OF_LINKS else finding


def _suggested(finding: Finding, tables: dict[str, Table], graph: Graph) -> Finding:
    kind = _kind(finding, tables)
    # An item that only links mention has no name: it may be the very identifier that leads nowhere.
    meant = (
        [thing for thing in things(graph, str(finding.arguments["value"]), kind) if thing in graph.labels]
        if kind
        else []
    )
    if not meant:
        return finding
    identifiers = " · ".join(graph.shortened(thing.value).removeprefix(f"{kind}/") for thing in meant)
    return replace(finding, arguments={**finding.arguments, **suggestion(identifiers)})


def _kind(finding: Finding, tables: dict[str, Table]) -> str | None:
    """The kind of things that the column of a finding links to, None where it links to none."""
    table = tables.get(finding.place.file) if finding.place else None
    columns = {column.title: column for column in table.columns} if table else {}
    column = columns.get(str(finding.arguments["column"]))
    if column is None:
        return None
    if column.value is not None:
        kind, slash, rest = column.value.text.partition("/")
        return kind if slash and rest == f"{{{column.name}}}" else None
    return None

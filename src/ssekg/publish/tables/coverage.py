"""The table of what the data have and lack: how many members of each class have each property."""

from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.messages import text
from ssekg.graph.coverage import Share
from ssekg.graph.public import Public
from ssekg.publish.tables.table import Column, Row, Table

NAME: Final = "coverage"
_Thing = ox.NamedNode | ox.Literal | None


def coverage_table(graph: Public, name: str, languages: Sequence[str], worded: Iterable[str]) -> Table:
    """The share of all members, then by place, by year and by kind of source.

    Args:
        graph: the graph that is counted.
        name: what the table is called.
        languages: those of the names of classes, properties and values.
        worded: those that the tool has words in.
    """
    tags = list(worded)

    def texts(code: str) -> dict[str, str]:
        return {tag: text(code, tag) for tag in tags}

    def named(column: str) -> list[Column]:
        labels = (Column(f"{column}_label_{tag}", language=tag) for tag in languages)
        return [Column(column, texts=texts(f"coverage-{column}")), *labels]

    def cells(thing: _Thing) -> list[str | None]:
        labels = graph.labels.get(thing, {}) if isinstance(thing, ox.NamedNode) else {}
        cell = graph.shortened(thing.value) if isinstance(thing, ox.NamedNode) else thing.value if thing else None
        return [cell, *(labels.get(tag) for tag in languages)]

    def row(share: Share) -> Row:
        shown = (*cells(share.term), *cells(share.property), share.by or None, *cells(share.value))
        return (*shown, str(share.members), str(share.having))

    columns = (
        *named("class"),
        *named("property"),
        Column("grouped_by", texts=texts("coverage-grouped_by")),
        *named("value"),
        *(Column(each, "integer", texts=texts(f"coverage-{each}")) for each in ("members", "with_property")),
    )
    return Table(name, "", texts("coverage-table"), columns, [row(share) for share in graph.coverage.all_shares()])

"""Where the CSVW description of a table gives a term to all its rows."""

import pyoxigraph as ox

from ssekg.base.findings import Place
from ssekg.sources.tables.table import Table
from ssekg.sources.tables.templates import Template


def described_place(table: Table, predicate: ox.NamedNode, value: object | None) -> Place | None:
    """Where a description gives a predicate, or (with a `value`) a value that all rows have; None if the rows do."""
    if table.description is None:
        return None
    for column in table.columns:
        if column.suppressed or not _gives(column.predicate, predicate):
            continue
        if value is None:
            return table.description.place(column.position, "propertyUrl")
        if column.value is not None and _gives(column.value, value):
            return table.description.place(column.position, "valueUrl")
    return None


def _gives(template: Template, term: object) -> bool:
    """Whether a template gives this term to every row."""
    return not template.variables and template.iri({}) == term

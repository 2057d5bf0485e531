"""One rule for what need not be reported: results of SHACL that a finding about a table explains.

These are results about what a wrong cell states, about a value that is missing only because its cell could not be read,
and about records that may be in a table which could not be read completely.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity, is_shacl
from ssekg.graph.store import TYPE, Graph
from ssekg.sources.tables.table import Table


def without_explained(found: Iterable[Finding], graph: Graph) -> Iterator[Finding]:
    """The findings without those that others explain, and without the places of which others speak already."""
    explanations = _Explanations(graph)
    for finding in found:
        left = [place for place in finding.places if place not in explanations.wrong_cells]
        if not is_shacl(finding) or not (explanations.explain(finding) or (finding.places and not left)):
            yield finding.at(left) if is_shacl(finding) else finding


class _Explanations:
    """What the findings about tables explain."""

    def __init__(self, graph: Graph) -> None:
        tables = [file for file in graph.sources.files if isinstance(file, Table)]
        violations = (each for each in graph.sources.findings if each.severity is Severity.VIOLATION)
        self.wrong_cells: set[Place | None] = {each.place for each in violations if _is_cell(each.place)}
        self.spoiled = {pair for table in tables for pair in table.spoiled}
        self.lost = [table.lost for table in tables if table.lost]

    def explain(self, result: Finding) -> bool:
        """Whether a result of SHACL follows from a value that could not be read, or from a record that could not."""
        record = result.value or (result.focus if result.path == TYPE else None)
        is_lost = isinstance(record, ox.NamedNode) and any(each.fullmatch(record.value) for each in self.lost)
        return is_lost or (result.focus, result.path) in self.spoiled


def _is_cell(place: Place | None) -> bool:
    return place is not None and place.cell is not None

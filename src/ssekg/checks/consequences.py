"""What follows from what: results of SHACL that other findings explain are left out, or name what is to be fixed first.

A result is explained if it is about what a wrong cell states, about a value that is missing only because its cell could
not be read, or about a record that may be in a table which could not be read whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyoxigraph as ox

from ssekg.base.codes import known_code
from ssekg.base.findings import Cause, Finding, Severity, is_shacl
from ssekg.base.terms import Path, PathExpression, Term, predicates_of
from ssekg.graph.store import TYPE, Graph
from ssekg.sources.tables.table import Table


def explained(found: Iterable[Finding], graph: Graph) -> Iterator[Finding]:
    """The findings without those that others explain, and with the causes of those that follow from others."""
    found = list(found)
    explanations = _Explanations(graph, found)
    for finding in found:
        if not is_shacl(finding):
            yield finding
        elif not explanations.explain(finding):
            left = [place for place in finding.places if place not in explanations.wrong_cells]
            if left or not finding.places:
                yield replace(finding.at(left), cause=explanations.cause(finding))


class _Explanations:
    """What some findings explain of others."""

    def __init__(self, graph: Graph, found: list[Finding]) -> None:
        self.graph = graph
        tables = [file for file in graph.sources.files if isinstance(file, Table)]
        grave = [each for each in graph.sources.findings if each.severity is Severity.VIOLATION]
        self.wrong_cells = {each.place for each in grave if each.place is not None and each.place.cell is not None}
        self.spoiled = {pair for table in tables for pair in table.spoiled}
        self.lost = [table.lost for table in tables if table.lost]
        # What others follow from: keys that were renamed or are wrong, files that could not be read, missing values.
        self.renamed = {each.cause.place for each in grave if each.cause is not None and each.cause.code is None}
        self.unread = [each for each in found if known_code(each.code).stops_reading]
        self.missing = {
            (each.focus, each.path): each for each in found if isinstance(each.path, ox.NamedNode) and _is_missing(each)
        }

    def explain(self, result: Finding) -> bool:
        """Whether a result is about a value that could not be read, or a record that may be in what could not."""
        record = result.value or (result.focus if result.path == TYPE else None)
        is_lost = isinstance(record, ox.NamedNode) and any(each.fullmatch(record.value) for each in self.lost)
        return is_lost or (result.focus, result.path) in self.spoiled

    def cause(self, result: Finding) -> Cause | None:
        """What a result probably follows from."""
        if result.place is not None and result.place in self.renamed and _is_missing(result):
            return Cause(result.place)
        first = self._missing_altogether(result.focus, result.path) if _is_missing(result) else None
        if first is not None and first is not result and first.place is not None:
            return Cause(first.place, first.code)
        return self._unread_file(result.value)

    def _missing_altogether(self, focus: Term | None, path: Path | None) -> Finding | None:
        """The finding that a property has no value at all, of which a path with alternatives has too few."""
        if not isinstance(path, PathExpression):
            return None
        found = (self.missing.get((focus, each)) for each in sorted(predicates_of(path), key=str))
        return next((each for each in found if each is not None), None)

    def _unread_file(self, value: Term | None) -> Cause | None:
        """The file that could not be read and names a thing of which the rest of the graph says nothing."""
        if not isinstance(value, ox.NamedNode) or value.value in self.graph.things:
            return None
        short = self.graph.shortened(value.value)
        for finding in self.unread:
            place = finding.place
            source = self.graph.sources.texts.get(place.file) if place else None
            if place is not None and source is not None and (short in source.text or value.value in source.text):
                return Cause(place, finding.code)
        return None


def _is_missing(result: Finding) -> bool:
    """Whether a result is about values that are not there."""
    return is_shacl(result) and result.value is None

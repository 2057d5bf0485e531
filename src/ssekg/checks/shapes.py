"""From the results of SHACL to findings with places, names for people and what may be meant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.codes import known_code
from ssekg.base.findings import Finding, Severity
from ssekg.base.messages import sentences
from ssekg.base.namespaces import SH, code_of
from ssekg.base.said import Arguments
from ssekg.checks.meant import Meant
from ssekg.checks.missing_cells import MissingCells, makes
from ssekg.checks.names import listed_concepts, named_node, named_path
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph
from ssekg.shacl.allowed_values import AllowedValues
from ssekg.shacl.evidence import Evidence
from ssekg.shacl.results import Result
from ssekg.shacl.shapes import Shapes
from ssekg.sources.tables.table import Table

_GUESSES: Final = frozenset({"nearest", "choices"})
_SEVERITIES: Final = {
    SH + "Violation": Severity.VIOLATION,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}


def check(subject: Subject) -> list[Finding]:
    """What breaks the project's shapes."""
    return findings(subject.results, subject.graph, subject.own_shapes.shapes)


def findings(results: list[Result], graph: Graph, shapes: Shapes | None = None) -> list[Finding]:
    """A finding for each result, with its places in the sources of the graph and with names for people.

    With the shapes, hints name the concepts that may be chosen from.
    """
    evidence = Evidence(graph, results)
    guessed = {result for result in results if _GUESSES & sentences(known_code(code_of(result.component.value)).name)}
    choices = AllowedValues(shapes.triples, graph.stated).concepts_by_shape if shapes and guessed else {}
    meant, cells = Meant(graph), MissingCells(graph)
    tables = {file.shown: file for file in graph.sources.files if isinstance(file, Table)}
    found = [
        _finding(result, evidence, meant, choices.get(result.shape, []) if result in guessed else None, tables)
        for result in results
    ]
    return [_with_cell(each, cells) if each.code == "shacl-min-count" else each for each in found]


def _with_cell(finding: Finding, cells: MissingCells) -> Finding:
    """The finding on a missing value with where to write it, in a cell that is empty if there is one."""
    if not isinstance(finding.path, ox.NamedNode):
        return finding
    place, cell = cells.advice(finding.focus, finding.path)
    finding = replace(finding, arguments={**finding.arguments, **cell})
    return finding.at([place]) if place is not None else finding


def _finding(
    result: Result,
    evidence: Evidence,
    meant: Meant,
    choices: Sequence[ox.NamedNode] | None,
    tables: Mapping[str, Table],
) -> Finding:
    """The finding; without choices, not even an empty list of them, its words say nothing of what was meant."""
    places = evidence.places(result)
    table = tables.get(places[0].file) if places else None
    listed = listed_concepts(meant.graph, dict.fromkeys(choices or ()), *_column(table, result.path))
    finding = Finding(
        code=code_of(result.component.value),
        severity=_SEVERITIES.get(result.severity.value, Severity.VIOLATION),
        arguments={**_arguments(result, meant, choices), **listed},
        texts=dict(result.messages),
        focus=result.focus,
        path=result.path,
        value=result.value,
        shape=result.shape,
    )
    return finding.at(places)


def _column(table: Table | None, path: Any) -> tuple[str, ...]:
    """A table and its column whose cells are values of a property, by name, if there is exactly one."""
    if table is None or not isinstance(path, ox.NamedNode):
        return ()
    names = [column.name for column in table.columns if makes(column, path)]
    return (table.name, names[0]) if len(names) == 1 else ()


def _arguments(result: Result, meant: Meant, choices: Sequence[ox.NamedNode] | None) -> Arguments:
    """What fills the placeholders of the catalogues: the names of focus, path and value, and what was meant."""
    graph = meant.graph
    return {
        "focus": named_node(graph, result.focus),
        "path": named_path(graph, result.path),
        "value": named_node(graph, result.value),
        **(_suggestion(result.value, meant, choices) if choices is not None else {}),
    }


def _suggestion(value: Any, meant: Meant, choices: Sequence[ox.NamedNode]) -> Arguments:
    """The argument `nearest` of a hint: the thing that a link to none of those allowed was probably meant to lead to.

    Without a base, as with shapes alone, nothing is known of identifiers, and nothing guessed.
    """
    base = meant.graph.base
    if not base or not isinstance(value, ox.NamedNode) or not value.value.startswith(base):
        return {}
    if value.value in meant.graph.things and (not choices or value in choices):
        return {}
    kind, _, rest = value.value.removeprefix(base).partition("/")
    among = choices or meant.of_kind(kind)
    left_out = f"{kind}/" if choices else ""
    return meant.suggestion(rest, among, lambda thing: meant.graph.shortened(thing.value).removeprefix(left_out))

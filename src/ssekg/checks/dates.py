"""Dates and times that do not exist, wherever in the graph: 2023-13, 2023-02-30, 25:00:00.

The store judges them by the datatypes of XML Schema 1.1 (part 2, section 3.3), which know the year 0000, years before
it and time zones.
"""

from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import SH, XSD, Prefixes
from ssekg.base.triples import as_terms
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Node, Origins
from ssekg.graph.store import Graph

_DATATYPES: Final = tuple(
    ox.NamedNode(XSD + name)
    for name in ("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)
_MONTH_DAY: Final = ox.NamedNode(XSD + "gMonthDay")


def check(subject: Subject) -> list[Finding]:
    """A violation for each date of the graph that is not valid, but for those that SHACL has reported as one."""
    graph, grave = subject.graph, ox.NamedNode(SH + "Violation")
    reported = {(each.focus, each.path, each.value) for each in subject.results if each.severity == grave}
    dates = _dates(graph)
    invalid = _invalid({value for _, _, value in dates})
    wrong = [each for each in dates if each[2] in invalid and each not in reported]
    origins = Origins(graph.sources, {node for node, _, _ in wrong})
    found = []
    for node, predicate, value in wrong:
        arguments = {"value": value.value, "datatype": Prefixes().shortened(value.datatype.value)}
        finding = Finding("syntax-date", Severity.VIOLATION, None, arguments, {}, node, predicate, value)
        found.append(finding.at(origins.places(node, predicate, value)))
    return found


def _dates(graph: Graph) -> list[tuple[Node, ox.NamedNode, ox.Literal]]:
    """The triples with a date, their parts."""
    return [
        (subject, predicate, value)
        for subject, predicate, value in as_terms(graph.stated)
        if isinstance(value, ox.Literal) and value.datatype in _DATATYPES and not isinstance(subject, ox.Triple)
    ]


def _invalid(literals: set[ox.Literal]) -> set[ox.Literal]:
    """The literals whose text is not of their datatype: those that can't be cast to it."""
    return {literal for literal in literals if not _can_be_cast(literal)}


def _can_be_cast(literal: ox.Literal) -> bool:
    text, datatype = ox.Literal(literal.value), literal.datatype
    if datatype == _MONTH_DAY:  # the store takes 29 February for no day; as one of a leap year it is
        text, datatype = ox.Literal("2000" + literal.value.removeprefix("-")), _DATATYPES[0]
    return bool(ox.Store().query(f"ASK {{ FILTER(BOUND(?date)) BIND({datatype}({text}) AS ?date) }}"))

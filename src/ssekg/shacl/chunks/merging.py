"""One report of the reports on all parts."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import SH
from ssekg.graph.store import TYPE
from ssekg.shacl.ntriples import lines

_CONFORMS: Final = ox.NamedNode(SH + "conforms")
_RESULT: Final = ox.NamedNode(SH + "result")
_DETAIL: Final = ox.NamedNode(SH + "detail")
_TRUE: Final = ox.Literal(True)
_REPORT: Final = ox.NamedNode(SH + "ValidationReport")
# What the fast engine calls a report; its other nodes begin with the same letters (engines.fast).
_ROOT: Final = re.compile("(r+)0")


def merged(reports: Iterable[bytes]) -> bytes:
    """One sh:ValidationReport of several in N-Triples; blank nodes of data and shapes keep their labels."""
    parsed = [[quad.triple for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES)] for report in reports]
    own = [own_nodes(report) for report in parsed]
    others = {
        term.value
        for report, nodes in zip(parsed, own, strict=True)
        for triple in report
        for term in (triple.subject, triple.object)
        if isinstance(term, ox.BlankNode) and term not in nodes
    }
    start = "r"
    while any(label.startswith(start) for label in others):
        start += "r"
    root = ox.BlankNode(f"{start}0")
    found: dict[ox.Triple, None] = {}
    conforms = True
    for number, (report, nodes) in enumerate(zip(parsed, own, strict=True)):
        names = {node: ox.BlankNode(f"{start}{number}x{node.value}") for node in nodes}
        top = next((triple.subject for triple in report if triple.predicate == _CONFORMS), None)
        for subject, predicate, value in report:
            if subject == top and predicate == _CONFORMS:
                conforms &= value == _TRUE
            elif subject != top or predicate == _RESULT:
                about = root if subject == top else names.get(subject, subject)
                found[ox.Triple(about, predicate, names.get(value, value))] = None
    head = [ox.Triple(root, TYPE, _REPORT), ox.Triple(root, _CONFORMS, ox.Literal(conforms))]
    return lines([*head, *found])


def own_nodes(report: Sequence[ox.Triple]) -> set[Any]:
    """The blank nodes of a report that are neither of the data nor of the shapes."""
    roots = [t.subject for t in report if t.predicate == _CONFORMS and isinstance(t.subject, ox.BlankNode)]
    own = {*roots, *(triple.object for triple in report if triple.predicate in {_RESULT, _DETAIL})}
    for match in filter(None, (_ROOT.fullmatch(root.value) for root in roots)):
        terms = (term for triple in report for term in (triple.subject, triple.object))
        own |= {term for term in terms if isinstance(term, ox.BlankNode) and term.value.startswith(match[1])}
    return {node for node in own if isinstance(node, ox.BlankNode)}

"""The SHACL reports of a full run and of what was judged again as one, without reading the first again."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import SH
from ssekg.checks.subject import Subject
from ssekg.graph.store import TYPE
from ssekg.shacl.chunks.merging import own_nodes
from ssekg.shacl.ntriples import lines

_CONFORMS: Final = ox.NamedNode(SH + "conforms")
_RESULT: Final = ox.NamedNode(SH + "result")
_FOCUS: Final = ox.NamedNode(SH + "focusNode")
_REPORT: Final = ox.NamedNode(SH + "ValidationReport")


@dataclass(frozen=True)
class SplitReport:
    """A report as N-Triples in pieces: `results` are each the focus node, the node of the result and its triples.

    `rest` is what results share: paths, details.
    """

    root: str
    results: Sequence[tuple[str, str, bytes]]
    rest: bytes


def split(report: bytes) -> SplitReport:
    """A report in pieces."""
    return _split([quad.triple for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES)])


def _split(triples: Sequence[ox.Triple]) -> SplitReport:
    root = next((str(triple.subject) for triple in triples if triple.predicate == _CONFORMS), "_:r0")
    nodes = {triple.object for triple in triples if triple.predicate == _RESULT}
    about: Mapping[Any, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    results = [(_focus(about[node]), str(node), lines(about[node])) for node in sorted(nodes, key=str)]
    return SplitReport(root, results, lines(t for t in triples if t.subject not in nodes and str(t.subject) != root))


def merged_report(before: SplitReport, small: Subject, nodes: Collection[Any]) -> bytes:
    """A report in which the results on some nodes are those of a small graph."""
    now = b"" if isinstance(small.validation, CannotRunError) else small.validation.report
    triples = [quad.triple for quad in ox.parse(now, ox.RdfFormat.N_TRIPLES)]
    start = "n"
    while any(f"_:{start}".encode() in part for part in (now, before.rest, *(each for *_, each in before.results))):
        start += "n"
    names = {node: ox.BlankNode(start + node.value) for node in own_nodes(triples)}
    named = [ox.Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object)) for t in triples]
    after = _split(named)
    again = {str(node) for node in nodes}
    kept = [each for each in before.results if each[0] not in again] + [
        each for each in after.results if each[0] in again
    ]
    head = f"{before.root} {TYPE} {_REPORT} .\n{before.root} {_CONFORMS} {ox.Literal(not kept)} .\n"
    links = "".join(f"{before.root} {_RESULT} {node} .\n" for _, node, _ in kept)
    return b"".join([(head + links).encode(), *(each for *_, each in kept), before.rest, after.rest])


def _focus(triples: Sequence[ox.Triple]) -> str:
    return next((str(triple.object) for triple in triples if triple.predicate == _FOCUS), "")

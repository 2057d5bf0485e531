"""Kinds of records whose pages or data set would take the place of those that every release has."""

from collections.abc import Iterator

from ssekg.base.findings import Finding, Severity
from ssekg.base.record_iris import RESERVED_KINDS
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Origins
from ssekg.project.vocabulary import KIND


def check(subject: Subject) -> Iterator[Finding]:
    """A violation for each kind with such a name, where its class says it or, if none does, at its first record."""
    graph = subject.graph
    for kind in sorted(RESERVED_KINDS & graph.kinds):
        named = graph.terms.kinds.get(kind)
        records = (iri for iri in graph.things if iri.startswith(f"{graph.base}{kind}/"))
        node = named or graph.things[min(records)]
        places = Origins(graph.sources, [node]).places(node, KIND if named else None)
        yield Finding("ontology-reserved-kind", Severity.VIOLATION, None, {"kind": kind}, {}, node).at(places)

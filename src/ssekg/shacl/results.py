"""SHACL validation results as terms and paths, read from the report of an engine."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ssekg.base.namespaces import SH
from ssekg.base.terms import Node, Path, Term
from ssekg.shacl.paths import BySubject, path_at


@dataclass(frozen=True)
class Result:
    """One SHACL validation result (SHACL, section 3.6.2); `messages` are pairs of language tag and text."""

    focus: Term
    path: Path | None
    value: Term | None
    component: Node
    severity: Node
    shape: Node | None
    messages: tuple[tuple[str, str], ...] = ()

    @property
    def predicate(self) -> ox.NamedNode | None:
        """The path, if it is a single property."""
        return self.path if isinstance(self.path, ox.NamedNode) else None

    @property
    def identity(self) -> tuple[str, ...]:
        """All but the messages, as text: what two engines must agree on. Blank shapes have no name to agree on."""
        shape = None if isinstance(self.shape, ox.BlankNode) else self.shape
        parts = (self.focus, self.path, self.value, self.component, self.severity, shape)
        return tuple("" if part is None else str(part) for part in parts)


def read_results(report: bytes, tags: Mapping[str, str]) -> list[Result]:
    """The results in a report in N-Triples, in order.

    Args:
        report: an sh:ValidationReport.
        tags: the language of each message text, for engines that lose the tag.
    """
    by_subject: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES):
        by_subject[quad.subject][quad.predicate.value].append(quad.object)
    nodes = [node for parts in list(by_subject.values()) for node in parts.get(SH + "result", [])]
    return sorted((_result(by_subject[node], by_subject, tags) for node in nodes), key=_order)


def _result(parts: Mapping[str, list[Any]], by_subject: BySubject, tags: Mapping[str, str]) -> Result:
    def one(name: str) -> Any:
        return next(iter(parts.get(SH + name, ())), None)

    messages = (
        (message.language or tags.get(message.value, ""), message.value)
        for message in parts.get(SH + "resultMessage", ())
    )
    return Result(
        focus=one("focusNode"),
        path=path_at(one("resultPath"), by_subject),
        value=one("value"),
        component=one("sourceConstraintComponent"),
        severity=one("resultSeverity"),
        shape=one("sourceShape"),
        messages=tuple(sorted(set(messages))),
    )


def _order(result: Result) -> tuple[object, ...]:
    return (*result.identity[:5], str(result.shape or ""), result.messages)

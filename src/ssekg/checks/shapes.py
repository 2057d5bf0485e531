"""From the results of SHACL to findings with places, names for people and what may be meant."""

from collections.abc import Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.codes import known_code
from ssekg.base.findings import Finding, Severity
from ssekg.base.messages import sentences
from ssekg.base.namespaces import SH, code_of
from ssekg.base.said import Arguments, Said, Several
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.checks.allowed_concepts import concepts_by_shape
from ssekg.checks.names import named_node, named_path
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph
from ssekg.shacl.evidence import Evidence
from ssekg.shacl.results import Result
from ssekg.shacl.shapes import Shapes

# Looking for what was meant takes time; with more links to nothing the problem is not spelling.
_MOST_GUESSED: Final = 100
_MOST_CHOICES: Final = 20
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
    of_lists = any("choices" in sentences(known_code(code_of(result.component.value)).name) for result in results)
    choices = concepts_by_shape(shapes.triples, [*graph.data, *graph.vocabulary]) if shapes and of_lists else {}
    guesses = _Guesses(graph)
    return [_finding(result, evidence, guesses, choices.get(result.shape, [])) for result in results]


def _finding(result: Result, evidence: Evidence, guesses: "_Guesses", choices: Sequence[ox.NamedNode]) -> Finding:
    finding = Finding(
        code=code_of(result.component.value),
        severity=_SEVERITIES.get(result.severity.value, Severity.VIOLATION),
        arguments=_arguments(result, guesses, choices),
        texts=dict(result.messages),
        focus=result.focus,
        path=result.path,
        value=result.value,
        shape=result.shape,
    )
    return finding.at(evidence.places(result))


def _arguments(result: Result, guesses: "_Guesses", choices: Sequence[ox.NamedNode]) -> Arguments:
    """What fills the placeholders of the catalogues: the names of focus, path and value, and what was meant."""
    graph = guesses.graph
    return {
        "focus": named_node(graph, result.focus),
        "path": named_path(graph, result.path),
        "value": named_node(graph, result.value),
        **suggestion(guesses.of(result.value, choices)),
        **_choices(choices, graph),
    }


def _choices(choices: Sequence[ox.NamedNode], graph: Graph) -> Arguments:
    """The argument `choices` of a hint: the identifiers that may be chosen from, unless they are too many."""
    if not 0 < len(choices) <= _MOST_CHOICES:
        return {}
    words = tuple(graph.shortened(each.value).removeprefix("concept/") for each in choices)
    return {"choices": Said("choices", {"words": Several(words)})}


class _Guesses:
    """What links to things that do not exist were probably meant to be, each looked for once, and not too many.

    Without a base, as with shapes alone, nothing is known of identifiers, and nothing guessed.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._made: dict[tuple[str, tuple[ox.NamedNode, ...]], str | None] = {}

    def of(self, value: Any, choices: Sequence[ox.NamedNode]) -> str | None:
        """The id of a thing that there is, from among the choices if there are any; None where no id is alike."""
        base = self.graph.base
        if not base or not isinstance(value, ox.NamedNode) or not value.value.startswith(base):
            return None
        key = (self.graph.shortened(value.value), tuple(choices))
        if value.value not in self.graph.things and key not in self._made and len(self._made) < _MOST_GUESSED:
            kind = key[0].partition("/")[0] + "/"
            ids = (self.graph.shortened(iri) for iri in ([each.value for each in choices] or self.graph.things))
            self._made[key] = nearest_name(key[0], (each for each in ids if each.startswith(kind)))
        return self._made.get(key)

"""From the results of SHACL to findings with places, names for people and what may be meant."""

import re
from collections.abc import Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.language import LANGUAGES, isolate, pick
from ssekg.base.messages import text
from ssekg.base.namespaces import SH, code_of, shortened
from ssekg.base.spelling import name_advice, nearest_name
from ssekg.checks.allowed_concepts import concepts_by_shape
from ssekg.graph.store import Graph
from ssekg.shacl.evidence import Evidence, ResultTerms
from ssekg.shacl.shapes import Result, Shapes, term_of

# What may be wrong with a concept from another list.
_OF_LISTS: Final = frozenset({"shacl-node", "shacl-or"})
# Looking for what was meant takes time; who has more links to nothing has another problem than spelling.
_MOST_GUESSED: Final = 100
_MOST_CHOICES: Final = 20
_IRI: Final = re.compile(r"<[^>]*>")
_SEVERITIES: Final = {
    SH + "Violation": Severity.VIOLATION,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}


def findings(results: list[Result], graph: Graph, shapes: Shapes | None = None) -> list[Finding]:
    """A finding for each result, with its places in the sources of the graph and with names for people.

    With the shapes, hints name the concepts that may be chosen from.
    """
    spoken = [ResultTerms(term_of(each.focus), each.path, term_of(each.value), each.component) for each in results]
    evidence = Evidence(graph, spoken)
    of_lists = [result for result in results if code_of(result.component) in _OF_LISTS]
    choices = concepts_by_shape(shapes.triples, [*graph.data, *graph.vocabulary]) if shapes and of_lists else {}
    guesses = _Guesses(graph)
    return [
        _finding(result, each, evidence, guesses, choices.get(result.shape, []))
        for result, each in zip(results, spoken, strict=True)
    ]


def _finding(
    result: Result, spoken: ResultTerms, evidence: Evidence, guesses: "_Guesses", choices: Sequence[ox.NamedNode]
) -> Finding:
    finding = Finding(
        code=code_of(result.component),
        severity=_SEVERITIES.get(result.severity.strip("<>"), Severity.VIOLATION),
        arguments=_arguments(result, spoken, guesses, choices),
        texts=dict(result.messages),
        focus=result.focus,
        path=result.path or None,
        value=result.value or None,
        shape=result.shape or None,
    )
    return finding.at(evidence.places(spoken))


def _arguments(
    result: Result, spoken: ResultTerms, guesses: "_Guesses", choices: Sequence[ox.NamedNode]
) -> dict[str, str]:
    """Names in each language for the placeholders of the catalogues: `focus.ar` and so on, and what was meant."""
    graph, predicate = guesses.graph, term_of(result.path)
    names = {}
    for language in LANGUAGES:
        for key, term in (("focus", spoken.focus), ("path", predicate), ("value", spoken.value)):
            names[f"{key}.{language}"] = _name(term, graph, language) if term is not None else ""
        if predicate is None:
            names[f"path.{language}"] = _path_name(result.path, graph, language)
    return names | name_advice(guesses.of(spoken.value, choices)) | _choice_advice(choices, graph)


def _choice_advice(choices: Sequence[ox.NamedNode], graph: Graph) -> dict[str, str]:
    """The argument `choices` of a hint: the identifiers that may be chosen from; nothing where they are too many."""
    if not 0 < len(choices) <= _MOST_CHOICES:
        return {"choices": ""}
    words = [shortened(each.value, graph.base).removeprefix("concept/") for each in choices]
    return {f"choices.{tag}": " " + text("choices", tag, {"words": ", ".join(words)}) for tag in LANGUAGES}


def _path_name(path: str, graph: Graph, language: str) -> str:
    """A path of several steps with its properties named."""
    return _IRI.sub(lambda match: _name(term_of(match[0]), graph, language), path)


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
        key = (shortened(value.value, base), tuple(choices))
        if value.value not in self.graph.things and key not in self._made and len(self._made) < _MOST_GUESSED:
            kind = key[0].partition("/")[0] + "/"
            ids = (shortened(iri, base) for iri in ([each.value for each in choices] or self.graph.things))
            self._made[key] = nearest_name(key[0], (each for each in ids if each.startswith(kind)))
        return self._made.get(key)


def _name(term: Any, graph: Graph, language: str) -> str:
    if isinstance(term, ox.Literal):
        return f"“{term.value}”" + (f" ({term.language})" if term.language else "")
    if isinstance(term, ox.NamedNode):
        label = pick(graph.labels.get(term, {}), language)
        short = shortened(term.value, graph.base)
        return f"{isolate(label, language)} ({isolate(short, language)})" if label and label != short else short
    return str(term)

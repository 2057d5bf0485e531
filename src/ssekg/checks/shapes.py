"""SHACL shapes and their results: from a validation report to findings with places and names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from ssekg.checks.choices import concepts_by_shape
from ssekg.checks.engines import ENGINES
from ssekg.checks.evidence import Evidence, Spoken
from ssekg.checks.paths import path_text
from ssekg.checks.reading import joined, lines
from ssekg.errors import CannotRunError
from ssekg.findings import Finding, Severity
from ssekg.graph.store import Graph
from ssekg.language import LANGUAGES, isolate, pick
from ssekg.messages import text
from ssekg.namespaces import SH, code_of, shortened
from ssekg.queries.syntax import LEAVES_THE_GRAPH, tokens, too_deep
from ssekg.sources.labels import file_mark
from ssekg.sources.rdf import RdfFile
from ssekg.spelling import name_advice, nearest_name

_MESSAGE: Final = ox.NamedNode(SH + "message")
# What may be wrong with a concept from another list.
_OF_LISTS: Final = frozenset({"shacl-node", "shacl-or"})
# Looking for what was meant takes time; who has more links to nothing has another problem than spelling.
_MOST_GUESSED: Final = 100
_MOST_CHOICES: Final = 20
_IRI: Final = re.compile(r"<[^>]*>")
_QUERIES: Final = frozenset(ox.NamedNode(SH + name) for name in ("select", "ask", "construct", "update"))
_SEVERITIES: Final = {
    SH + "Violation": Severity.VIOLATION,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}


@dataclass(frozen=True, order=True)
class Result:
    """One SHACL validation result, each part as an N-Triples term (the path in SPARQL's notation) or ""."""

    focus: str
    path: str
    value: str
    component: str
    severity: str
    shape: str
    messages: tuple[tuple[str, str], ...] = ()

    @property
    def identity(self) -> tuple[str, ...]:
        """All but the messages: what two engines must agree on. Blank-node shapes have no name to agree on."""
        shape = "" if self.shape.startswith("_:") else self.shape
        return (self.focus, self.path, self.value, self.component, self.severity, shape)


class Shapes:
    """The shapes of some files, compiled once."""

    def __init__(self, files: Iterable[RdfFile]) -> None:
        """Read the shapes.

        Raises:
            CannotRunError: a file can't be read or parsed, or there is no shape in them.
        """
        parts: list[list[ox.Triple]] = []
        files = list(files)
        self.shown = ", ".join(file.shown for file in files) or "shapes/"
        for file in files:
            file.mark = file_mark(len(parts) + 1, "s")
            try:
                parts.append(file.triples())
            except SyntaxError as problem:
                place = f"{file.shown}:{problem.lineno}:{problem.offset}"
                raise CannotRunError("broken-shapes", file=place, problem=problem.msg) from None
        self.triples = _as_one(parts)
        targets = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")}
        kinds = {SH + "NodeShape", SH + "PropertyShape"}
        if not any(t.predicate.value in targets or getattr(t.object, "value", "") in kinds for t in self.triples):
            raise CannotRunError("no-shapes", files=self.shown)

    @cached_property
    def tag_of_message(self) -> dict[str, str]:
        """The language of each message text, for engines that lose the tag."""
        messages = (t.object for t in self.triples if t.predicate == _MESSAGE and isinstance(t.object, ox.Literal))
        return {message.value: message.language or "" for message in messages}

    def report(self, data: Iterable[ox.Triple], engine: str = "fast") -> bytes:
        """The sh:ValidationReport of validating `data` with one of ENGINES, as N-Triples.

        Raises:
            CannotRunError: the engine can't work with these shapes.
        """
        return self.report_of(lines(data), engine)

    def report_of(self, data: bytes, engine: str = "fast") -> bytes:
        """The same for data in N-Triples as pyoxigraph writes them.

        Raises:
            CannotRunError: the engine can't work with these shapes.
        """
        self._refuse_unsafe_queries()
        try:
            return ENGINES[engine](data, lines(self.triples))
        except Exception as problem:  # engines raise what they like for shapes that are none
            raise CannotRunError("broken-shapes", file=self.shown, problem=str(problem).partition("\n")[0]) from problem

    def _refuse_unsafe_queries(self) -> None:
        """Refuse what an engine must not be given: a query that leaves the graph, or nests until the process ends."""
        for triple in self.triples:
            if triple.predicate not in _QUERIES or not isinstance(triple.object, ox.Literal):
                continue
            found = list(tokens(triple.object.value))
            leaving = next((word for kind, token, _ in found if (word := _clause(kind, token))), None)
            if leaving or too_deep(found) is not None:
                code = "query-leaves" if leaving else "query-too-deep"
                said = {f"problem.{tag}": text(code, tag, {"clause": leaving or ""}) for tag in LANGUAGES}
                raise CannotRunError("broken-shapes", file=self.shown, **said)

    def results(self, report: bytes) -> list[Result]:
        """The results that a report of these shapes holds, in order."""
        about: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES):
            about[quad.subject][quad.predicate.value].append(quad.object)
        nodes = [node for parts in list(about.values()) for node in parts.get(SH + "result", [])]
        return sorted(self._result(about[node], about) for node in nodes)

    def _result(self, parts: Mapping[str, list[Any]], about: Mapping[Any, Mapping[str, list[Any]]]) -> Result:
        def one(name: str) -> str:
            return str(parts[SH + name][0]) if parts.get(SH + name) else ""

        messages = (
            (said.language or self.tag_of_message.get(said.value, ""), said.value)
            for said in parts.get(SH + "resultMessage", [])
        )
        paths = parts.get(SH + "resultPath")
        return Result(
            focus=one("focusNode"),
            path=path_text(paths[0], about) if paths else "",
            value=one("value"),
            component=one("sourceConstraintComponent"),
            severity=one("resultSeverity"),
            shape=one("sourceShape"),
            messages=tuple(sorted(set(messages))),
        )


def _clause(kind: str, token: str) -> str | None:
    """The clause that leaves the graph and that a token begins; rdflib takes `FROM:x` for one too."""
    word = token.partition(":")[0].upper() if kind in {"word", "name"} else ""
    return word if word in LEAVES_THE_GRAPH else None


def _as_one(parts: list[list[ox.Triple]]) -> list[ox.Triple]:
    """The triples of several files; a label that two files have names two blank nodes."""
    content = [lines(part) for part in parts]
    together = joined(content)
    if together == b"".join(content):
        return [triple for part in parts for triple in part]
    return [quad.triple for quad in ox.parse(together, ox.RdfFormat.N_TRIPLES)]


def findings(results: list[Result], graph: Graph, shapes: Shapes | None = None) -> list[Finding]:
    """A finding for each result, with its places in the sources of the graph and with names for people.

    With the shapes, hints name the concepts that may be chosen from.
    """
    spoken = [Spoken(_term(each.focus), each.path, _term(each.value), each.component) for each in results]
    evidence = Evidence(graph, spoken)
    of_lists = [result for result in results if code_of(result.component) in _OF_LISTS]
    choices = concepts_by_shape(shapes.triples, [*graph.data, *graph.vocabulary]) if shapes and of_lists else {}
    guesses = _Guesses(graph)
    return [
        _finding(result, each, evidence, guesses, choices.get(result.shape, []))
        for result, each in zip(results, spoken, strict=True)
    ]


def _finding(
    result: Result, spoken: Spoken, evidence: Evidence, guesses: "_Guesses", choices: Sequence[ox.NamedNode]
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


def _arguments(result: Result, spoken: Spoken, guesses: "_Guesses", choices: Sequence[ox.NamedNode]) -> dict[str, str]:
    """Names in each language for the placeholders of the catalogues: `focus.ar` and so on, and what was meant."""
    graph, predicate = guesses.graph, _term(result.path)
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
    return _IRI.sub(lambda match: _name(_term(match[0]), graph, language), path)


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


def _term(notation: str) -> Any:
    """The term of an N-Triples notation, None for "" and for what is no single term."""
    if not notation or not notation.startswith(("<", '"', "_:")):
        return None
    try:
        return next(iter(ox.parse(f"<x:> <x:> {notation} .", ox.RdfFormat.N_TRIPLES))).object
    except SyntaxError:
        return None

"""SHACL: the fast engine every day, pyshacl as the reference; both are read through the report that SHACL defines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.errors import CannotRunError
from ssekg.findings import Finding, Place, Severity
from ssekg.graph.canonical import ntriples
from ssekg.graph.origins import Origins
from ssekg.graph.store import Graph
from ssekg.language import LANGUAGES, isolate, pick
from ssekg.namespaces import RDF, SH, shortened
from ssekg.sources.rdf import RdfFile

ENGINES: Final = ("fast", "pyshacl")
_MESSAGE: Final = ox.NamedNode(SH + "message")
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
        self.triples: list[ox.Triple] = []
        for file in files:
            try:
                self.triples += file.triples()
            except SyntaxError as problem:
                place = f"{file.shown}:{problem.lineno}:{problem.offset}"
                raise CannotRunError("broken-shapes", file=place, problem=problem.msg) from None
        targets = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")}
        kinds = {SH + "NodeShape", SH + "PropertyShape"}
        if not any(t.predicate.value in targets or getattr(t.object, "value", "") in kinds for t in self.triples):
            raise CannotRunError("no-shapes", files=", ".join(file.shown for file in files) or "shapes/")

    @cached_property
    def tag_of_message(self) -> dict[str, str]:
        """The language of each message text, for engines that lose the tag."""
        messages = (t.object for t in self.triples if t.predicate == _MESSAGE and isinstance(t.object, ox.Literal))
        return {message.value: message.language or "" for message in messages}

    def results(self, data: Iterable[ox.Triple], engine: str = "fast") -> list[Result]:
        """The results of validating `data` with one of ENGINES, in order.

        Raises:
            CannotRunError: the engine can't work with these shapes.
        """
        run = _run_fast if engine == "fast" else _run_pyshacl
        try:
            report = run(ntriples(data), ntriples(self.triples))
        except Exception as problem:  # engines raise what they like for shapes that are none
            raise CannotRunError("broken-shapes", file="shapes", problem=str(problem).partition("\n")[0]) from problem
        return sorted(self._read(report))

    def _read(self, report: list[ox.Triple]) -> list[Result]:
        about: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in report:
            about[triple.subject][triple.predicate.value].append(triple.object)
        nodes = [node for parts in list(about.values()) for node in parts.get(SH + "result", [])]
        return [self._result(about[node], about) for node in nodes]

    def _result(self, parts: Mapping[str, list[Any]], about: Mapping[Any, Mapping[str, list[Any]]]) -> Result:
        def one(name: str) -> str:
            return str(parts[SH + name][0]) if parts.get(SH + name) else ""

        messages = (
            (text.language or self.tag_of_message.get(text.value, ""), text.value)
            for text in parts.get(SH + "resultMessage", [])
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


def _run_fast(data: bytes, shapes: bytes) -> list[ox.Triple]:
    import shacl

    compiled = shacl.Shapes.from_text(shapes.decode(), format="ntriples")
    report = compiled.validate_text(data.decode(), format="ntriples")
    return _parsed(report.serialize("ntriples").encode())


def _run_pyshacl(data: bytes, shapes: bytes) -> list[ox.Triple]:
    import pyshacl
    import rdflib

    rdflib.NORMALIZE_LITERALS = False
    try:
        graphs = [rdflib.Graph().parse(data=content, format="nt") for content in (data, shapes)]
        _, report, _ = pyshacl.validate(graphs[0], shacl_graph=graphs[1], inference="none")
        if not isinstance(report, rdflib.Graph):
            raise TypeError(str(report))
        return _parsed(report.serialize(format="nt", encoding="utf-8"))
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _parsed(content: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES)]


def path_text(node: Any, about: Mapping[Any, Mapping[str, list[Any]]]) -> str:
    """A SHACL property path in SPARQL's notation: `<p>`, `^<p>`, `<p>/<q>`, `(<p>|<q>)`, `<p>*`."""
    if isinstance(node, ox.NamedNode):
        return str(node)
    parts = about.get(node, {})
    if RDF + "first" in parts:
        return "/".join(_listed(node, about))
    if SH + "alternativePath" in parts:
        return f"({'|'.join(_listed(parts[SH + 'alternativePath'][0], about))})"
    if SH + "inversePath" in parts:
        return f"^{path_text(parts[SH + 'inversePath'][0], about)}"
    for name, sign in (("zeroOrMorePath", "*"), ("oneOrMorePath", "+"), ("zeroOrOnePath", "?")):
        if SH + name in parts:
            return f"({path_text(parts[SH + name][0], about)}){sign}"
    return str(node)


def _listed(node: Any, about: Mapping[Any, Mapping[str, list[Any]]]) -> list[str]:
    items = []
    while RDF + "first" in about.get(node, {}):
        items.append(path_text(about[node][RDF + "first"][0], about))
        node = about[node][RDF + "rest"][0]
    return items


def code_of(component: str) -> str:
    """The finding code of a constraint component: `shacl-min-count` for sh:MinCountConstraintComponent."""
    name = component.strip("<>").removeprefix(SH).removesuffix("ConstraintComponent")
    return "shacl-" + "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


def findings(results: list[Result], graph: Graph) -> list[Finding]:
    """The results as findings with their places in the sources of the graph, and with names for people."""
    terms = {result: _term(result.focus) for result in results}
    origins = Origins(graph.sources, [t for t in terms.values() if isinstance(t, ox.NamedNode | ox.BlankNode)])
    return [finding for result in results for finding in _findings(result, terms[result], origins, graph)]


def _findings(result: Result, focus: Any, origins: Origins, graph: Graph) -> list[Finding]:
    predicate = _term(result.path) if result.path.startswith("<") and result.path.count("<") == 1 else None
    value = _term(result.value)
    places: list[Place | None] = [*origins.places(focus, predicate, value)] or [None]
    return [
        Finding(
            code=code_of(result.component),
            severity=_SEVERITIES.get(result.severity.strip("<>"), Severity.VIOLATION),
            place=place,
            arguments=_arguments(result, focus, value, graph),
            texts=dict(result.messages),
            focus=result.focus,
            path=result.path or None,
            value=result.value or None,
            shape=result.shape or None,
        )
        for place in places
    ]


def _arguments(result: Result, focus: Any, value: Any, graph: Graph) -> dict[str, str]:
    """Names in each language for the placeholders of the catalogues: `focus.ar` and so on."""
    predicate = _term(result.path)
    names = {}
    for language in LANGUAGES:
        for key, term in (("focus", focus), ("path", predicate), ("value", value)):
            names[f"{key}.{language}"] = _name(term, graph, language) if term is not None else ""
        if predicate is None:
            names[f"path.{language}"] = result.path
    return names


def _name(term: Any, graph: Graph, language: str) -> str:
    if isinstance(term, ox.Literal):
        return f"“{term.value}”" + (f" ({term.language})" if term.language else "")
    if isinstance(term, ox.NamedNode):
        label = pick(graph.labels.get(term, {}), language)
        short = shortened(term.value, graph.base)
        return f"{isolate(label, language)} ({isolate(short, language)})" if label and label != short else short
    return str(term)


def _term(text: str) -> Any:
    """The term of an N-Triples notation, None for "" and for what is no single term."""
    if not text or not text.startswith(("<", '"', "_:")):
        return None
    try:
        return next(iter(ox.parse(f"<x:> <x:> {text} .", ox.RdfFormat.N_TRIPLES))).object
    except SyntaxError:
        return None


def open_shapes(paths: Iterable[Path], base: str, shown: Mapping[Path, str] | None = None) -> Shapes:
    """The shapes of some files; relative IRIs in them are resolved against `base`."""
    names = shown or {}
    return Shapes([RdfFile(path, base, names.get(path, str(path))) for path in paths])

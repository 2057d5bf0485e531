"""Which shapes check what has a term: the rules of a project, by class and by property."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH
from ssekg.checks.query_terms import named_tokens
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.syntax import tokens_of
from ssekg.shacl.references import References
from ssekg.sources.rdf.file import RdfFile

_SEVERITIES: Final = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
_QUERIES: Final = (SH + "select", SH + "ask")
_LIST: Final = frozenset({RDF + "first", RDF + "rest"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape or constraint that says what is wrong: how it is written, in which file, its texts by language.

    `severity` is that of its findings; `least` and `most` say how many values there must be, "" where it does not;
    `values` are the classes and datatypes that all of them are of. `properties` are those that it looks at and
    `classes` those whose members it looks at.
    """

    name: str
    file: str
    messages: Mapping[str, str]
    severity: str
    least: str
    most: str
    values: tuple[ox.NamedNode, ...]
    properties: frozenset[ox.NamedNode]
    classes: frozenset[ox.NamedNode]


class Rules:
    """The rules of a project, found once."""

    def __init__(self, project: Project, graph: Graph) -> None:
        """Read the shapes of a project whose graph this is."""
        self._graph = graph
        self._said: dict[Any, list[ox.Triple]] = defaultdict(list)
        self._files: dict[Any, str] = {}
        triples: list[ox.Triple] = []
        for path in project.shapes_files:
            for triple in RdfFile(path, project.base, project.shown(path)).triples():
                triples.append(triple)
                self._said[triple.subject].append(triple)
                self._files.setdefault(triple.subject, path.relative_to(project.root).as_posix())
        # The severity of a query is that of its shape.
        self._above = {t.object: t.subject for t in triples if t.predicate.value == SH + "sparql"}
        self._classes = self._targeted(triples)
        rules = [self._rule(shape) for shape in self._said if self._values(shape, SH + "message")]
        self._of: dict[ox.NamedNode, list[Rule]] = defaultdict(list)
        for rule in sorted(rules, key=lambda each: (each.file, each.name)):
            for term in rule.properties | rule.classes:
                self._of[term].append(rule)

    def of(self, term: ox.NamedNode) -> Sequence[Rule]:
        """The rules about the members of a class, or about a property, in order of files and names."""
        return self._of.get(term, ())

    def _targeted(self, triples: Sequence[ox.Triple]) -> Mapping[Any, frozenset[ox.NamedNode]]:
        """The classes whose members each shape or constraint is about, since a shape with targets leads to it."""
        references = References(triples)
        links = {shape: [*others, *self._values(shape, SH + "sparql")] for shape, others in references.links.items()}
        found: dict[Any, set[ox.NamedNode]] = defaultdict(set)
        for root in references.roots:
            classes = {each for each in self._values(root, SH + "targetClass") if isinstance(each, ox.NamedNode)}
            waiting, met = [root], set()
            while waiting and classes:
                shape = waiting.pop()
                if shape not in met:
                    met.add(shape)
                    found[shape] |= classes
                    waiting += links.get(shape, ())
        return {shape: frozenset(classes) for shape, classes in found.items()}

    def _rule(self, shape: Any) -> Rule:
        messages = {m.language or "": m.value for m in self._values(shape, SH + "message")}
        stated = [each for node in (shape, self._above.get(shape)) for each in self._values(node, SH + "severity")]
        values = [*self._values(shape, SH + "class"), *self._values(shape, SH + "datatype")]
        return Rule(
            self._graph.shortened(shape.value) if isinstance(shape, ox.NamedNode) else "",
            self._files[shape],
            messages,
            next((_SEVERITIES[each.value] for each in stated if each.value in _SEVERITIES), "violation"),
            next((each.value for each in self._values(shape, SH + "minCount")), ""),
            next((each.value for each in self._values(shape, SH + "maxCount")), ""),
            tuple(each for each in values if isinstance(each, ox.NamedNode)),
            frozenset(self._properties(shape)),
            self._classes.get(shape, frozenset()),
        )

    def _properties(self, shape: Any) -> Iterable[ox.NamedNode]:
        """The properties of the path of a shape, and those that its query names."""
        waiting, met = [*self._values(shape, SH + "path")], set()
        while waiting:
            step = waiting.pop()
            if isinstance(step, ox.NamedNode):
                yield step
            elif step not in met:
                met.add(step)
                waiting += [t.object for t in self._said.get(step, ()) if t.predicate.value in _LIST or _is_path(t)]
        for query in (each.value for name in _QUERIES for each in self._values(shape, name)):
            declared = {f"{prefix}:": space for prefix, space in self._graph.prefixes.namespaces.items()}
            for _, iri in named_tokens(tokens_of(query), self._graph.base, declared):
                yield ox.NamedNode(iri)

    def _values(self, node: Any, predicate: str) -> list[Any]:
        return [t.object for t in self._said.get(node, ()) if t.predicate.value == predicate]


def _is_path(triple: ox.Triple) -> bool:
    return triple.predicate.value.startswith(SH) and triple.predicate.value.endswith("Path")

"""Which triples come from which source: the graph cut into one named graph per source.

- Statements about a record are in the graph of each source that the record names (`dct:source`); those about a part of
  a record (`…#part`) that names none, in those of the record. If a record has several sources, the data do not
  say which of them supports what, so the graph of each has all statements.
- A field note is more precise. If it names sources for a value, the value is in the graphs of those only. If it names
  none and says that the value is inferred, common knowledge or unverified, the value is in none. If it reports
  what another source says instead, the value is not in the graph of that one.
- The statement that a record has a source is in the graph of this source.
- Everything else is in the default graph, since it has no named source: concepts, and statements about the sources.

Every triple is in one of the graphs at least, and nothing else is: their union is the graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE, SKOS
from ssekg.base.packed import Packed
from ssekg.base.triples import none_near
from ssekg.project.settings import derived_graph

_SOURCE: Final = ox.NamedNode(DCT + "source")
_RECORD: Final = ox.NamedNode(EVIDENCE + "record")
_PROPERTY: Final = ox.NamedNode(EVIDENCE + "property")
_LANGUAGE: Final = ox.NamedNode(EVIDENCE + "fieldLanguage")
_LINKED: Final = ox.NamedNode(EVIDENCE + "linkedThing")
_CONFIDENCE: Final = ox.NamedNode(EVIDENCE + "confidence")
_ALTERNATIVES: Final = frozenset(ox.NamedNode(EVIDENCE + name) for name in ("alternative", "alternativeValue"))
# The grade of confidence that says that the source says so, by its notation in whatever list a project has.
_NOTATION: Final = ox.NamedNode(SKOS + "notation")
_STATED: Final = ox.Literal("stated")
_OF_NOTES: Final = frozenset({_RECORD, _PROPERTY, _LANGUAGE, _LINKED, _CONFIDENCE, *_ALTERNATIVES})

Name = ox.DefaultGraph | ox.NamedNode
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def in_graphs(stated: Sequence[ox.Triple], derived: Sequence[ox.Triple], base: str) -> dict[Name, Sequence[ox.Triple]]:
    """The triples of a graph in named graphs: what is stated in those of its sources, what is derived in its own.

    `base` is the instance base of the graph.
    """
    return by_source(stated) | {derived_graph(base): derived}


def in_named_graphs(stated: Sequence[ox.Triple], derived: Sequence[ox.Triple], base: str) -> Iterator[ox.Quad]:
    """The triples that are in named graphs, as quads."""
    graphs = in_graphs(stated, derived, base)
    return quads({name: triples for name, triples in graphs.items() if not isinstance(name, ox.DefaultGraph)})


def by_source(ordered: Sequence[ox.Triple]) -> dict[Name, Sequence[ox.Triple]]:
    """The triples, in their order, in the graphs of their sources: the default graph first, then by IRI."""
    evidence = Evidence(ordered)
    default = none_near(ordered)
    named: dict[ox.NamedNode, list[ox.Triple] | Packed] = defaultdict(partial(none_near, ordered))
    for triple in ordered:
        sources = evidence.sources(triple)
        for source in sources:
            named[source].append(triple)
        if not sources:
            default.append(triple)
    return {ox.DefaultGraph(): default} | {source: named[source] for source in sorted(named, key=str)}


def quads(graphs: Mapping[Name, Iterable[ox.Triple]]) -> Iterator[ox.Quad]:
    """The triples of some graphs as quads."""
    for name, triples in graphs.items():
        yield from (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


@dataclass(frozen=True, slots=True)
class _Note:
    """A field note: the value that it is about (of one language, one link, or any), and its sources.

    `is_otherwise` says that its sources give another value.
    """

    language: str | None
    linked: _Term | None
    sources: frozenset[ox.NamedNode]
    is_otherwise: bool

    def is_about(self, value: _Term) -> bool:
        if self.linked is not None:
            return value == self.linked
        return self.language is None or not isinstance(value, ox.Literal) or value.language == self.language


class Evidence:
    """The sources that a graph names for each of its triples."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Read what the triples say of their sources."""
        self._stated: set[_Term] = set()
        self._sources: dict[_Term, set[ox.NamedNode]] = defaultdict(set)
        self._notes: dict[tuple[_Term, _Term], list[_Note]] = defaultdict(list)
        by_subject: dict[_Term, dict[ox.NamedNode, list[_Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if triple.predicate == _SOURCE and isinstance(triple.object, ox.NamedNode):
                self._sources[triple.subject].add(triple.object)
            elif triple.predicate == _NOTATION and triple.object == _STATED:
                self._stated.add(triple.subject)
            elif triple.predicate in _OF_NOTES:
                by_subject[triple.subject][triple.predicate].append(triple.object)
        self._note_nodes = {
            node for node, statements in by_subject.items() if statements[_RECORD] and statements[_PROPERTY]
        }
        for node in self._note_nodes:
            self._read_note(node, by_subject[node])

    def _read_note(self, node: _Term, statements: dict[ox.NamedNode, list[_Term]]) -> None:
        sources = frozenset(self._sources.get(node, ()))
        is_otherwise = any(statements[predicate] for predicate in _ALTERNATIVES)
        if not sources and (is_otherwise or not self._stated.isdisjoint(statements[_CONFIDENCE])):
            return  # a remark, which says nothing of where the value comes from
        language = next((term.value for term in statements[_LANGUAGE] if isinstance(term, ox.Literal)), None)
        note = _Note(language, next(iter(statements[_LINKED]), None), sources, is_otherwise)
        for record in statements[_RECORD]:
            for predicate in statements[_PROPERTY]:
                self._notes[record, predicate].append(note)

    def sources(self, triple: ox.Triple) -> list[ox.NamedNode]:
        """The sources of a triple, in order of IRI; none for the default graph."""
        subject, predicate, value = triple
        if predicate == _SOURCE and isinstance(value, ox.NamedNode):
            return [value]
        found = self._sources.get(subject) or self._of_record(subject)
        notes = self._notes.get((subject, predicate), ()) if self._notes else ()
        matching = [note for note in notes if note.is_about(value)]
        if matching:
            evidence = [note.sources for note in matching if not note.is_otherwise]
            otherwise = [note.sources for note in matching if note.is_otherwise]
            found = (set().union(*evidence) if evidence else set(found)).difference(*otherwise)
        return sorted(found, key=str) if len(found) > 1 else list(found)

    def _of_record(self, part: _Term) -> set[ox.NamedNode]:
        """The sources of the record that `part` is a part of; a note without sources has none."""
        if not isinstance(part, ox.NamedNode) or part in self._note_nodes:
            return set()
        record, hash_sign, _ = part.value.partition("#")
        return self._sources.get(ox.NamedNode(record), set()) if hash_sign else set()

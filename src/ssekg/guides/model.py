"""How a graph is built: its classes with what they hold and how they hang together, as the data show it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL
from ssekg.base.said import Named
from ssekg.graph.coverage import Use
from ssekg.graph.naming import plural_names
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.guides.choices import Subjects
from ssekg.guides.questions import model_questions
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.sources.tables.table import Table

_DEPRECATED: Final = ox.NamedNode(OWL + "deprecated")
_REPLACED_BY: Final = ox.NamedNode(DCT + "isReplacedBy")
# What stands for the name of a record in a path.
_ANY: Final = "…"


@dataclass(frozen=True, slots=True)
class PropertyGuide:
    """A property of the members of a class: how many have it, the classes of its values, and whether rules give it."""

    name: Named
    having: int
    targets: tuple[Named, ...]
    is_derived: bool


@dataclass(frozen=True, slots=True)
class ClassGuide:
    """A class: what it is, how its members are addressed and how many there are, its tables, what leads from and to it.

    `plural` and `description` are texts by language tag. `types` are the classes that its members are stated to be of,
    with how many are of each, the most frequent first; none where all are of this class. `part_of` is the property that
    leads from a part to its record, None for a record. `leading` are the classes from which properties lead here, each
    with them.
    """

    name: Named
    plural: Mapping[str, str]
    description: Mapping[str, str]
    path: str
    part_of: Named | None
    count: int
    types: tuple[tuple[Named, int], ...]
    is_withheld: bool
    tables: tuple[Named, ...]
    example: Named | None
    properties: tuple[PropertyGuide, ...]
    leading: tuple[tuple[Named, tuple[Named, ...]], ...]


@dataclass(frozen=True, slots=True)
class TermGuide:
    """A term that has a note, is derived, or deprecated: what is to be known, and what it is the inverse of, or use."""

    name: Named
    description: Mapping[str, str]
    others: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ModelGuide:
    """How to ask a graph of a project, its classes, the properties that rules derive, and the terms no longer used.

    `notes` are the terms that the ontology gives a note on their use.
    """

    project: Project
    questions: tuple[Answer, ...]
    notes: tuple[TermGuide, ...]
    classes: tuple[ClassGuide, ...]
    derived: tuple[TermGuide, ...]
    deprecated: tuple[TermGuide, ...]


class Model:
    """What the ontology, the tables and the public data of a project say of how its graph is built."""

    def __init__(self, project: Project, whole: Graph, public: Public) -> None:
        """Take a project, its graph, the tables of which have been read, and what everybody may see of it."""
        self._project = project
        self._whole = whole
        self._public = public
        self._coverage = public.coverage

    def guide(self) -> ModelGuide:
        """The guide to the graph.

        Raises:
            CannotRunError: the header of a query, or the file of columns, is broken.
        """
        notes = sorted(self._whole.terms.notes.items(), key=lambda pair: pair[0].value)
        derived = sorted(self._whole.terms.derived & self._properties, key=lambda term: term.value)
        return ModelGuide(
            project=self._project,
            questions=model_questions(self._project, self._public),
            notes=tuple(TermGuide(self._named(term), texts, ()) for term, texts in notes),
            classes=tuple(map(self._class, self._coverage.members)),
            derived=tuple(self._term(term, self._whole.terms.inverses.get(term, ())) for term in derived),
            deprecated=tuple(self._deprecated()),
        )

    @cached_property
    def _properties(self) -> set[object]:
        """The properties among the terms of the ontology."""
        terms = {ox.NamedNode(OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
        return {triple.subject for triple in self._whole.vocabulary if triple.object in terms}

    @cached_property
    def _tables(self) -> Mapping[ox.NamedNode, list[Named]]:
        """The tables whose rows are about members of each class."""
        found: dict[ox.NamedNode, list[Named]] = defaultdict(list)
        subjects, kinds = Subjects(self._whole), self._whole.terms.kinds
        for table in self._whole.sources.files:
            if not isinstance(table, Table) or table.description is None or not table.columns:
                continue
            subject = table.columns[0].subject
            record = subjects.record(subject)
            is_kind = record is not None and not record.part and record.kind in kinds
            for each in [kinds[record.kind]] if record and is_kind else subjects.stated(table, subject):
                found[each].append(Named(table.path.name, table.description.title, label_first=True))
        return found

    def _class(self, term: ox.NamedNode) -> ClassGuide:
        terms, coverage = self._whole.terms, self._coverage
        kind = next((kind for kind, each in terms.kinds.items() if each == term), None)
        example = coverage.example(term)
        return ClassGuide(
            name=self._named(term),
            plural=plural_names(self._whole, term),
            description=terms.descriptions.get(term, {}),
            path=f"{kind}/{_ANY}" if kind else f"{_ANY}#{_ANY}",
            part_of=self._part_of(term),
            count=len(coverage.members[term]),
            types=tuple(self._types(term)),
            is_withheld=kind in self._project.privacy.withheld,
            tables=tuple(self._tables.get(term, ())),
            example=self._named(example) if example else None,
            properties=tuple(self._property(use) for use in coverage.uses[term]),
            leading=tuple(self._leading(term)),
        )

    def _types(self, term: ox.NamedNode) -> Iterator[tuple[Named, int]]:
        above = self._whole.terms.above.get(term, frozenset()) - {term}
        types = sorted(self._coverage.types(term).items(), key=lambda pair: (-pair[1], pair[0].value))
        narrower = [(each, count) for each, count in types if each not in above]
        if any(each != term for each, _ in narrower):
            yield from ((self._named(each), count) for each, count in narrower)

    def _part_of(self, term: ox.NamedNode) -> Named | None:
        parts = self._whole.terms.parts
        found = [use.property for use in self._coverage.uses[term] if use.property in parts]
        return self._named(found[0]) if found and term not in self._whole.terms.kinds.values() else None

    def _property(self, use: Use) -> PropertyGuide:
        is_derived = use.property in self._whole.terms.derived
        return PropertyGuide(
            self._named(use.property), use.having, tuple(self._plural(each) for each in use.targets), is_derived
        )

    def _leading(self, term: ox.NamedNode) -> Iterator[tuple[Named, tuple[Named, ...]]]:
        for source, uses in self._coverage.uses.items():
            found = tuple(self._named(use.property) for use in uses if term in use.targets)
            if found:
                yield self._plural(source), found

    def _deprecated(self) -> Iterator[TermGuide]:
        vocabulary = self._whole.vocabulary
        terms = {t.subject for t in vocabulary if t.predicate == _DEPRECATED and isinstance(t.subject, ox.NamedNode)}
        for term in sorted(terms, key=str):
            others = (t.object for t in vocabulary if t.subject == term and t.predicate == _REPLACED_BY)
            if isinstance(term, ox.NamedNode):
                yield self._term(term, (each for each in others if isinstance(each, ox.NamedNode)))

    def _term(self, term: ox.NamedNode, others: Iterable[ox.NamedNode]) -> TermGuide:
        description = self._whole.terms.descriptions.get(term, {})
        return TermGuide(self._named(term), description, tuple(map(self._named, sorted(others, key=str))))

    def _named(self, term: ox.NamedNode) -> Named:
        return Named(self._whole.shortened(term.value), self._whole.labels.get(term, {}), label_first=True)

    def _plural(self, term: ox.NamedNode) -> Named:
        """A class by the name of its members."""
        return Named(self._whole.shortened(term.value), plural_names(self._whole, term), label_first=True)

"""The graph in memory: triples as they were read, and a store to ask questions of."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES, fold, pick
from ssekg.base.namespaces import EVIDENCE, RDF, SKOS, Prefixes
from ssekg.base.packed import Packed
from ssekg.base.recent import Recent
from ssekg.base.record_iris import RecordIri, slug
from ssekg.base.said import Said, Several
from ssekg.base.spelling import nearest_name
from ssekg.base.triples import by_predicate, collected, grouped, in_descending_order, joined, members, unique
from ssekg.graph.disk_store import store_on_disk
from ssekg.graph.labels import labels_among
from ssekg.graph.name_index import NameIndex
from ssekg.graph.provenance import in_named_graphs
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.project.vocabulary import CODE, Vocabulary, declared_prefixes, read_vocabulary

if TYPE_CHECKING:  # reading takes a while to import, which a graph that was kept does without
    from ssekg.graph.coverage import Coverage
    from ssekg.graph.naming import Name
    from ssekg.sources.load import Sources
    from ssekg.sources.tables.table import Table, TableSource

_OTHER_NAME: Final = ox.NamedNode(SKOS + "altLabel")
TYPE: Final = ox.NamedNode(RDF + "type")
_NOTATION: Final = ox.NamedNode(SKOS + "notation")
SOURCE_CLASS: Final = ox.NamedNode(EVIDENCE + "Source")


@dataclass
class Graph:
    """The graph of a project.

    `data` are the triples that a release publishes as the graph (records and concepts), `vocabulary` those of the
    ontology; both keep the lexical forms of the files, which the store does not. `base` is the instance base, and
    `declared` are the prefixes that ssekg.toml adds, `languages` those that data must have. `derived` is what follows
    from the data and is not stated in them, and `made` what of it rules make: nothing until then (shacl/derivation.py).
    `read_from` is what it was read from, if it was. What the releases say that the project imports is in the
    vocabulary, not in the data: `beside` is that part of it, and their records have IRIs under `import_bases`.
    """

    base: str
    data: Sequence[ox.Triple]
    vocabulary: Sequence[ox.Triple]
    read_from: "Sources | None" = None
    declared: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    derived: Sequence[ox.Triple] = ()
    made: Sequence[ox.Triple] = ()
    import_bases: tuple[str, ...] = ()
    beside: frozenset[ox.Triple] = frozenset()

    @property
    def own_vocabulary(self) -> list[ox.Triple]:
        """The vocabulary without what releases say that the project imports."""
        return [triple for triple in self.vocabulary if triple not in self.beside]

    @cached_property
    def sources(self) -> "Sources":
        """What it was read from; nothing if it was made in another way."""
        from ssekg.sources.load import Sources

        return self.read_from or Sources()

    @property
    def finding_count(self) -> int:
        """How many findings its sources have."""
        return len(self.sources.findings)

    @cached_property
    def stated(self) -> Sequence[ox.Triple]:
        """The vocabulary, then the data."""
        return joined(self.vocabulary, self.data)

    @property
    def triples(self) -> Sequence[ox.Triple]:
        """What a release publishes as the graph: what is stated, then what is derived."""
        return joined(self.data, self.derived)

    @cached_property
    def digest(self) -> str:
        """The canonical hash of what a release publishes as the graph.

        Raises:
            CannotRunError: too many blank nodes are too alike to be told apart.
        """
        from ssekg.graph.canonical_hash import canonical_hash  # few graphs are cited

        return canonical_hash(self.triples)

    @cached_property
    def coverage(self) -> "Coverage":
        """What its records have and lack."""
        from ssekg.graph.coverage import Coverage  # few graphs are counted

        return Coverage(self)

    @cached_property
    def shortcuts(self) -> Sequence[ox.Triple]:
        """What is derived and worth showing with a record: properties that rules alone give, without inverses."""
        wanted = self.terms.derived - self.terms.inverses.keys()
        return collected((triple for triple in self.derived if triple.predicate in wanted), self.derived)

    @cached_property
    def terms(self) -> Vocabulary:
        """What the ontology says about its own terms."""
        return read_vocabulary(self.vocabulary, self.declared, self.base)

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes of this graph."""
        return self.terms.prefixes

    def shortened(self, iri: str) -> str:
        """The IRI relative to the instance base, or as a prefixed name; else unchanged."""
        return self.prefixes.shortened(iri)

    @cached_property
    def store(self) -> ox.Store:
        """All triples in the default graph of an Oxigraph store: in memory or, of very many, on the disk."""
        return self._stored(self._quads())

    @cached_property
    def store_by_source(self) -> ox.Store:
        """The store with its triples once more in the named graphs of a release's N-Quads; a second one is too much."""
        if isinstance(self.data, Packed):  # what is on the disk nobody adds to
            return self._stored(chain(self._quads(), in_named_graphs(self.data, self.derived, self.base)))
        self.store.bulk_extend(in_named_graphs(self.data, self.derived, self.base))
        return self.store

    def _quads(self) -> Iterator[ox.Quad]:
        return (ox.Quad(*triple) for triple in chain(self.stated, self.derived))

    def _stored(self, statements: Iterator[ox.Quad]) -> ox.Store:
        if isinstance(self.data, Packed):
            return store_on_disk(statements, self)
        store = ox.Store()
        store.bulk_extend(statements)
        return store

    def matching(
        self,
        subject: ox.NamedNode | ox.BlankNode | None,
        predicate: ox.NamedNode | None,
        value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
    ) -> Iterator[ox.Quad]:
        """The statements with a subject, a predicate and a value, each of which may be any; each statement once."""
        return self.store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())

    @cached_property
    def by_record(self) -> Mapping[ox.NamedNode, Sequence[ox.Triple]]:
        """What is stated, and worth showing of what is derived, by what it is about: an IRI up to its `#`, in order."""
        return grouped(joined(self.data, self.shortcuts, self.vocabulary), _record_of, str)

    @cached_property
    def follows(self) -> Container[ox.Triple]:
        """What is derived, to look one up."""
        return members(self.derived)

    def is_entailed(self, triple: ox.Triple) -> bool:
        """Whether a triple is derived and says nothing new to a reader."""
        return triple in self.follows and triple not in self.made_shortcuts

    @cached_property
    def made_shortcuts(self) -> Container[ox.Triple]:
        """The shortcuts, to look one up."""
        return members(self.shortcuts)

    @cached_property
    def stated_grades(self) -> list[ox.Triple]:
        """The notations of the grades of confidence that say that a source says so."""
        return [triple for triple in self.of_predicate(_NOTATION) if triple.object == ox.Literal("stated")]

    @cached_property
    def labels(self) -> Mapping[ox.NamedNode, dict[str, str]]:
        """The labels of each thing by language tag; of several in one language, the first in order of characters."""
        return labels_among(self.of_predicate)

    @cached_property
    def plain_names(self) -> "Recent[tuple[str, str], Name]":
        """What things are called in a language, as far as somebody has asked of late (graph/naming.py)."""
        return Recent()

    @cached_property
    def things(self) -> dict[str, ox.NamedNode]:
        """The things that the graph says something about, by IRI."""
        subjects = (triple.subject for triple in chain(self.data, self.vocabulary))
        return {subject.value: subject for subject in subjects if isinstance(subject, ox.NamedNode)}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of records: what precedes the first slash in an identifier, and what the ontology calls a kind."""
        found = (RecordIri.read(iri, self.base) for iri in self.things)
        return frozenset({*self.terms.kinds, *(each.kind for each in found if each)})

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """The IRIs of the things that each name or code may mean, by the folded name."""
        names: dict[str, set[str]] = defaultdict(set)
        for iri, name in self._names():
            names[fold(name)].add(iri)
        return names

    @cached_property
    def name_index(self) -> NameIndex:
        """The names of the things by their words: labels, other names, codes, and the slugs of what has a name."""
        # What is said in a document is not called by the identifier of the document.
        documents = {each.subject for each in self.of_predicate(TYPE) if each.object == SOURCE_CLASS}
        records = (term.value for term in self.labels if term not in documents)
        slugs = ((iri, slug(iri)) for iri in records if iri.startswith(self.base) and "#" not in iri[len(self.base) :])
        return NameIndex(chain(self._names(), slugs))

    def _names(self) -> Iterator[tuple[str, str]]:
        labels = ((term.value, label) for term, labels in self.labels.items() for label in labels.values())
        return chain(labels, self.other_names())

    def other_names(self) -> Iterator[tuple[str, str]]:
        """The codes and other names of things, each with the IRI of the thing."""
        for predicate in (*self.terms.with_role(CODE), _OTHER_NAME):
            for triple in self.of_predicate(predicate):
                if isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode):
                    yield triple.subject.value, triple.object.value

    def with_predicate(self, predicate: ox.NamedNode) -> Sequence[ox.Triple]:
        """The triples with this predicate, in descending order of their objects."""
        return in_descending_order(self.of_predicate(predicate))

    def of_predicate(self, predicate: ox.NamedNode) -> Sequence[ox.Triple]:
        """The triples with this predicate, in the order of the graph."""
        return self._by_predicate.get(predicate, [])

    @cached_property
    def _by_predicate(self) -> Mapping[ox.NamedNode, Sequence[ox.Triple]]:
        return by_predicate(self.stated)

    def label(self, term: ox.NamedNode, language: str) -> str | None:
        """The name of a thing for someone who reads `language`, None if it has none."""
        return pick(self.labels.get(term, {}), language)


def build_graph(
    project: Project, given: Iterable[Path] = (), read: "Callable[[TableSource], Table] | None" = None
) -> Graph:
    """Read all sources of the project into a graph; what is wrong with them is in `graph.sources.findings`.

    `given` are RDF files and tables, also from elsewhere, which are read as if they were in the project; `read` is what
    reads its own tables, if it is something else than `read_table`.

    Raises:
        CannotRunError: a file can't be opened, a withheld kind does not exist (if misspelt it would be published), or
            a prefix of the project is that of another namespace in its ontology.
    """
    from ssekg.sources.load import read_sources
    from ssekg.sources.tables.reader import read_table

    graph = graph_from(project, read_sources(project, given, read or read_table))
    for kind in (each for each in project.privacy.withheld if each not in graph.kinds):
        raise _unknown_kind(project, graph, kind)
    declared = declared_prefixes(graph.vocabulary)
    for prefix, namespace in project.prefixes.items():
        if declared.get(prefix, namespace) != namespace:
            values = {"key": f"prefixes.{prefix}", "value": namespace, "other": declared[prefix]}
            raise _unfit(project, Said("setting-prefix-taken", values))
    return graph


def graph_from(project: Project, sources: "Sources") -> Graph:
    """The graph of a project from sources of it."""
    stated = unique(sources.data), unique(sources.vocabulary)
    graph = Graph(project.base, *stated, sources, project.prefixes, project.languages)
    graph.import_bases, graph.beside = project.import_bases, frozenset(sources.beside)
    return graph


def _unknown_kind(project: Project, graph: Graph, kind: str) -> CannotRunError:
    meant, value = nearest_name(kind, graph.kinds), f"privacy.withheld: {kind}"
    if meant:
        return _unfit(project, Said("setting-misspelt-kind", {"value": value, "meant": meant}))
    known = Several(tuple(sorted(graph.kinds))) if graph.kinds else "–"
    return _unfit(project, Said("setting-unknown-kind", {"value": value, "known": known}))


def _unfit(project: Project, problem: Said) -> CannotRunError:
    return CannotRunError("broken-project-file", file=str(project.root / PROJECT_FILE), problem=problem)


def _record_of(triple: ox.Triple) -> ox.NamedNode | None:
    return ox.NamedNode(triple.subject.value.partition("#")[0]) if isinstance(triple.subject, ox.NamedNode) else None

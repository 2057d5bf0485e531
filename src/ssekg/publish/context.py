"""What the parts of a release are made of."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import RefusedError
from ssekg.base.findings import Report
from ssekg.base.triples import joined, members
from ssekg.graph.canonical import in_order
from ssekg.graph.canonical_labels import with_canonical_labels, with_shared_labels
from ssekg.graph.changes.compare import Changes, compare
from ssekg.graph.leads import leads_of
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.folder import Content, Folder
from ssekg.publish.previous import Previous
from ssekg.publish.replacement import changed_terms, vanished_terms
from ssekg.publish.tables.published import Listed, PublishedTables
from ssekg.publish.tombstones import Tombstone, public_tombstones, tombstones, with_tombstones
from ssekg.publish.version_bump import wanted_version
from ssekg.queries.columns import read_columns
from ssekg.queries.library import Query, read_queries
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.overviews import Overviews
from ssekg.site.query_engine import QueryEngine
from ssekg.site.questions import Question, answered
from ssekg.site.text_pages import TextPage, text_pages

MOST_PAGES: Final = 20_000
"""How many records have pages that are files, unless the project says otherwise."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comes of comparing a release with the previous one.

    `hidden` are the IRIs that no public file may have. `wanted` is the version that the changes ask for if they ask for
    more than was given, `withdraws` whether the previous release has the content of what is withdrawn now, `terms`
    why it would be refused for terms that are gone or mean something else.
    """

    hidden: frozenset[str]
    wanted: str | None = None
    withdraws: bool = False
    terms: RefusedError | None = None


@dataclass(frozen=True)
class Context:
    """What the parts of a release are made of; what several need is computed once.

    Only the dumps of the whole graph, and the manifest, are made of `whole`; all else is made of `public`. `previous`
    is the previous release, None for the first. `folder` has the files of the parts before; parts do not write to it.
    `engine` is that of the query page, None for a release without one. `report` is that of the checks.
    """

    project: Project
    whole: Graph
    public: Public
    previous: Previous | None
    folder: Folder
    engine: QueryEngine | None = None
    report: Report = field(default_factory=lambda: Report(()))

    @cached_property
    def whole_triples(self) -> "Ordered":
        """The triples of the whole graph in the order of the dumps, the same on every machine."""
        return Ordered.of(self.whole)

    @cached_property
    def public_triples(self) -> "Ordered":
        """The triples of the public graph in the order of the dumps."""
        return Ordered.of(self.public)

    @cached_property
    def shown_triples(self) -> Sequence[ox.Triple]:
        """The triples that people are shown with a record, in order: without what the ontology entails."""
        return in_order(with_canonical_labels(joined(self.public.data, self.public.shortcuts)))

    @cached_property
    def leads(self) -> dict[str, str]:
        """The public records that are described with another, each with that one."""
        return leads_of(self.public.data, self.public.terms, self.public.base)

    @cached_property
    def leads_before(self) -> dict[str, str]:
        """Those of the previous release, which might have gone since."""
        return leads_of(self.before.data, self.public.terms, self.before.base) if self.before else {}

    @cached_property
    def tables(self) -> PublishedTables:
        """The published tables: what the public graph has, called as the tables of the project are."""
        return PublishedTables(self.project, self.public, self.whole.sources.files)

    @cached_property
    def listed(self) -> Listed:
        """The published tables without their rows, which take much memory."""
        return self.tables.listed

    @cached_property
    def site(self) -> Site:
        """What makes the pages."""
        return Site(self.project, self.navigation)

    @cached_property
    def navigation(self) -> Sequence[tuple[str, str]]:
        """What the header of every page leads to."""
        return self.overviews.navigation

    @cached_property
    def overviews(self) -> Overviews:
        """Map, timeline and network."""
        return Overviews(self.public, self.addresses)

    @cached_property
    def addresses(self) -> Addresses:
        """Where the records have their pages."""
        return Addresses(self.public)

    @cached_property
    def text_pages(self) -> Sequence[TextPage]:
        """The pages of the project's own.

        Raises:
            CannotRunError: a text can't be read.
        """
        return text_pages(self.project)

    def questions(self, are_wanted: Callable[[Query], bool] = lambda _: True) -> Iterator[Question]:
        """Canned questions with their answers, which take much memory: each is answered when it is asked for.

        Raises:
            CannotRunError: the header of a query, or the file of columns, is broken.
        """
        wanted = filter(are_wanted, read_queries(self.project))
        yield from answered(wanted, self.public, read_columns(self.project))

    @cached_property
    def comparison(self) -> Comparison:
        """What the previous release has to do with whether this one may be published, and what may not be in it."""
        earlier = self.before.withheld.iris if self.before else frozenset()
        hidden = frozenset(iri for iri in self.public.withheld.iris | earlier if self.is_hidden(iri))
        if self.previous is None:
            return Comparison(hidden)
        before, version = self.previous.graph, self.previous.manifest.version
        return Comparison(
            hidden,
            wanted=wanted_version(self.changes, version, self.project.version),
            withdraws=not self.withdrawn <= {tombstone.iri for tombstone in tombstones(before)},
            terms=vanished_terms(self.whole, before, version) or changed_terms(self.whole, before, version),
        )

    @property
    def are_pages_files(self) -> bool:
        """Whether the pages of records are files: as the project says, else unless there are too many records."""
        return self.project.pages == "files" or (not self.project.pages and len(self.addresses.with_page) <= MOST_PAGES)

    @cached_property
    def tombstones(self) -> list[Tombstone]:
        """What was withdrawn; what is withheld, too: its withdrawal may be published."""
        return public_tombstones(self.public, self.whole)

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The IRIs of what was withdrawn."""
        return frozenset(tombstone.iri for tombstone in self.tombstones)

    @cached_property
    def before(self) -> Public | None:
        """The graph of the previous release, without what is withheld today.

        Raises:
            CannotRunError: it is not complete.
        """
        return Public(self.previous.graph, self.project.privacy, self.whole.terms) if self.previous else None

    @cached_property
    def news(self) -> Changes:
        """What changed since the previous release, with withdrawals of withheld records; all, if there is none."""
        now = with_tombstones(self.public, self.whole)
        if self.previous is None or self.before is None:
            return compare(replace(now, data=[], vocabulary=[]), now)
        return compare(with_tombstones(self.before, self.previous.graph), now)

    @cached_property
    def changes(self) -> Changes:
        """What changed in the public graph since the previous release; nothing, if there is none."""
        if self.previous is None:
            return Changes((), base=self.public.base)
        withheld = self.public.withheld
        shown = (change for change in self.news.changes if not withheld.hides_iri(change.entity))
        return replace(self.news, changes=tuple(shown))

    def is_hidden(self, iri: str) -> bool:
        """Whether something is withheld today: by what the graph says or, if it says nothing of it, the one before."""
        if iri in self.withdrawn:
            return False
        if self.before is None or iri in self._subjects:
            return self.public.withheld.hides_iri(iri)
        return self.public.withheld.hides_iri(iri) or self.before.withheld.hides_iri(iri)

    @cached_property
    def _subjects(self) -> frozenset[str]:
        return frozenset(t.subject.value for t in self.whole.data if isinstance(t.subject, ox.NamedNode))


@dataclass(frozen=True, slots=True)
class Ordered:
    """The triples of a graph in the order of the dumps, with canonical labels; `derived` are among `all`."""

    all: Sequence[ox.Triple]
    derived: Container[ox.Triple]

    @classmethod
    def of(cls, graph: Graph) -> "Ordered":
        """Those of a graph."""
        stated, derived = with_shared_labels(graph.data, graph.derived)
        return cls(in_order(joined(stated, derived)), members(derived))


Part = Callable[[Context], Iterable[tuple[str, Content]]]
"""A part of a release: its files, by path and content. Each is written before the next is made."""

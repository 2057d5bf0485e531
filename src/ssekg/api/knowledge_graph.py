"""A knowledge graph in Python: open one, ask it, search it, or take it as it is."""

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ssekg.api.answer import Answer, pairs_of
from ssekg.api.description import Description
from ssekg.base.cache import Cache, cache_folder
from ssekg.base.errors import CannotRunError
from ssekg.base.language import from_locale, pick, without_isolates
from ssekg.base.messages import text
from ssekg.base.said import Argument
from ssekg.graph.lookup import members_called, thing
from ssekg.graph.lookup import search as matches_of
from ssekg.graph.naming import name_of
from ssekg.graph.store import Graph
from ssekg.project.settings import PROJECT_FILE, Project, carried_project, find_project, read_project
from ssekg.queries.asking import read_question
from ssekg.queries.catalogue import queries_about
from ssekg.queries.columns import read_columns
from ssekg.queries.library import Query, find_query, parse_own_query, read_queries
from ssekg.queries.local import ask
from ssekg.shacl.kept_graph import graph_of

if TYPE_CHECKING:  # it takes a while to import, and is there for who asks for it
    import rdflib


class Notice(UserWarning):
    """What people should know of an answer: how a doubtful parameter was read, which term of a query is unknown."""


@dataclass(frozen=True)
class Found:
    """A thing that was found: its IRI, its short identifier, its name, and the name by which it was found."""

    iri: str
    id: str
    name: str
    matched: str


class KnowledgeGraph:
    """A graph that can be asked; `ssekg.open` gives one.

    Errors are those of the command line, with the same messages: AskedWronglyError for a request that can't be met as
    asked, CannotRunError where a file or a package is missing or broken, RefusedError for what is not done.
    """

    def __init__(self, project: Project, graph: Graph, language: str) -> None:
        """Take the graph of a project, for someone who reads a language."""
        self._project = project
        self._graph = graph
        self.language = language

    @property
    def name(self) -> str:
        """What the graph is called."""
        return pick(self._project.name, self.language) or self._project.id

    @property
    def version(self) -> str:
        """The version of the data."""
        return self._project.version

    def queries(self, words: str = "") -> dict[str, str]:
        """The names of the questions that are ready to be asked, each with its title; with words, those that have them.

        Raises:
            CannotRunError: the header of a query is broken.
        """
        found = read_queries(self._project)
        wanted = queries_about(found, words) if words else found
        return {each.name: pick(each.titles, self.language) or each.name for each in wanted}

    def query(self, name: str, given: Mapping[str, object] | None = None, /, **parameters: object) -> Answer:
        """Ask one of the questions that are ready.

        Args:
            name: its name, as `queries` lists it.
            given: parameters whose names are words of Python (`{"from": 2020}`).
            **parameters: each a text (a name in any language, an identifier, an IRI), a number, a date, or a list of
                these.

        Raises:
            AskedWronglyError: there is no such question or parameter, one is missing, or its value means nothing.
        """
        return self._answer(find_query(self._project, name), {**(given or {}), **parameters})

    def sparql(self, query: str) -> Answer:
        """Ask a question of your own in SPARQL, which need not declare the prefixes of the project.

        Raises:
            AskedWronglyError: it does not parse, or leaves the graph.
        """
        from ssekg.checks.own_query import doubtful_terms
        from ssekg.reports.text import text_blocks

        own = parse_own_query("sparql", query)
        answer = self._answer(own, {})
        doubts = doubtful_terms(own, self._graph)
        if doubts:
            warnings.warn(text_blocks(doubts, {own.name: query}, self.language), Notice, stacklevel=2)
        return answer

    def search(self, words: str, *, kind: str | None = None) -> list[Found]:
        """The things that have such a name or code, in any language and spelling, the best match first.

        Args:
            words: what they are called.
            kind: a kind, class or concept scheme to look among, None for all.

        Raises:
            AskedWronglyError: there is no such kind.
        """
        among = None if kind is None else members_called(self._graph, kind)
        return [
            Found(
                iri=match.thing.value,
                id=self._graph.shortened(match.thing.value),
                name=without_isolates(name_of(self._graph, match.thing, self.language)),
                matched=match.name,
            )
            for match in matches_of(self._graph, words, among)
        ]

    def describe(self, term: str) -> Description:
        """All that is known of one thing.

        Args:
            term: its name in any language, an identifier, a prefixed name or an IRI.

        Raises:
            AskedWronglyError: nothing or more than one thing is called so.
        """
        return Description(thing(self._graph, term), self._graph, self._project, self.language)

    @cached_property
    def graph(self) -> "rdflib.Graph":
        """All triples, with the ontology and what is derived, as a graph of rdflib; a copy, made once."""
        import pyoxigraph as ox
        import rdflib

        triples = self._graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        graph = rdflib.Graph()
        graph.parse(data=triples, format="nt")
        for prefix, namespace in self._graph.prefixes.namespaces.items():
            graph.bind(prefix, namespace, replace=True)
        return graph

    def __repr__(self) -> str:
        """What it is called, and its version."""
        return f"<KnowledgeGraph {self._project.id} {self.version} ({self._project.date.isoformat()})>"

    def _answer(self, query: Query, given: Mapping[str, object]) -> Answer:
        asked = read_question(query, pairs_of(given), self._graph)
        result = ask(self._graph, asked.text)
        for each in asked.doubtful(result):
            read = text(
                "parameter-read", self.language, {"name": each.parameter.name, "value": each.in_words(self._graph)}
            )
            warnings.warn(without_isolates(read), Notice, stacklevel=3)
        found = asked.answer(result, self._graph, read_columns(self._project))
        return Answer(asked, found, self._project, self.language)


def open(folder: str | os.PathLike[str] | None = None, *, language: str | None = None) -> KnowledgeGraph:  # noqa: A001
    """Open a graph.

    Args:
        folder: that of a project or of a release; None for the project in whose folder we are or, where there is none,
            for the graph that the package carries. Of a release, its public graph is opened.
        language: the tag of the language of titles, names and messages; None for that of the locale, or else that of
            the project.

    Raises:
        CannotRunError: there is neither in the folder, or it can't be read, or the release was published before
            releases had their settings.
    """
    if folder is not None and not (Path(folder) / PROJECT_FILE).is_file():
        project, graph = _release(Path(folder))
    else:
        project = read_project(Path(folder)) if folder is not None else find_project(Path.cwd()) or carried_project()
        cached = cache_folder(os.environ)
        graph = graph_of(project, None if cached is None else Cache(cached, _say_nothing))
    chosen = language or from_locale(os.environ) or project.default_language
    if graph.finding_count:
        found = text("graph-with-findings", chosen, {"count": str(graph.finding_count)})
        warnings.warn(without_isolates(found), Notice, stacklevel=2)
    return KnowledgeGraph(project, graph, chosen)


def _release(folder: Path) -> tuple[Project, Graph]:
    """The project of a release, and its public graph."""
    from ssekg.graph.released import released_graph
    from ssekg.graph.versions import MANIFEST
    from ssekg.project.released_settings import read_released

    if not (folder / MANIFEST).is_file():
        raise CannotRunError("nothing-to-open", folder=str(folder))
    project = read_released(folder)
    return project, released_graph(project, project.public_id)


def _say_nothing(_code: str, _arguments: Mapping[str, Argument]) -> None:
    """What is wrong with the cache costs time and nothing else."""

"""A thing of the graph in Python: what is known of it, as text and as RDF."""

from html import escape

import pyoxigraph as ox

from ssekg.base.language import without_isolates, writing_direction
from ssekg.graph.canonical import turtle
from ssekg.graph.coverage import Coverage
from ssekg.graph.description import describe, triples_about
from ssekg.graph.jsonld import context, jsonld
from ssekg.graph.naming import name_of
from ssekg.graph.portraits import portrait
from ssekg.graph.public import public_part
from ssekg.graph.store import Graph
from ssekg.guides.portraits import as_text
from ssekg.guides.shares import shares
from ssekg.project.settings import Project


class Description:
    """All that is known of one thing. Notebooks and `print` show it as text."""

    def __init__(self, thing: ox.NamedNode, graph: Graph, project: Project, language: str) -> None:
        """Take a thing of a graph, for someone who reads a language."""
        self._thing = thing
        self._graph = graph
        self._project = project
        self.language = language

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self._thing.value

    @property
    def name(self) -> str:
        """What it is called."""
        return without_isolates(name_of(self._graph, self._thing, self.language))

    @property
    def text(self) -> str:
        """One fact a line, its sources as footnotes."""
        is_term = any(triple.subject == self._thing for triple in self._graph.vocabulary)
        shown = portrait(self._graph, describe(self._graph, self._thing), self.language, self._project.country)
        if not is_term:
            return as_text(shown, self.language)
        coverage = Coverage(public_part(self._graph, self._project.privacy))
        return as_text(shown, self.language, shares(self._graph, self._thing, self.language, coverage))

    def to_turtle(self) -> str:
        """Its statements, and those of its parts, as Turtle."""
        return turtle(triples_about(self._graph, self._thing), self._graph.prefixes).decode()

    def to_jsonld(self) -> str:
        """The same as JSON-LD."""
        about = triples_about(self._graph, self._thing)
        return jsonld(about, context(self._graph.vocabulary, self._graph.terms)).decode()

    def __str__(self) -> str:
        """The text."""
        return self.text

    def __repr__(self) -> str:
        """Which thing it is about."""
        return f"<Description {self._graph.shortened(self.iri)!r}>"

    def _repr_html_(self) -> str:
        direction = writing_direction(self.language)
        return f'<pre lang="{self.language}" dir="{direction}">{escape(self.text)}</pre>'

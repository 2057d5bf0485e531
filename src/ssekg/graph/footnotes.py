"""The sources of one thing, numbered in the order in which they are named, with the paragraphs that are referred to."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.graph.naming import plain_name, values
from ssekg.graph.portrait import CitedSource
from ssekg.graph.store import Graph
from ssekg.project.vocabulary import CITATION

SOURCE: Final = ox.NamedNode(DCT + "source")
PASSAGE: Final = ox.NamedNode(EVIDENCE + "passage")


class Footnotes:
    """Numbers for sources."""

    def __init__(self, graph: Graph, language: str) -> None:
        """Begin with no source."""
        self._graph, self._language = graph, language
        self._numbers: dict[ox.NamedNode, int] = {}
        self._paragraphs: dict[ox.NamedNode, set[str]] = {}

    def numbers(self, sources: Iterable[ox.NamedNode]) -> tuple[int, ...]:
        """The numbers of some sources, in their order."""
        return tuple(sorted(self._numbers.setdefault(each, len(self._numbers) + 1) for each in sources))

    def refer(self, passage: ox.NamedNode) -> None:
        """Note that something refers to a passage of a source."""
        source = ox.NamedNode(passage.value.partition("#")[0])
        numbers = values(self._graph, passage, EVIDENCE + "paragraphNumber")
        self._paragraphs.setdefault(source, set()).update(numbers)

    def cited(self) -> tuple[CitedSource, ...]:
        """The sources in order of their numbers."""
        return tuple(self._cited(source, number) for source, number in self._numbers.items())

    def _cited(self, source: ox.NamedNode, number: int) -> CitedSource:
        details = []
        for predicate in self._graph.terms.with_role(CITATION):
            details += values(self._graph, source, predicate.value)
        paragraphs = sorted(self._paragraphs.get(source, ()), key=lambda each: (len(each), each))
        title = plain_name(self._graph, source, self._language)
        return CitedSource(number, title, tuple(details), tuple(paragraphs), source.value)

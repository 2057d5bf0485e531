"""Which things a text may mean, and how closely: by identifier, by name, by words for what a thing is, by spelling."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold, visible
from ssekg.base.record_iris import RecordIri, slug
from ssekg.base.words import significant_words
from ssekg.graph.name_index import WHOLE, Resemblance
from ssekg.graph.store import TYPE, Graph

# A name of more words than were typed is worse than one with a word that was only begun.
_LACKING: Final = 2


class Closeness(IntEnum):
    """How what was typed finds a thing, the closest first."""

    IDENTIFIER = 0
    NAME = 1
    """The name, character by character."""
    FOLDED = 2
    """The name but for what people add, leave out or confuse: marks, dashes, articles, the order of words."""
    DESCRIBED = 3
    """A name, and words for what the thing is: those of its classes, or of what it is linked to."""
    PART = 4
    MISSPELT = 5
    PART_MISSPELT = 6


@dataclass(frozen=True)
class Match:
    """A thing that may be meant: the name that finds it, how closely, what speaks against it, and which words it lacks.

    `against` grows with what had to be assumed; matches of the same closeness that have it alike are equally good.
    """

    thing: ox.NamedNode
    name: str
    closeness: Closeness
    against: int = 0
    missing: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[Closeness, int]:
        """What sorts matches, the best first."""
        return self.closeness, self.against


def stages(graph: Graph, text: str, among: Collection[str] | None) -> Iterator[list[Match]]:
    """The matches of a text in stages, each looked for on demand only; a later stage may find a thing again.

    An identifier is found alone; then come names, then words in names, then words that are spelt otherwise.
    """
    text = visible(text).strip()
    text = text[1:-1].strip() if text.startswith("<") and text.endswith(">") else text
    identified = _identified(graph, text, among)
    if identified:
        yield identified
        return
    words = significant_words(text)
    if not words:
        return
    matching = _Matching(graph, among)
    yield matching.named(text)
    yield matching.with_words(words)
    yield matching.misspelt(words)


def _identified(graph: Graph, text: str, among: Collection[str] | None) -> list[Match]:
    subjects = graph.things
    for candidate in (text, graph.prefixes.expanded(text), graph.base + text):
        if candidate is not None and candidate in subjects and (among is None or candidate in among):
            return [Match(subjects[candidate], text, Closeness.IDENTIFIER)]
    records = (RecordIri.read(iri, graph.base) for iri in among or ())
    found = sorted(each.record for each in records if each is not None and each.name == text and not each.part)
    return [Match(subjects[iri], text, Closeness.IDENTIFIER) for iri in found if iri in subjects]


class _Matching:
    """Looks for things of a graph, among some or all."""

    def __init__(self, graph: Graph, among: Collection[str] | None) -> None:
        self._graph = graph
        self._among = among
        self._of_classes: dict[str, frozenset[str]] = {}
        self._of_plurals: dict[str, frozenset[str]] = {}
        self._of_links: dict[str, frozenset[str]] = {}

    def named(self, text: str) -> list[Match]:
        """The things that have the name; one of the same words in another order is not quite it."""
        folded = fold(text)
        found = [(name.iri, name.text) for name in self._graph.name_index.same(text)]
        found += [(iri, slug(iri)) for iri in self._nameless() if fold(slug(iri)) == folded]
        return [
            Match(
                self._graph.things[iri],
                name,
                Closeness.NAME if name == text and self._is_label(iri, text) else Closeness.FOLDED,
                against=int(fold(name) != folded),
            )
            for iri, name in found
            if self._holds(iri)
        ]

    def with_words(self, words: tuple[str, ...]) -> list[Match]:
        """The things that have the words in a name, or partly in what they are."""
        found = self._graph.name_index.resembling(words)
        return list(self._matches(found, Closeness.DESCRIBED, Closeness.PART))

    def misspelt(self, words: tuple[str, ...]) -> list[Match]:
        """The things that have words or names that are spelt almost so."""
        index = self._graph.name_index
        found = [*index.resembling(words, misspelt=True), *index.of_letters_like(words)]
        return list(self._matches(found, Closeness.MISSPELT, Closeness.PART_MISSPELT))

    def _matches(self, found: Iterable[Resemblance], whole: Closeness, part: Closeness) -> Iterator[Match]:
        """The resemblances in which no word of the text is left over but those that say what the thing is."""
        for each in found:
            iri = each.name.iri
            if not self._holds(iri):
                continue
            strange = each.left_over - self._classes(iri)
            strange -= self._plurals(iri) | self._graph.name_index.words_of(iri) if strange else frozenset()
            if strange and not strange <= self._links(iri):
                continue
            missing = each.missing - self._classes(iri)
            is_whole = not missing and (each.cost == WHOLE or whole is Closeness.MISSPELT)
            against = each.cost + len(strange) + (_LACKING if missing else 0)
            yield Match(self._graph.things[iri], each.name.text, whole if is_whole else part, against, missing)

    def _holds(self, iri: str) -> bool:
        return iri in self._graph.things and (self._among is None or iri in self._among)

    def _is_label(self, iri: str, text: str) -> bool:
        """Whether a text is a label of a thing, not only the end of its identifier."""
        return text in self._graph.labels.get(self._graph.things[iri], {}).values()

    def _nameless(self) -> Iterator[str]:
        base = self._graph.base
        for iri, thing in self._graph.things.items():
            if thing not in self._graph.labels and iri.startswith(base) and "#" not in iri[len(base) :]:
                yield iri

    def _classes(self, iri: str) -> frozenset[str]:
        """The words of the names of a thing's classes."""
        if iri not in self._of_classes:
            self._of_classes[iri] = self._words(self._types(iri))
        return self._of_classes[iri]

    def _plurals(self, iri: str) -> frozenset[str]:
        """The words for several members of a thing's classes, which people type, but which no name does without."""
        if iri not in self._of_plurals:
            plurals = (self._graph.terms.plural_labels.get(each, {}).values() for each in self._types(iri))
            self._of_plurals[iri] = frozenset(
                word for each in plurals for plural in each for word in significant_words(plural)
            )
        return self._of_plurals[iri]

    def _types(self, iri: str) -> list[ox.NamedNode]:
        quads = self._graph.matching(self._graph.things[iri], TYPE, None)
        return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]

    def _links(self, iri: str) -> frozenset[str]:
        """The words of the names of all that a thing is linked to."""
        if iri not in self._of_links:
            quads = self._graph.matching(self._graph.things[iri], None, None)
            self._of_links[iri] = self._words(quad.object for quad in quads)
        return self._of_links[iri]

    def _words(self, terms: Iterable[object]) -> frozenset[str]:
        index = self._graph.name_index
        return frozenset(
            word for term in terms if isinstance(term, ox.NamedNode) for word in index.words_of(term.value)
        )

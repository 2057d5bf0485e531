"""The things that somebody may have meant, in their order and in words: what each is called, and what it is."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold
from ssekg.base.namespaces import DCT, GEO, SKOS
from ssekg.base.record_iris import RecordIri
from ssekg.base.said import Argument, Named, Said, Several, Texts
from ssekg.base.words import significant_words
from ssekg.graph.name_index import may_be_misspelt
from ssekg.graph.store import SOURCE_CLASS, TYPE, Graph

_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")
_IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")
_UPWARDS: Final = tuple(ox.NamedNode(iri) for iri in (DCT + "isPartOf", GEO + "sfWithin", SKOS + "broader"))
# Similar enough to be offered, of a hundred: a whole name, or a word of it.
_ALIKE: Final = 70
_WORD_ALIKE: Final = 80


class Ranks:
    """What goes before what among things that are equally good: records, then concepts, sources, parts, terms."""

    def __init__(self, graph: Graph) -> None:
        """Take the graph that says what is within what."""
        self._graph = graph
        self._above = frozenset().union(*map(graph.terms.below, _UPWARDS))

    def of(self, thing: ox.NamedNode) -> tuple[int, int, str]:
        """What sorts a thing among others; of places, the wider one goes before what is within it."""
        record = RecordIri.read(thing.value, self._graph.base)
        last = 4 if record is None else 3 if record.part else 2 if is_a_source(self._graph, thing) else 1
        return last if last > 1 or is_a_concept(self._graph, thing) else 0, len(list(self._levels(thing))), thing.value

    def above(self, thing: ox.NamedNode) -> set[ox.NamedNode]:
        """All that a thing is within, part of or narrower than, by one step or several."""
        return set().union(*self._levels(thing))

    def around(self, thing: ox.NamedNode) -> Mapping[str, str]:
        """The names of what a thing is next within, by language."""
        upper = sorted(self._upper(thing), key=lambda each: each.value)
        return next((self._graph.labels[each] for each in upper if each in self._graph.labels), {})

    def _levels(self, thing: ox.NamedNode) -> Iterator[set[ox.NamedNode]]:
        """What is above a thing, by the number of steps to it."""
        reached = {thing}
        latest = reached
        while latest := {upper for each in latest for upper in self._upper(each)} - reached:
            reached = reached | latest
            yield latest

    def _upper(self, thing: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for predicate in self._above:
            for quad in self._graph.matching(thing, predicate, None):
                if isinstance(quad.object, ox.NamedNode):
                    yield quad.object


def is_a_concept(graph: Graph, thing: ox.NamedNode) -> bool:
    """Whether a thing is a concept of a scheme."""
    return ox.Quad(thing, TYPE, _CONCEPT) in graph.store


def is_a_source(graph: Graph, thing: ox.NamedNode) -> bool:
    """Whether a thing is a source, whose title has the names of what it is about."""
    return ox.Quad(thing, TYPE, SOURCE_CLASS) in graph.store


def sort_names(graph: Graph, thing: ox.NamedNode) -> Mapping[str, str]:
    """The name of what a thing is, by language: that of its narrowest class or, for a concept, of its scheme."""
    predicate = _IN_SCHEME if is_a_concept(graph, thing) else TYPE
    quads = graph.matching(thing, predicate, None)
    sorts = [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]
    upper = {above for each in sorts for above in graph.terms.above.get(each, frozenset()) - {each}}
    named = [graph.labels[each] for each in sorts if each not in upper and each in graph.labels]
    return min(named, key=lambda labels: sorted(labels.items()), default={})


def candidate(graph: Graph, thing: ox.NamedNode, written: str | None = None) -> Argument:
    """A thing in words: its identifier, or what is written for it, its name, and what it is."""
    named = Named(written or graph.shortened(thing.value), graph.labels.get(thing, {}))
    sort = sort_names(graph, thing)
    return Said("candidate", {"thing": named, "sort": Texts(sort)}) if sort else named


def candidates(
    graph: Graph, things: Iterable[ox.NamedNode], written: Callable[[ox.NamedNode], str | None] = lambda _: None
) -> Argument:
    """Several things in words; those that have a name in common with where they are."""
    found = list(things)
    names = Counter(name for each in found for name in {*map(fold, graph.labels.get(each, {}).values())})
    ranks = Ranks(graph)
    parts = []
    for each in found:
        part = candidate(graph, each, written(each))
        if any(names[fold(name)] > 1 for name in graph.labels.get(each, {}).values()):
            where = ranks.around(each)
            part = Said("candidate-within", {"candidate": part, "within": Texts(where)}) if where else part
        parts.append(part)
    return Several(tuple(parts))


def and_more(first: Argument, more: int) -> Argument:
    """The first parts of a list, and the number of those that are not shown, if any."""
    return Said("and-more", {"things": first, "count": str(more)}) if more > 0 else first


def like(graph: Graph, text: str, among: Collection[str] | None, most: int) -> list[ox.NamedNode]:
    """The things whose names are most like a text, else those that have a word most like one of its words."""
    from rapidfuzz import fuzz, process

    names = [folded for folded, iris in graph.names.items() if among is None or any(iri in among for iri in iris)]
    close = process.extract(fold(text), names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=most)
    found = [iri for name, _, _ in close for iri in sorted(graph.names[name])]
    if not found:
        words = list(filter(may_be_misspelt, significant_words(text)))
        by_word = [
            process.extract(word, graph.name_index.vocabulary, scorer=fuzz.ratio, score_cutoff=_WORD_ALIKE, limit=most)
            for word in words
        ]
        nearest = sorted(((-score, other) for each in by_word for other, score, _ in each))
        found = [name.iri for _, other in nearest for name in graph.name_index.having(other)]
    wanted = (iri for iri in dict.fromkeys(found) if iri in graph.things and (among is None or iri in among))
    return [graph.things[iri] for iri in islice(wanted, most)]

"""From what people type to the thing they mean: an IRI, a prefixed name, kind/slug, a slug, a code, or a name."""

from collections.abc import Collection
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import quoted
from ssekg.base.said import Argument
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.graph.candidates import Ranks, and_more, candidates, is_a_concept, is_a_source, like
from ssekg.graph.matching import Closeness, Match, stages
from ssekg.graph.members import members, sorts
from ssekg.graph.store import Graph

_MOST_CANDIDATES: Final = 12


def search(graph: Graph, text: str, among: Collection[str] | None = None) -> list[Match]:
    """All things that `text` may mean, the best first, a wider place before what is within it.

    Words that are spelt otherwise count only where nothing has the words as they are.

    Args:
        graph: where to look.
        text: an IRI (also in angle brackets), prefixed name, kind/slug, slug or code, or words of a name in any
            language; what people type without meaning a difference is folded.
        among: the IRIs of the things to look among, None for all.
    """
    found: dict[ox.NamedNode, Match] = {}
    ranks = Ranks(graph)
    for matches in stages(graph, text, among):
        if found and all(each.closeness >= Closeness.MISSPELT for each in matches):
            break
        for match in sorted(matches, key=lambda each: (*each.order, len(each.missing), *ranks.of(each.thing))):
            found.setdefault(match.thing, match)
    return list(found.values())


def things(graph: Graph, text: str, among: Collection[str] | None = None) -> list[ox.NamedNode]:
    """The things that `text` names, whole and well spelt, in order of IRI; an exact identifier names one thing only."""
    matches = _closest(graph, text, among, Closeness.DESCRIBED)
    return sorted(_equally_good(graph, matches), key=lambda each: each.value)


def find(graph: Graph, text: str, among: Collection[str] | None = None) -> Match:
    """The one thing that `text` means, which may be a part of its name or misspell it.

    Raises:
        AskedWronglyError: nothing is called so, or several things are.
    """
    matches = _closest(graph, text, among, Closeness.MISSPELT)
    found = _equally_good(graph, matches)
    if len(found) == 1:
        return next(each for each in matches if each.thing == found[0])
    if found and _term_like(graph, text) is None:
        ranks = Ranks(graph)
        lacking = {each: min(len(match.missing) for match in matches if match.thing == each) for each in found}
        best = sorted(found, key=lambda each: (lacking[each], *ranks.of(each)))
        raise AskedWronglyError("ambiguous-term", term=quoted(text), candidates=_first(graph, best))
    raise AskedWronglyError("no-such-term", term=quoted(text), **suggestion(nearest(graph, text, among)))


def thing(graph: Graph, text: str, among: Collection[str] | None = None) -> ox.NamedNode:
    """The thing that `find` finds.

    Raises:
        AskedWronglyError: nothing is called so, or several things are.
    """
    return find(graph, text, among).thing


def nearest(graph: Graph, text: str, among: Collection[str] | None = None) -> Argument | None:
    """What was probably meant by a text that names nothing, None if nothing is like it."""
    term = _term_like(graph, text) if among is None else None
    if term is not None:
        return _first(graph, [term])
    found = [each.thing for each in search(graph, text, among)] or like(graph, text, among, _MOST_CANDIDATES)
    return _first(graph, found) if found else None


def _term_like(graph: Graph, text: str) -> ox.NamedNode | None:
    """The term of a vocabulary that a prefixed name misspells, None if it has no known prefix or is like none."""
    prefix, colon, _ = text.partition(":")
    namespace = graph.prefixes.namespaces.get(prefix) if colon else None
    if namespace is None:
        return None
    terms = {graph.shortened(iri): term for iri, term in graph.things.items() if iri.startswith(namespace)}
    return terms.get(nearest_name(text, terms) or "")


def members_called(graph: Graph, kind: str) -> frozenset[str]:
    """The IRIs of the things of a kind, a class or a scheme, which may be called by its name.

    Raises:
        AskedWronglyError: the graph has none of it.
    """
    found = members(graph, kind)
    if found is not None:
        return found
    named = (members(graph, graph.shortened(each.value)) for each in things(graph, kind))
    found = next((each for each in named if each is not None), None)
    if found is None:
        known = ", ".join(sorted(graph.kinds))
        nearest_kind = suggestion(nearest_name(kind, sorts(graph)))
        raise AskedWronglyError("no-such-kind", kind=quoted(kind), known=known, **nearest_kind)
    return found


def _first(graph: Graph, found: Collection[ox.NamedNode]) -> Argument:
    """The first of some things in words, and how many more there are."""
    return and_more(candidates(graph, list(found)[:_MOST_CANDIDATES]), len(found) - _MOST_CANDIDATES)


def _closest(graph: Graph, text: str, among: Collection[str] | None, farthest: Closeness) -> list[Match]:
    """The closest matches, which are equally good; none where they are farther than wanted.

    Titles of sources are full of the names of other things, which take precedence.
    """
    of_sources: list[Match] = []
    for matches in stages(graph, text, among):
        near = [each for each in matches if each.closeness <= farthest]
        others = [each for each in near if not is_a_source(graph, each.thing)]
        if others:
            return _best(others)
        of_sources = of_sources or near
    return _best(of_sources)


def _best(matches: Collection[Match]) -> list[Match]:
    best = min((each.order for each in matches), default=None)
    return [each for each in matches if each.order == best]


def _equally_good(graph: Graph, matches: Collection[Match]) -> list[ox.NamedNode]:
    """The things of matches that nothing tells apart.

    A record takes precedence over a concept that is called like it, and a whole over what is within it: the law over
    its articles. Of the things that have a part of a name, the one whose name is contained in those of all others: the
    number of jobs, not that of jobs in towns.
    """
    if any(each.closeness is Closeness.PART for each in matches):
        least = [each for each in matches if all(each.missing <= other.missing for other in matches)]
        found = [each.thing for each in least or matches]
    else:
        records = [each.thing for each in matches if not is_a_concept(graph, each.thing)]
        found = records or [each.thing for each in matches]
    return _widest(graph, dict.fromkeys(found))


def _widest(graph: Graph, found: Collection[ox.NamedNode]) -> list[ox.NamedNode]:
    """The things that are within no other of them."""
    if len(found) < 2:
        return list(found)
    ranks = Ranks(graph)
    return [each for each in found if not ranks.above(each).intersection(found)]

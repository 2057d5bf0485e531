"""Triples in their order: a list or, of very many, packed ones (packed.py).

A triple of pyoxigraph takes some 400 bytes, of millions too much. Those of a large graph are made again when somebody
looks at them, and whoever makes others of them (`collected`, `grouped`, `joined`) has them in the same way.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.packed import Packed
from ssekg.base.terms import Term

MANY: Final = 500_000
"""How many triples are held as objects at most."""


def collected(triples: Iterable[ox.Triple], near: object = None) -> "list[ox.Triple] | Packed":
    """The triples, packed if there are very many, or those that they are made of, `near`, are packed."""
    if isinstance(near, Packed):
        return triples if isinstance(triples, Packed) and triples.is_near(near) else Packed(triples, near)
    if isinstance(triples, Packed):
        return triples
    waiting = iter(triples)
    first = list(islice(waiting, MANY))
    return Packed(chain(first, waiting)) if len(first) == MANY else first


def joined(*parts: Sequence[ox.Triple]) -> "list[ox.Triple] | Packed":
    """The triples of several sequences, one after the other; packed if one of these is."""
    packed = next((part for part in parts if isinstance(part, Packed)), None)
    if packed is None:
        return [*chain.from_iterable(parts)]
    all_of_them = Packed((), packed)
    for part in parts:
        all_of_them.extend(part)
    return all_of_them


def unique(triples: Iterable[ox.Triple], near: object = None) -> "list[ox.Triple] | Packed":
    """The triples without repetitions, in their first order; packed as `collected`."""
    given = collected(triples, near)
    return given.without_repetitions() if isinstance(given, Packed) else [*dict.fromkeys(given)]


def those(triples: Sequence[ox.Triple], are_wanted: Callable[[ox.Triple], object]) -> "list[ox.Triple] | Packed":
    """The triples that somebody wants."""
    if isinstance(triples, Packed):
        return triples.where(map(are_wanted, triples))
    return [triple for triple in triples if are_wanted(triple)]


def with_predicates(triples: Iterable[ox.Triple], wanted: Collection[ox.NamedNode]) -> "Sequence[ox.Triple]":
    """The triples that have one of some predicates."""
    if isinstance(triples, Packed):
        return triples.with_predicates(wanted)
    return [triple for triple in triples if triple.predicate in wanted]


def without_terms(triples: Sequence[ox.Triple], unwanted: Collection[Term]) -> "Sequence[ox.Triple]":
    """The triples that have none of some terms."""
    if isinstance(triples, Packed):
        return triples.without_terms(unwanted)
    unwanted = frozenset(unwanted)
    return [triple for triple in triples if unwanted.isdisjoint(triple)]


def distinct_terms(triples: Iterable[ox.Triple]) -> Iterator[Any]:
    """The terms of triples, each once."""
    if isinstance(triples, Packed):
        return triples.distinct_terms()
    return iter(dict.fromkeys(chain.from_iterable(triples)))


def distinct_objects(triples: Iterable[ox.Triple]) -> Iterator[Any]:
    """The objects of triples, each once."""
    if isinstance(triples, Packed):
        return triples.distinct_objects()
    return iter(dict.fromkeys(triple.object for triple in triples))


def distinct_subjects(triples: Iterable[ox.Triple]) -> Collection[Any]:
    """The subjects of triples, each once."""
    if isinstance(triples, Packed):
        return triples.distinct_subjects()
    return frozenset(triple.subject for triple in triples)


def extended(triples: "list[ox.Triple] | Packed", more: Iterable[ox.Triple]) -> "list[ox.Triple] | Packed":
    """The triples with others after them: the same list, if there are not very many now."""
    triples.extend(more)
    return collected(triples)


def divided(
    triples: Sequence[ox.Triple], among: Container[ox.Triple]
) -> "tuple[list[ox.Triple] | Packed, list[ox.Triple] | Packed]":
    """The triples that are among some others, and those that are not."""
    if isinstance(triples, Packed):
        are_there = bytearray(triples.each_in(among))
        return triples.where(are_there), triples.where(not each for each in are_there)
    return those(triples, lambda triple: triple in among), those(triples, lambda triple: triple not in among)


def in_groups(
    triples: Sequence[ox.Triple], group: Callable[[ox.Triple], str], order: Callable[[ox.Triple], str]
) -> "list[ox.Triple] | Packed":
    """The triples by groups and then by order, without repetitions.

    The keys of one group at a time: those of all would be as large as the graph.
    """
    if isinstance(triples, Packed):
        places: dict[str, array[int]] = {}
        for place, triple in enumerate(triples):
            places.setdefault(group(triple), array("I")).append(place)
        ordered = chain.from_iterable(
            sorted(places.pop(each), key=lambda place: order(triples[place])) for each in sorted(places)
        )
        return triples.at(ordered).without_repetitions()
    by_group: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        by_group[group(triple)].append(triple)
    return [triple for each in sorted(by_group) for triple in dict.fromkeys(sorted(by_group[each], key=order))]


def none_near(triples: Sequence[ox.Triple]) -> "list[ox.Triple] | Packed":
    """None yet of those that are made of some triples."""
    return Packed((), triples) if isinstance(triples, Packed) else []


def grouped(
    triples: Sequence[ox.Triple],
    key: Callable[[ox.Triple], Term | None],
    order: Callable[[ox.Triple], str] | None = None,
) -> Mapping[Any, Sequence[ox.Triple]]:
    """The triples by a term, without those that have None.

    Args:
        triples: the triples.
        key: what they are divided by.
        order: what each group is sorted by; by default they stay in their order.
    """
    if isinstance(triples, Packed):
        return triples.grouped(key, order)
    found: dict[Term, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        term = key(triple)
        if term is not None:
            found[term].append(triple)
    return {each: sorted(group, key=order) for each, group in found.items()} if order else dict(found)


def by_subject(triples: Sequence[ox.Triple]) -> Mapping[Any, Sequence[ox.Triple]]:
    """The triples by their subjects, in their order."""
    return triples.by_subject() if isinstance(triples, Packed) else grouped(triples, attrgetter("subject"))


def by_predicate(triples: Sequence[ox.Triple]) -> Mapping[Any, Sequence[ox.Triple]]:
    """The triples by their predicates, in their order."""
    return triples.by_predicate() if isinstance(triples, Packed) else grouped(triples, attrgetter("predicate"))


def in_descending_order(triples: Sequence[ox.Triple]) -> Sequence[ox.Triple]:
    """The triples from the last to the first, as they are written."""
    return (
        triples.in_order(str, reverse=True) if isinstance(triples, Packed) else sorted(triples, key=str, reverse=True)
    )


def as_terms(triples: Iterable[ox.Triple]) -> Iterator[tuple[Any, ox.NamedNode, Any]]:
    """Subject, predicate and object of each triple, which triples make anew for each who asks."""
    return triples.terms() if isinstance(triples, Packed) else map(tuple, triples)


def members(triples: Sequence[ox.Triple]) -> Container[ox.Triple]:
    """The triples, to look one up."""
    return triples if isinstance(triples, Packed) else frozenset(triples)

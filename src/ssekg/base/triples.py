"""Triples in their order; of very many, each term is held once, as bytes, and a triple is three numbers.

A triple of pyoxigraph takes some 400 bytes, of millions too much. Those of a large graph are made again when somebody
looks at them, and whoever makes others of them (`collected`, `grouped`, `joined`) has them in the same way.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, count, islice, starmap
from typing import Any, Final, TypeAlias, TypeVar, overload

import pyoxigraph as ox

from ssekg.base.hash_index import HashIndex
from ssekg.base.term_table import TermTable
from ssekg.base.terms import Term

MANY: Final = 500_000
"""How many triples are held as objects at most."""

_Key = TypeVar("_Key")
_Numbers: TypeAlias = "tuple[array[int], array[int], array[int]]"


class Packed(Sequence[ox.Triple]):
    """Very many triples, or some of those. Those that are made of others share the terms of these."""

    def __init__(self, triples: Iterable[ox.Triple], near: object = None) -> None:
        """Take triples, with the terms of those that they are made of if these are packed."""
        self._terms: TermTable = near._terms if isinstance(near, Packed) else TermTable()  # noqa: SLF001 - of this class
        self._numbers: _Numbers = array("I"), array("I"), array("I")
        self.extend(triples)

    def is_near(self, others: "Packed") -> bool:
        """Whether they have their terms in common with others."""
        return self._terms is others._terms  # noqa: SLF001

    def extend(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples."""
        if isinstance(triples, Packed) and triples.is_near(self):
            for numbers, more in zip(self._numbers, triples._numbers, strict=True):  # noqa: SLF001
                numbers.extend(more)
            return
        subjects, predicates, objects = (numbers.append for numbers in self._numbers)
        number = self._terms.number
        for subject, predicate, value in triples:
            subjects(number(subject))
            predicates(number(predicate))
            objects(number(value))

    def append(self, triple: ox.Triple) -> None:
        """Add a triple."""
        self.extend((triple,))

    def __getstate__(self) -> dict[str, object]:
        """What another process is told: not what is made again."""
        return {"_terms": self._terms, "_numbers": self._numbers}

    def without_repetitions(self) -> "Packed":
        """The same, each in its first place only."""
        found, by_hash = Packed((), self), HashIndex()
        for numbers in zip(*self._numbers, strict=True):
            if not found._has(numbers, by_hash):
                by_hash.add(hash(numbers))
                for those, number in zip(found._numbers, numbers, strict=True):
                    those.append(number)
        return found

    def at(self, places: Iterable[int]) -> "Packed":
        """Those at some places, in the order of these."""
        found, places = Packed((), self), array("I", places)
        found._numbers = self._as_numbers(map(numbers.__getitem__, places) for numbers in self._numbers)
        return found

    def where(self, wanted: Iterable[object]) -> "Packed":
        """Those for which there is something true in `wanted`, which has something for each."""
        found, selected = Packed((), self), bytearray(map(bool, wanted))
        found._numbers = self._as_numbers(compress(numbers, selected) for numbers in self._numbers)
        return found

    def distinct_terms(self) -> Iterator[Any]:
        """The terms, each once."""
        return self._terms_with(chain.from_iterable(self._numbers))

    def distinct_objects(self) -> Iterator[Any]:
        """The objects, each once."""
        return self._terms_with(self._numbers[2])

    def distinct_subjects(self) -> "_Selected":
        """The subjects, to look one up."""
        return _Selected(self._terms, self._used(self._numbers[0]))

    def _terms_with(self, numbers: Iterable[int]) -> Iterator[Any]:
        return self._terms.terms(compress(count(), self._used(numbers)))

    def _used(self, numbers: Iterable[int]) -> bytearray:
        used = bytearray(len(self._terms))
        for number in numbers:
            used[number] = True
        return used

    def without_terms(self, unwanted: Collection[Term]) -> "Packed":
        """Those that have none of some terms."""
        numbers = {self._terms.known(term) for term in unwanted}
        return self.where(map(numbers.isdisjoint, zip(*self._numbers, strict=True))) if numbers else self

    @staticmethod
    def _as_numbers(of_terms: Iterable[Iterable[int]]) -> "_Numbers":
        subjects, predicates, objects = (array("I", numbers) for numbers in of_terms)
        return subjects, predicates, objects

    def each_in(self, others: Container[ox.Triple]) -> Iterator[bool]:
        """Whether each of them is among others."""
        if isinstance(others, Packed) and others.is_near(self):
            has, by_hash = others._has, others._by_hash  # noqa: SLF001
            return (has(numbers, by_hash) for numbers in zip(*self._numbers, strict=True))
        return (triple in others for triple in self)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers[0])

    def __iter__(self) -> Iterator[ox.Triple]:
        """Each of them."""
        return starmap(ox.Triple, self.terms())

    def terms(self) -> Iterator[tuple[Any, ox.NamedNode, Any]]:
        """Subject, predicate and object of each of them."""
        subjects, predicates, objects = map(self._terms.terms, self._numbers)
        return zip(subjects, predicates, objects, strict=True)

    @overload
    def __getitem__(self, at: int) -> ox.Triple: ...
    @overload
    def __getitem__(self, at: slice) -> "Packed": ...
    def __getitem__(self, at: int | slice) -> "ox.Triple | Packed":
        """One of them, or some, which are packed as well."""
        if isinstance(at, slice):
            some = Packed((), self)
            some._numbers = self._as_numbers(numbers[at] for numbers in self._numbers)
            return some
        return ox.Triple(*self._terms.terms(numbers[at] for numbers in self._numbers))

    def __contains__(self, triple: object) -> bool:
        """Whether a triple is among them."""
        if not isinstance(triple, ox.Triple):
            return False
        numbers = tuple(self._terms.known(term) for term in triple)
        return None not in numbers and self._has(numbers, self._by_hash)

    def _has(self, wanted: tuple[int | None, ...], by_hash: HashIndex) -> bool:
        subjects, predicates, objects = self._numbers
        return any((subjects[at], predicates[at], objects[at]) == wanted for at in by_hash.candidates(hash(wanted)))

    @cached_property
    def _by_hash(self) -> HashIndex:
        return HashIndex(map(hash, zip(*self._numbers, strict=True)))


class _Selected(Container[object]):
    """Some of many terms, to look one up."""

    def __init__(self, terms: TermTable, selected: bytearray) -> None:
        self._terms, self._selected = terms, selected

    def __contains__(self, term: object) -> bool:
        number = self._terms.known(term) if isinstance(term, Term) else None
        return number is not None and any(self._selected[number : number + 1])


class _Grouped(Mapping[_Key, Sequence[ox.Triple]]):
    """Triples by a key, each group made when it is asked for."""

    def __init__(
        self,
        triples: Sequence[ox.Triple],
        key: Callable[[ox.Triple], _Key | None],
        order: Callable[[ox.Triple], str] | None,
    ) -> None:
        self._triples, self._order = triples, order
        found: dict[_Key, array[int]] = {}
        for number, triple in enumerate(triples):
            of_triple = key(triple)
            if of_triple is not None:
                found.setdefault(of_triple, array("I")).append(number)
        self._found = found

    def __getitem__(self, key: _Key) -> Sequence[ox.Triple]:
        triples = [self._triples[number] for number in self._found[key]]
        return sorted(triples, key=self._order) if self._order else triples

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._found


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


def distinct_subjects(triples: Iterable[ox.Triple]) -> Container[object]:
    """The subjects of triples, to look one up."""
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
    by_group = grouped(triples, group, order)
    return [triple for each in sorted(by_group) for triple in dict.fromkeys(by_group[each])]


def none_near(triples: Sequence[ox.Triple]) -> "list[ox.Triple] | Packed":
    """None yet of those that are made of some triples."""
    return Packed((), triples) if isinstance(triples, Packed) else []


def grouped(
    triples: Sequence[ox.Triple],
    key: Callable[[ox.Triple], _Key | None],
    order: Callable[[ox.Triple], str] | None = None,
) -> Mapping[_Key, Sequence[ox.Triple]]:
    """The triples by a key, without those that have None.

    Args:
        triples: the triples.
        key: what they are divided by.
        order: what each group is sorted by; by default they stay in their order.
    """
    if isinstance(triples, Packed):
        return _Grouped(triples, key, order)
    found: dict[Any, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        found[key(triple)].append(triple)
    found.pop(None, None)
    return {each: sorted(group, key=order) for each, group in found.items()} if order else dict(found)


def as_terms(triples: Iterable[ox.Triple]) -> Iterator[tuple[Any, ox.NamedNode, Any]]:
    """Subject, predicate and object of each triple, which triples make anew for each who asks."""
    return triples.terms() if isinstance(triples, Packed) else map(tuple, triples)


def members(triples: Sequence[ox.Triple]) -> Container[ox.Triple]:
    """The triples, to look one up."""
    return triples if isinstance(triples, Packed) else frozenset(triples)

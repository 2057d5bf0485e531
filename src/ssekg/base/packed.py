"""Very many triples: each term is held once, as bytes, and a triple is three numbers."""

from array import array
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, count, pairwise, starmap
from typing import Any, Final, TypeAlias, overload

import pyoxigraph as ox

from ssekg.base.hash_index import HashIndex
from ssekg.base.term_table import TermTable
from ssekg.base.terms import Term

# Of more triples of a group than so many no list is made.
_MANY: Final = 1_000
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

    def distinct_subjects(self) -> "Selected":
        """The subjects, each once."""
        return Selected(self._terms, self._used(self._numbers[0]))

    def _terms_with(self, numbers: Iterable[int]) -> Iterator[Any]:
        return self._terms.terms(compress(count(), self._used(numbers)))

    def _used(self, numbers: Iterable[int]) -> bytearray:
        used = bytearray(len(self._terms))
        for number in numbers:
            used[number] = True
        return used

    def with_predicates(self, wanted: Collection[ox.NamedNode]) -> "Packed":
        """Those that have one of some predicates."""
        numbers = {self._terms.known(predicate) for predicate in wanted}
        return self.where(map(numbers.__contains__, self._numbers[1]))

    def without_terms(self, unwanted: Collection[Term]) -> "Packed":
        """Those that have none of some terms."""
        numbers = {self._terms.known(term) for term in unwanted}
        return self.where(map(numbers.isdisjoint, zip(*self._numbers, strict=True))) if numbers else self

    @staticmethod
    def _as_numbers(of_terms: Iterable[Iterable[int]]) -> "_Numbers":
        subjects, predicates, objects = (array("I", numbers) for numbers in of_terms)
        return subjects, predicates, objects

    def grouped(
        self, key: Callable[[ox.Triple], Term | None], order: Callable[[ox.Triple], str] | None = None
    ) -> "Grouped":
        """The same by a term; the arguments are those of `grouped` (triples.py)."""
        terms = map(key, self)
        return Grouped(self, (None if term is None else self._terms.number(term) for term in terms), order)

    def by_subject(self) -> "Grouped":
        """The same by their subjects."""
        return Grouped(self, self._numbers[0])

    def by_predicate(self) -> "Grouped":
        """The same by their predicates."""
        return Grouped(self, self._numbers[1])

    def in_order(self, key: Callable[[ox.Triple], str], *, reverse: bool = False) -> "Packed":
        """The same in the order of a key."""
        return self.at(sorted(range(len(self)), key=lambda place: key(self[place]), reverse=reverse))

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


class Selected(Collection[Any]):
    """Some of many terms."""

    def __init__(self, terms: TermTable, selected: bytearray) -> None:
        """Take all terms, and a byte for each that says whether it is one of them."""
        self._terms, self._selected = terms, selected

    def __contains__(self, term: object) -> bool:
        """Whether a term is one of them."""
        number = self._terms.known(term) if isinstance(term, Term) else None
        return number is not None and any(self._selected[number : number + 1])

    def __iter__(self) -> Iterator[Any]:
        """Each of them."""
        return self._terms.terms(compress(count(), self._selected))

    def __len__(self) -> int:
        """How many there are."""
        return self._selected.count(True)


class Grouped(Mapping[Any, Sequence[ox.Triple]]):
    """Triples by a term, each group made when it is asked for."""

    def __init__(
        self, triples: Packed, keys: Iterable[int | None], order: Callable[[ox.Triple], str] | None = None
    ) -> None:
        """Find the groups, given the number of the term of each triple, None where it has none."""
        self._triples, self._order, self._terms = triples, order, triples._terms  # noqa: SLF001 - of this module
        # Of each triple one more than the number of its term, 0 where it has none.
        keys = array("I", (0 if number is None else number + 1 for number in keys))
        # Sorted by counting: the places of a term are between two ends.
        counts = array("I", bytes(4 * (len(self._terms) + 1)))
        for each in filter(None, keys):
            counts[each] += 1
        self._ends = array("I", accumulate(counts))
        free, self._places = array("I", self._ends), array("I", bytes(4 * self._ends[-1]))
        for place, each in enumerate(keys):
            if each:
                self._places[free[each - 1]] = place
                free[each - 1] += 1

    def __getitem__(self, key: object) -> Sequence[ox.Triple]:
        """The triples with a key; many of them are packed as well."""
        places = self._of(key)
        if not places:
            raise KeyError(key)
        if self._order is None and len(places) > _MANY:
            return self._triples.at(places)
        triples = [self._triples[place] for place in places]
        return sorted(triples, key=self._order) if self._order else triples

    def _of(self, key: object) -> "array[int]":
        number = self._terms.known(key) if isinstance(key, Term) else None
        if number is None or number + 1 >= len(self._ends):
            return array("I")
        return self._places[self._ends[number] : self._ends[number + 1]]

    def __iter__(self) -> Iterator[Any]:
        """The keys, in the order of their first triples."""
        ends, places = self._ends, self._places
        found = (number for number, (start, end) in enumerate(pairwise(ends)) if start < end)
        return self._terms.terms(sorted(found, key=lambda number: places[ends[number]]))

    @cached_property
    def _count(self) -> int:
        return sum(start < end for start, end in pairwise(self._ends))

    def __len__(self) -> int:
        """How many keys there are."""
        return self._count

    def __contains__(self, key: object) -> bool:
        """Whether there are triples with a key."""
        return bool(self._of(key))

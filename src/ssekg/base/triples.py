"""Triples in their order; of very many, each term is held once, and a triple is three numbers.

A triple of pyoxigraph takes some 400 bytes, of millions too much. Those of a large graph are made again when somebody
looks at them, and whoever makes others of them (`collected`, `grouped`, `joined`) has them in the same way.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, starmap
from typing import Any, Final, TypeVar, overload

import pyoxigraph as ox

from ssekg.base.terms import Term

MANY: Final = 500_000
"""How many triples are held as objects at most."""

_Key = TypeVar("_Key")


class _Terms:
    """Terms by their number."""

    def __init__(self, by_number: Iterable[Any] = ()) -> None:
        self.by_number = list(by_number)
        self._numbers: dict[Term, int] = {term: number for number, term in enumerate(self.by_number)}

    def number(self, term: Term) -> int:
        """The number of a term, which is new if it has none."""
        number = self._numbers.setdefault(term, len(self.by_number))
        if number == len(self.by_number):
            self.by_number.append(term)
        return number

    def known(self, term: Term) -> int | None:
        """The number of a term if it has one."""
        return self._numbers.get(term)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Terms, (self.by_number,)


class Packed(Sequence[ox.Triple]):
    """Very many triples, or some of those. Those that are made of others share the terms of these."""

    def __init__(self, triples: Iterable[ox.Triple], near: object = None) -> None:
        """Take triples, with the terms of those that they are made of if these are packed."""
        self._terms: _Terms = near._terms if isinstance(near, Packed) else _Terms()  # noqa: SLF001 - of this class
        self._numbers = array("I"), array("I"), array("I")
        self.extend(triples)

    def extend(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples."""
        if isinstance(triples, Packed) and triples._terms is self._terms:  # noqa: SLF001
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
        found, seen = Packed((), self), set()
        for numbers in zip(*self._numbers, strict=True):
            one = _as_one(*numbers)
            if one not in seen:
                seen.add(one)
                for those, number in zip(found._numbers, numbers, strict=True):
                    those.append(number)
        return found

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers[0])

    def __iter__(self) -> Iterator[ox.Triple]:
        """Each of them."""
        return starmap(ox.Triple, self.terms())

    def terms(self) -> Iterator[tuple[Any, ox.NamedNode, Any]]:
        """Subject, predicate and object of each of them, the same objects wherever a term is the same."""
        term = self._terms.by_number.__getitem__
        subjects, predicates, objects = self._numbers
        return zip(map(term, subjects), map(term, predicates), map(term, objects), strict=True)

    @overload
    def __getitem__(self, at: int) -> ox.Triple: ...
    @overload
    def __getitem__(self, at: slice) -> "Packed": ...
    def __getitem__(self, at: int | slice) -> "ox.Triple | Packed":
        """One of them, or some, which are packed as well."""
        if isinstance(at, slice):
            some = Packed((), self)
            some._numbers = tuple(numbers[at] for numbers in self._numbers)  # type: ignore[assignment]
            return some
        term = self._terms.by_number
        subject, predicate, value = (term[numbers[at]] for numbers in self._numbers)
        return ox.Triple(subject, predicate, value)

    def __contains__(self, triple: object) -> bool:
        """Whether a triple is among them."""
        if not isinstance(triple, ox.Triple):
            return False
        numbers = [self._terms.known(term) for term in triple]
        return None not in numbers and _as_one(*numbers) in self._each  # type: ignore[arg-type]

    @cached_property
    def _each(self) -> frozenset[int]:
        return frozenset(map(_as_one, *self._numbers))


def _as_one(subject: int, predicate: int, value: int) -> int:
    return subject << 64 | predicate << 32 | value


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
    if isinstance(triples, Packed):
        return triples
    if isinstance(near, Packed):
        return Packed(triples, near)
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
    """Subject, predicate and object of each triple, for who keeps them: triples make them anew for each who asks.

    Those of packed triples are there once.
    """
    return triples.terms() if isinstance(triples, Packed) else map(tuple, triples)


def members(triples: Sequence[ox.Triple]) -> Container[ox.Triple]:
    """The triples, to look one up."""
    return triples if isinstance(triples, Packed) else frozenset(triples)

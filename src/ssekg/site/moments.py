"""When the records of a graph were, as precisely as it says: to the day, month or year, or between two dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

import pyoxigraph as ox

from ssekg.charts.periods import Period, period_of
from ssekg.graph.links import literals_of
from ssekg.graph.public import Public
from ssekg.project.vocabulary import END, NOT_AFTER, NOT_BEFORE, START
from ssekg.site.addresses import Addresses

# What is known to the day.
_DAY: Final = 0.003
_Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Date:
    """A date as the graph writes it, and the period that it may mean."""

    text: str
    period: Period

    @property
    def is_exact(self) -> bool:
        """Whether it is a day."""
        return self.period.end - self.period.start < _DAY


@dataclass(frozen=True, slots=True)
class Moment:
    """A record with its dates: when it began and ended, or between what it was; at least one of them is known."""

    iri: str
    start: Date | None = None
    end: Date | None = None
    not_before: Date | None = None
    not_after: Date | None = None

    @property
    def known(self) -> _Span | None:
        """From when to when it was for certain, if that is known."""
        if self.start is None or self.end is None:
            return None
        first = self.start.period.start if self.start.is_exact else self.start.period.end
        last = self.end.period.end if self.end.is_exact else self.end.period.start
        return (first, last) if first < last else None

    @property
    def vague(self) -> list[_Span]:
        """In which spans it may have begun or ended."""
        given = [each for each in (self.start, self.end) if each]
        if not given:
            return [(self._bounds[0].period.start, self._bounds[-1].period.end)]
        return list(dict.fromkeys((each.period.start, each.period.end) for each in given if not each.is_exact))

    @property
    def whole(self) -> _Span:
        """From its earliest possible beginning to its latest possible end."""
        dates = [each for each in (self.start, self.end) if each] or self._bounds
        return min(each.period.start for each in dates), max(each.period.end for each in dates)

    @property
    def year(self) -> int:
        """The year in which it may have begun first."""
        return floor(self.whole[0])

    @property
    def _bounds(self) -> Sequence[Date]:
        return [each for each in (self.not_before, self.not_after) if each]


def moments_of(public: Public, addresses: Addresses) -> Mapping[str, Sequence[Moment]]:
    """The records with a page of their own that have a date, in order of time, by kind: the kind with most first."""
    dates: dict[str, dict[str, Date]] = {}
    wanted: Sequence[tuple[str, ox.NamedNode, Callable[[Date, Date], bool]]] = (
        ("start", START, _is_before),
        ("end", END, _is_after),
        ("not_before", NOT_BEFORE, _is_before),
        ("not_after", NOT_AFTER, _is_after),
    )
    for key, role, is_better in wanted:
        for record, value in literals_of(public, *public.terms.with_role(role)):
            period = period_of((value,))
            of_record = dates.setdefault(record.value, {})
            if period and (key not in of_record or is_better(Date(value.value, period), of_record[key])):
                of_record[key] = Date(value.value, period)
    alone = frozenset(addresses.with_page)
    found = {
        kind: sorted(
            (Moment(iri, **dates[iri]) for iri in addresses.kinds[kind] if iri in alone and dates.get(iri)),
            key=lambda each: (each.whole, each.iri),
        )
        for kind in (*public.terms.kinds, *(each for each in addresses.kinds if each not in public.terms.kinds))
        if kind in addresses.kinds
    }
    return dict(sorted(((k, moments) for k, moments in found.items() if moments), key=lambda pair: -len(pair[1])))


def _is_before(one: Date, other: Date) -> bool:
    return (one.period.start, one.period.end) < (other.period.start, other.period.end)


def _is_after(one: Date, other: Date) -> bool:
    return (one.period.end, one.period.start) > (other.period.end, other.period.start)

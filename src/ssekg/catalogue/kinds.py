"""The kinds of records that a graph holds, as portals hear of them: names, how many, from when to when."""

import calendar
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.messages import text
from ssekg.base.namespaces import GEO, QB, XSD
from ssekg.base.record_iris import RecordIri
from ssekg.catalogue.statements import Texts
from ssekg.graph.cubes import cubes
from ssekg.graph.naming import kind_names
from ssekg.graph.public import Public
from ssekg.graph.store import TYPE

_DATES: Final = frozenset(ox.NamedNode(XSD + name) for name in ("date", "dateTime", "gYear", "gYearMonth"))
_DATE: Final = re.compile(r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)(T[\d:.]+)?)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_HAS_GEOMETRY: Final = ox.NamedNode(GEO + "hasGeometry")
_OBSERVATION: Final = ox.NamedNode(QB + "Observation")


@dataclass(frozen=True)
class Period:
    """The first and the last day that the records mention, as YYYY-MM-DD."""

    start: str
    end: str


@dataclass(frozen=True)
class Kind:
    """A kind: its name in IRIs and file names, its names and descriptions by language tag, its records, its period.

    `is_placed` says that its records have geometries, `is_observed` that they are observations of a data cube.
    """

    name: str
    names: Texts
    descriptions: Texts
    records: int
    period: Period | None
    is_placed: bool = False
    is_observed: bool = False


def kinds_of(graph: Public, languages: Sequence[str]) -> dict[str, Kind]:
    """The kinds of a graph by name, in order; their descriptions count the records in `languages`."""
    classes: dict[str, Counter[ox.NamedNode]] = defaultdict(Counter)
    records: dict[str, set[str]] = defaultdict(set)
    dates: dict[str, set[str]] = defaultdict(set)
    placed: set[str] = set()
    of_cubes = cubes(graph.data)
    for subject, predicate, value in graph.data:
        found = RecordIri.read(subject.value, graph.base) if isinstance(subject, ox.NamedNode) else None
        if found is None:
            continue
        if predicate == TYPE and not found.part and isinstance(value, ox.NamedNode) and subject not in of_cubes:
            classes[found.kind][value] += 1
            records[found.kind].add(found.name)
        elif predicate == _HAS_GEOMETRY:
            placed.add(found.kind)
        elif isinstance(value, ox.Literal) and value.datatype in _DATES:
            dates[found.kind].add(value.value)
    observed = graph.terms.below(_OBSERVATION)
    return {
        name: replace(
            _kind(graph, name, classes[name], len(records[name]), languages),
            period=period_of(dates[name]),
            is_placed=name in placed,
            is_observed=not observed.isdisjoint(classes[name]),
        )
        for name in sorted(records)
    }


def _kind(graph: Public, name: str, classes: Counter[ox.NamedNode], records: int, languages: Iterable[str]) -> Kind:
    names = kind_names(graph, name) or _label(graph, classes) or {}
    kind_class = graph.terms.kinds.get(name)
    definitions = graph.terms.descriptions.get(kind_class, {}) if kind_class else {}
    counts = {tag: text("catalogue-records", tag, {"count": str(records)}) for tag in languages}
    descriptions = {
        tag: f"{definitions.get(tag, '')} {counts.get(tag, '')}".strip() for tag in {**definitions, **counts}
    }
    return Kind(name, names, descriptions, records, None)


def _label(graph: Public, classes: Counter[ox.NamedNode]) -> Texts | None:
    """The label of the most frequent class of the project among the records of a kind that no class declares."""
    ours = sorted((-count, kind.value) for kind, count in classes.items() if graph.terms.is_own(kind))
    return graph.labels.get(ox.NamedNode(ours[0][1])) if ours else None


def period_of(dates: Iterable[str]) -> Period | None:
    """From the first to the last day of some dates, years and months (XSD lexical forms); None without any."""
    days = [day for date in dates if (day := _days(date))]
    return Period(min(day.start for day in days), max(day.end for day in days)) if days else None


def _days(date: str) -> Period | None:
    """The days that a date may be about; None if there are none, and for years without four digits."""
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    year, month, day = match.group("year", "month", "day")
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
        last = first.replace(month=int(month or 12))
        return Period(str(first), str(last.replace(day=int(day or calendar.monthrange(last.year, last.month)[1]))))
    except ValueError:
        return None

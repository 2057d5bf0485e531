"""What a project stated before a change and states after it, looked up row by row."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.record_iris import RecordIri
from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.forms import Forms
from ssekg.checks.incremental.row_index import Keys, RowIndex, RowName, of_term
from ssekg.checks.incremental.tables import OpenTables, triples_of
from ssekg.graph.store import TYPE
from ssekg.sources.tables.table import Row, Table

# More rows than these are looked at no quicker than all.
_MOST_ROWS: Final = 20_000

Use = tuple[str, ...]


@dataclass(frozen=True)
class Indexes:
    """Which rows are about a subject, lead to an object, have a key or link to one, as they were."""

    about: RowIndex
    leading: RowIndex
    owning: RowIndex
    linking: RowIndex


@dataclass(frozen=True)
class Found:
    """A row that was looked up: its name as it was and as it is, None where it was or is not there."""

    old: RowName | None
    now: RowName | None
    row: Row


class Statements:
    """What is stated before and after: in the rows of tables, and in files of RDF."""

    def __init__(
        self,
        tables: OpenTables,
        indexes: Indexes,
        keys: Keys,
        rdf: tuple[Collection[ox.Triple], Collection[ox.Triple]],
        forms: Forms,
    ) -> None:
        """Take the open tables, what the files of RDF stated and state, and the values that a store rewrites."""
        self.forms = forms
        self.tables = tables
        self.keys = keys
        self._indexes = indexes
        before, after = rdf
        old = frozenset(before)
        self._rdf = old, old if after is before else frozenset(after)
        self._looked_at = 0
        self._came: dict[RowName, Row] = {name: tables.tables[name.table].row(name.at) for name in tables.came}

    # --- rows ---

    @cached_property
    def repeated(self) -> set[ox.Triple]:
        """What is stated in one more place, and was stated before."""
        before, after = self._rdf
        anew = {triple for row in self._came.values() for triple in triples_of(row)} | (after - before)
        return anew - self.changes[1]

    def is_in_rdf(self, triples: Set[ox.Triple]) -> bool:
        """Whether files of RDF stated any of some triples."""
        return not triples.isdisjoint(self._rdf[0])

    def rows_about(self, node: Any) -> Iterator[Found]:
        """The rows that are or were about a node."""
        return self._rows(self._indexes.about, of_term(node), self._came_about)

    def rows_leading(self, node: Any) -> Iterator[Found]:
        """The rows that have or had a node as an object."""
        return self._rows(self._indexes.leading, of_term(node), self._came_leading)

    def rows_owning(self, key: int) -> Iterator[Found]:
        """The rows that have or had a key."""
        return self._rows(self._indexes.owning, key, self._came_owning)

    def rows_linking(self, key: int) -> Iterator[Found]:
        """The rows that link or linked to a key or a record."""
        return self._rows(self._indexes.linking, key, self._came_linking)

    def _rows(self, index: RowIndex, number: int, came: Mapping[int, Sequence[RowName]]) -> Iterator[Found]:
        for name in index.of_number(number):
            self._looked_at += 1
            if self._looked_at > _MOST_ROWS:
                raise UnboundedError("too many rows")
            yield Found(name, self.tables.now(name), self.tables.old_row(name))
        for name in came.get(number, ()):
            yield Found(None, name, self._came[name])

    @cached_property
    def _came_about(self) -> Mapping[int, Sequence[RowName]]:
        return self._by_number(lambda _, row: [of_term(triple.subject) for triple in triples_of(row)])

    @cached_property
    def _came_leading(self) -> Mapping[int, Sequence[RowName]]:
        return self._by_number(lambda _, row: [of_term(triple.object) for triple in triples_of(row)])

    @cached_property
    def _came_owning(self) -> Mapping[int, Sequence[RowName]]:
        return self._by_number(self.keys.own)

    @cached_property
    def _came_linking(self) -> Mapping[int, Sequence[RowName]]:
        return self._by_number(self.keys.linked)

    def _by_number(self, numbers: Callable[[Table, Row], Iterable[int]]) -> Mapping[int, Sequence[RowName]]:
        found: dict[int, list[RowName]] = defaultdict(list)
        for name, row in self._came.items():
            for number in dict.fromkeys(numbers(self._table(name), row)):
                found[number].append(name)
        return found

    @cached_property
    def changed_keys(self) -> tuple[set[int], set[int]]:
        """The keys that rows have or had, and those that they link or linked to, where that has changed."""
        old = [(self._table(name), self.tables.old_row(name)) for name in self.tables.gone]
        new = [(self._table(name), row) for name, row in self._came.items()]

        def changed(keys: Callable[[Table, Row], Iterable[int]]) -> set[int]:
            before, after = (Counter(key for each in rows for key in keys(*each)) for rows in (old, new))
            return {*(before - after), *(after - before)}

        return changed(self.keys.own), changed(self.keys.linked)

    def _table(self, name: RowName) -> Table:
        return self.tables.tables[name.table].bare

    def is_still_object(self, node: Any) -> bool:
        """Whether something led to a node that is stated still; the rows are not read for it."""
        names = self._indexes.leading.of_number(of_term(node))
        return any(node in each for each in self._rdf_leading) or any(self.tables.now(name) for name in names)

    # --- triples ---

    def about(self, node: Any) -> set[ox.Triple]:
        """What is or was stated about a node."""
        found = {t for each in self.rows_about(node) for t in triples_of(each.row) if t.subject == node}
        return found.union(*(each.get(node, ()) for each in self._rdf_about))

    def leading(self, node: Any) -> set[ox.Triple]:
        """What has or had a node as its object."""
        found = {t for each in self.rows_leading(node) for t in triples_of(each.row) if t.object == node}
        return found.union(*(each.get(node, ()) for each in self._rdf_leading))

    @cached_property
    def _rdf_about(self) -> list[Mapping[Any, list[ox.Triple]]]:
        return self._by_each(attrgetter("subject"))

    @cached_property
    def _rdf_leading(self) -> list[Mapping[Any, list[ox.Triple]]]:
        return self._by_each(attrgetter("object"))

    def _by_each(self, end: Callable[[ox.Triple], Any]) -> list[Mapping[Any, list[ox.Triple]]]:
        """What the files of RDF stated and state, by one end of the triples."""
        before, after = self._rdf
        old = _by(before, end)
        return [old, old if after is before else _by(after, end)]

    def count_about(self, node: Any) -> int:
        """How many rows and triples of RDF there are about a node, or were before the change."""
        return self._indexes.about.count(of_term(node)) + sum(len(each.get(node, ())) for each in self._rdf_about)

    def count_leading(self, node: Any) -> int:
        """How many there are or were that lead to a node."""
        return self._indexes.leading.count(of_term(node)) + sum(len(each.get(node, ())) for each in self._rdf_leading)

    def is_subject(self, node: Any) -> tuple[bool, bool]:
        """Whether anything was stated about a node, and whether anything is."""
        before, after = (node in each for each in self._rdf_about)
        for each in self.rows_about(node):
            before |= each.old is not None
            after |= each.now is not None
        return before, after

    @cached_property
    def changes(self) -> tuple[set[ox.Triple], set[ox.Triple]]:
        """What is stated no longer, and what is stated now and was not."""
        before, after = (set(each) for each in self._rdf)
        before, after = before - after, after - before
        touched = {*before, *after}
        touched |= {t for name in self.tables.gone for t in triples_of(self.tables.old_row(name))}
        touched |= {t for row in self._came.values() for t in triples_of(row)}
        gone, come = set(), set()
        for subject in {triple.subject for triple in touched}:
            was, is_ = (set(about.get(subject, ())) for about in self._rdf_about)
            for each in self.rows_about(subject):
                stated = [triple for triple in triples_of(each.row) if triple.subject == subject]
                was.update(stated if each.old is not None else ())
                is_.update(stated if each.now is not None else ())
            gone |= was - is_
            come |= is_ - was
        return gone, come


def uses_of(triple: ox.Triple, base: str) -> Iterator[Use]:
    """What a triple uses, as far as it matters to checks whether anything does: properties, classes, kinds."""
    subject, predicate, value = triple
    yield ("property", predicate.value)
    datatype = value.datatype.value if isinstance(value, ox.Literal) else ""
    kind = RecordIri.read(subject.value, base) if isinstance(subject, ox.NamedNode) else None
    name = kind.kind if kind else ""
    yield ("kind", name, str(bool(kind and kind.part)), predicate.value, datatype)
    if predicate == TYPE and isinstance(value, ox.NamedNode):
        yield ("class", value.value)
        yield ("kind class", name, value.value)


def all_uses(triples: Iterable[ox.Triple], base: str) -> Counter[Use]:
    """How many triples make each use."""
    return Counter(use for triple in triples for use in uses_of(triple, base))


def _by(triples: Iterable[ox.Triple], end: Callable[[ox.Triple], Any]) -> Mapping[Any, list[ox.Triple]]:
    found: dict[Any, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        found[end(triple)].append(triple)
    return found

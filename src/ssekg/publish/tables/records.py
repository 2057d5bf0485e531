"""The tables of records and of their parts, made from the public graph."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import local_name
from ssekg.base.record_iris import RecordIri
from ssekg.base.spool import Spool
from ssekg.base.triples import members, unique
from ssekg.graph.canonical import in_order
from ssekg.graph.changes.compare import WITHDRAWN_ON
from ssekg.graph.cubes import cubes
from ssekg.graph.naming import kind_names
from ssekg.graph.store import TYPE, Graph
from ssekg.publish.tables.naming import DescribedTable, Descriptions, snake
from ssekg.publish.tables.properties import Properties
from ssekg.publish.tables.table import ID, Column, Table, with_targets
from ssekg.publish.tables.values import Cells, free_name

_WITHDRAWN: Final = "withdrawn"

Subject = tuple[RecordIri, slice]
"""A record, and where its triples are."""


class RecordTables:
    """The tables of a graph: one a kind of records, one a class of parts, and one for each list of links in these."""

    def __init__(self, graph: Graph, descriptions: Descriptions, languages: Sequence[str]) -> None:
        """Divide what a graph states and what rules make of it into tables."""
        self._graph, self._descriptions, self._languages = graph, descriptions, languages
        self._groups: dict[str, list[Subject]] = defaultdict(list)
        self._described: dict[str, DescribedTable | None] = {}
        self.names: dict[str, str] = {}
        added, left_out = _added(graph), cubes(graph.data)
        self._added = members(added)
        shown = (triple for triple in chain(graph.data, added) if triple.subject not in left_out)
        self._shown = in_order(shown, graph.data)
        self._divide(list(_subjects(self._shown, graph.base)))

    def all(self) -> list[Table]:
        """The tables, those of lists after their own, in order of their names."""
        return with_targets([table for name in sorted(self._groups) for table in self._made(name)])

    # Which table has what

    def _triples(self, subjects: Iterable[Subject]) -> Iterator[tuple[RecordIri, Sequence[ox.Triple]]]:
        return ((found, self._shown[place]) for found, place in subjects)

    def _divide(self, subjects: Sequence[Subject]) -> None:
        """Fill `_groups`, and `names`: the table of each kind, and that of each part by its IRI."""
        beside = self._descriptions.beside
        rows: Counter[str] = Counter()
        for found, triples in self._triples(subjects):
            if not found.part and not _is_withdrawn(triples):
                rows[found.kind] += triples[0].subject.value not in beside  # type: ignore[union-attr]
        for kind in sorted(rows):
            described = self._descriptions.of_kind(kind, rows[kind])
            self.names[kind] = described.name if described else free_name([snake(kind)], self.names.values())
            self._described[self.names[kind]] = described
        named = self._part_names(subjects)
        for (found, place), (_, triples) in zip(subjects, self._triples(subjects), strict=True):
            iri = triples[0].subject.value  # type: ignore[union-attr]
            row, classes = self._descriptions.of_row.get(iri), _classes(triples)
            is_withdrawn = _is_withdrawn(triples)
            if not found.part and not is_withdrawn and (row is None or row.kind or classes):
                name = self.names[found.kind]
            else:
                described = row or next(filter(None, map(self._descriptions.of_class.get, classes)), None)
                if is_withdrawn and (described is None or described.kind):
                    described = None
                name = described.name if described else _WITHDRAWN if is_withdrawn else named[min(classes, default="")]
                self._described.setdefault(name, described)
                self.names[iri] = name
            self._groups[name].append((found, place))

    def _part_names(self, subjects: Iterable[Subject]) -> Mapping[str, str]:
        """The tables of parts that no description names, by class: as records call them, else as it is called."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        parts = self._graph.terms.parts
        for _, triples in self._triples(each for each in subjects if each[0].part):
            keys = [parts[triple.predicate] for triple in triples if triple.predicate in parts]
            found[min(_classes(triples), default="")].update(keys)
        names: dict[str, str] = {}
        for each, counts in sorted(found.items()):
            usual = min(counts, key=lambda key: (-counts[key], key), default=local_name(each) or "parts")
            names[each] = free_name([snake(usual), f"{snake(usual)}_parts"], [*self.names.values(), *names.values()])
        return names

    # What a table has

    def _made(self, name: str) -> Iterator[Table]:
        group, described = self._groups.pop(name), self._described[name]  # what is in the table is kept there
        kinds = {found.kind for found, _ in group}
        is_of_records = self.names.get(next(iter(kinds))) == name
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
        about = f"{self._graph.base}{f'{kind}/{{id}}' if is_of_records else '{+id}'}"
        properties = Properties(self._graph, self._descriptions, described, self._added)
        rows = Spool(
            (found.name if is_of_records else _relative(found), properties.row(triples))
            for found, triples in self._triples(group)
        )
        columns, in_rows, lists = [Column(ID)], list[tuple[int, Cells]](), list[Table]()
        for number, values in properties.in_order(rows):
            cells = Cells(values, self._graph, self.names, self._languages)
            # Numbers and links are for counting and joining, so each has a row; texts are for reading.
            in_cells = values.is_joined or not values.is_list
            if in_cells:
                columns += cells.columns(values.name)
                in_rows.append((number, cells))
            if not in_cells or values.is_widened:
                listed = Spool((each, *of) for each, found in rows for of in cells.each(found.get(number, ())))
                listed_columns = (Column(ID, target=name), *cells.columns_of_list())
                lists.append(Table(f"{name}_{values.name}", kind, values.texts, listed_columns, listed, about))
        whole = Spool(
            (each, *chain.from_iterable(cells.of(found.get(number, ())) for number, cells in in_rows))
            for each, found in rows
        )
        titles = described.titles if described else {}
        titles = titles or (kind_names(self._graph, kind) if is_of_records else self._class_names(group))
        yield Table(name, kind, titles, tuple(columns), whole, about, (ID,))
        yield from lists

    def _class_names(self, group: Iterable[Subject]) -> Mapping[str, str]:
        classes = {each for _, triples in self._triples(group) for each in _classes(triples)}
        return self._graph.labels.get(ox.NamedNode(next(iter(classes))), {}) if len(classes) == 1 else {}


def _subjects(shown: Sequence[ox.Triple], base: str) -> Iterator[Subject]:
    """What the triples are about, records and parts; not blank nodes."""
    end = 0
    for subject, group in groupby(shown, key=attrgetter("subject")):
        start, end = end, end + sum(1 for _ in group)
        found = RecordIri.read(subject.value, base) if isinstance(subject, ox.NamedNode) else None
        if found:
            yield found, slice(start, end)


def _added(graph: Graph) -> Sequence[ox.Triple]:
    """What is derived and belongs into tables: what rules give, without links back.

    Of the classes only those of what rules make whole: it goes into the table of its class, as what is stated does.
    """
    back = graph.terms.derived & graph.terms.inverses.keys()
    classes = {triple.subject for triple in graph.made if triple.predicate == TYPE}
    classes.difference_update(triple.subject for triple in graph.data if triple.predicate == TYPE)
    made = (triple for triple in graph.made if triple.predicate not in back)
    shown = (each for each in made if each.predicate != TYPE or each.subject in classes)
    return unique(chain(graph.shortcuts, shown), graph.derived)


def _is_withdrawn(triples: Iterable[ox.Triple]) -> bool:
    return any(triple.predicate == WITHDRAWN_ON for triple in triples)


def _classes(triples: Iterable[ox.Triple]) -> list[str]:
    return sorted(t.object.value for t in triples if t.predicate == TYPE and isinstance(t.object, ox.NamedNode))


def _relative(found: RecordIri) -> str:
    return f"{found.kind}/{found.name}#{found.part}" if found.part else f"{found.kind}/{found.name}"

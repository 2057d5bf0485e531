"""The tables of records and of their parts, made from the public graph."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from sys import intern
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import QB, RDFS, SKOS, namespace_of
from ssekg.base.record_iris import RecordIri
from ssekg.base.triples import as_terms, members, unique
from ssekg.graph.canonical import in_order
from ssekg.graph.changes.compare import WITHDRAWN_ON
from ssekg.graph.cubes import cubes
from ssekg.graph.naming import kind_names
from ssekg.graph.store import TYPE, Graph
from ssekg.publish.tables.naming import DescribedTable, Descriptions, snake
from ssekg.publish.tables.table import ID, Column, Table, with_targets
from ssekg.publish.tables.values import Cells, Values, free_name

_OF_CUBE: Final = ox.NamedNode(QB + "dataSet")
_WITHDRAWN: Final = "withdrawn"
_NAME: Final = SKOS + "prefLabel"
_LABEL: Final = ox.NamedNode(RDFS + "label")

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
            usual = min(counts, key=lambda key: (-counts[key], key), default=_local(each) or "parts")
            names[each] = free_name([snake(usual), f"{snake(usual)}_parts"], [*self.names.values(), *names.values()])
        return names

    # What a table has

    def _made(self, name: str) -> Iterator[Table]:
        group, described = self._groups.pop(name), self._described[name]  # what is in the table is kept there
        kinds = {found.kind for found, _ in group}
        is_of_records = self.names.get(next(iter(kinds))) == name
        kind = next(iter(kinds)) if len(kinds) == 1 else ""
        ids = [found.name if is_of_records else _relative(found) for found, _ in group]
        about = f"{self._graph.base}{f'{kind}/{{id}}' if is_of_records else '{+id}'}"
        columns, rows = [Column(ID)], [[each] for each in ids]
        lists: list[Table] = []
        waiting = self._values(group, ids, described)
        while waiting:  # what is in rows is needed no more
            values = waiting.pop(0)
            cells = Cells(values, self._graph, self.names, self._languages)
            # Numbers and links are for counting and joining, so each has a row; texts are for reading.
            in_cells = values.is_joined or not values.is_list
            if in_cells:
                columns += cells.columns(values.name)
                for row in rows:
                    row += cells.of(str(row[0]))  # type: ignore[arg-type]
            if not in_cells or values.is_widened:
                listed = [(each, *cells_of) for each in ids for cells_of in cells.each(each)]
                listed_columns = (Column(ID, target=name), *cells.columns_of_list())
                lists.append(Table(f"{name}_{values.name}", kind, values.texts, listed_columns, listed, about))
        titles = described.titles if described else {}
        titles = titles or (kind_names(self._graph, kind) if is_of_records else self._class_names(group))
        yield Table(name, kind, titles, tuple(columns), [tuple(row) for row in rows], about, (ID,))
        yield from lists

    def _class_names(self, group: Iterable[Subject]) -> Mapping[str, str]:
        classes = {each for _, triples in self._triples(group) for each in _classes(triples)}
        return self._graph.labels.get(ox.NamedNode(next(iter(classes))), {}) if len(classes) == 1 else {}

    def _values(self, group: Iterable[Subject], ids: Sequence[str], described: DescribedTable | None) -> list[Values]:
        """The values of all properties: those that the table has in the project in its order, then others by name."""
        found: dict[object, Values] = {}
        taken = {ID, *(column.name for column in described.columns)} if described else {ID}
        for identifier, (_, triples) in zip(ids, self._triples(group), strict=True):
            for triple, (_, predicate, term) in zip(triples, as_terms(triples), strict=True):
                if predicate in {_LABEL, _OF_CUBE} or not isinstance(term, ox.NamedNode | ox.Literal):
                    continue
                key, cell, make = self._placed(predicate, term, described)
                if key not in found:
                    made = found[key] = make()
                    if not isinstance(key, int):
                        full = snake(self._graph.shortened(predicate.value))
                        made.name = free_name([made.name, full], taken)
                        taken.add(made.name)
                found[key].add(identifier, intern(cell), term, is_derived=triple in self._added)
        order = {key: (0, key, "") if isinstance(key, int) else (1, 0, _rank(found[key])) for key in found}
        ordered = [found[key] for key in sorted(found, key=order.__getitem__)]
        return [each for each in ordered if each.predicate != TYPE.value or _is_telling(each, ids)]

    def _placed(
        self, predicate: ox.NamedNode, term: ox.NamedNode | ox.Literal, described: DescribedTable | None
    ) -> tuple[object, str, Callable[[], Values]]:
        """The column of a value, by its number in the description or by what it is; the cell; how to make a Values."""
        labels = self._graph.labels.get(predicate, {})
        for number, column in described.of_property.get(predicate.value, ()) if described else ():
            cell = column.cell(term)
            if cell is not None:
                cell = cell if column.kind or isinstance(term, ox.Literal) else self._graph.shortened(cell)
                texts, meanings = column.headings or labels, column.meanings
                made = column.name, column.predicate, column.language, texts, meanings, column.kind, column.is_list
                return number, cell, partial(Values, *made)
        language = term.language if isinstance(term, ox.Literal) else None
        name = self._descriptions.usual_name(predicate.value, language) or snake(
            f"{_local(predicate.value)}_{language}" if language else _local(predicate.value)
        )
        cell = term.value if isinstance(term, ox.Literal) else self._graph.shortened(term.value)
        if predicate == TYPE:
            name, cell = "class", _local(term.value)
        key = (predicate.value, language, isinstance(term, ox.Literal))
        return key, cell, partial(Values, name, predicate.value, language, labels)


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
    classes -= {triple.subject for triple in graph.data if triple.predicate == TYPE}
    made = (triple for triple in graph.made if triple.predicate not in back)
    shown = (each for each in made if each.predicate != TYPE or each.subject in classes)
    return unique(chain(graph.shortcuts, shown), graph.derived)


def _is_withdrawn(triples: Iterable[ox.Triple]) -> bool:
    return any(triple.predicate == WITHDRAWN_ON for triple in triples)


def _classes(triples: Iterable[ox.Triple]) -> list[str]:
    return sorted(t.object.value for t in triples if t.predicate == TYPE and isinstance(t.object, ox.NamedNode))


def _relative(found: RecordIri) -> str:
    return f"{found.kind}/{found.name}#{found.part}" if found.part else f"{found.kind}/{found.name}"


def _local(iri: str) -> str:
    return iri.removeprefix(namespace_of(iri))


def _rank(values: Values) -> str:
    """Names go first where no description orders the columns."""
    return f"{0 if values.name == 'class' else 1 if values.predicate == _NAME else 2} {values.name}"


def _is_telling(classes: Values, ids: Sequence[str]) -> bool:
    """Whether rows differ in their classes."""
    return len({tuple(value.what for value in classes.of_row.get(each, ())) for each in ids}) > 1

"""What people write for a value, as a cell has it: names in any language for codes, usual forms of numbers for numbers.

What is not understood, or may mean several things, is left as it is: the checks say what is wrong with it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold, visible
from ssekg.base.said import Named
from ssekg.checks.meant import Meant
from ssekg.graph.imported import as_ours
from ssekg.graph.store import Graph
from ssekg.guides.choices import Choices, Subjects
from ssekg.project.settings import Project
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.spreadsheet_damage import damage, without_edges
from ssekg.sources.tables.table import Table

# A name with what is written for it, as drop-down lists have it.
_LISTED: Final = re.compile(r".*\((?P<code>[^()]+)\)", re.DOTALL)
_SEVERAL: Final = " · "


class Values:
    """The values of the tables of a project, by what people call them."""

    def __init__(self, project: Project, graph: Graph) -> None:
        """Take the project and its graph."""
        self._graph = graph
        self._meant = Meant(graph)
        self._subjects = Subjects(graph)
        self._codes = Choices.of_project(project, graph)
        self._found: dict[tuple[str, str], Mapping[str, ox.NamedNode]] = {}
        self._new: dict[str, set[ox.NamedNode]] = defaultdict(set)

    def choices(self, table: Table, column: Column) -> tuple[Named, ...]:
        """What a cell of a column may name: codes, or records; nothing where it takes any value."""
        codes = self._codes.of(table, column)
        if codes and not column.is_record:
            return codes
        return tuple(
            Named(each, self._meant.graph.labels.get(thing, {})) for each, thing in self._things(table, column).items()
        )

    def learn(self, iri: str, names: Iterable[str]) -> None:
        """Let a record that is not in the graph yet be called by its names as well."""
        for name in names:
            self._new[fold(name)].add(ox.NamedNode(iri))

    def cell(self, table: Table, column: Column, text: str) -> str:
        """A cell for what somebody has written; the values of a list are separated as in the cell."""
        plain = without_edges(text if column.is_free_text and not column.separator else visible(text))
        if not column.separator:
            return self._value(table, column, plain)
        values = (self._value(table, column, each.strip()) for each in plain.split(column.separator))
        return column.separator.join(filter(None, values))

    def _value(self, table: Table, column: Column, text: str) -> str:
        if not text or (column.is_free_text and not self._is_link(column)):
            return text
        return self._named(table, column, text) or self._undamaged(column, text)

    def _undamaged(self, column: Column, text: str) -> str:
        """A value in a form that the column takes, where it is clear which one is meant."""
        if column.datatype is None or column.accepts(text):
            return text
        meant = damage(column, text)
        return text if meant is None or _SEVERAL in meant[1] else meant[1]

    def _named(self, table: Table, column: Column, text: str) -> str | None:
        """What is written for the thing, or the code, that a text names; None if that is not clear."""
        things = self._things(table, column)
        source, mark, passage = text.partition("#") if column.is_source_list else (text, "", "")
        if source in things:
            return text
        listed = _LISTED.fullmatch(source)
        if listed and listed["code"].strip() in things:
            return listed["code"].strip() + mark + passage
        if column.words:
            return self._word(table, column, source)
        by_thing = {thing: each for each, thing in things.items()}
        found = {by_thing[each] for each in self._meant.called(source, by_thing)} if by_thing else set()
        found |= self._newly_named(column, source)
        found = found or {each for each in things if fold(each) == fold(source)}
        return f"{found.pop()}{mark}{passage}" if len(found) == 1 else None

    def _newly_named(self, column: Column, text: str) -> set[str]:
        """What is written for the new records that have a name and that the column may lead to."""
        written = (self._written(column, each) for each in self._new.get(fold(text), ()))
        return {each for each in written if each is not None}

    def _written(self, column: Column, thing: ox.NamedNode) -> str | None:
        """What is to be written in a cell for a thing."""
        ours = as_ours(self._graph, thing).value.removeprefix(self._graph.base)
        return ours if column.is_record else self._codes.code(column, thing)

    def _word(self, table: Table, column: Column, text: str) -> str | None:
        """The one of the words that a column lists whose name a text is, or that it is with what is written for it."""
        listed = _LISTED.fullmatch(text)
        wanted = {fold(text), fold(listed["code"]) if listed else ""}
        found = [
            each.short
            for each in self._codes.of(table, column)
            if wanted.intersection(map(fold, (each.short, *each.labels.values())))
        ]
        return found[0] if len(found) == 1 else None

    def _things(self, table: Table, column: Column) -> Mapping[str, ox.NamedNode]:
        """The things that a column may name, by what is written for them."""
        if (table.name, column.name) not in self._found:
            self._found[table.name, column.name] = dict(self._named_things(table, column))
        return self._found[table.name, column.name]

    def _named_things(self, table: Table, column: Column) -> Mapping[str, ox.NamedNode]:
        if column.is_record:
            return self._records
        allowed = [each for each in self._codes.values(table, column) if isinstance(each, ox.NamedNode)]
        record = self._subjects.record(column.value) if self._is_link(column) else None
        things = allowed or (self._meant.of_kind(record.kind) if record is not None else [])
        coded = ((self._codes.code(column, thing), thing) for thing in things if allowed or "#" not in thing.value)
        there = self._codes.linked(table, column)
        return {each: thing for each, thing in coded if each is not None and (there is None or each in there)}

    @cached_property
    def _records(self) -> Mapping[str, ox.NamedNode]:
        ours = ((as_ours(self._graph, thing), thing) for thing in self._meant.records)
        return {iri.value.removeprefix(self._graph.base): thing for iri, thing in ours}

    def _is_link(self, column: Column) -> bool:
        return column.value is not None and column.name in column.value.variables

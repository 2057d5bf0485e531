"""An answer for people and their programs: the question, what was asked for, the columns, and one row for each fact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pyoxigraph as ox

from ssekg.base.language import pick, without_isolates
from ssekg.graph.naming import Name, name_of, plain_name
from ssekg.graph.store import Graph
from ssekg.queries.columns import Column
from ssekg.queries.library import Query
from ssekg.queries.parameters import Term
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.results import Result
from ssekg.queries.syntax import bind

Cell = tuple[Term, ...]
"""The terms in one place of an answer: none, one, or in a gathered column several."""
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Answer:
    """What a query answers.

    `parameters` are the terms that were asked for, by the name of the parameter. `result` is what the engine gave,
    which the forms of the W3C write. Names of things are looked up in `graph`. `described` are the columns that the
    project describes for all its queries, by name. No more than `limit` rows are wanted, None for all.
    What is found out about it once is `kept`.
    """

    query: Query
    parameters: Mapping[str, Sequence[Term]]
    result: Result
    graph: Graph
    described: Mapping[str, Column] = field(default_factory=dict)
    limit: int | None = None
    kept: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def title(self, language: str) -> str:
        """What the question is called; the name of its file where it has no title."""
        return pick(self.query.titles, language) or self.query.name

    @property
    def text(self) -> str:
        """The query with the parameters bound in it, and the prefixes of the project that it does not declare."""
        bound = {
            each.variable: self.parameters[each.name] for each in self.query.parameters if each.name in self.parameters
        }
        return with_prefixes(bind(self.query.text, bound), self.graph.prefixes.namespaces)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the variables."""
        return tuple(map(self._column, self.result.variables))

    def _column(self, name: str) -> Column:
        general, own = self.described.get(name, Column(name)), self.query.columns.get(name, Column(name))
        return replace(
            own,
            titles=own.titles or general.titles,
            meanings=own.meanings or general.meanings,
            units=own.units or general.units,
            type=own.type or general.type,
            is_gathered=name in self.query.gathered,
        )

    @cached_property
    def rows(self) -> list[Row]:
        """One row for each fact, in the order of the query.

        Rows that differ in gathered columns alone are one, which has there the terms of all of them.
        """
        gathered = [index for index, column in enumerate(self.columns) if column.is_gathered]
        if not gathered:
            return [tuple(map(_cell, row)) for row in self.result.rows]
        facts: dict[tuple[Term | None, ...], list[dict[Term, None]]] = {}
        for row in self.result.rows:
            key = tuple(None if index in gathered else term for index, term in enumerate(row))
            found = facts.setdefault(key, [{} for _ in gathered])
            for terms, index in zip(found, gathered, strict=True):
                term = row[index]
                if term is not None:
                    terms[term] = None
        return [
            tuple(
                tuple(found[gathered.index(index)]) if index in gathered else _cell(term)
                for index, term in enumerate(key)
            )
            for key, found in facts.items()
        ]

    @property
    def exact(self) -> Result:
        """The rows as the engine gave them, as many as are wanted."""
        return replace(self.result, rows=self.result.rows[: self.limit])

    def label(self, term: Term, language: str) -> str:
        """The name of a thing, the words of a text, for someone who reads `language`, isolated if need be."""
        return name_of(self.graph, term, language)

    def name(self, term: Term, language: str) -> Name:
        """The same without isolates, and the language of a name that there is none of in `language`."""
        name = plain_name(self.graph, term, language)
        plain = without_isolates(name.text)
        return name if plain == name.text else replace(name, text=plain)

    def short(self, term: Term) -> str:
        """A term for programs: kind/id of a thing, else its whole IRI; the characters of a text or number."""
        if isinstance(term, ox.NamedNode):
            return term.value.removeprefix(self.graph.base)
        return term.value if isinstance(term, ox.Literal) else str(term)


def _cell(term: Term | None) -> Cell:
    return () if term is None else (term,)


_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def kept_with_answer(
    function: Callable[Concatenate[Answer, _Given], _Found],
) -> Callable[Concatenate[Answer, _Given], _Found]:
    """Have what a function says of an answer found out once: its page, chart and files ask for the same."""

    @wraps(function)
    def kept(answer: Answer, /, *given: _Given.args, **named: _Given.kwargs) -> _Found:
        key = (function.__name__, given, *named.items())
        if key not in answer.kept:
            answer.kept[key] = function(answer, *given, **named)
        return cast("_Found", answer.kept[key])

    return kept

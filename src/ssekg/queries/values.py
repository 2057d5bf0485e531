"""The values of a parameter for which a query has rows, with how many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.said import Argument, Named, Said, Several
from ssekg.graph.candidates import and_more
from ssekg.graph.store import Graph
from ssekg.project.vocabulary import YEAR
from ssekg.queries.library import Query
from ssekg.queries.local import ask
from ssekg.queries.parameters import Parameter, ParameterError, Reading, Term, bindings, readings
from ssekg.queries.projection import with_column
from ssekg.queries.syntax import bind, form_of
from ssekg.queries.types import LANGUAGE, TYPES

_MOST_SHOWN: Final = 10
_MOST_READ: Final = 10_000


@dataclass(frozen=True)
class Value:
    """A value of a parameter, and how many rows a query has for it."""

    term: ox.NamedNode | ox.Literal
    rows: int

    def written(self, graph: Graph) -> str:
        """The value as it is given for the parameter."""
        return graph.shortened(self.term.value) if isinstance(self.term, ox.NamedNode) else self.term.value

    def labels(self, graph: Graph) -> Mapping[str, str]:
        """What it is called, by language."""
        return graph.labels.get(self.term, {}) if isinstance(self.term, ox.NamedNode) else {}


def values_with_rows(query: Query, parameter: Parameter, graph: Graph) -> list[Value]:
    """The values of a parameter for which a query has rows if nothing else is asked for but the defaults.

    Things come in order of rows, then of identifiers; numbers, dates and texts in their own order. There are none for
    a number or a text that is only compared: any could be given.

    Raises:
        CannotRunError: the graph has no such type.
    """
    if form_of(query.text) != "SELECT":
        return []
    others = [each for each in query.parameters if each.name != parameter.name and each.default is not None]
    defaults = bindings(others, [], graph)
    counts = _counted(query, parameter.variable, defaults, graph)
    if counts is None:
        # The query only compares it: then it has to be given.
        choices = _choices(parameter, graph)
        given = {**defaults, parameter.variable: choices}
        counts = (_counted(query, parameter.variable, given, graph) if choices else None) or Counter()
    members = parameter.members(graph)
    values = [
        Value(term, rows)
        for term, rows in counts.items()
        if isinstance(term, ox.Literal)
        or (isinstance(term, ox.NamedNode) and (members is None or term.value in members))
    ]
    return sorted(values, key=_order)


def telling(values: Sequence[Value]) -> Value:
    """The value that shows best what a query answers: the first one whose rows are not too many to be read."""
    return next((each for each in values if each.rows <= _MOST_READ), min(values, key=lambda each: each.rows))


def examples(query: Query, graph: Graph) -> dict[str, str]:
    """The most telling value of each parameter that has to be given, as it is typed; of those that have one."""
    found: dict[str, str] = {}
    for each in (each for each in query.parameters if each.required):
        with suppress(CannotRunError):  # a graph that is not whole may lack the type
            values = values_with_rows(query, each, graph)
            found |= {each.name: telling(values).written(graph)} if values else {}
    return found


def _counted(query: Query, variable: str, given: Mapping[str, list[Term]], graph: Graph) -> Counter[Term] | None:
    """How many facts there are for each value of a variable; None where rows have none, or there are no rows."""
    answer = ask(graph, with_column(bind(query.text, given), variable))
    position = list(answer.variables).index(variable)
    single = [index for index, name in enumerate(answer.variables) if name not in query.gathered]
    facts = dict.fromkeys((row[position], *(row[index] for index in single)) for row in answer.rows)
    found = [term for term, *_ in facts]
    return None if None in found or not found else Counter(term for term in found if term is not None)


def _choices(parameter: Parameter, graph: Graph) -> list[Term]:
    """All values that a parameter can take, as far as there is an end to them."""
    if parameter.type == LANGUAGE:
        return [ox.Literal(tag) for tag in graph.languages]
    if parameter.type == "year":
        years = graph.terms.with_role(YEAR)
        quads = (quad for year in years for quad in graph.matching(None, year, None))
        return sorted({quad.object for quad in quads if isinstance(quad.object, ox.Literal)}, key=str)
    return [] if parameter.type in TYPES else [ox.NamedNode(iri) for iri in sorted(parameter.members(graph) or ())]


def _order(value: Value) -> tuple[int, str, str]:
    if isinstance(value.term, ox.NamedNode):
        return -value.rows, value.term.value, ""
    return 0, value.term.value.zfill(20), value.term.language or ""


def read_given(query: Query, given: list[tuple[str, str]], graph: Graph) -> list[Reading]:
    """What is given for the parameters of a query; where something is missing or wrong, with the values that have rows.

    Raises:
        AskedWronglyError: an unknown name, a required parameter missing, or a value of the wrong type.
    """
    try:
        return readings(query.parameters, given, graph)
    except ParameterError as problem:
        values = values_with_rows(query, problem.parameter, graph)
        if not values:
            raise
        offered = {**problem.arguments, "values": Said("values-with-rows", {"values": shown_values(values, graph)})}
        raise AskedWronglyError(problem.code, **offered) from None


def shown_values(values: list[Value], graph: Graph) -> Argument:
    """The first of some values in words, with their rows, and how many more there are."""
    first = [
        Said("value-rows", {"value": Named(each.written(graph), each.labels(graph)), "rows": str(each.rows)})
        for each in values[:_MOST_SHOWN]
    ]
    return and_more(Several(tuple(first)), len(values) - _MOST_SHOWN)

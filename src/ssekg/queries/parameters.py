"""Typed parameters of a query, and how their values become RDF terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.language import quoted
from ssekg.base.said import Argument, Arguments, Said, Texts
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.graph.candidates import candidate, candidates
from ssekg.graph.lookup import find, things
from ssekg.graph.matching import Closeness
from ssekg.graph.members import members, sort_labels, sorts
from ssekg.graph.store import Graph
from ssekg.queries.types import TYPES, AmbiguousNumberError

Term = ox.NamedNode | ox.BlankNode | ox.Literal
ANY_THING: Final = "iri"


class ParameterError(AskedWronglyError):
    """A parameter is missing, or its value can't be used."""

    def __init__(self, parameter: "Parameter", code: str, **arguments: Argument) -> None:
        """Keep the parameter, whose values can be offered."""
        self.parameter = parameter
        super().__init__(code, name=parameter.name, **arguments)


@dataclass(frozen=True)
class Reading:
    """How the text that was given for a parameter was read; `is_sure` is false for part of a name or a misspelt one."""

    parameter: "Parameter"
    text: str
    term: ox.NamedNode | ox.Literal
    is_sure: bool = True

    def in_words(self, graph: Graph) -> Argument:
        """What it was read as: a thing with what it is."""
        return candidate(graph, self.term) if isinstance(self.term, ox.NamedNode) else self.term.value


@dataclass(frozen=True)
class Parameter:
    """One parameter; `labels` are by language.

    `type` is one of TYPES, `iri` for any thing, or a sort of things that the project names: a kind (`place`), a class
    (`ex:Region`) or a concept scheme (`term/crops`).
    """

    name: str
    type: str
    required: bool
    labels: Mapping[str, str]
    default: str | None = None

    @property
    def variable(self) -> str:
        """The variable in the query, as grlc derives it: `_region_iri`, `_year_integer`, `_text`."""
        return f"_{self.name}{TYPES[self.type].suffix if self.type in TYPES else '_iri'}"

    def read(self, text: str, graph: Graph) -> Reading:
        """What a user's text means.

        Raises:
            ParameterError: it is not of the type, or names nothing or several things that it can be.
            CannotRunError: the graph has no such type.
        """
        if self.type not in TYPES:
            return self._thing(text, graph)
        try:
            return Reading(self, text, TYPES[self.type].parse(text))
        except AmbiguousNumberError as number:
            readings = {"large": number.large, "small": number.small}
            raise ParameterError(self, "parameter-ambiguous", value=quoted(text), **readings) from None
        except ValueError:
            raise ParameterError(self, "parameter-type", value=quoted(text), type=self.type_name(graph)) from None

    def members(self, graph: Graph) -> frozenset[str] | None:
        """The IRIs of the things that it can be; None where it can be anything, or is no thing.

        Raises:
            CannotRunError: the graph has no such type.
        """
        if self.type in TYPES or self.type == ANY_THING:
            return None
        found = members(graph, self.type)
        if found is None:
            nearest = suggestion(nearest_name(self.type, known_types(graph)))
            known = ", ".join(sorted((*TYPES, ANY_THING)))
            raise CannotRunError("parameter-kind", name=self.name, type=self.type, known=known, **nearest)
        return found

    def type_name(self, graph: Graph) -> Argument:
        """What its values are, in words."""
        if self.type in TYPES or self.type == ANY_THING:
            return Said(f"type-{self.type}")
        labels = sort_labels(graph, self.type)
        return Texts(labels) if labels else self.type

    def _thing(self, text: str, graph: Graph) -> Reading:
        among = self.members(graph)
        try:
            found = find(graph, text, among)
        except AskedWronglyError as problem:
            if problem.code == "ambiguous-term":
                raise ParameterError(self, "parameter-meaning", value=quoted(text), **problem.arguments) from None
            values = {"value": quoted(text), "type": self.type_name(graph), **self._elsewhere(text, graph)}
            raise ParameterError(self, "parameter-thing", **values, **_without_term(problem.arguments)) from None
        return Reading(self, text, found.thing, found.closeness < Closeness.PART)

    def _elsewhere(self, text: str, graph: Graph) -> Arguments:
        """The sentence that says what is called so, but is of another type."""
        others = [] if self.type == ANY_THING else things(graph, text)
        return {"elsewhere": Said("parameter-elsewhere", {"things": candidates(graph, others[:3])})} if others else {}


def _without_term(arguments: Arguments) -> Arguments:
    return {name: value for name, value in arguments.items() if name != "term"}


def known_types(graph: Graph) -> list[str]:
    """The types that a parameter of a query over a graph may have, in order."""
    return [*sorted({*TYPES, ANY_THING}), *sorts(graph)]


def readings(parameters: Sequence[Parameter], given: Iterable[tuple[str, str]], graph: Graph) -> list[Reading]:
    """What is given, from pairs of name and text, and the defaults of what is not; a name given twice makes a list.

    Raises:
        AskedWronglyError: an unknown name, a required parameter missing, or a value of the wrong type.
    """
    by_name = {parameter.name: parameter for parameter in parameters}
    found: list[Reading] = []
    for name, text in given:
        if name not in by_name:
            nearest = suggestion(nearest_name(name, by_name))
            raise AskedWronglyError("unknown-parameter", name=quoted(name), known=", ".join(by_name) or "–", **nearest)
        found.append(by_name[name].read(text, graph))
    given_names = {reading.parameter.name for reading in found}
    for parameter in parameters:
        if parameter.name in given_names:
            continue
        if parameter.default is not None:
            found.append(parameter.read(parameter.default, graph))
        elif parameter.required:
            raise ParameterError(parameter, "missing-parameter", type=parameter.type_name(graph))
    return found


def bound(found: Iterable[Reading]) -> dict[str, list[Term]]:
    """The terms for each variable."""
    terms: dict[str, list[Term]] = {}
    for reading in found:
        terms.setdefault(reading.parameter.variable, []).append(reading.term)
    return terms


def bindings(parameters: Sequence[Parameter], given: Iterable[tuple[str, str]], graph: Graph) -> dict[str, list[Term]]:
    """The terms for each variable, from pairs of name and text.

    Raises:
        AskedWronglyError: an unknown name, a required parameter missing, or a value of the wrong type.
    """
    return bound(readings(parameters, given, graph))

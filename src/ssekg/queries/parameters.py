"""Typed parameters of a query, and how their values become RDF terms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.graph.lookup import thing
from ssekg.graph.store import Graph
from ssekg.queries.types import TYPES, AmbiguousNumberError

Term = ox.NamedNode | ox.BlankNode | ox.Literal
ANY_THING: Final = "iri"


@dataclass(frozen=True)
class Parameter:
    """One parameter: `type` is one of TYPES, `iri` for any thing, or a kind of things; `labels` are by language."""

    name: str
    type: str
    required: bool
    labels: Mapping[str, str]
    default: str | None = None

    @property
    def variable(self) -> str:
        """The variable in the query, as grlc derives it: `_region_iri`, `_year_integer`, `_text`."""
        return f"_{self.name}{TYPES[self.type].suffix if self.type in TYPES else '_iri'}"

    def term(self, text: str, graph: Graph) -> Term:
        """The RDF term for a user's text.

        Raises:
            AskedWronglyError: it is not of the type, or names nothing that the graph knows.
            CannotRunError: the type is not a kind of things that the graph has.
        """
        if self.type not in TYPES:
            return thing(graph, text, self._kind(graph))
        try:
            return TYPES[self.type].parse(text)
        except AmbiguousNumberError as number:
            readings = {"large": number.large, "small": number.small}
            raise AskedWronglyError("parameter-ambiguous", name=self.name, value=text, **readings) from None
        except ValueError:
            raise AskedWronglyError("parameter-type", name=self.name, value=text, type=self.type) from None

    def _kind(self, graph: Graph) -> str | None:
        known = known_types(graph)
        if self.type not in known:
            raise CannotRunError("parameter-kind", name=self.name, type=self.type, known=", ".join(known))
        return None if self.type == ANY_THING else self.type


def known_types(graph: Graph) -> list[str]:
    """The types that a parameter of a query over a graph may have, in order."""
    return sorted({*TYPES, *graph.kinds, ANY_THING})


def bindings(parameters: Sequence[Parameter], given: Iterable[tuple[str, str]], graph: Graph) -> dict[str, list[Term]]:
    """The terms for each variable, from pairs of name and text; a name that is given twice makes a list.

    Raises:
        AskedWronglyError: an unknown name, a required parameter missing, or a value of the wrong type.
    """
    by_name = {parameter.name: parameter for parameter in parameters}
    bound: dict[str, list[Term]] = {}
    for name, text in given:
        if name not in by_name:
            raise AskedWronglyError("unknown-parameter", name=name, known=", ".join(by_name) or "–")
        parameter = by_name[name]
        bound.setdefault(parameter.variable, []).append(parameter.term(text, graph))
    for parameter in parameters:
        if parameter.variable not in bound and parameter.default is not None:
            bound[parameter.variable] = [parameter.term(parameter.default, graph)]
        elif parameter.variable not in bound and parameter.required:
            raise AskedWronglyError("missing-parameter", name=parameter.name, type=parameter.type)
    return bound

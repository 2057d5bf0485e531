"""Typed parameters of a query, and how their values become RDF terms."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.base.namespaces import XSD
from ssekg.graph.lookup import thing
from ssekg.graph.store import Graph

Term = ox.NamedNode | ox.BlankNode | ox.Literal
KINDS: Final = frozenset(
    {
        "place",
        "institution",
        "office",
        "programme",
        "partnership",
        "event",
        "law",
        "article",
        "competence",
        "source",
        "concept",
        "iri",
    }
)
TYPES: Final = KINDS | {"integer", "decimal", "year", "string"}
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Parameter:
    """One parameter: `type` is a kind of instance, or integer, decimal, year or string; `labels` are by language."""

    name: str
    type: str
    required: bool
    labels: Mapping[str, str]
    default: str | None = None

    @property
    def variable(self) -> str:
        """The variable in the query, as grlc derives it: `_region_iri`, `_year_integer`, `_text`."""
        if self.type in KINDS:
            return f"_{self.name}_iri"
        if self.type in {"integer", "year"}:
            return f"_{self.name}_integer"
        return f"_{self.name}_decimal" if self.type == "decimal" else f"_{self.name}"

    def term(self, text: str, graph: Graph) -> Term:
        """The RDF term that a user's text stands for.

        Raises:
            AskedWronglyError: it is not of the type, or names nothing that the graph knows.
        """
        if self.type in KINDS:
            return thing(graph, text, None if self.type == "iri" else self.type)
        try:
            return self._literal(text.strip())
        except (ValueError, InvalidOperation):
            raise AskedWronglyError("parameter-type", name=self.name, value=text, type=self.type) from None

    def _literal(self, text: str) -> ox.Literal:
        # int() and Decimal() read Arabic-Indic digits too.
        if self.type == "integer":
            return ox.Literal(int(text))
        if self.type == "year":
            if not _YEAR.fullmatch(text):
                raise ValueError(text)
            return ox.Literal(int(text))
        if self.type == "decimal":
            number = Decimal(text.replace("٫", ".").replace(",", "."))
            if not number.is_finite():
                raise ValueError(text)
            return ox.Literal(f"{number:f}", datatype=ox.NamedNode(XSD + "decimal"))
        return ox.Literal(text)


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

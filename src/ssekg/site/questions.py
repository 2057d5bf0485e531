"""The canned questions of a project with their answers, each asked once of what everybody may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.graph.public import Public
from ssekg.queries.answers import Answer
from ssekg.queries.columns import Column
from ssekg.queries.library import Query
from ssekg.queries.local import ask
from ssekg.queries.parameters import Parameter, Term
from ssekg.queries.syntax import bind
from ssekg.queries.values import Value, telling, values_with_rows


@dataclass(frozen=True)
class Question:
    """A question with its answer, and the values that there are rows for, by parameter.

    A parameter that has to be given and has no default is given the most telling value.
    """

    answer: Answer
    values: Mapping[str, Sequence[Value]]

    @property
    def query(self) -> Query:
        """The query that answers it."""
        return self.answer.query


def answered(queries: Iterable[Query], public: Public, described: Mapping[str, Column]) -> Iterator[Question]:
    """The questions that can be asked of a public graph; others are about what is withheld.

    Args:
        queries: the canned queries.
        public: the graph.
        described: the columns that the project describes for all its queries.
    """
    for query in queries:
        with suppress(AskedWronglyError, CannotRunError):
            values = {each.name: values_with_rows(query, each, public) for each in query.parameters}
            given = {each.name: _given(each, values[each.name], public) for each in query.parameters}
            asked = {name: terms for name, terms in given.items() if terms}
            bound = {each.variable: asked[each.name] for each in query.parameters if each.name in asked}
            text = bind(query.text, bound)
            yield Question(Answer(query, asked, ask(public, text), public, described), values)


def _given(parameter: Parameter, values: Sequence[Value], public: Public) -> list[Term]:
    if parameter.default is not None:
        return [parameter.read(parameter.default, public).term]
    return [telling(values).term] if parameter.required and values else []

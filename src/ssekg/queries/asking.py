"""A question with what is asked for: how its parameters are read, and the answer it becomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ssekg.graph.store import Graph
from ssekg.queries.answers import Answer
from ssekg.queries.columns import Column
from ssekg.queries.library import Query
from ssekg.queries.mistakes import refuse_mistakes
from ssekg.queries.parameters import Reading, Term, bound
from ssekg.queries.results import Result
from ssekg.queries.syntax import bind
from ssekg.queries.values import read_given


@dataclass(frozen=True)
class Asked:
    """A query whose parameters have been read."""

    query: Query
    readings: Sequence[Reading]

    @cached_property
    def terms(self) -> Mapping[str, list[Term]]:
        """The terms for each variable."""
        return bound(self.readings)

    @property
    def text(self) -> str:
        """The query with the parameters bound in it."""
        return bind(self.query.text, self.terms)

    def doubtful(self, result: Result) -> list[Reading]:
        """The readings that people should know of: all where nothing is found, else those that are not sure."""
        return [reading for reading in self.readings if not (result.rows and reading.is_sure)]

    def answer(self, result: Result, graph: Graph, described: Mapping[str, Column], limit: int | None = None) -> Answer:
        """The answer that a result is, with the columns as the project describes them (`read_columns`)."""
        asked = {each.name: self.terms[each.variable] for each in self.query.parameters if each.variable in self.terms}
        return Answer(self.query, asked, result, graph, described, limit)


def read_question(query: Query, given: Iterable[tuple[str, str]], graph: Graph) -> Asked:
    """A query with what is given for its parameters, as pairs of name and text.

    Raises:
        AskedWronglyError: the query does not parse, or a parameter is unknown, missing or of another type.
    """
    refuse_mistakes(query.text, graph.prefixes.namespaces)
    return Asked(query, read_given(query, list(given), graph))

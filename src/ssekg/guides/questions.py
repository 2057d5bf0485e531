"""The questions that pages show with what a graph answers today: how to ask it, and what its data lack."""

from collections.abc import Callable

from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.columns import read_columns
from ssekg.queries.library import Query, read_queries
from ssekg.queries.local import ask
from ssekg.queries.prologue import standalone


def model_questions(project: Project, graph: Graph) -> tuple[Answer, ...]:
    """The answers of a graph to the queries whose header says `model`, in the order of its number.

    Raises:
        CannotRunError: the header of a query, or the file of columns, is broken.
    """
    return _answers(project, graph, lambda query: query.model)


def quality_questions(project: Project, graph: Graph) -> tuple[Answer, ...]:
    """The answers of a graph to the queries whose header says `quality`, in the order of its number.

    Raises:
        CannotRunError: the header of a query, or the file of columns, is broken.
    """
    return _answers(project, graph, lambda query: query.quality)


def _answers(project: Project, graph: Graph, number: Callable[[Query], int | None]) -> tuple[Answer, ...]:
    """The answers to the queries that have a number, in its order."""
    shown = sorted((number(each) or 0, each.name, each) for each in read_queries(project) if number(each) is not None)
    columns = read_columns(project)
    return tuple(
        Answer(each, {}, ask(graph, standalone(each.text, graph.base)), graph, columns) for _, _, each in shown
    )

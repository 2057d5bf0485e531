"""The questions by which people learn to ask a graph, with what it answers today."""

from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.columns import read_columns
from ssekg.queries.library import read_queries
from ssekg.queries.local import ask
from ssekg.queries.prologue import standalone


def model_questions(project: Project, graph: Graph) -> tuple[Answer, ...]:
    """The answers of a graph to the queries whose header says `model`, in the order of its number.

    Raises:
        CannotRunError: the header of a query, or the file of columns, is broken.
    """
    shown = sorted((q for q in read_queries(project) if q.model is not None), key=lambda q: (q.model, q.name))
    columns = read_columns(project)
    return tuple(Answer(each, {}, ask(graph, standalone(each.text, graph.base)), graph, columns) for each in shown)

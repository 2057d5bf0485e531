"""The triples that CONSTRUCT and DESCRIBE make, as Turtle and JSON-LD."""

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.graph.canonical import turtle
from ssekg.graph.jsonld import context, jsonld
from ssekg.queries.answers import Answer


def as_turtle(answer: Answer) -> bytes:
    """Turtle in canonical order.

    Raises:
        AskedWronglyError: the query makes no triples.
    """
    return turtle(_triples(answer, "turtle"), answer.graph.prefixes)


def as_jsonld(answer: Answer) -> bytes:
    """JSON-LD with the context of the project.

    Raises:
        AskedWronglyError: the query makes no triples.
    """
    return jsonld(_triples(answer, "jsonld"), context(answer.graph.vocabulary, answer.graph.terms))


def _triples(answer: Answer, form: str) -> list[ox.Triple]:
    if answer.result.form != "CONSTRUCT":
        raise AskedWronglyError("answer-not-a-graph", form=form)
    return [ox.Triple(*row) for row in answer.exact.rows]  # type: ignore[arg-type]

"""What a worker does with a question that is ready to be asked: the parameters are read as on the command line."""

from collections.abc import Callable, Mapping
from typing import Final

from ssekg.charts.chart import chart
from ssekg.charts.png import png
from ssekg.queries.answers import Answer
from ssekg.queries.asking import read_question
from ssekg.queries.forms.registry import written
from ssekg.queries.forms.sheet import Wish
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.results import read_result
from ssekg.serve.openapi import openapi
from ssekg.serve.workers.contents import Contents
from ssekg.serve.workers.protocol import Message
from ssekg.serve.workers.refusals import AnswerTooLargeError

Picture = Callable[[str], str | bytes]
# What is drawn, and what is made of the drawing; the other forms are written.
PICTURES: Final[Mapping[str, Picture]] = {"svg": str, "png": png}


def answer_question(contents: Contents, request: Message) -> Message:
    """The answer to a question, in the form and language that the head of the request names.

    `given` are the parameters as pairs of name and text, `rows` and `bytes` how large the answer may be.

    Raises:
        AskedWronglyError: a parameter is unknown, missing or of another type, or the question has no such form.
        RefusedError: the answer is too large, or can't be drawn.
        CannotRunError: a package that the form needs is not installed.
    """
    head, graph = request.head, contents.graph
    asked = read_question(contents.queries[head["name"]], [(name, text) for name, text in head["given"]], graph)
    query = with_prefixes(asked.text, graph.prefixes.namespaces)
    result = read_result(graph.store.query(query, base_iri=graph.base), head["rows"] + 1)
    if len(result.rows) > head["rows"]:
        raise AnswerTooLargeError(head["rows"], head["bytes"])
    content = _in_form(asked.answer(result, graph, contents.columns), contents, head["form"], head["language"])
    if len(content) > head["bytes"]:
        raise AnswerTooLargeError(head["rows"], head["bytes"])
    return Message({"form": head["form"]}, content)


def describe_api(contents: Contents, request: Message) -> Message:
    """The OpenAPI document, in the language that the head of the request names."""
    queries = list(contents.queries.values())
    language = request.head["language"]
    return Message({}, openapi(contents.project, contents.graph, queries, contents.examples, language))


def _in_form(answer: Answer, contents: Contents, form: str, language: str) -> bytes:
    picture = PICTURES.get(form)
    if picture is None:
        content = written(answer, form, Wish(contents.project, language))
    else:
        content = picture(chart(answer, contents.project, language))
    return content.encode() if isinstance(content, str) else content

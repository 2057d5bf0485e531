"""The forms in which the API answers a question, by the end of the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ssekg.queries.library import Query
from ssekg.queries.syntax import form_of


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A form: what the worker calls it, its media type, and others by which it may be wanted."""

    name: str
    media_type: str
    others: tuple[str, ...] = ()


_TABLES: Final[Mapping[str, QuestionForm]] = {
    "json": QuestionForm("json", "application/sparql-results+json", ("application/json",)),
    "csv": QuestionForm("csv", "text/csv"),
    "xlsx": QuestionForm("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": QuestionForm("parquet", "application/vnd.apache.parquet"),
    "md": QuestionForm("md", "text/markdown"),
}
_PICTURES: Final[Mapping[str, QuestionForm]] = {
    "svg": QuestionForm("svg", "image/svg+xml"),
    "png": QuestionForm("png", "image/png"),
}
_GRAPHS: Final[Mapping[str, QuestionForm]] = {
    "ttl": QuestionForm("turtle", "text/turtle"),
    "jsonld": QuestionForm("jsonld", "application/ld+json", ("application/json",)),
}


def forms_of(query: Query) -> Mapping[str, QuestionForm]:
    """The forms of the answers to a question, in the order in which they are preferred."""
    if form_of(query.text) in {"CONSTRUCT", "DESCRIBE"}:
        return _GRAPHS
    return {**_TABLES, **_PICTURES} if query.chart else _TABLES

"""The description of the API as an OpenAPI 3.1 document, made of the headers of the questions."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ssekg.base.language import pick, without_isolates
from ssekg.base.messages import text
from ssekg.base.messages import words as in_words
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.library import Query
from ssekg.queries.parameters import Parameter
from ssekg.queries.types import TYPES
from ssekg.serve.question_forms import forms_of

# Numbers and dates are read in many ways of writing; what a program sends is of these types.
_SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "year": {"type": "integer", "minimum": 1000, "maximum": 9999},
    "date": {"type": "string", "format": "date"},
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_PROBLEMS: Final = {
    "400": "api-bad-request",
    "404": "api-not-found",
    "406": "api-not-acceptable",
    "414": "api-too-long",
    "422": "api-nothing-to-draw",
    "429": "api-too-many",
    "431": "api-too-long",
    "503": "api-unavailable",
}
_WAITING: Final = ("429", "503")


def openapi(
    project: Project, graph: Graph, queries: Sequence[Query], examples: Mapping[str, Mapping[str, str]], language: str
) -> bytes:
    """The document, described for someone who reads `language`; `x-titles` and the like have the other languages.

    `examples` are values of parameters by the names of query and parameter.
    """
    tags = dict.fromkeys(pick(each.theme, language) or "" for each in queries)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": pick(project.name, language) or project.id,
            "description": pick(project.description, language) or "",
            "version": project.version,
            "license": {"name": project.licence, "url": project.licence},
            "contact": {"name": project.publisher},
            "x-titles": dict(project.name),
        },
        "servers": [{"url": "./"}],
        "tags": [{"name": tag} for tag in tags if tag],
        "paths": {
            f"/api/{each.name}.{{format}}": {"get": _operation(each, project, graph, examples[each.name], language)}
            for each in queries
        },
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "responses": {
                status: _problem(text(code, language), waits=status in _WAITING) for status, code in _PROBLEMS.items()
            },
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _operation(
    query: Query, project: Project, graph: Graph, examples: Mapping[str, str], language: str
) -> dict[str, Any]:
    forms = forms_of(query)
    contents = {form.media_type: _content(form.media_type) for form in forms.values()}
    return {
        "operationId": query.name,
        "summary": pick(query.titles, language) or query.name,
        "description": pick(query.questions, language) or "",
        "tags": [tag] if (tag := pick(query.theme, language)) else [],
        "x-titles": dict(query.titles),
        "x-questions": dict(query.questions),
        "parameters": [
            _fixed("format", "path", list(forms), text("api-format", language)),
            *(_parameter(each, graph, examples.get(each.name), language) for each in query.parameters),
            *_language(query, project, language),
        ],
        "responses": {
            "200": {"description": text("api-answer", language), "headers": _headers("ETag"), "content": contents},
            "304": {"description": text("api-unchanged", language)},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS},
        },
    }


def _language(query: Query, project: Project, language: str) -> list[dict[str, Any]]:
    """The field for the language of the answer, unless the question has a parameter of that name."""
    if any(each.name == "lang" for each in query.parameters):
        return []
    return [_fixed("lang", "query", list(project.worded_languages), text("api-language", language))]


def _parameter(parameter: Parameter, graph: Graph, example: str | None, language: str) -> dict[str, Any]:
    kind = without_isolates(in_words(parameter.type_name(graph), language))
    label = pick(parameter.labels, language) or parameter.name
    items = dict(_SCHEMAS.get(parameter.type, {"type": "string", "minLength": 1}))
    if parameter.default is not None:
        items["default"] = _typed(parameter, parameter.default)
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": without_isolates(text("api-parameter", language, {"label": label, "type": kind})),
        "x-labels": dict(parameter.labels),
        "x-type": parameter.type,
        "schema": {"type": "array", "items": items, "minItems": 1},
        "explode": True,
    }
    return found if example is None else {**found, "example": [_typed(parameter, example)]}


def _typed(parameter: Parameter, written: str) -> str | int | float:
    """A value as JSON has it."""
    schema = _SCHEMAS.get(parameter.type, {})
    if parameter.type in TYPES and schema.get("type") == "integer":
        return int(written)
    return float(written) if schema.get("type") == "number" else written


def _fixed(name: str, place: str, values: list[str], description: str) -> dict[str, Any]:
    schema = {"type": "string", "enum": values}
    return {"name": name, "in": place, "required": place == "path", "description": description, "schema": schema}


def _content(media_type: str) -> dict[str, Any]:
    """What an answer of a media type is; of one that is not JSON, only that it is."""
    if not media_type.endswith("json"):
        return {}
    properties = {"head": {"type": "object"}, "results": {"type": "object"}, "boolean": {"type": "boolean"}}
    return {"schema": {"type": "object", "properties": properties}}


def _problem(description: str, *, waits: bool) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    found: dict[str, Any] = {"description": description, "content": {"application/problem+json": {"schema": schema}}}
    return {**found, "headers": _headers("Retry-After")} if waits else found


def _headers(name: str) -> dict[str, Any]:
    return {name: {"schema": {"type": "string"}}}

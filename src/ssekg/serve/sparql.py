"""The SPARQL 1.1 Protocol: queries by GET and by POST, in every form of results; nothing changes the graph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from ssekg.serve.engines import SPARQL, asked_of, engines_of, query_head, reader_of
from ssekg.serve.negotiation import best_form
from ssekg.serve.problems import ProblemError
from ssekg.serve.service_description import described_service
from ssekg.serve.workers.protocol import Message

TABLES: Final[Mapping[str, Sequence[str]]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""The media types of the forms of tables, of which the first is sent."""
GRAPHS: Final[Mapping[str, Sequence[str]]] = {
    "turtle": ("text/turtle",),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml"),
}
"""The media types of the forms of graphs."""
_BAD_REQUEST: Final = 400
_UNSUPPORTED: Final = 415
_MOST_FIELDS: Final = 1000
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, the graphs that it is asked of (none for the usual dataset), and the form that its address names."""

    query: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    form: str | None = None


async def sparql(request: Request) -> Response:
    """The answer to a query, the description of the service without one, or what pages of others may ask.

    Raises:
        ProblemError: there is no answer.
    """
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    operation = await _operation(request)
    if operation is None:
        return await described_service(request, engines_of(request).named_graphs)
    accept = request.headers.get("accept")
    table, graph = (_form(operation, accept, forms) for forms in (TABLES, GRAPHS))
    head = query_head(
        table,
        graph,
        request.scope["limits"],
        operation.default_graphs,
        operation.named_graphs,
        reader_of(request),
    )
    reply = await asked_of(request, SPARQL, Message(head, operation.query.encode()))
    media_type = {**TABLES, **GRAPHS}[reply.head["form"]][0]
    return Response(reply.body, headers={"Vary": "Accept", "Cache-Control": "no-cache"}, media_type=media_type)


def _form(operation: Operation, accept: str | None, forms: Mapping[str, Sequence[str]]) -> str:
    """The form that is wanted most, "" if none is."""
    if operation.form is None:
        return best_form(accept, forms) or ""
    return operation.form if operation.form in forms else ""


async def _operation(request: Request) -> Operation | None:
    """The query that a request has, None if it has none and need not have one.

    Raises:
        ProblemError: it is not as the protocol has it.
    """
    in_address = _fields(request.scope["query_string"])
    if request.method != "POST":
        return _read(in_address) if in_address else None
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type not in {_FORM, _QUERY, _UPDATE} or not _is_utf8(parameters):
        raise ProblemError("unknown-body", _UNSUPPORTED, headers={"Accept-Post": f"{_FORM}, {_QUERY}"})
    if media_type == _UPDATE:
        raise ProblemError("read-only", _BAD_REQUEST)
    body = await request.body()
    if media_type == _FORM:
        return _read([*in_address, *_fields(body)])
    return _read([*in_address, ("query", _decoded(body))])


def _read(fields: Sequence[tuple[str, str]]) -> Operation:
    def given(name: str) -> list[str]:
        return [value for each, value in fields if each == name]

    queries = given("query")
    if given("update"):
        raise ProblemError("read-only", _BAD_REQUEST)
    if len(queries) != 1:
        raise ProblemError("one-query", _BAD_REQUEST, count=str(len(queries)))
    form = next(iter(given("format")), None)
    return Operation(queries[0], given("default-graph-uri"), given("named-graph-uri"), form)


def _fields(content: bytes) -> list[tuple[str, str]]:
    """The fields of a form or an address.

    Raises:
        ProblemError: they are not in UTF-8, or too many.
    """
    try:
        return parse_qsl(content.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise ProblemError("not-unicode", _BAD_REQUEST) from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise ProblemError("not-unicode", _BAD_REQUEST) from None


def _is_utf8(parameters: str) -> bool:
    """Whether the parameters of a media type name no other encoding than UTF-8."""
    charsets = (each.strip().lower() for each in parameters.split(";"))
    named = [each.partition("=")[2].strip("\"' ") for each in charsets if each.startswith("charset")]
    return all(each in {"utf-8", "utf8"} for each in named)

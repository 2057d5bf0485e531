"""Ask a SPARQL endpoint over HTTP, always with a timeout."""

from typing import Any
from urllib.error import URLError

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.queries.results import Answer
from ssekg.queries.syntax import refuse_what_leaves_the_graph

DEFAULT_TIMEOUT = 30.0


def ask_endpoint(endpoint: str, query: str, base: str, timeout: float | None = None) -> Answer:
    """Answer a SELECT or ASK query from an endpoint.

    Args:
        endpoint: the http or https address of a SPARQL 1.1 endpoint.
        query: the query; relative IRIs in it are resolved against `base`.
        base: the instance base.
        timeout: seconds to wait, DEFAULT_TIMEOUT for None.

    Raises:
        AskedWronglyError: the endpoint refuses the query, or it is not SELECT or ASK.
        CannotRunError: the endpoint can't be reached, is too slow, or answers with something else.
    """
    from SPARQLWrapper import JSON, POST, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

    refuse_what_leaves_the_graph(query)
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setTimeout(int(max(1, timeout or DEFAULT_TIMEOUT)))
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(f"BASE <{base}>\n{query}")
    try:
        content: Any = wrapper.query().convert()
    except QueryBadFormed as problem:
        raise AskedWronglyError("query-syntax", problem=str(problem)) from None
    except (SPARQLWrapperException, URLError, OSError, ValueError) as problem:
        raise CannotRunError("endpoint-fails", endpoint=endpoint, problem=str(problem)) from None
    return _answer(content)


def _answer(content: Any) -> Answer:
    if not isinstance(content, dict):
        raise AskedWronglyError("endpoint-select-only")
    if "boolean" in content:
        return Answer(["answer"], [[ox.Literal(bool(content["boolean"]))]])
    variables = content["head"]["vars"]
    rows = [[_term(row[name]) if name in row else None for name in variables] for row in content["results"]["bindings"]]
    return Answer(variables, rows)


def _term(found: dict[str, str]) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if found["type"] == "uri":
        return ox.NamedNode(found["value"])
    if found["type"] == "bnode":
        return ox.BlankNode(found["value"])
    if "xml:lang" in found:
        return ox.Literal(found["value"], language=found["xml:lang"])
    if "datatype" in found:
        return ox.Literal(found["value"], datatype=ox.NamedNode(found["datatype"]))
    return ox.Literal(found["value"])

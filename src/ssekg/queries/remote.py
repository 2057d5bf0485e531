"""Ask a SPARQL endpoint over HTTP, always with a timeout."""

import time
from http import HTTPStatus
from typing import Any, Final
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.base.files import reason
from ssekg.base.namespaces import USUAL
from ssekg.base.said import Said
from ssekg.queries.mistakes import refuse_mistakes
from ssekg.queries.results import Result, read_result
from ssekg.queries.syntax import form_of, with_limit

DEFAULT_TIMEOUT: Final = 30.0
_PART: Final = 65_536


def ask_endpoint(
    endpoint: str, query: str, base: str, timeout: float | None = None, limit: int | None = None
) -> Result:
    """Answer a SELECT or ASK query from an endpoint.

    Args:
        endpoint: the http or https address of a SPARQL 1.1 endpoint.
        query: the query; relative IRIs in it are resolved against `base`.
        base: the instance base.
        timeout: seconds to wait, DEFAULT_TIMEOUT for None.
        limit: how many rows are wanted, None for all; the endpoint is asked for no more than these.

    Raises:
        AskedWronglyError: the query is wrong, leaves the graph or is not SELECT or ASK, or the endpoint refuses it.
        CannotRunError: the endpoint can't be reached, is too slow, or answers with something else.
    """
    refuse_mistakes(query, USUAL)
    if form_of(query) not in {"SELECT", "ASK"}:
        raise AskedWronglyError("endpoint-select-only")
    content, media_type = _sent(endpoint, f"BASE <{base}>\n{with_limit(query, limit)}", timeout or DEFAULT_TIMEOUT)
    form = ox.QueryResultsFormat.from_media_type(media_type) or ox.QueryResultsFormat.JSON
    try:
        return read_result(ox.parse_query_results(content, form), limit)
    except (SyntaxError, ValueError):
        problem = Said("endpoint-says-other", {"type": media_type})
        raise CannotRunError("endpoint-fails", endpoint=endpoint, problem=problem) from None


def _sent(endpoint: str, query: str, timeout: float) -> tuple[bytes, str]:
    """What an endpoint answers, and the media type of it."""
    from SPARQLWrapper import JSON, POST, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

    wrapper: Any = SPARQLWrapper(endpoint)
    wrapper.timeout = timeout  # setTimeout() would cut it to whole seconds
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(query)
    try:
        with wrapper.query().response as response:
            return _read(response, time.monotonic() + timeout), response.headers.get("Content-Type", "")
    except (SPARQLWrapperException, HTTPError) as problem:
        # For some statuses the wrapper raises its own errors, made from the HTTPError.
        refusal = problem if isinstance(problem, HTTPError) else problem.__context__
        raise _refused(endpoint, refusal) from None
    except (OSError, ValueError) as problem:
        cause = problem.reason if isinstance(problem, URLError) else problem
        if isinstance(cause, TimeoutError):
            raise CannotRunError("query-timeout", seconds=f"{timeout:g}") from None
        why = reason(cause) if isinstance(cause, OSError) else str(cause)
        raise CannotRunError("endpoint-fails", endpoint=endpoint, problem=why) from None


def _refused(endpoint: str, refusal: BaseException | None) -> SsekgError:
    status = ""
    if isinstance(refusal, HTTPError):
        refusal.close()
        if refusal.code == HTTPStatus.BAD_REQUEST:
            return AskedWronglyError("endpoint-refuses", endpoint=endpoint)
        status = str(refusal.code)
    return CannotRunError("endpoint-fails", endpoint=endpoint, problem=Said("endpoint-says-status", {"status": status}))


def _read(response: Any, deadline: float) -> bytes:
    """A complete answer, in parts: the timeout of a connection starts again with each byte received."""
    parts = []
    while part := response.read1(_PART):
        parts.append(part)
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(parts)

"""Ask a SPARQL endpoint over HTTP, always with a timeout; an answer that is not whole is none."""

import re
import socket
from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.base.files import reason
from ssekg.base.language import visible
from ssekg.base.namespaces import USUAL
from ssekg.base.said import Argument, Arguments, Said
from ssekg.queries.mistakes import refuse_mistakes
from ssekg.queries.parameters import Term
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.results import Result, read_result
from ssekg.queries.selection import selection
from ssekg.queries.syntax import form_of, with_limit
from ssekg.queries.transport import MOST_BYTES, PASSWORD, TOKEN, USER, Reply, TooLargeError, send

DEFAULT_TIMEOUT: Final = 30.0
# CSV and TSV are not asked for: nobody can see whether the end of them is missing.
_FORMATS: Final = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML)
_ACCEPT: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
# By what Virtuoso says that it stopped early: its own limit of rows, and its limit of time.
_CUT: Final = ("X-SPARQL-MaxRows", "X-SQL-State")
# How Virtuoso labels blank nodes, which no standard allows.
_BLANK: Final = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*"|<bnode>)nodeID://')
_LONGEST_DETAIL: Final = 200


def ask_endpoint(
    endpoint: str,
    query: str,
    base: str,
    timeout: float | None = None,
    limit: int | None = None,
    authorized: str | None = None,
) -> Result:
    """Answer a SELECT or ASK query from an endpoint.

    Args:
        endpoint: the http or https address of a SPARQL 1.1 endpoint.
        query: the query; relative IRIs in it are resolved against `base`, and it need not declare the usual prefixes.
        base: the instance base.
        timeout: seconds to wait in all, DEFAULT_TIMEOUT for None.
        limit: how many rows are wanted, None for all; the endpoint is asked for no more than these.
        authorized: the Authorization header, see transport.authorization.

    Raises:
        AskedWronglyError: the query is wrong, leaves the graph or is not SELECT or ASK, or the endpoint refuses it, or
            has no valid address.
        CannotRunError: the endpoint can't be reached, is too slow, or answers with something else or in part.
    """
    _refuse_address(endpoint)
    refuse_mistakes(query, USUAL)
    if form_of(query) not in {"SELECT", "ASK"}:
        raise AskedWronglyError("endpoint-select-only")
    text = f"BASE <{base}>\n{with_limit(with_prefixes(query, USUAL), limit)}"
    try:
        reply = send(endpoint, text, _ACCEPT, authorized, timeout or DEFAULT_TIMEOUT)
    except TimeoutError:
        raise CannotRunError("query-timeout", seconds=f"{timeout or DEFAULT_TIMEOUT:g}") from None
    except OSError as problem:
        is_unknown = isinstance(problem, socket.gaierror)
        raise _failed(endpoint, Said("no-such-host") if is_unknown else reason(problem)) from None
    except TooLargeError:
        raise CannotRunError("endpoint-too-large", endpoint=endpoint, most=str(MOST_BYTES // 1024**2)) from None
    except (HTTPException, ValueError) as problem:
        raise _failed(endpoint, Said("endpoint-says-no-http", {"problem": repr(problem)})) from None
    if reply.status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise _refused(endpoint, reply)
    result = _whole_result(endpoint, reply, limit)
    if form_of(query) == "ASK" and result.form != "ASK":  # Virtuoso answers with a row of 1, or with none
        return Result(["answer"], [[ox.Literal(any(map(_holds, result.rows)))]], "ASK")
    selected = selection(query)
    missing = [each.name for each in selected.selected if each.name not in result.variables] if selected else []
    if result.form != form_of(query) or missing:
        raise _failed(endpoint, Said("endpoint-says-other-answer"))
    return result


def _refuse_address(endpoint: str) -> None:
    try:
        parts = urlsplit(endpoint)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or "@" in parts.netloc or not endpoint.isprintable() or " " in endpoint:
        raise AskedWronglyError("endpoint-address", user=USER, password=PASSWORD)


def _whole_result(endpoint: str, reply: Reply, limit: int | None) -> Result:
    """The result in a reply.

    Raises:
        CannotRunError: it is none, or only a part of one.
    """
    if reply.status == HTTPStatus.PARTIAL_CONTENT or any(name in reply.headers for name in _CUT):
        raise CannotRunError("endpoint-cut", endpoint=endpoint)
    given = reply.headers.get("Content-Type", "")
    form = ox.QueryResultsFormat.from_media_type(given) or ox.QueryResultsFormat.JSON
    try:
        if form not in _FORMATS:
            raise ValueError(given)
        result = read_result(ox.parse_query_results(_BLANK.sub(rb"\1", reply.content), form))
    except (SyntaxError, ValueError):
        if not reply.is_whole:
            raise CannotRunError("endpoint-cut", endpoint=endpoint) from None
        raise _failed(endpoint, Said("endpoint-says-other", {"type": given or "–", **_detail(reply)})) from None
    # The parser of XML does not miss the end of the document.
    is_closed = form != ox.QueryResultsFormat.XML or reply.content.rstrip().endswith(b"sparql>")
    if not is_closed or not reply.is_whole:
        raise CannotRunError("endpoint-cut", endpoint=endpoint)
    return Result(result.variables, result.rows[:limit], result.form)


def _holds(row: Sequence[Term | None]) -> bool:
    return any(isinstance(term, ox.Literal) and term.value in {"1", "true"} for term in row)


def _refused(endpoint: str, reply: Reply) -> SsekgError:
    """The error for a reply with a status that is not a success."""
    detail = _detail(reply)
    if reply.status == HTTPStatus.BAD_REQUEST:
        return AskedWronglyError("endpoint-refuses", endpoint=endpoint, **detail)
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        names = {"user": USER, "password": PASSWORD, "token": TOKEN}
        return CannotRunError("endpoint-credentials", endpoint=endpoint, status=str(reply.status), **names)
    if reply.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return CannotRunError("endpoint-missing", endpoint=endpoint, status=str(reply.status))
    if reply.status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return CannotRunError("endpoint-busy", endpoint=endpoint, status=str(reply.status))
    return _failed(endpoint, Said("endpoint-says-status", {"status": str(reply.status), **detail}))


def _failed(endpoint: str, problem: Argument) -> CannotRunError:
    return CannotRunError("endpoint-fails", endpoint=endpoint, problem=problem)


def _detail(reply: Reply) -> Arguments:
    """The argument `detail`: the first words of a reply, without what could disturb a terminal; none if it is empty."""
    words = re.sub(r"<[^>]*>", " ", reply.content[: _LONGEST_DETAIL * 10].decode("utf-8", "replace"))
    line = " ".join("".join(each for each in visible(words) if each.isprintable() or each.isspace()).split())
    line = line if len(line) <= _LONGEST_DETAIL else f"{line[:_LONGEST_DETAIL]}…"
    return {"detail": Said("endpoint-detail", {"words": line})} if line else {}

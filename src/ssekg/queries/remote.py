"""Ask a SPARQL endpoint over HTTP, always with a timeout; an answer that is not whole is none."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.namespaces import USUAL
from ssekg.base.said import Said
from ssekg.queries.mistakes import refuse_mistakes
from ssekg.queries.parameters import Term
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.replies import detail_of, failure, failures_in_words, refusal, require_address
from ssekg.queries.results import Result, read_result
from ssekg.queries.selection import selection
from ssekg.queries.syntax import form_of, with_limit
from ssekg.queries.transport import Credentials, Reply, send

DEFAULT_TIMEOUT: Final = 30.0
# CSV and TSV are not asked for: nobody can see whether the end of them is missing.
_FORMATS: Final = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML)
_ACCEPT: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_GRAPHS: Final = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE)
_ACCEPT_GRAPHS: Final = "application/n-triples, text/turtle;q=0.9"
# By what Virtuoso says that it stopped early: its own limit of rows, and its limit of time.
_CUT: Final = ("X-SPARQL-MaxRows", "X-SQL-State")
# How Virtuoso labels blank nodes, which no standard allows.
_BLANK: Final = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*"|<bnode>)nodeID://')


def ask_endpoint(
    endpoint: str,
    query: str,
    base: str,
    timeout: float | None = None,
    limit: int | None = None,
    known: Credentials | None = None,
) -> Result:
    """Answer a SELECT or ASK query from an endpoint.

    Args:
        endpoint: the http or https address of a SPARQL 1.1 endpoint.
        query: the query; relative IRIs in it are resolved against `base`, and it need not declare the usual prefixes.
        base: the instance base.
        timeout: seconds to wait in all, DEFAULT_TIMEOUT for None.
        limit: how many rows are wanted, None for all; the endpoint is asked for no more than these.
        known: the user, for an endpoint that wants to know.

    Raises:
        AskedWronglyError: the query is wrong, leaves the graph or is not SELECT or ASK, or the endpoint refuses it, or
            has no valid address.
        CannotRunError: the endpoint can't be reached, is too slow, or answers with something else or in part.
    """
    require_address(endpoint)
    refuse_mistakes(query, USUAL)
    if form_of(query) not in {"SELECT", "ASK"}:
        raise AskedWronglyError("endpoint-select-only")
    text = f"BASE <{base}>\n{with_limit(with_prefixes(query, USUAL), limit)}"
    reply = _reply(endpoint, text, _ACCEPT, known, timeout or DEFAULT_TIMEOUT)
    result = _whole_result(endpoint, reply, limit)
    if form_of(query) == "ASK" and result.form != "ASK":  # Virtuoso answers with a row of 1, or with none
        return Result(["answer"], [[ox.Literal(any(map(_holds, result.rows)))]], "ASK")
    selected = selection(query)
    missing = [each.name for each in selected.selected if each.name not in result.variables] if selected else []
    if result.form != form_of(query) or missing:
        raise failure(endpoint, Said("endpoint-says-other-answer"))
    return result


def ask_for_triples(endpoint: str, query: str, timeout: float, known: Credentials | None) -> list[ox.Triple]:
    """What a CONSTRUCT query of our own gives at an endpoint: most stores write triples several times as fast as rows.

    Nobody can see whether the end of such an answer is missing: it is for who knows what has to be in it.

    Args:
        endpoint: as for `ask_endpoint`.
        query: the query, with whole IRIs.
        timeout: seconds to wait in all.
        known: the user, for an endpoint that wants to know.

    Raises:
        AskedWronglyError, CannotRunError: see `ask_endpoint`.
    """
    reply = _reply(endpoint, query, _ACCEPT_GRAPHS, known, timeout)
    given = reply.headers.get("Content-Type", "")
    form = ox.RdfFormat.from_media_type(given) or ox.RdfFormat.N_TRIPLES
    try:
        if form not in _GRAPHS:
            raise ValueError(given)
        triples = [quad.triple for quad in ox.parse(reply.content, form)]
    except (SyntaxError, ValueError):
        if not reply.is_whole:
            raise CannotRunError("endpoint-cut", endpoint=endpoint) from None
        raise failure(endpoint, Said("endpoint-says-other", {"type": given or "–", **detail_of(reply)})) from None
    if not reply.is_whole:
        raise CannotRunError("endpoint-cut", endpoint=endpoint)
    return triples


def _reply(endpoint: str, query: str, accept: str, known: Credentials | None, timeout: float) -> Reply:
    """The reply to a query.

    Raises:
        AskedWronglyError, CannotRunError: there is none, or it is none of all that was asked for.
    """
    with failures_in_words(endpoint, timeout):
        reply = send(endpoint, query, accept, known, timeout)
    if reply.status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise refusal(endpoint, reply)
    if reply.status == HTTPStatus.PARTIAL_CONTENT or any(name in reply.headers for name in _CUT):
        raise CannotRunError("endpoint-cut", endpoint=endpoint)
    return reply


def _whole_result(endpoint: str, reply: Reply, limit: int | None) -> Result:
    """The result in a reply.

    Raises:
        CannotRunError: it is none, or only a part of one.
    """
    given = reply.headers.get("Content-Type", "")
    form = ox.QueryResultsFormat.from_media_type(given) or ox.QueryResultsFormat.JSON
    try:
        if form not in _FORMATS:
            raise ValueError(given)
        result = read_result(ox.parse_query_results(_BLANK.sub(rb"\1", reply.content), form))
    except (SyntaxError, ValueError):
        if not reply.is_whole:
            raise CannotRunError("endpoint-cut", endpoint=endpoint) from None
        raise failure(endpoint, Said("endpoint-says-other", {"type": given or "–", **detail_of(reply)})) from None
    # The parser of XML does not miss the end of the document.
    is_closed = form != ox.QueryResultsFormat.XML or reply.content.rstrip().endswith(b"sparql>")
    if not is_closed or not reply.is_whole:
        raise CannotRunError("endpoint-cut", endpoint=endpoint)
    return Result(result.variables, result.rows[:limit], result.form)


def _holds(row: Sequence[Term | None]) -> bool:
    return any(isinstance(term, ox.Literal) and term.value in {"1", "true"} for term in row)

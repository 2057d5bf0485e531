"""A query that a user wrote: where it comes from, and what in it the graph does not know."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.findings import Severity
from ssekg.cli.session import Session
from ssekg.queries.library import Query, decoded, parse_query, read_query

_STANDARD_INPUT = "-"


def find_query(session: Session, name_or_file: str | None, sparql: str | None) -> Query:
    """The query that is asked for: a canned one, or one of the user's own, whose terms are looked up.

    Raises:
        AskedWronglyError: none or two are given, or there is none of the name.
        CannotRunError: a file can't be read, or the header of the query is broken.
    """
    if (name_or_file is None) == (sparql is None):
        raise AskedWronglyError("query-or-sparql")
    if sparql is not None:
        found = parse_query("--sparql", sparql)
    elif name_or_file == _STANDARD_INPUT:
        found = parse_query(_STANDARD_INPUT, decoded(sys.stdin.buffer.read(), _STANDARD_INPUT))
    elif Path(str(name_or_file)).suffix.lower() == ".rq":
        found = read_query(Path(str(name_or_file)))
    else:
        return session.query(str(name_or_file))
    _warn_of_terms(session, found)
    return found


def _warn_of_terms(session: Session, query: Query) -> None:
    """Say on standard error which terms of a query the graph does not know or no longer uses."""
    from ssekg.checks.graph_terms import GraphTerms
    from ssekg.checks.known_terms import KnownTerms
    from ssekg.checks.queries import of_terms
    from ssekg.reports.text import text_blocks
    from ssekg.sources.places import Lines

    graph = session.graph
    lines = Lines(query.name, query.text)
    terms = GraphTerms(graph, KnownTerms(graph))
    found = [replace(each, severity=Severity.WARNING) for each in of_terms(lines, terms, graph.prefixes.namespaces)]
    if found and not session.quiet:
        click.echo(text_blocks(found, {query.name: query.text}, session.language), err=True)

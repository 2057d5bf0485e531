"""A query that a user wrote: where it comes from, and what in it the graph does not know."""

import sys
from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.cli.session import Session
from ssekg.queries.library import Query, decoded, parse_own_query, read_query

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
        found = parse_own_query("--sparql", sparql)
    elif name_or_file == _STANDARD_INPUT:
        found = parse_own_query(_STANDARD_INPUT, decoded(sys.stdin.buffer.read(), _STANDARD_INPUT))
    elif Path(str(name_or_file)).suffix.lower() == ".rq":
        found = read_query(Path(str(name_or_file)))
    else:
        return session.query(str(name_or_file))
    _warn_of_terms(session, found)
    return found


def _warn_of_terms(session: Session, query: Query) -> None:
    """Say on standard error which terms of a query the graph does not know or no longer uses."""
    from ssekg.checks.own_query import doubtful_terms
    from ssekg.reports.text import text_blocks

    found = doubtful_terms(query, session.graph)
    if found and not session.quiet:
        click.echo(text_blocks(found, {query.name: query.text}, session.language), err=True)

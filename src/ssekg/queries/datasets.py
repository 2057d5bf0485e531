"""The graphs that a query is asked of: those that it names (FROM, FROM NAMED), and where it finds named graphs."""

from itertools import pairwise
from urllib.parse import urljoin

import pyoxigraph as ox

from ssekg.graph.store import Graph
from ssekg.queries.prologue import prefixes_of
from ssekg.queries.syntax import Token, tokens_of


def store_asked(graph: Graph, query: str) -> ox.Store:
    """The store that a query is asked of: to `GRAPH` there are the named graphs of a release's N-Quads."""
    names_graphs = any(token.word == "GRAPH" for token in tokens_of(query))
    return graph.store_by_source if names_graphs else graph.store


def graphs_named_in(query: str, base: str) -> list[str]:
    """The IRIs after FROM and FROM NAMED; relative ones are resolved against `base`."""
    found = tokens_of(query)
    if not any(token.word == "FROM" for token in found):
        return []
    namespaces, _, _ = prefixes_of(found)
    base = urljoin(base, namespaces.get("BASE", ""))
    # A `NAMED` between the two counts for FROM.
    clauses = [token for token in found if token.word != "NAMED"]
    graphs = (following for token, following in pairwise(clauses) if token.word == "FROM")
    return [_iri(token, namespaces, base) for token in graphs]


def _iri(token: Token, namespaces: dict[str, str], base: str) -> str:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, colon, local = token.text.partition(":")
    return urljoin(base, namespaces.get(prefix + colon, "")) + local

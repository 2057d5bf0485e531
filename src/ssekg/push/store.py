"""A store that can be written to: SPARQL 1.1 Update, a SPARQL 1.1 endpoint to read and, if there is one, a Graph Store.

https://www.w3.org/TR/sparql11-protocol/, https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.graph.canonical_labels import blanks_of
from ssekg.queries.parameters import Term
from ssekg.queries.remote import ask_endpoint, ask_for_triples
from ssekg.queries.replies import detail_of, failures_in_words, refusal, require_address
from ssekg.queries.transport import Credentials, post

_UPDATE: Final = "application/sparql-update"
_TRIPLES: Final = "application/n-triples"
_TRIES: Final = 4
_GOOD: Final = range(200, 300)
# Whoever takes time over a whole graph is given it; a query for a part of one gets an answer soon.
_READING: Final = 120.0
_BLANK: Final = "FILTER(isBlank(?s) || isBlank(?o))"


@dataclass(frozen=True)
class Store:
    """Where a store is updated and asked, and how its user is called.

    `graph_store` is the address of its Graph Store protocol, None to write by updates alone. `timeout` is how many
    seconds an update may take.
    """

    updates: str
    queries: str
    graph_store: str | None = None
    known: Credentials | None = None
    timeout: float = 600.0

    def __post_init__(self) -> None:
        """Refuse what are no addresses.

        Raises:
            AskedWronglyError: one of them is none.
        """
        for address in filter(None, (self.updates, self.queries, self.graph_store)):
            require_address(address)

    def count(self, graph: str, *, blank: bool = False) -> int:
        """How many triples are in a named graph, or how many of them have a blank node.

        Raises:
            AskedWronglyError, CannotRunError: see ask_endpoint.
        """
        pattern = f"?s ?p ?o {_BLANK if blank else ''}"
        found = self._ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ {pattern} }} }}")
        return int(getattr(found[0][0], "value", 0)) if found else 0

    def about(self, graph: str, subjects: Iterable[ox.NamedNode]) -> list[ox.Triple]:
        """What a named graph says about some subjects.

        Raises:
            AskedWronglyError, CannotRunError: see ask_endpoint.
        """
        values = " ".join(map(str, subjects))
        pattern = f"GRAPH <{graph}> {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
        return ask_for_triples(self.queries, query, min(self.timeout, _READING), self.known)

    def with_blank_nodes(self, graph: str) -> list[ox.Triple]:
        """The triples of a named graph that have blank nodes.

        Raises:
            AskedWronglyError, CannotRunError: see ask_endpoint.
        """
        rows = self._ask(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o {_BLANK} }} }}")
        return [ox.Triple(s, p, o) for s, p, o in rows]  # type: ignore[arg-type]  # what a triple can't be is an error

    def objects(self, graph: str, subject: str, predicate: str) -> list[str]:
        """The IRIs to which a thing is linked in a named graph.

        Raises:
            AskedWronglyError, CannotRunError: see ask_endpoint.
        """
        rows = self._ask(f"SELECT ?o {{ GRAPH <{graph}> {{ <{subject}> <{predicate}> ?o }} }}")
        return [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]

    def add(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Add triples to a named graph; those that are there stay as they are, but that blank nodes come again.

        Raises:
            CannotRunError: the store does not take them.
        """
        content: bytes = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        if self.graph_store is not None:
            mark = "&" if urlsplit(self.graph_store).query else "?"
            self._post(f"{self.graph_store}{mark}{urlencode({'graph': graph})}", content, _TRIPLES, _TRIES)
            return
        # A blank node is allowed in INSERT DATA as well, but not to Virtuoso.
        self.update(
            f"INSERT {{ GRAPH <{graph}> {{\n{content.decode()}}} }} WHERE {{}}"
            if any(map(blanks_of, triples))
            else f"INSERT DATA {{ GRAPH <{graph}> {{\n{content.decode()}}} }}"
        )

    def remove_blank_nodes(self, graph: str) -> None:
        """Take the triples with blank nodes out of a named graph.

        Raises:
            CannotRunError: the store does not do it.
        """
        self.update(f"DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o {_BLANK} }} }}")

    def drop(self, graphs: Iterable[str]) -> None:
        """Drop named graphs, whether they are there or not.

        Raises:
            CannotRunError: the store does not do it.
        """
        self.update(" ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs))

    def move(self, graph: str, target: str) -> None:
        """Put a named graph in place of another. It is asked for once: a second time would leave nothing.

        Raises:
            CannotRunError: the store does not do it, or does not answer.
        """
        self._post(self.updates, f"MOVE GRAPH <{graph}> TO GRAPH <{target}>".encode(), _UPDATE, tries=1)

    def update(self, text: str) -> None:
        """Have an update done that may be done twice.

        Raises:
            CannotRunError: the store does not do it.
        """
        self._post(self.updates, text.encode(), _UPDATE, _TRIES)

    def _ask(self, query: str) -> Sequence[Sequence[Term | None]]:
        return ask_endpoint(self.queries, query, "", min(self.timeout, _READING), known=self.known).rows

    def _post(self, address: str, content: bytes, media_type: str, tries: int) -> None:
        with failures_in_words(address, self.timeout):
            reply = post(address, content, media_type, self.known, self.timeout, tries)
        if reply.status in _GOOD:
            return
        if reply.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.INSUFFICIENT_STORAGE}:
            raise CannotRunError("push-refused", endpoint=address, status=str(reply.status), **detail_of(reply))
        problem = refusal(address, reply)
        if isinstance(problem, AskedWronglyError):
            raise CannotRunError(problem.code, **problem.arguments)
        raise problem

"""What a worker does with a query in SPARQL that somebody wrote: it answers whole, or says why it does not."""

import io
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.graph.canonical import written
from ssekg.queries.datasets import graphs_named_in
from ssekg.queries.mistakes import refuse_mistakes
from ssekg.queries.prologue import with_prefixes
from ssekg.queries.syntax import OTHER_ENDPOINTS
from ssekg.serve.workers.contents import Contents
from ssekg.serve.workers.protocol import Message
from ssekg.serve.workers.refusals import BAD_REQUEST, NOT_ACCEPTABLE, AnswerTooLargeError, RefusedError
from ssekg.sources.suspicious_text import NOT_XML

RESULT_FORMS: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""The forms of tables, and of yes and no."""
GRAPH_FORMS: Final[Mapping[str, ox.RdfFormat]] = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""The forms of graphs."""
# Between two rows, where nothing in quotation marks is left; and what is in them. A row takes two bytes at least.
_ROWS: Final = {"json": rb"[\[,]\{", "xml": rb"<result>", "csv": rb"\n", "tsv": rb"\n"}
_QUOTED: Final = {"json": rb'"(?:[^"\\]|\\.)*"', "csv": rb'"[^"]*"'}
_HEAD_ROWS: Final = {"csv": 1, "tsv": 1}
_SHORTEST_ROW: Final = 1


def answer_query(contents: Contents, request: Message) -> Message:
    """The answer to a query.

    The head of the request says which form a table and a graph are wanted in (`table`, `graph`, each "" where none
    will do), which graphs are the dataset (`default_graphs`, `named_graphs`, both empty for the usual one), and how
    large the answer may be (`rows`, `bytes`).

    Raises:
        AskedWronglyError: the query does not parse, or asks another endpoint.
        RefusedError: it leaves the dataset, no form will do, or the answer is too large.
    """
    head = request.head
    query = _readied(contents, request.body.decode())
    default, named = head["default_graphs"], head["named_graphs"]
    _refuse_outside(contents, [*default, *named])
    is_given = bool(default or named)
    try:
        found = contents.graph.store.query(
            query,
            base_iri=contents.graph.base,
            default_graph=[*map(ox.NamedNode, default)] if is_given else None,
            named_graphs=[*map(ox.NamedNode, named)] if is_given else None,
        )
        if isinstance(found, ox.QueryTriples):
            form = _accepted(head["graph"], GRAPH_FORMS)
            return Message({"form": form}, _graph(found, form, contents, head["rows"], head["bytes"]))
        form = _accepted(head["table"], RESULT_FORMS)
        return Message({"form": form}, _table(found, form, head["rows"], head["bytes"]))
    except (SyntaxError, ValueError, RuntimeError, OSError) as problem:  # the engine has no other words
        raise RefusedError("query-fails", BAD_REQUEST, problem=str(problem)) from None


def name_graphs(contents: Contents, _: Message) -> Message:
    """The IRIs of the named graphs, a line each."""
    return Message({}, "\n".join(sorted(contents.named_graphs)).encode())


@lru_cache(maxsize=256)  # programs ask the same again and again
def _readied(contents: Contents, query: str) -> str:
    """A query as the engine is given it.

    Raises:
        AskedWronglyError: it does not parse, or asks another endpoint.
        RefusedError: it leaves the dataset.
    """
    namespaces = contents.graph.prefixes.namespaces
    refuse_mistakes(query, namespaces, OTHER_ENDPOINTS)
    query = with_prefixes(query, namespaces)
    _refuse_outside(contents, graphs_named_in(query, contents.graph.base))
    return query


def _accepted(form: str, known: Iterable[str]) -> str:
    if not form:
        raise RefusedError("not-acceptable", NOT_ACCEPTABLE, forms=", ".join(known))
    return form


def _refuse_outside(contents: Contents, graphs: Iterable[str]) -> None:
    for graph in graphs:
        if graph not in contents.named_graphs:
            raise RefusedError("graph-elsewhere", BAD_REQUEST, graph=graph)


def _table(found: ox.QuerySolutions | ox.QueryBoolean, form: str, rows: int, size: int) -> bytes:
    output = _Output(rows, size)
    found.serialize(output, RESULT_FORMS[form])
    content = output.getvalue()
    if len(content) > rows * _SHORTEST_ROW and _row_count(content, form) > rows:
        raise AnswerTooLargeError(rows, size)
    if form == "xml" and NOT_XML.search(content.decode()):
        raise AskedWronglyError("answer-not-xml")
    return content


def _row_count(content: bytes, form: str) -> int:
    """How many rows a table has, by what is between them: to look at each row would take longer than to find it."""
    bare = re.sub(_QUOTED[form], b"", content) if form in _QUOTED else content
    return len(re.findall(_ROWS[form], bare)) - _HEAD_ROWS.get(form, 0)


def _graph(found: ox.QueryTriples, form: str, contents: Contents, rows: int, size: int) -> bytes:
    triples = list(islice(found, rows + 1))
    content = written(triples, GRAPH_FORMS[form], contents.graph.prefixes) if len(triples) <= rows else b""
    if len(triples) > rows or len(content) > size:
        raise AnswerTooLargeError(rows, size)
    return content


class _Output(io.BytesIO):
    """Bytes in memory, of which there may be only so many."""

    def __init__(self, rows: int, size: int) -> None:
        super().__init__()
        self._limits = (rows, size)

    def write(self, content: bytes, /) -> int:  # type: ignore[override]
        if self.tell() + len(content) > self._limits[1]:
            raise AnswerTooLargeError(*self._limits)
        return super().write(content)

"""The answers below the queries of the pages in docs/, of the published graph alone.

An answer is between `<!-- answer fr -->`, which says in which language things are named, and `<!-- end -->`; the query
is the block of SPARQL above it.
"""

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ssekg.base.markdown import escaped, right_to_left
from ssekg.graph.naming import name_of
from ssekg.graph.store import Graph
from ssekg.queries.local import ask

BASE: Final = "https://w3id.org/ssekg/id/"
PREFIXES: Final = {
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "sse": "https://w3id.org/ssekg/ontology#",
}
_ANSWER: Final = re.compile(
    r"(```sparql\n(?P<query>(?:(?!```).)*)```\n\n<!-- answer (?P<language>\w+) -->\n).*?(\n<!-- end -->\n)", re.DOTALL
)


def queries_of(page: str) -> list[str]:
    """The queries of a page that have an answer below them."""
    return [found["query"] for found in _ANSWER.finditer(page)]


def answered(page: str, triples: Iterable[ox.Triple]) -> str:
    """The text of a page with the answers that a graph gives today."""
    graph = Graph(BASE, list(triples), [], declared=PREFIXES)
    return _ANSWER.sub(lambda found: f"{found[1]}\n{_table(graph, found)}\n{found[4]}", page)


def _table(graph: Graph, found: re.Match[str]) -> str:
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    answer, language = ask(graph, head + found["query"]), found["language"]
    rows = [["" if term is None else escaped(name_of(graph, term, language)) for term in row] for row in answer.rows]
    lines = (f"| {' | '.join(row)} |" for row in [answer.variables, ["---"] * len(answer.variables), *rows])
    return right_to_left("\n".join(lines) + "\n", language).strip("\n")

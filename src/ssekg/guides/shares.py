"""How many members of each class have a term, or which properties the members of a class have, in words."""

from collections.abc import Iterator

import pyoxigraph as ox

from ssekg.base.language import isolate, pick
from ssekg.base.messages import text
from ssekg.graph.coverage import Coverage
from ssekg.graph.naming import plural_names
from ssekg.graph.store import Graph


def shares(graph: Graph, term: ox.NamedNode, language: str, coverage: Coverage) -> Iterator[tuple[str, list[str]]]:
    """A section for a term of the ontology: its heading and lines; none where nothing is of it."""
    of_classes = coverage.of_property(term)
    found = [(each, each, use.having) for each, use in of_classes.items()]
    found += [(use.property, term, use.having) for use in coverage.uses.get(term, [])]
    lines = []
    for named, of, having in found:
        name = isolate(pick(plural_names(graph, named), language) or graph.shortened(named.value), language)
        share = text("model-share", language, {"having": str(having), "count": str(len(coverage.members[of]))})
        lines.append(text("model-line", language, {"name": name, "value": share}))
    if lines:
        yield text("coverage-of" if of_classes else "model-properties", language), lines

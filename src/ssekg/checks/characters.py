"""Texts with characters that XML 1.0 can't hold: RDF/XML, feeds and site maps could not be written with them."""

from collections.abc import Iterable

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.terms import Node
from ssekg.base.triples import as_terms, distinct_objects
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Origins
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.suspicious_text import NOT_XML, named


def check(subject: Subject) -> list[Finding]:
    """A violation for each such text of an RDF file; cells of tables have findings of their own."""
    graph = subject.graph
    values = (value for value in distinct_objects(graph.stated) if isinstance(value, ox.Literal))
    texts = {value for value in values if NOT_XML.search(value.value)}
    if not texts:
        return []
    stated = as_terms(graph.stated)
    wrong = [(node, predicate, value) for node, predicate, value in stated if value in texts and isinstance(node, Node)]
    origins = Origins(graph.sources, {node for node, _, _ in wrong})
    files = {file.shown for file in graph.sources.files if isinstance(file, RdfFile)}
    found = []
    for node, predicate, value in wrong:
        places = [place for place in origins.places(node, predicate, value) if place.file in files]
        character = NOT_XML.search(value.value)
        if places and character:
            arguments = {"character": named(character[0])}
            finding = Finding("syntax-character", Severity.VIOLATION, None, arguments, {}, node, predicate, value)
            found.append(finding.at(places))
    return found


def without_repeated(found: Iterable[Finding]) -> list[Finding]:
    """The findings but for control characters inside a text that is itself reported."""
    found = list(found)
    texts = [place for each in found if each.code == "syntax-character" for place in each.places]
    return [each for each in found if each.code != "text-control" or not any(_holds(text, each) for text in texts)]


def _holds(text: Place, finding: Finding) -> bool:
    place = finding.place
    if place is None or place.file != text.file:
        return False
    starts, here = (text.line or 0, text.column or 0), (place.line or 0, place.column or 0)
    return starts <= here < (text.end_line or 0, text.end_column or 0)

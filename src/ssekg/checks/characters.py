"""Texts with characters that XML 1.0 can't hold: RDF/XML, feeds and site maps could not be written with them."""

from collections.abc import Iterable

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.graph.origins import Origins
from ssekg.graph.store import Graph
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.suspicious_text import NOT_XML, named


def findings(graph: Graph) -> list[Finding]:
    """A violation for each such text of an RDF file; cells of tables have findings of their own."""
    wrong = [
        (subject, predicate, value)
        for subject, predicate, value in (*graph.vocabulary, *graph.data)
        if isinstance(value, ox.Literal) and NOT_XML.search(value.value) and not isinstance(subject, ox.Triple)
    ]
    origins = Origins(graph.sources, {subject for subject, _, _ in wrong})
    files = {file.shown for file in graph.sources.files if isinstance(file, RdfFile)}
    found = []
    for subject, predicate, value in wrong:
        places = [place for place in origins.places(subject, predicate, value) if place.file in files]
        character = NOT_XML.search(value.value)
        if places and character:
            about = {"character": named(character[0])}
            finding = Finding("syntax-character", Severity.VIOLATION, None, about, {}, subject, predicate, value)
            found.append(finding.at(places))
    return found


def without_repeated(others: Iterable[Finding], found: Iterable[Finding]) -> list[Finding]:
    """The findings of `others` but for control characters inside a text that `found` reports as a whole."""
    texts = [place for finding in found for place in finding.places]
    return [each for each in others if each.code != "text-control" or not any(_holds(text, each) for text in texts)]


def _holds(text: Place, finding: Finding) -> bool:
    place = finding.place
    if place is None or place.file != text.file:
        return False
    starts, here = (text.line or 0, text.column or 0), (place.line or 0, place.column or 0)
    return starts <= here < (text.end_line or 0, text.end_column or 0)

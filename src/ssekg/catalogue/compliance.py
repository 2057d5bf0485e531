"""Whether the description of a dataset complies with DCAT-AP 3.0.1: what is mandatory, and of which class it is.

The official shapes are the measure, and the tests hold the catalogue against them; here is what they ask of the
properties that our catalogue uses, so that compliance is known at once and without the shapes.
"""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.catalogue.statements import Statements, term

_MANDATORY: Final = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:DatasetSeries": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
    "skos:Concept": ("skos:prefLabel",),
    "skos:ConceptScheme": ("dct:title",),
}
_RANGES: Final = {
    "dcat:compressFormat": "dct:MediaType",
    "dcat:contactPoint": "vcard:Kind",
    "dcat:distribution": "dcat:Distribution",
    "dcat:inSeries": "dcat:DatasetSeries",
    "dcat:landingPage": "foaf:Document",
    "dcat:mediaType": "dct:MediaType",
    "dcat:theme": "skos:Concept",
    "dcatap:availability": "skos:Concept",
    "dct:accessRights": "dct:RightsStatement",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:conformsTo": "dct:Standard",
    "dct:creator": "foaf:Agent",
    "dct:format": "dct:MediaTypeOrExtent",
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:provenance": "dct:ProvenanceStatement",
    "dct:publisher": "foaf:Agent",
    "dct:rights": "dct:RightsStatement",
    "dct:spatial": "dct:Location",
    "dct:temporal": "dct:PeriodOfTime",
    "foaf:homepage": "foaf:Document",
    "spdx:checksum": "spdx:Checksum",
}
_ONCE: Final = (
    *("dcat:byteSize", "dcat:compressFormat", "dcat:mediaType", "dcat:version", "dcatap:availability"),
    *("dct:accessRights", "dct:accrualPeriodicity", "dct:format", "dct:issued", "dct:license", "dct:modified"),
    *("dct:publisher", "dct:rights", "spdx:checksum"),
)


def defects(statements: Statements, dataset: ox.NamedNode) -> list[tuple[ox.NamedNode, str]]:
    """The nodes that a dataset leads to, each with a property that is missing, repeated or of another class."""
    waiting, seen, found = [dataset], {dataset}, []
    while waiting:
        node = waiting.pop()
        found += [(node, name) for name in _defects(statements, node)]
        for name in _RANGES:
            fresh = [other for other in statements.nodes(node, name) if other not in seen]
            seen.update(fresh)
            waiting += fresh
    return found


def _defects(statements: Statements, node: ox.NamedNode) -> Iterator[str]:
    kinds = statements.values(node, "rdf:type")
    for kind, names in _MANDATORY.items():
        if term(kind) in kinds:
            yield from (name for name in names if not statements.values(node, name))
    for name, kind in _RANGES.items():
        wrong = [v for v in statements.values(node, name) if not _is_a(statements, v, kind)]
        yield from [name] * bool(wrong)
    yield from (name for name in _ONCE if len(statements.values(node, name)) > 1)


def _is_a(statements: Statements, value: ox.NamedNode | ox.Literal, kind: str) -> bool:
    return isinstance(value, ox.NamedNode) and term(kind) in statements.values(value, "rdf:type")

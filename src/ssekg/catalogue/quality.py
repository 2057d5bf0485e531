"""The quality of a catalogue after the metadata quality assessment of data.europa.eu: 23 metrics, 405 points.

What a metric says of distributions counts for the best of a dataset's distributions, as the assessment has it. Two
metrics ask a server; without the answers they are not measured, and 325 points can be had.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.catalogue.authorities import LISTS
from ssekg.catalogue.compliance import defects
from ssekg.catalogue.statements import PREFIXES, Statements, term, typed

_FILE_TYPE: Final = LISTS["file-type"].start
_IANA: Final = "www.iana.org/assignments/media-types/"
_OK: Final = 200
# The two lists of formats that the assessment compares with.
_NON_PROPRIETARY: Final = frozenset(
    (
        *("BMP", "CSV", "DBF", "ETSI_XML", "GEOJSON", "GPKG", "GZIP", "HTML", "ICS", "JPEG2000", "JSON", "JSON_LD"),
        *("KML", "KMZ", "NETCDF", "ODS", "PNG", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML"),
        *("RSS", "RTF", "TAR", "TIFF", "TSV", "TXT", "WMS_SRVC", "XML", "ZIP"),
    )
)
_MACHINE_READABLE: Final = frozenset(
    (
        *("CSV", "GEOJSON", "ICS", "JSON", "JSON_LD", "KML", "KMZ", "NETCDF", "ODS", "RDFA", "RDF_N_QUADS"),
        *("RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "SHP", "XLS", "XLSX", "XML"),
    )
)
_ACCESS_RIGHTS: Final = frozenset(("PUBLIC", "RESTRICTED", "NON_PUBLIC", "CONFIDENTIAL", "SENSITIVE", "NORMAL"))

Statuses = Mapping[str, int]
Test = Callable[[Statements, ox.NamedNode, Statuses | None], bool | None]


@dataclass(frozen=True)
class Metric:
    """A metric: its name in piveau's vocabulary, its dimension, its points, what it looks at, and the test.

    The test gets the statements, the node, and the HTTP status by address if that is known; None is not measured.
    """

    name: str
    dimension: str
    points: int
    on_distribution: bool
    test: Test


@dataclass(frozen=True)
class Assessment:
    """What the metrics say of a dataset: by name of the metric, None where it could not be measured."""

    dataset: ox.NamedNode
    distribution: ox.NamedNode | None
    results: Mapping[str, bool | None]

    def points(self, dimension: str | None = None) -> int:
        """The points reached, in one dimension or in all."""
        return sum(m.points for m in METRICS if self.results[m.name] and dimension in {None, m.dimension})

    def reachable(self, dimension: str | None = None) -> int:
        """The points of what was measured, in one dimension or in all."""
        return sum(m.points for m in METRICS if self.results[m.name] is not None and dimension in {None, m.dimension})


def _has(name: str) -> Test:
    return lambda statements, node, _: bool(statements.values(node, name))


def _answers(name: str) -> Test:
    def test(statements: Statements, node: ox.NamedNode, statuses: Statuses | None) -> bool | None:
        addresses = statements.nodes(node, name)
        if statuses is None:
            return None
        return bool(addresses) and all(statuses.get(address.value) == _OK for address in addresses)

    return test


def _format_in(codes: frozenset[str]) -> Test:
    return lambda statements, node, _: any(
        form.value.removeprefix(_FILE_TYPE) in codes for form in statements.nodes(node, "dct:format")
    )


def _is_aligned(statements: Statements, node: ox.NamedNode, _: Statuses | None) -> bool:
    forms, media_types = statements.nodes(node, "dct:format"), statements.nodes(node, "dcat:mediaType")
    return (
        bool(forms and media_types)
        and all(form.value.startswith(_FILE_TYPE) for form in forms)
        and all(media_type.value.partition("://")[2].startswith(_IANA) for media_type in media_types)
    )


def _complies(statements: Statements, node: ox.NamedNode, _: Statuses | None) -> bool:
    return not defects(statements, node)


def _has_known_licence(statements: Statements, node: ox.NamedNode, _: Statuses | None) -> bool:
    return any(licence.value.startswith(LISTS["licence"].start) for licence in statements.nodes(node, "dct:license"))


def _has_known_rights(statements: Statements, node: ox.NamedNode, _: Statuses | None) -> bool:
    start = LISTS["access-right"].start
    rights = [right.value for right in statements.nodes(node, "dct:accessRights")]
    return any(right.startswith(start) and right.removeprefix(start) in _ACCESS_RIGHTS for right in rights)


DIMENSIONS: Final = ("findability", "accessibility", "interoperability", "reusability", "contextuality")
_FIND, _ACCESS, _INTEROPERATE, _REUSE, _CONTEXT = DIMENSIONS
METRICS: Final = (
    Metric("keywordAvailability", _FIND, 30, False, _has("dcat:keyword")),
    Metric("categoryAvailability", _FIND, 30, False, _has("dcat:theme")),
    Metric("spatialAvailability", _FIND, 20, False, _has("dct:spatial")),
    Metric("temporalAvailability", _FIND, 20, False, _has("dct:temporal")),
    Metric("accessUrlStatusCode", _ACCESS, 50, True, _answers("dcat:accessURL")),
    Metric("downloadUrlAvailability", _ACCESS, 20, True, _has("dcat:downloadURL")),
    Metric("downloadUrlStatusCode", _ACCESS, 30, True, _answers("dcat:downloadURL")),
    Metric("formatAvailability", _INTEROPERATE, 20, True, _has("dct:format")),
    Metric("mediaTypeAvailability", _INTEROPERATE, 10, True, _has("dcat:mediaType")),
    Metric("formatMediaTypeVocabularyAlignment", _INTEROPERATE, 10, True, _is_aligned),
    Metric("formatMediaTypeNonProprietary", _INTEROPERATE, 20, True, _format_in(_NON_PROPRIETARY)),
    Metric("formatMediaTypeMachineInterpretable", _INTEROPERATE, 20, True, _format_in(_MACHINE_READABLE)),
    Metric("dcatApCompliance", _INTEROPERATE, 30, False, _complies),
    Metric("licenceAvailability", _REUSE, 20, True, _has("dct:license")),
    Metric("knownLicence", _REUSE, 10, True, _has_known_licence),
    Metric("accessRightsAvailability", _REUSE, 10, False, _has("dct:accessRights")),
    Metric("accessRightsVocabularyAlignment", _REUSE, 5, False, _has_known_rights),
    Metric("contactPointAvailability", _REUSE, 20, False, _has("dcat:contactPoint")),
    Metric("publisherAvailability", _REUSE, 10, False, _has("dct:publisher")),
    Metric("rightsAvailability", _CONTEXT, 5, True, _has("dct:rights")),
    Metric("byteSizeAvailability", _CONTEXT, 5, True, _has("dcat:byteSize")),
    Metric("dateIssuedAvailability", _CONTEXT, 5, True, _has("dct:issued")),
    Metric("dateModifiedAvailability", _CONTEXT, 5, True, _has("dct:modified")),
)


def assess(statements: Statements, statuses: Statuses | None = None) -> list[Assessment]:
    """The assessment of every dataset of a catalogue, in order.

    Args:
        statements: the catalogue.
        statuses: the HTTP status with which each address answered a HEAD request; None if nobody asked.
    """
    return [_assess(statements, dataset, statuses) for dataset in statements.of_class("dcat:Dataset")]


def _assess(statements: Statements, dataset: ox.NamedNode, statuses: Statuses | None) -> Assessment:
    results = {m.name: m.test(statements, dataset, statuses) for m in METRICS if not m.on_distribution}
    of_distributions = [
        (node, {m.name: m.test(statements, node, statuses) for m in METRICS if m.on_distribution})
        for node in statements.nodes(dataset, "dcat:distribution")
    ]
    if not of_distributions:
        nothing = {m.name: False for m in METRICS if m.on_distribution}
        return Assessment(dataset, None, results | nothing)
    points = {metric.name: metric.points for metric in METRICS}
    best, found = max(of_distributions, key=lambda pair: sum(points[name] for name, met in pair[1].items() if met))
    return Assessment(dataset, best, results | found)


def add_measurements(statements: Statements, assessments: Iterable[Assessment]) -> None:
    """Say in the catalogue what was measured (Data Quality Vocabulary), with the IRIs that piveau gives the metrics."""
    for assessment in assessments:
        for metric in METRICS:
            met = assessment.results[metric.name]
            if met is None:
                continue
            measured = ox.NamedNode(PREFIXES["pv"] + metric.name)
            node = ox.NamedNode(f"{assessment.dataset.value}#{metric.name}")
            on_best = metric.on_distribution and assessment.distribution is not None
            statements.add(assessment.dataset, dqv_hasQualityMeasurement=node)
            statements.add(
                node,
                a=term("dqv:QualityMeasurement"),
                dqv_isMeasurementOf=measured,
                dqv_computedOn=assessment.distribution if on_best and assessment.distribution else assessment.dataset,
                dqv_value=typed(str(met).lower(), "boolean"),
            )
            statements.add(measured, a=term("dqv:Metric"), dqv_expectedDataType=term("xsd:boolean"))

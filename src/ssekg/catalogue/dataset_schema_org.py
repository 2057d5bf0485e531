"""The datasets for search engines: schema.org Dataset as Google Dataset Search reads it, in JSON-LD.

Texts are in the project's default language, since search engines read one; the other titles are alternate names.
"""

import json
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.language import pick
from ssekg.base.messages import text
from ssekg.base.namespaces import QB
from ssekg.catalogue.dcat import dataset_iri
from ssekg.catalogue.files import WHOLE
from ssekg.catalogue.shared_nodes import catalogue_iri
from ssekg.catalogue.statements import Statements
from ssekg.graph.public import Public
from ssekg.project.settings import Project

_OBSERVATION: Final = ox.NamedNode(QB + "Observation")

Node = dict[str, Any]


def search_description(project: Project, graph: Public, catalogue: Statements) -> bytes:
    """dataset.jsonld: the whole graph as a Dataset, with the dataset of each kind as a part."""
    whole = dataset_iri(project, WHOLE)
    parts = [node for node in catalogue.of_class("dcat:Dataset") if node != whole]
    node = _dataset(project, graph, catalogue, whole)
    if parts:
        node["hasPart"] = [
            _dataset(project, graph, catalogue, part) | {"isPartOf": {"@id": whole.value}} for part in parts
        ]
    content = {"@context": "https://schema.org/"} | node
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _dataset(project: Project, graph: Public, catalogue: Statements, dataset: ox.NamedNode) -> Node:
    language = project.default_language
    titles, descriptions = (_texts(catalogue, dataset, name) for name in ("dct:title", "dct:description"))
    name = pick(titles, language) or ""
    period = catalogue.nodes(dataset, "dct:temporal")
    agent = {
        "@type": "Organization",
        "@id": project.home.rstrip("/"),
        "name": project.publisher,
        "url": project.site,
        "contactPoint": _contact(catalogue, dataset),
    }
    node: Node = {
        "@type": "Dataset",
        "@id": dataset.value,
        "name": name,
        "alternateName": [titles[tag] for tag in project.languages if tag in titles and titles[tag] != name],
        "description": pick(descriptions, language) or "",
        "url": project.site,
        "sameAs": dataset.value,
        "identifier": [dataset.value, *(value.value for value in catalogue.values(dataset, "dct:identifier"))],
        "version": project.version,
        "keywords": [v.value for v in catalogue.values(dataset, "dcat:keyword")],
        "license": project.licence,
        "isAccessibleForFree": True,
        "inLanguage": list(project.languages),
        "creator": agent,
        "publisher": {"@id": project.home.rstrip("/")},
        "datePublished": project.date.isoformat(),
        "dateModified": project.date.isoformat(),
        "citation": f"{project.publisher} ({project.date.year}). {name}, version {project.version}. {dataset.value}",
        "measurementTechnique": text("catalogue-provenance", language),
        "variableMeasured": _variables(graph, catalogue, dataset, language),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": catalogue_iri(project).value,
            "name": pick(project.name, language),
            "url": f"{project.site}catalog.jsonld",
        },
        "distribution": [_download(catalogue, file) for file in catalogue.nodes(dataset, "dcat:distribution")],
    }
    if period:
        start, end = (catalogue.value(period[0], name) for name in ("dcat:startDate", "dcat:endDate"))
        node["temporalCoverage"] = f"{getattr(start, 'value', '..')}/{getattr(end, 'value', '..')}"
    return node | _coverage(project, language)


def _contact(catalogue: Statements, dataset: ox.NamedNode) -> Node:
    contact: Node = {"@type": "ContactPoint", "contactType": "data"}
    for node in catalogue.nodes(dataset, "dcat:contactPoint"):
        for key, name in (("email", "vcard:hasEmail"), ("url", "vcard:hasURL")):
            address = catalogue.value(node, name)
            if address is not None:
                contact[key] = address.value.removeprefix("mailto:")
    return contact


def _variables(graph: Public, catalogue: Statements, dataset: ox.NamedNode, language: str) -> list[str]:
    """The indicators of the statistics by name; for a dataset of records, what a record is."""
    indicators = {t.object for predicate in graph.terms.name_parts[:1] for t in graph.of_predicate(predicate)}
    names = sorted({graph.label(node, language) or "" for node in indicators if isinstance(node, ox.NamedNode)} - {""})
    observed = graph.terms.below(_OBSERVATION)
    kinds = (WHOLE, *(kind for kind, its_class in graph.terms.kinds.items() if its_class in observed))
    if names and dataset.value.endswith(tuple(f"/{kind}" for kind in kinds)):
        return names
    keywords = [v for v in catalogue.values(dataset, "dcat:keyword") if getattr(v, "language", None) == language]
    return [keyword.value for keyword in keywords[-1:]]


def _coverage(project: Project, language: str) -> Node:
    coverage = project.catalogue_settings.coverage
    if coverage is None:
        return {}
    west, south, east, north = coverage.bbox
    box = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return {
        "spatialCoverage": {
            "@type": "Place",
            "@id": coverage.place,
            "name": pick(coverage.name, language),
            "geo": box,
        }
    }


def _download(catalogue: Statements, node: ox.NamedNode) -> Node:
    def plain(name: str) -> str:
        return str(getattr(catalogue.value(node, name), "value", ""))

    media_type = plain("dcat:mediaType").partition("/media-types/")[2]
    checksum = catalogue.nodes(node, "spdx:checksum")
    return {
        "@type": "DataDownload",
        "@id": node.value,
        "name": pick(_texts(catalogue, node, "dct:title"), "en"),
        "contentUrl": plain("dcat:downloadURL"),
        "encodingFormat": "application/gzip" if catalogue.values(node, "dcat:compressFormat") else media_type,
        "contentSize": f"{plain('dcat:byteSize')} B",
        "sha256": str(getattr(catalogue.value(checksum[0], "spdx:checksumValue"), "value", "")) if checksum else "",
    }


def _texts(catalogue: Statements, node: ox.NamedNode, name: str) -> dict[str, str]:
    values = [value for value in catalogue.values(node, name) if isinstance(value, ox.Literal)]
    return {value.language or "": value.value for value in values}

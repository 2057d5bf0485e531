"""The rehearsal of a harvest: what CKAN would make of a catalogue, field by field, from its triples alone.

It follows the profile that ckanext-dcat uses if nobody chooses another (`euro_dcat_ap_3`) and CKAN's own rules for
names, tags, licences and formats. CKAN takes the text in the portal's language, else the first one of the graph.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.catalogue.authorities import LICENCES
from ssekg.catalogue.slugs import is_tag, slug
from ssekg.catalogue.statements import Statements, Value, term

PROFILE: Final = "euro_dcat_ap_3"
# What CKAN calls the formats that it knows by their media types; others keep their label.
_KNOWN_FORMATS: Final = {"text/csv": "CSV", "application/geo+json": "GeoJSON", "application/rdf+xml": "RDF"}
_SIMPLE: Final = {
    "issued": "dct:issued",
    "modified": "dct:modified",
    "identifier": "dct:identifier",
    "version_notes": "adms:versionNotes",
    "frequency": "dct:accrualPeriodicity",
    "provenance": "dct:provenance",
    "dcat_type": "dct:type",
}
_LISTS: Final = {
    "language": "dct:language",
    "theme": "dcat:theme",
    "conforms_to": "dct:conformsTo",
    "documentation": "foaf:page",
    "related_resource": "dct:relation",
    "source": "dct:source",
}
_OF_RESOURCE: Final = {
    "access_url": "dcat:accessURL",
    "download_url": "dcat:downloadURL",
    "issued": "dct:issued",
    "modified": "dct:modified",
    "status": "adms:status",
    "license": "dct:license",
    "rights": "dct:rights",
    "name": "dct:title",
    "description": "dct:description",
}
_LISTS_OF_RESOURCE: Final = {"language": "dct:language", "documentation": "foaf:page", "conforms_to": "dct:conformsTo"}
_LATE: Final = {"availability": "dcatap:availability", "compress_format": "dcat:compressFormat"}

Package = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HarvestProblem:
    """What CKAN would refuse or degrade: the code of a finding, the portal's language, the dataset, field and value."""

    code: str
    language: str
    dataset: str
    field: str
    value: str


def rehearse(statements: Statements, language: str) -> list[Package]:
    """The datasets as a CKAN whose language is `language` would store them, in their order.

    A package has the keys of CKAN's own, with the `name` and the extra `guid` that the harvester adds.
    """
    taken: list[str] = []
    packages = []
    for dataset in statements.of_class("dcat:Dataset"):
        package = _Reader(statements, language).package(dataset)
        name = slug(package.get("title", ""))
        if name in taken:
            name = f"{name}-{sum(other.startswith(f'{name}-') for other in taken) + 1}"
        taken.append(name)
        package["name"] = name
        package["extras"].append({"key": "guid", "value": dataset.value})
        packages.append(package)
    return packages


def troubles(packages: Iterable[Package], language: str, statements: Statements) -> list[HarvestProblem]:
    """What CKAN would refuse or degrade of some rehearsed packages."""
    found = []
    for package in packages:
        guid = _extra(package, "guid")
        for code, field, value in _troubles(package, ox.NamedNode(guid), language, statements):
            found.append(HarvestProblem(code, language, guid, field, value))
    return found


def harvest_report(statements: Statements) -> bytes:
    """harvest.json: the packages and the troubles in each language."""
    packages = {language: rehearse(statements, language) for language in statements.languages}
    found = [
        trouble for language in statements.languages for trouble in troubles(packages[language], language, statements)
    ]
    report = {
        "profile": PROFILE,
        "troubles": [
            {"code": t.code, "language": t.language, "dataset": t.dataset, "field": t.field, "value": t.value}
            for t in found
        ],
        "packages": packages,
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()


def _troubles(
    package: Package, dataset: ox.NamedNode, language: str, statements: Statements
) -> Iterable[tuple[str, str, str]]:
    if not package.get("title"):
        yield "harvest-title", "title", ""
    elif not re.search("[a-z]", package["name"]):
        yield "harvest-name", "name", package["name"]
    titles = [value for value in statements.values(dataset, "dct:title") if isinstance(value, ox.Literal)]
    if titles and not any(title.language == language for title in titles):
        yield "harvest-language", "title", package["title"]
    for tag in package["tags"]:
        if not is_tag(tag["name"]):
            yield "harvest-tag", "tags", tag["name"]
    if not package["license_id"]:
        licences = {str(resource.get("license", "")) for resource in package["resources"]}
        yield "harvest-licence", "license_id", " ".join(sorted(licences))
    if not _extra(package, "contact_email") and not _extra(package, "contact_url"):
        yield "harvest-contact", "contact", _extra(package, "contact_name")


def _extra(package: Package, key: str) -> str:
    return next((str(extra["value"]) for extra in package["extras"] if extra["key"] == key), "")


class _Reader:
    """Reads datasets as the profile does."""

    def __init__(self, statements: Statements, language: str) -> None:
        self._statements = statements
        self._language = language

    def package(self, dataset: ox.NamedNode) -> Package:
        package: Package = {"extras": [], "resources": []}
        for key, name in (("url", "dcat:landingPage"), ("title", "dct:title"), ("notes", "dct:description")):
            self._put(package, key, self._text(dataset, name))
        package["tags"] = [{"name": tag} for tag in self._tags(dataset)]
        extras: dict[str, Any] = {key: self._text(dataset, name) for key, name in _SIMPLE.items()}
        for key, name in _LISTS.items():
            extras[key] = self._list(dataset, name)
        extras |= self._contact(dataset) | self._agent("publisher", dataset) | self._agent("creator", dataset)
        place = self._statements.value(dataset, "dct:spatial")
        if isinstance(place, ox.NamedNode):
            extras |= {"spatial_uri": place.value, "spatial_text": self._place_name(place)}
        extras["uri"] = dataset.value
        extras["access_rights"] = _plain(self._statements.value(dataset, "dct:accessRights"))
        package["license_id"] = self._licence(dataset)
        period = self._statements.value(dataset, "dct:temporal")
        if isinstance(period, ox.NamedNode):
            extras["temporal_start"] = self._text(period, "dcat:startDate")
            extras["temporal_end"] = self._text(period, "dcat:endDate")
        if isinstance(place, ox.NamedNode):
            extras["spatial_bbox"] = _geojson(_plain(self._statements.value(place, "dcat:bbox")))
            extras["spatial_centroid"] = _geojson(_plain(self._statements.value(place, "dcat:centroid")))
        package["extras"] = [{"key": key, "value": value} for key, value in extras.items() if value]
        package["resources"] = [self._resource(node) for node in self._statements.nodes(dataset, "dcat:distribution")]
        self._put(package, "version", self._text(dataset, "dcat:version"))
        return package

    def _resource(self, node: ox.NamedNode) -> Package:
        resource: Package = {}
        for key, name in _OF_RESOURCE.items():
            self._put(resource, key, self._text(node, name))
        resource["url"] = self._text(node, "dcat:downloadURL") or self._text(node, "dcat:accessURL")
        for key, name in _LISTS_OF_RESOURCE.items():
            self._put(resource, key, self._list(node, name))
        media_type = self._text(node, "dcat:mediaType")
        label = _KNOWN_FORMATS.get(media_type) or self._format(node)
        self._put(resource, "mimetype", media_type)
        self._put(resource, "format", label or media_type)
        size = self._text(node, "dcat:byteSize")
        if size.isdecimal():
            resource["size"] = int(size)
        for checksum in self._statements.nodes(node, "spdx:checksum"):
            self._put(resource, "hash_algorithm", self._text(checksum, "spdx:algorithm"))
            self._put(resource, "hash", self._text(checksum, "spdx:checksumValue"))
        resource["uri"] = resource["distribution_ref"] = node.value
        for key, name in _LATE.items():
            self._put(resource, key, self._text(node, name))
        return resource

    @staticmethod
    def _put(target: Package, key: str, value: str) -> None:
        if value:
            target[key] = value

    def _text(self, subject: ox.NamedNode, name: str) -> str:
        """The text in the portal's language, else the first; of a node its first label, else its IRI."""
        first = ""
        for value in self._statements.values(subject, name):
            if isinstance(value, ox.NamedNode):
                return _plain(self._statements.value(value, "rdfs:label")) or value.value
            if value.language == self._language:
                return value.value
            first = first or value.value
        return first

    def _list(self, subject: ox.NamedNode, name: str) -> str:
        values = [value.value for value in self._statements.values(subject, name)]
        return json.dumps(values) if values else ""

    def _tags(self, dataset: ox.NamedNode) -> list[str]:
        words = [value.value for value in self._statements.values(dataset, "dcat:keyword")]
        split = [part.strip() for word in words if "," in word for part in word.split(",")]
        return [*(word for word in words if "," not in word), *split]

    def _contact(self, dataset: ox.NamedNode) -> dict[str, str]:
        contact = self._statements.value(dataset, "dcat:contactPoint")
        if not isinstance(contact, ox.NamedNode):
            return {}
        return {
            "contact_uri": contact.value,
            "contact_name": self._text(contact, "vcard:fn"),
            "contact_email": self._text(contact, "vcard:hasEmail").removeprefix("mailto:"),
            "contact_url": self._text(contact, "vcard:hasURL"),
        }

    def _agent(self, role: str, dataset: ox.NamedNode) -> dict[str, str]:
        agent = self._statements.value(dataset, f"dct:{role}")
        if not isinstance(agent, ox.NamedNode):
            return {}
        return {
            f"{role}_uri": agent.value,
            f"{role}_name": self._text(agent, "foaf:name"),
            f"{role}_url": self._text(agent, "foaf:homepage"),
            f"{role}_type": self._text(agent, "dct:type"),
        }

    def _place_name(self, place: ox.NamedNode) -> str:
        labels = [*self._statements.values(place, "skos:prefLabel"), *self._statements.values(place, "rdfs:label")]
        return labels[-1].value if labels else ""

    def _licence(self, dataset: ox.NamedNode) -> str:
        by_title = {licence.title: licence.ckan for licence in LICENCES.values()}
        for distribution in self._statements.nodes(dataset, "dcat:distribution"):
            for licence in self._statements.nodes(distribution, "dct:license")[:1]:
                found = by_title.get(self._text(licence, "dct:title"))
                if found:
                    return found
        return ""

    def _format(self, distribution: ox.NamedNode) -> str:
        form = self._statements.value(distribution, "dct:format")
        if isinstance(form, ox.NamedNode) and self._statements.value(form, "rdf:type") == term("dct:IMT"):
            return self._text(form, "rdfs:label")
        return _plain(form)


def _plain(value: Value | None) -> str:
    return "" if value is None else value.value


def _geojson(wkt: str) -> str:
    """The GeoJSON of a point or polygon in WKT, as the library that CKAN uses writes it."""
    kind, _, rest = wkt.partition("(")
    pairs = [[float(number) for number in pair.split()] for pair in rest.strip("()").split(",") if pair.strip()]
    if kind.strip() == "POINT" and pairs:
        return json.dumps({"type": "Point", "coordinates": pairs[0]})
    return json.dumps({"type": "Polygon", "coordinates": [pairs]}) if pairs else ""

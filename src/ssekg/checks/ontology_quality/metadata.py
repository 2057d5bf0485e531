"""What an ontology may say about itself, and by which properties: as FOOPS! counts them (`fair.Constants` there)."""

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL, PROV, RDFS, SCHEMA, SKOS, VANN
from ssekg.checks.ontology_quality.ontology import Ontology, text
from ssekg.checks.ontology_quality.statements import Value

DC: Final = "http://purl.org/dc/elements/1.1/"
BIBO: Final = "http://purl.org/ontology/bibo/"
CC: Final = "http://creativecommons.org/ns#"
DOAP: Final = "http://usefulinc.com/ns/doap#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
MOD: Final = "https://w3id.org/mod#"
PAV: Final = "http://purl.org/pav/"
SCHEMA_ORG: Final = "https://schema.org/"
VOCABULARIES: Final = (DC, SCHEMA, SCHEMA_ORG, DCT, VANN, PROV, BIBO, PAV, FOAF, RDFS, OWL, DOAP, MOD)
"""Those whose annotations FOOPS! knows."""


def _schema(*names: str) -> tuple[str, ...]:
    return tuple(namespace + name for namespace in (SCHEMA, SCHEMA_ORG) for name in names)


PROPERTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "dct:title": (DCT + "title", DC + "title", *_schema("name")),
    "dct:description": (
        *(DCT + "description", DCT + "abstract", DC + "description", DC + "abstract", RDFS + "comment"),
        *(DOAP + "description", DOAP + "shortdesc", SKOS + "note", *_schema("description")),
    ),
    "dct:license": (DCT + "license", CC + "license", DOAP + "license", *_schema("license")),
    "dct:rights": (DCT + "rights", DC + "rights", DCT + "accessRights"),
    "owl:versionIRI": (OWL + "versionIRI",),
    "dct:creator": (
        *(DCT + "creator", DC + "creator", PAV + "createdBy", PAV + "authoredBy", FOAF + "maker"),
        *(PROV + "wasAttributedTo", DOAP + "developer", *_schema("creator")),
    ),
    "vann:preferredNamespaceUri": (VANN + "preferredNamespaceUri",),
    "vann:preferredNamespacePrefix": (VANN + "preferredNamespacePrefix",),
    "owl:versionInfo": (OWL + "versionInfo", *_schema("schemaVersion")),
    "dct:created": (
        *(DCT + "created", DOAP + "created", PROV + "generatedAtTime", PAV + "createdOn"),
        *_schema("dateCreated"),
    ),
    "dct:bibliographicCitation": (DCT + "bibliographicCitation",),
    "bibo:doi": (BIBO + "doi",),
    "dct:publisher": (DCT + "publisher", DC + "publisher", *_schema("publisher")),
    "foaf:logo": (FOAF + "logo", *_schema("logo")),
    "bibo:status": (BIBO + "status", MOD + "status"),
    "dct:source": (DCT + "source", DC + "source", PROV + "hadOriginalSource"),
    "dct:issued": (DCT + "issued", DCT + "submitted", *_schema("releaseDate", "datePublished")),
}
"""The properties by which something is said, by the usual one."""

_IDENTIFIERS: Final = (DCT + "identifier", *_schema("identifier"))
# Of these only a text counts.
_TEXTS: Final = frozenset({"dct:title", "dct:description", "owl:versionInfo", "dct:created"})
_XHV: Final = "http://www.w3.org/1999/xhtml/vocab#license"


def said(ontology: Ontology, name: str) -> list[Value]:
    """What an ontology says about itself by one of PROPERTIES.

    A DOI may also be an identifier, if the identifier is one.
    """
    found = [value for iri in PROPERTIES[name] for value in _values(ontology, iri)]
    if name in _TEXTS:
        found = [value for value in found if isinstance(value, ox.Literal)]
    if name == "bibo:doi":
        found += [value for iri in _IDENTIFIERS for value in _values(ontology, iri) if "doi." in text(value)]
    return [value for value in found if text(value).strip()]


def has_licence(ontology: Ontology) -> bool:
    """Whether an ontology states a licence or rights."""
    return bool(said(ontology, "dct:license") or said(ontology, "dct:rights") or list(_values(ontology, _XHV)))


def _values(ontology: Ontology, iri: str) -> Iterator[Value]:
    yield from ontology.values(ontology.header, ox.NamedNode(iri))

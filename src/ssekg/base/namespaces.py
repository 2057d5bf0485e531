"""The vocabularies in use with their prefixes, and how an IRI is shortened for people."""

import re
from typing import Final

SSE: Final = "https://w3id.org/ssekg/ontology#"
SHAPES: Final = "https://w3id.org/ssekg/shapes#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
SH: Final = "http://www.w3.org/ns/shacl#"

PREFIXES: Final = {
    "sse": SSE,
    "dct": DCT,
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "m8g": "http://data.europa.eu/m8g/",
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "http://schema.org/",
    "sh": SH,
    "shapes": SHAPES,
    "skos": SKOS,
    "xsd": XSD,
}

_LOCAL_NAME: Final = re.compile(r"[A-Za-z_][\w-]*")


def shortened(iri: str, base: str | None = None) -> str:
    """The IRI as a prefixed name, or relative to the instance `base`; else unchanged."""
    if base and iri.startswith(base):
        return iri.removeprefix(base)
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL_NAME.fullmatch(local):
            return f"{prefix}:{local}"
    return iri


def expanded(name: str) -> str | None:
    """The IRI of a prefixed name whose prefix is one of PREFIXES, else None."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return None


def code_of(component: str) -> str:
    """The finding code of a SHACL constraint component: `shacl-min-count` for sh:MinCountConstraintComponent."""
    name = component.strip("<>").removeprefix(SH).removesuffix("ConstraintComponent")
    return "shacl-" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()

"""Namespaces that everybody knows and those that a project adds; how an IRI is shortened for people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
PROV: Final = "http://www.w3.org/ns/prov#"
CSVW: Final = "http://www.w3.org/ns/csvw#"
QB: Final = "http://purl.org/linked-data/cube#"
SCHEMA: Final = "http://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
VANN: Final = "http://purl.org/vocab/vann/"
VOAF: Final = "http://purl.org/vocommons/voaf#"
BIBO: Final = "http://purl.org/ontology/bibo/"
TERM_STATUS: Final = "http://www.w3.org/2003/06/sw-vocab-status/ns#term_status"

EVIDENCE: Final = "https://w3id.org/ssekg/ontology#"
"""The evidence module, whose terms the tool knows in any project: sources, confidence, field notes, withdrawals."""
TOOL: Final = "https://w3id.org/ssekg/tool#"
"""The annotations by which an ontology says what the tool has to know about its terms (docs/project.md)."""

USUAL: Final[Mapping[str, str]] = {
    "dct": DCT,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": GEO,
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}
"""Prefixes that need no declaration: standards of W3C, OGC and DCMI, FOAF and schema.org."""

_LOCAL_NAME: Final = re.compile(r"[A-Za-z_][\w-]*")


@dataclass(frozen=True)
class Prefixes:
    """The prefixes of a project, its own ontology's first, and the `base` of its instances ("" without any)."""

    namespaces: Mapping[str, str] = field(default_factory=lambda: USUAL)
    base: str = ""

    def shortened(self, iri: str) -> str:
        """The IRI relative to the base, or as a prefixed name; else unchanged."""
        if self.base and iri.startswith(self.base):
            return iri.removeprefix(self.base)
        for prefix, namespace in self.namespaces.items():
            local = iri.removeprefix(namespace)
            if local != iri and _LOCAL_NAME.fullmatch(local):
                return f"{prefix}:{local}"
        return iri

    def expanded(self, name: str) -> str | None:
        """The IRI of a prefixed name, None if its prefix is not known."""
        prefix, colon, local = name.partition(":")
        if colon and prefix in self.namespaces and not local.startswith("//"):
            return self.namespaces[prefix] + local
        return None


def namespace_of(iri: str) -> str:
    """The IRI up to its last # or /."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def local_name(iri: str) -> str:
    """The IRI after its last # or /."""
    return iri[len(namespace_of(iri)) :]


def code_of(component: str) -> str:
    """The finding code of a SHACL constraint component: `shacl-min-count` for sh:MinCountConstraintComponent."""
    name = component.strip("<>").removeprefix(SH).removesuffix("ConstraintComponent")
    return "shacl-" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()

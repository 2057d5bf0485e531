"""What all datasets of a catalogue share: publisher, contact, licence, rights, and the part of the world they cover."""

from dataclasses import dataclass

import pyoxigraph as ox

from ssekg.base.messages import text
from ssekg.catalogue.authorities import licence_of, member
from ssekg.catalogue.statements import Statements, term
from ssekg.project.settings import Project


@dataclass(frozen=True)
class SharedNodes:
    """What all datasets share."""

    publisher: ox.NamedNode
    contact: ox.NamedNode
    licence: ox.NamedNode
    rights: ox.NamedNode
    provenance: ox.NamedNode
    site: ox.NamedNode
    ontology: ox.NamedNode | None
    series: ox.NamedNode


def catalogue_iri(project: Project) -> ox.NamedNode:
    """The IRI of the catalogue."""
    return ox.NamedNode(f"{project.home}catalog")


def shared_nodes(project: Project, ontology: ox.NamedNode | None) -> SharedNodes:
    """The nodes for a project; `ontology` is what its data conform to, if there is one."""
    catalogue = catalogue_iri(project).value
    licence = licence_of(project.licence)
    return SharedNodes(
        publisher=ox.NamedNode(project.home.rstrip("/")),
        contact=ox.NamedNode(f"{catalogue}#contact"),
        licence=member("licence", licence.code) if licence else ox.NamedNode(project.licence),
        rights=ox.NamedNode(f"{catalogue}#rights"),
        provenance=ox.NamedNode(f"{catalogue}#provenance"),
        site=ox.NamedNode(project.site),
        ontology=ontology,
        series=ox.NamedNode(f"{project.home}dataset-series"),
    )


def coverage_of(project: Project) -> list[ox.NamedNode]:
    """The part of the world that the data cover, as the value of dct:spatial; empty if ssekg.toml names none."""
    coverage = project.catalogue_settings.coverage
    return [ox.NamedNode(coverage.place)] if coverage else []


def add_shared(statements: Statements, project: Project, nodes: SharedNodes) -> None:
    """What the nodes are that datasets share."""
    publisher_type = member("publisher-type", project.catalogue_settings.publisher_type)
    statements.add(nodes.publisher, a=term("foaf:Agent"), foaf_name=project.publisher, dct_type=publisher_type)
    statements.add(nodes.publisher, foaf_homepage=nodes.site)
    statements.add(nodes.site, a=term("foaf:Document"))
    statements.add(nodes.contact, a=term("vcard:Kind"), vcard_fn=project.publisher)
    if project.contact.startswith(("http://", "https://")):
        statements.add(nodes.contact, vcard_hasURL=ox.NamedNode(project.contact))
    elif "@" in project.contact:
        address = "mailto:" + project.contact.removeprefix("mailto:")
        statements.add(nodes.contact, vcard_hasEmail=ox.NamedNode(address))
    statements.add(nodes.licence, a=term("dct:LicenseDocument"))
    licence = licence_of(project.licence)
    if licence:
        kinds = [member("licence-type", kind) for kind in licence.kinds]
        statements.add(nodes.licence, dct_title=licence.title, dct_type=kinds)
    for node, kind, code in (
        (nodes.rights, "dct:RightsStatement", "catalogue-rights"),
        (nodes.provenance, "dct:ProvenanceStatement", "catalogue-provenance"),
    ):
        statements.add(node, a=term(kind), rdfs_label={tag: text(code, tag) for tag in project.worded_languages})
    if nodes.ontology is not None:
        statements.add(nodes.ontology, a=term("dct:Standard"))
    _add_coverage(statements, project)


def _add_coverage(statements: Statements, project: Project) -> None:
    coverage = project.catalogue_settings.coverage
    if coverage is None:
        return
    west, south, east, north = coverage.bbox
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    polygon = ", ".join(f"{x} {y}" for x, y in corners)
    longitude, latitude = coverage.centroid
    first = (coverage.name[tag] for tag in project.reading_order if tag in coverage.name)
    name = next(first, next(iter(coverage.name.values()), ""))
    statements.add(
        ox.NamedNode(coverage.place),
        a=term("dct:Location"),
        skos_prefLabel=coverage.name,
        # CKAN takes the last of the labels, whatever their language, and reads this one after the others.
        rdfs_label=name,
        dcat_bbox=ox.Literal(f"POLYGON(({polygon}))", datatype=term("geo:wktLiteral")),
        dcat_centroid=ox.Literal(f"POINT({longitude} {latitude})", datatype=term("geo:wktLiteral")),
    )

"""What is in the graph that portals get, in numbers (VoID): triples, classes, properties, links to other data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from ssekg.base.formats import rdf_format_of
from ssekg.base.messages import text
from ssekg.base.namespaces import OWL, SCHEMA, SKOS, Prefixes
from ssekg.base.triples import as_terms, distinct_objects, distinct_subjects
from ssekg.catalogue.dcat import dataset_iri
from ssekg.catalogue.files import WHOLE
from ssekg.catalogue.statements import Statements, term, typed
from ssekg.graph.public import Public
from ssekg.graph.store import TYPE
from ssekg.project.settings import Project, derived_graph

# The properties that say that a thing of ours is the same as somebody else’s, or similar.
_LINKS: Final = frozenset(
    ox.NamedNode(iri)
    for iri in (
        OWL + "sameAs",
        SCHEMA + "sameAs",
        *(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
    )
)


@dataclass(frozen=True)
class Counts:
    """How many there are of each thing in some triples; links by property and the site that they lead to."""

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: Counter[ox.NamedNode]
    properties: Counter[ox.NamedNode]
    links: Counter[tuple[ox.NamedNode, str]]


def count(triples: Sequence[ox.Triple], base: str) -> Counts:
    """Count triples, of which none is there twice; entities are the subjects whose IRI begins with `base`."""
    classes: Counter[ox.NamedNode] = Counter()
    properties: Counter[ox.NamedNode] = Counter()
    links: Counter[tuple[ox.NamedNode, str]] = Counter()
    for _, predicate, value in as_terms(triples):
        properties[predicate] += 1
        if not isinstance(value, ox.NamedNode):
            continue
        if predicate == TYPE:
            classes[value] += 1
        elif predicate in _LINKS and not value.value.startswith(base):
            parts = urlsplit(value.value)
            links[predicate, f"{parts.scheme}://{parts.netloc}/"] += 1
    subjects, objects = distinct_subjects(triples), sum(1 for _ in distinct_objects(triples))
    entities = sum(isinstance(node, ox.NamedNode) and node.value.startswith(base) for node in subjects)
    return Counts(properties.total(), len(subjects), objects, entities, classes, properties, links)


def void_description(project: Project, graph: Public, catalogue: Statements) -> Statements:
    """The description of the public graph; `catalogue` says where its dumps are and under which licence."""
    node = dataset_iri(project, WHOLE)
    counts = count(graph.triples, graph.base)
    statements = Statements(languages=project.reading_order)
    document = ox.NamedNode(f"{project.site}void.ttl")
    statements.add(document, a=term("void:DatasetDescription"), foaf_primaryTopic=node)
    dumps = [
        address
        for distribution in catalogue.nodes(node, "dcat:distribution")
        for address in catalogue.nodes(distribution, "dcat:downloadURL")
        if rdf_format_of(address.value.removesuffix(".gz"))
    ]
    licences = [
        licence
        for distribution in catalogue.nodes(node, "dcat:distribution")[:1]
        for licence in catalogue.nodes(distribution, "dct:license")
    ]
    statements.add(
        node,
        a=term("void:Dataset"),
        dct_title=project.name,
        dct_description=project.description,
        dct_license=licences,
        dct_publisher=ox.NamedNode(project.home.rstrip("/")),
        dct_modified=typed(project.date.isoformat(), "date"),
        foaf_homepage=ox.NamedNode(project.site),
        void_dataDump=dumps,
        void_uriSpace=project.base,
        void_triples=_number(counts.triples),
        void_entities=_number(counts.entities),
        void_classes=_number(len(counts.classes)),
        void_properties=_number(len(counts.properties)),
        void_distinctSubjects=_number(counts.subjects),
        void_distinctObjects=_number(counts.objects),
        void_vocabulary=[ox.NamedNode(iri) for iri in _vocabularies([*counts.properties, *counts.classes])],
    )
    _add_partitions(statements, node, counts, graph.prefixes)
    if graph.derived:
        derived = derived_graph(project.base)
        titles = {tag: text("catalogue-derived", tag) for tag in project.worded_languages}
        statements.add(node, void_subset=derived)
        statements.add(derived, a=term("void:Dataset"), dct_title=titles, void_triples=_number(len(graph.derived)))
    return statements


def _add_partitions(statements: Statements, node: ox.NamedNode, counts: Counts, prefixes: Prefixes) -> None:
    for kind in sorted(counts.classes, key=str):
        part = ox.NamedNode(f"{node.value}#class-{_name(kind, prefixes)}")
        statements.add(node, void_classPartition=part)
        statements.add(part, void_class=kind, void_entities=_number(counts.classes[kind]))
    for name in sorted(counts.properties, key=str):
        part = ox.NamedNode(f"{node.value}#property-{_name(name, prefixes)}")
        statements.add(node, void_propertyPartition=part)
        statements.add(part, void_property=name, void_triples=_number(counts.properties[name]))
    for predicate, site in sorted(counts.links, key=str):
        part = ox.NamedNode(f"{node.value}#links-{_name(predicate, prefixes)}-{urlsplit(site).netloc}")
        statements.add(node, void_subset=part)
        statements.add(
            part,
            a=term("void:Linkset"),
            void_subjectsTarget=node,
            void_objectsTarget=ox.NamedNode(site),
            void_linkPredicate=predicate,
            void_triples=_number(counts.links[predicate, site]),
        )


def _number(value: int) -> ox.Literal:
    return typed(str(value), "integer")


def _name(node: ox.NamedNode, prefixes: Prefixes) -> str:
    return quote(prefixes.shortened(node.value).replace(":", "-", 1), safe="-._")


def _vocabularies(terms: Iterable[ox.NamedNode]) -> list[str]:
    return sorted({iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in (node.value for node in terms)})

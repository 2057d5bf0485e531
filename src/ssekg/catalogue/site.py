"""The files that describe a release to portals, search engines and programs."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ssekg.catalogue import writers
from ssekg.catalogue.dataset_schema_org import search_description
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import CataloguedTable, PublishedFile
from ssekg.catalogue.harvest import harvest_report
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.quality import Assessment, add_measurements, assess
from ssekg.catalogue.quality_report import quality_report
from ssekg.catalogue.statements import Statements
from ssekg.catalogue.void import void_description
from ssekg.graph.public import Public
from ssekg.project.settings import Project


def assessed_catalogue(
    project: Project,
    graph: Public,
    files: Sequence[PublishedFile],
    tables: Mapping[str, CataloguedTable] = MappingProxyType({}),
) -> tuple[Statements, list[Assessment]]:
    """The catalogue of a release, and the quality of its datasets.

    Args:
        project: the project; its `site` is where the release will be served.
        graph: the public graph.
        files: the other files of the release; a file that is not among them is not listed.
        tables: the tables among the files that are to be listed, by their path.
    """
    kinds = kinds_of(graph, project.worded_languages)
    catalogue = build_catalogue(project, kinds, files, graph.terms.ontology, tables)
    return catalogue, assess(catalogue)


def catalogue_files(
    project: Project, graph: Public, catalogue: Statements, assessments: Sequence[Assessment]
) -> dict[str, bytes]:
    """The catalogue, to which its quality is added, and what goes with it, by path in the release.

    Returns:
        catalog.ttl, .rdf and .jsonld (DCAT-AP with measurements of quality), void.ttl and .well-known/void,
        dataset.jsonld (schema.org), quality.json, harvest.json.
    """
    void = writers.turtle(void_description(project, graph, catalogue))
    described = {
        "dataset.jsonld": search_description(project, graph, catalogue),
        "harvest.json": harvest_report(catalogue),
        "quality.json": quality_report(catalogue, assessments),
        "void.ttl": void,
        ".well-known/void": void,
    }
    add_measurements(catalogue, assessments)
    return described | {
        "catalog.ttl": writers.turtle(catalogue),
        "catalog.rdf": writers.rdfxml(catalogue),
        "catalog.jsonld": writers.jsonld(catalogue),
    }

"""The files of a release, as the catalogue hears of them, and the catalogue that comes of them."""

import hashlib
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.language import LANGUAGES
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import WHOLE, CataloguedTable, PublishedFile
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.site import assessed_catalogue, catalogue_files
from ssekg.catalogue.statements import Statements
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project

# Every format that the catalogue lists, beside what the release of the fixture holds.
MORE = (
    *(f"ssekg-without-persons.{end}" for end in ("nq", "trig", "rdf", "ttl.gz", "nt.gz")),
    *("id/law.jsonld", "id/person.jsonld", "tables/person.csv", "tables/law.csv-metadata.json", "places.geojson"),
    "statistics.parquet",
)


@pytest.fixture(scope="session")
def files(release: Path) -> list[PublishedFile]:
    """The files of the published release, and one of each further format."""
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: PublishedFile(**entry) for entry in manifest["files"]}
    for path in MORE:
        digest = hashlib.sha256(path.encode()).hexdigest()
        listed.setdefault(path, PublishedFile(path, len(path), digest, "application/octet-stream"))
    return list(listed.values())


def tables_of(files: list[PublishedFile]) -> dict[str, CataloguedTable]:
    """The tables to be listed among some files: that of places, and two of parts."""
    datasets = {"tables/places.csv": "place", "tables/amounts.csv": WHOLE, "tables/figures.csv": WHOLE}
    paths = {each.path for each in files}
    return {path: CataloguedTable(dataset, {"fr": path}) for path, dataset in datasets.items() if path in paths}


@pytest.fixture(scope="session")
def catalogue(project: Project, graph: Graph, files: list[PublishedFile]) -> Statements:
    """The catalogue without measurements, to look at or to make a broken one of."""
    return build_catalogue(
        project, kinds_of(Public(graph, project.privacy), LANGUAGES), files, graph.terms.ontology, tables_of(files)
    )


@pytest.fixture(scope="session")
def published(project: Project, graph: Graph, files: list[PublishedFile]) -> dict[str, bytes]:
    """What the catalogue adds to a release."""
    public = Public(graph, project.privacy)
    return catalogue_files(project, public, *assessed_catalogue(project, public, files, tables_of(files)))


@pytest.fixture(scope="session")
def triples(published: dict[str, bytes]) -> list[ox.Triple]:
    """The triples of catalog.ttl."""
    return [quad.triple for quad in ox.parse(published["catalog.ttl"], ox.RdfFormat.TURTLE)]

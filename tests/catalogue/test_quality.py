"""The assessment gives 325 of 325 points offline and 405 of 405 served, and every metric notices what it asks for."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

import pyoxigraph as ox
import pytest

from ssekg.base.language import LANGUAGES
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import CataloguedTable, PublishedFile
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.quality import DIMENSIONS, METRICS, Assessment, assess
from ssekg.catalogue.quality_report import rating
from ssekg.catalogue.statements import Statements, term
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project

OFFLINE = 325
SERVED = 405
STATUS = {"accessUrlStatusCode", "downloadUrlStatusCode"}
# What each metric looks for; without it the metric is not met.
ASKED = {
    "keywordAvailability": "dcat:keyword",
    "categoryAvailability": "dcat:theme",
    "spatialAvailability": "dct:spatial",
    "temporalAvailability": "dct:temporal",
    "downloadUrlAvailability": "dcat:downloadURL",
    "formatAvailability": "dct:format",
    "mediaTypeAvailability": "dcat:mediaType",
    "dcatApCompliance": "dct:title",
    "licenceAvailability": "dct:license",
    "accessRightsAvailability": "dct:accessRights",
    "contactPointAvailability": "dcat:contactPoint",
    "publisherAvailability": "dct:publisher",
    "rightsAvailability": "dct:rights",
    "byteSizeAvailability": "dcat:byteSize",
    "dateIssuedAvailability": "dct:issued",
    "dateModifiedAvailability": "dct:modified",
}
# What each metric does not take.
WRONG = {
    "formatMediaTypeVocabularyAlignment": ("dct:format", "https://example.org/format/CSV"),
    "formatMediaTypeNonProprietary": ("dct:format", "http://publications.europa.eu/resource/authority/file-type/XLS"),
    "formatMediaTypeMachineInterpretable": (
        "dct:format",
        "http://publications.europa.eu/resource/authority/file-type/PDF",
    ),
    "knownLicence": ("dct:license", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "accessRightsVocabularyAlignment": (
        "dct:accessRights",
        "http://publications.europa.eu/resource/authority/access-right/SECRET",
    ),
    "dcatApCompliance": ("dcat:landingPage", "https://example.org/no-document"),
}


def test_the_metrics_are_those_of_the_assessment() -> None:
    assert len(METRICS) == 23
    points = {name: sum(metric.points for metric in METRICS if metric.dimension == name) for name in DIMENSIONS}
    assert list(points.values()) == [100, 100, 110, 75, 20]
    assert {metric.name for metric in METRICS} == set(ASKED) | set(WRONG) | STATUS


def test_all_points_that_can_be_had_offline(catalogue: Statements) -> None:
    assessments = assess(catalogue)
    assert len(assessments) > 10
    for assessment in assessments:
        assert (assessment.points(), assessment.reachable()) == (OFFLINE, OFFLINE)
        assert {name for name, met in assessment.results.items() if met is None} == STATUS
        assert rating(assessment) is None


@pytest.mark.parametrize("metric", sorted(ASKED))
def test_a_metric_notices_what_is_missing(catalogue: Statements, metric: str) -> None:
    left = Statements(triple for triple in catalogue if triple.predicate != term(ASKED[metric]))
    assert {assessment.results[metric] for assessment in assess(left)} == {False}


@pytest.mark.parametrize("metric", sorted(WRONG))
def test_a_metric_notices_what_is_wrong(catalogue: Statements, metric: str) -> None:
    name, value = WRONG[metric]
    changed = Statements(
        ox.Triple(triple.subject, triple.predicate, ox.NamedNode(value)) if triple.predicate == term(name) else triple
        for triple in catalogue
    )
    assert {assessment.results[metric] for assessment in assess(changed)} == {False}


class Handler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on a loopback address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as problem:
        problem.close()
        return problem.code


def assess_served(project: Project, graph: Graph, release: Path, files: list[PublishedFile]) -> list[Assessment]:
    with served(release) as site:
        catalogue = build_catalogue(
            replace(project, site=site),
            kinds_of(Public(graph, project.privacy), LANGUAGES),
            files,
            graph.terms.ontology,
            {"tables/law.csv": CataloguedTable("law", {})},
        )
        addresses = {
            address.value
            for node in catalogue.of_class("dcat:Distribution")
            for name in ("dcat:accessURL", "dcat:downloadURL")
            for address in catalogue.nodes(node, name)
        }
        return assess(catalogue, {address: status(address) for address in addresses})


def test_all_points_when_served(project: Project, graph: Graph, release: Path, files: list[PublishedFile]) -> None:
    there = [file for file in files if (release / file.path).is_file()]
    for assessment in assess_served(project, graph, release, there):
        assert (assessment.points(), assessment.reachable()) == (SERVED, SERVED)
        assert rating(assessment) == "excellent"


def test_a_file_that_is_not_there_costs_points(project: Project, graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/law.csv").touch()
    listed = [PublishedFile(path, 1, "0" * 64, "") for path in ("id/law.jsonld", "tables/law.csv")]
    (best,) = assess_served(project, graph, tmp_path, listed)
    assert best.points() == SERVED, "the best distribution counts"
    (alone,) = assess_served(project, graph, tmp_path, listed[:1])
    assert alone.points() == SERVED - 80
    assert rating(alone) == "good"


def test_measurements_are_in_the_catalogue(triples: list[ox.Triple]) -> None:
    said = Statements(triples)
    for dataset in said.of_class("dcat:Dataset"):
        measurements = said.nodes(dataset, "dqv:hasQualityMeasurement")
        metrics = {node.value for one in measurements for node in said.nodes(one, "dqv:isMeasurementOf")}
        assert metrics == {f"https://piveau.eu/ns/voc#{metric.name}" for metric in METRICS if metric.name not in STATUS}
        for one in measurements:
            assert [value.value for value in said.values(one, "dqv:value")] == ["true"]
            (on,) = said.nodes(one, "dqv:computedOn")
            assert on == dataset or on in said.nodes(dataset, "dcat:distribution")


def test_quality_json_tells_points_and_what_is_not_measured(published: dict[str, bytes]) -> None:
    report = json.loads(published["quality.json"])
    for dataset in report["datasets"]:
        assert (dataset["points"], dataset["reachable"], dataset["of"]) == (OFFLINE, OFFLINE, SERVED)
        assert {name for name, met in dataset["results"].items() if met is None} == STATUS
        assert dataset["rating"] is None
        assert set(dataset["title"]) == {"ar", "fr", "en"}

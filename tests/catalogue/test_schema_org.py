"""Search engines find all that Google Dataset Search requires and recommends."""

import json
from typing import Any

import pytest
from pyld import jsonld

from ssekg.catalogue.files import PublishedFile
from ssekg.project.settings import Project

REQUIRED = {"name", "description"}
# Google also likes to know a funder; nobody has funded this.
RECOMMENDED = {
    *("url", "sameAs", "version", "isAccessibleForFree", "keywords", "identifier", "variableMeasured"),
    *("alternateName", "creator", "citation", "license", "measurementTechnique", "spatialCoverage"),
    *("temporalCoverage", "includedInDataCatalog", "distribution"),
}


@pytest.fixture
def whole(published: dict[str, bytes]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(published["dataset.jsonld"])
    return document


def test_properties_are_all_there(whole: dict[str, Any]) -> None:
    assert whole["@context"] == "https://schema.org/"
    assert len(whole["hasPart"]) == 13
    for dataset in (whole, *whole["hasPart"]):
        assert dataset["@type"] == "Dataset"
        assert set(dataset) >= REQUIRED | RECOMMENDED
        assert all(dataset[name] for name in REQUIRED | RECOMMENDED)
        assert 50 <= len(dataset["description"]) <= 5000
        assert "/" in dataset["temporalCoverage"]
    assert all(part["isPartOf"] == {"@id": whole["@id"]} for part in whole["hasPart"])


def test_files_are_downloads(whole: dict[str, Any], project: Project, files: list[PublishedFile]) -> None:
    by_address = {project.site + file.path: file for file in files}
    downloads = [file for dataset in (whole, *whole["hasPart"]) for file in dataset["distribution"]]
    assert len(downloads) > 20
    for download in downloads:
        file = by_address[download["contentUrl"]]
        assert (download["sha256"], download["contentSize"]) == (file.sha256, f"{file.bytes} B")
        assert "/" in download["encodingFormat"]
        assert (download["encodingFormat"] == "application/gzip") == file.path.endswith(".gz")


def test_names_are_in_the_languages_of_the_project(whole: dict[str, Any], project: Project) -> None:
    assert whole["name"] == project.name["en"]
    assert project.name["fr"] in whole["alternateName"]
    law = next(part for part in whole["hasPart"] if part["@id"].endswith("/law"))
    assert law["name"].startswith("Laws – ")
    statistics = next(part for part in whole["hasPart"] if part["@id"].endswith("/observation"))
    assert "Number of cooperatives" in statistics["variableMeasured"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD
def test_it_is_jsonld(whole: dict[str, Any]) -> None:
    local = dict(whole) | {"@context": {"@vocab": "https://schema.org/"}}
    (expanded,) = jsonld.expand(local)
    assert expanded["@type"] == ["https://schema.org/Dataset"]
    assert len(expanded["https://schema.org/hasPart"]) == 13

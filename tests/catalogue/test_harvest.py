"""CKAN itself makes of the catalogue what the rehearsal foretold, field by field, in three languages and formats."""

import datetime
import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ssekg.base.language import LANGUAGES
from ssekg.catalogue import writers
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.harvest import rehearse, troubles
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.slugs import slug
from ssekg.catalogue.statements import Statements, term
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.catalogue.conftest import tables_of
from tests.conftest import ROOT

FORMATS = ("catalog.ttl", "catalog.rdf", "catalog.jsonld")
Package = dict[str, Any]
Answers = Mapping[str, Mapping[str, list[Package]]]


@pytest.fixture(scope="module")
def later(project: Project, graph: Graph, files: list[PublishedFile]) -> Statements:
    """The catalogue of the next release, in which every file has changed."""
    changed = [replace(file, bytes=file.bytes + 7, sha256="1" * 64) for file in files]
    return build_catalogue(
        replace(project, version="9.0.0", date=datetime.date(2027, 5, 1)),
        kinds_of(Public(graph, project.privacy), LANGUAGES),
        changed,
        graph.terms.ontology,
        tables_of(changed),
    )


@pytest.fixture(scope="module")
def broken(project: Project, graph: Graph, files: list[PublishedFile]) -> Statements:
    """A catalogue with much that CKAN does not like."""
    catalogue_settings = replace(
        project.catalogue_settings,
        keywords={"fr": ("l’ESS", "x", "coopératives, mutuelles", "a" * 101), "ar": ("التَّعاون",)},
        coverage=None,
    )
    wrong = replace(
        project,
        name={"fr": "Œuvre : données « ouvertes » & Straße 2023/2024, " + "très " * 20 + "long 2025", "ar": "مبيان"},
        licence="https://example.org/my-licence",
        contact="Bureau 12",
        catalogue_settings=catalogue_settings,
    )
    return build_catalogue(wrong, kinds_of(Public(graph, project.privacy), LANGUAGES), files, graph.terms.ontology)


@pytest.fixture(scope="module")
def answers(
    published: dict[str, bytes], later: Statements, broken: Statements, tmp_path_factory: pytest.TempPathFactory
) -> Answers:
    """What CKAN reads, by file name and language."""
    python = ROOT / ".venv-portal/bin/python"
    if not python.exists():
        pytest.fail("run `make .venv-portal/installed` first")
    folder = tmp_path_factory.mktemp("harvest")
    contents = {name: published[name] for name in FORMATS}
    contents |= {"later.ttl": writers.turtle(later), "broken.ttl": writers.turtle(broken)}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [python, ROOT / "tests/ckan_reads.py", *(folder / name for name in contents)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {Path(name).name: by_language for name, by_language in json.loads(done.stdout).items()}


def as_harvested(package: Package) -> Package:
    """A package that CKAN read, with the extra that the harvester adds, without what the reader notes."""
    uri = next(extra["value"] for extra in package["extras"] if extra["key"] == "uri")
    extras = [*package["extras"], {"key": "guid", "value": uri}]
    return {key: value for key, value in package.items() if key != "refused_tags"} | {"extras": extras}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_ckan_reads_what_was_foretold(answers: Answers, published: dict[str, bytes], name: str, language: str) -> None:
    foretold = json.loads(published["harvest.json"])["packages"][language]
    read = [as_harvested(package) for package in answers[name][language]]
    assert len(read) > 10
    for ours, theirs in zip(foretold, read, strict=True):
        assert ours == theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ckan_stores_is_what_people_should_see(
    answers: Answers, project: Project, files: list[PublishedFile], language: str
) -> None:
    by_address = {project.site + file.path: file for file in files}
    packages = {package["extras"][2]["value"]: package for package in answers["catalog.rdf"][language]}
    titles = {"fr": "Textes juridiques", "ar": "النصوص القانونية", "en": "Laws"}
    assert packages["ssekg-law"]["title"].startswith(f"{titles[language]} – {project.name[language]}")
    assert packages["ssekg"]["title"].startswith(project.name[language])
    names = [package["name"] for package in packages.values()]
    assert len(set(names)) == len(names)
    formats = set()
    for package in packages.values():
        assert package["license_id"] == "odc-odbl"
        assert package["refused_tags"] == []
        assert package["version"] == project.version
        assert package["name"].isascii()
        assert package["name"].strip("_-")
        for resource in package["resources"]:
            file = by_address[resource["url"]]
            assert (resource["size"], resource["hash"]) == (file.bytes, file.sha256)
            formats.add((resource["format"], resource["mimetype"]))
    assert {
        ("CSV", "text/csv"),
        ("TTL", "text/turtle"),
        ("JSON-LD", "application/ld+json"),
        ("RDF", "application/rdf+xml"),
        ("GeoJSON", "application/geo+json"),
    } <= formats


def test_a_second_harvest_updates_and_recreates_nothing(answers: Answers, project: Project) -> None:
    for language in LANGUAGES:
        before, after = (answers[name][language] for name in ("catalog.ttl", "later.ttl"))
        for old, new in zip(before, after, strict=True):
            assert as_harvested(old)["extras"][-1] == as_harvested(new)["extras"][-1]
            assert old["name"] == new["name"]
            for one, other in zip(old["resources"], new["resources"], strict=True):
                assert (one["uri"], one["distribution_ref"]) == (other["uri"], other["distribution_ref"])
                assert (one["hash"], one["size"] + 7) != (other["hash"], one["size"])
            assert (old["version"], new["version"]) == (project.version, "9.0.0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_catalogue_is_foretold_too(answers: Answers, broken: Statements, language: str) -> None:
    foretold = rehearse(broken, language)
    read = answers["broken.ttl"][language]
    for ours, theirs in zip(foretold, read, strict=True):
        assert ours == as_harvested(theirs)
    found = troubles(foretold, language, broken)
    refused = {tag for package in read for tag in package["refused_tags"]}
    assert {trouble.value for trouble in found if trouble.code == "harvest-tag"} == refused
    assert refused == {"l’ESS", "x", "a" * 101, "التَّعاون"}
    assert {package["license_id"] for package in read} == {""}
    expected = {"harvest-tag", "harvest-licence", "harvest-contact"} | (
        {"harvest-language"} if language == "en" else set()
    )
    assert {trouble.code for trouble in found} == expected


def test_the_first_title_missing_is_told(catalogue: Statements) -> None:
    dataset = catalogue.of_class("dcat:Dataset")[0]
    titles = [triple for triple in catalogue if triple.subject == dataset and triple.predicate == term("dct:title")]
    bare = Statements(triple for triple in catalogue if triple not in titles)
    assert "harvest-title" in {trouble.code for trouble in troubles(rehearse(bare, "fr"), "fr", bare)}


def test_an_arabic_title_alone_gives_an_address_without_letters(catalogue: Statements) -> None:
    dataset = catalogue.of_class("dcat:Dataset")[0]
    kept = [triple for triple in catalogue if triple.subject != dataset or triple.predicate != term("dct:title")]
    arabic = ox.Triple(dataset, term("dct:title"), ox.Literal("مبيان", language="ar"))
    only = Statements([*kept, arabic])
    (trouble,) = [found for found in troubles(rehearse(only, "ar"), "ar", only) if found.code == "harvest-name"]
    assert (trouble.dataset, trouble.value) == (dataset.value, "__")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("L’Économie : sociale", "leconomie-sociale"),
        ("Œuvre", "uvre"),
        ("Straße Ægir Ðð Þþ ÿ", "strasse-aegir-thth-thth-y"),
        ("مبيان (ssekg-law)", "ssekg-law"),
        ("", "__"),
        ("a", "a_"),
        ("x" * 200, "x" * 95),
        (f"{'x' * 200}-2023/24", f"{'x' * 87}-2023-24"),
        (f"{'x ' * 100} 2023/24", f"{'x-' * 43}x-2023-24"),
    ],
)
def test_slugs(title: str, name: str) -> None:
    assert slug(title) == name

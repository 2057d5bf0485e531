"""The sitemap is valid and lists what may be found; robots.txt keeps crawlers from what is about persons."""

import dataclasses
from pathlib import Path
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from ssekg.checks.run import CheckedGraph
from ssekg.project.settings import Project
from ssekg.publish.parts import sitemap
from ssekg.publish.parts.documents import document_files
from ssekg.publish.parts.sitemap import sitemap_files

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "data" / "sitemap.xsd"))
PATHS = ("index.html", "id/place/fes.jsonld", "catalog.ttl", "changes/index.html", "id/place/فاس & a%2Fb.jsonld")


def locations(content: bytes) -> list[str]:
    root = etree.fromstring(content)
    SCHEMA.assertValid(root)
    return [element.text for element in root.iter("{*}loc")]


def robots(project: Project) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(sitemap_files(project, PATHS)["robots.txt"].decode().splitlines())
    return parser


def test_addresses_are_those_of_the_site(project: Project) -> None:
    assert locations(sitemap_files(project, PATHS)["sitemap.xml"]) == [
        f"{project.site}catalog.ttl",
        f"{project.site}changes/",
        f"{project.site}id/place/fes.jsonld",
        f"{project.site}id/place/%D9%81%D8%A7%D8%B3%20%26%20a%252Fb.jsonld",
        project.site,
    ]


def test_last_change_is_the_day_of_the_release(project: Project) -> None:
    root = etree.fromstring(sitemap_files(project, PATHS)["sitemap.xml"])
    assert {element.text for element in root.iter("{*}lastmod")} == {project.date.isoformat()}


def test_order_of_paths_does_not_matter(project: Project) -> None:
    assert sitemap_files(project, reversed(PATHS * 2)) == sitemap_files(project, PATHS)


def test_many_are_split_under_an_index(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 2)
    files = sitemap_files(project, PATHS)
    assert locations(files["sitemap.xml"]) == [f"{project.site}sitemap-{number}.xml" for number in (1, 2, 3)]
    split = [address for number in (1, 2, 3) for address in locations(files[f"sitemap-{number}.xml"])]
    monkeypatch.undo()
    assert split == locations(sitemap_files(project, PATHS)["sitemap.xml"])


def test_the_limit_is_that_of_the_protocol(project: Project) -> None:
    paths = [f"id/place/{number}.jsonld" for number in range(50_001)]
    files = sitemap_files(project, paths)
    assert [len(locations(files[f"sitemap-{number}.xml"])) for number in (1, 2)] == [50_000, 1]


def test_persons_are_not_led_to(project: Project, checked: CheckedGraph) -> None:
    paths = [name for name, _ in document_files(checked)]
    paths += ["ssekg.ttl", "ssekg.jsonld.gz", "ssekg-without-persons.ttl", "tables/person.csv", "tables/place.csv"]
    listed = locations(sitemap_files(project, paths)["sitemap.xml"])
    names = {unquote(address).removeprefix(project.site) for address in listed}
    assert set(paths) - names == {"id/person/1.jsonld", "ssekg.ttl", "ssekg.jsonld.gz", "tables/person.csv"}
    may_fetch = robots(project).can_fetch
    assert {path for path in paths if not may_fetch("*", project.site + path)} == set(paths) - names


def test_robots_are_told_where_the_sitemap_is(project: Project) -> None:
    here = dataclasses.replace(project, site="https://example.org/a/")
    assert robots(here).site_maps() == ["https://example.org/a/sitemap.xml"]
    assert b"Disallow: /a/id/person/\n" in sitemap_files(here, PATHS)["robots.txt"]

"""The sitemap is valid and lists what may be found; robots.txt keeps crawlers from what is about persons."""

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from ssekg.checks.run import CheckedGraph
from ssekg.project.settings import Privacy, Project
from ssekg.publish.parts import sitemap
from ssekg.publish.parts.documents import documents
from tests.publish.contexts import context_of

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[2] / "data" / "sitemap.xsd"))
PATHS = ("index.html", "id/place/fes.jsonld", "catalog.ttl", "changes/index.html", "id/place/فاس & a%2Fb.jsonld")


def made_of(project: Project, paths: Iterable[str]) -> dict[str, bytes]:
    return dict(sitemap.sitemap_files(project, paths))


def locations(content: bytes) -> list[str]:
    root = etree.fromstring(content)
    SCHEMA.assertValid(root)
    return [element.text for element in root.iter("{*}loc")]


def robots(project: Project) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(made_of(project, PATHS)["robots.txt"].decode().splitlines())
    return parser


def test_addresses_are_those_of_the_site(project: Project) -> None:
    assert locations(made_of(project, PATHS)["sitemap.xml"]) == [
        f"{project.site}catalog.ttl",
        f"{project.site}changes/",
        f"{project.site}id/place/fes.jsonld",
        f"{project.site}id/place/%D9%81%D8%A7%D8%B3%20%26%20a%252Fb.jsonld",
        project.site,
    ]


def test_last_change_is_the_day_of_the_release(project: Project) -> None:
    root = etree.fromstring(made_of(project, PATHS)["sitemap.xml"])
    assert {element.text for element in root.iter("{*}lastmod")} == {project.date.isoformat()}


def test_order_of_paths_does_not_matter(project: Project) -> None:
    assert made_of(project, reversed(PATHS * 2)) == made_of(project, PATHS)


def test_many_are_split_under_an_index(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 2)
    files = made_of(project, PATHS)
    assert locations(files["sitemap.xml"]) == [f"{project.site}sitemap-{number}.xml" for number in (1, 2, 3)]
    split = [address for number in (1, 2, 3) for address in locations(files[f"sitemap-{number}.xml"])]
    monkeypatch.undo()
    assert split == locations(made_of(project, PATHS)["sitemap.xml"])


def test_the_limit_is_that_of_the_protocol(project: Project) -> None:
    paths = [f"id/place/{number}.jsonld" for number in range(50_001)]
    files = made_of(project, paths)
    assert [len(locations(files[f"sitemap-{number}.xml"])) for number in (1, 2)] == [50_000, 1]


def test_what_is_withheld_is_not_led_to(project: Project, checked: CheckedGraph) -> None:
    paths = [name for name, _ in documents(context_of(project, checked.graph))]
    paths += [
        "id/person/1.jsonld",
        "ssekg.ttl",
        "ssekg.jsonld.gz",
        "ssekg-without-persons.ttl",
        "tables/person.csv",
        "tables/place.csv",
    ]
    listed = locations(made_of(project, paths)["sitemap.xml"])
    names = {unquote(address).removeprefix(project.site) for address in listed}
    assert set(paths) - names == {"id/person/1.jsonld", "ssekg.ttl", "ssekg.jsonld.gz", "tables/person.csv"}
    may_fetch = robots(project).can_fetch
    assert {path for path in paths if not may_fetch("*", project.site + path)} == set(paths) - names


def test_robots_are_told_where_the_sitemap_is(project: Project) -> None:
    here = dataclasses.replace(project, site="https://example.org/a/")
    assert robots(here).site_maps() == ["https://example.org/a/sitemap.xml"]
    assert b"Disallow: /a/id/person/\n" in made_of(here, PATHS)["robots.txt"]


def test_where_nothing_is_withheld_all_is_listed(project: Project) -> None:
    files = made_of(dataclasses.replace(project, privacy=Privacy()), ["ssekg.ttl", "id/person/1.jsonld"])
    assert b"Disallow: /ssekg/sparql\n" in files["robots.txt"]
    assert b"ssekg.ttl" not in files["robots.txt"]
    assert locations(files["sitemap.xml"]) == [f"{project.site}id/person/1.jsonld", f"{project.site}ssekg.ttl"]

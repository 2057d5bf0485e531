"""The pages of a release in a real browser: in their language, loading nothing, leading to files that are there."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By

from ssekg.base.language import LANGUAGES
from ssekg.project.settings import Project
from ssekg.publish.parts.pages import page_files
from tests.browser import chromium, logged, requested

PATHS = (
    "catalog.ttl", "catalog.rdf", "catalog.jsonld", "changes/CHANGELOG.ar.md", "changes/CHANGELOG.fr.md",
    "changes/patch.rdfp", "feed/index.ttl", "id/place.jsonld", "id/place/fes.jsonld", "id/person/1.jsonld",
    "manifest.json", "ontology/concepts/law.ttl", "ontology/ssekg.ttl", "quality.ar.html", "quality.fr.html",
    "quality.en.html", "queries/a & b.rq", "shapes/laws.ttl", "ssekg-without-persons.ttl.gz", "ssekg.ttl",
    "tables/place.csv", "x.bin",
)  # fmt: skip
DATASET = json.dumps({"@context": "https://schema.org/", "name": "</script><!--<script>alert(1)</script>"})


@pytest.fixture(scope="module")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name in PATHS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    for name, content in page_files(project, PATHS, DATASET).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as chrome:
        yield chrome


def parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


def links(root: Any) -> list[str]:
    return [str(address) for address in root.xpath("//body//a/@href")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_in_its_language_and_loads_nothing(
    browser: webdriver.Chrome, site: Path, project: Project, language: str
) -> None:
    for kind in ("performance", "browser"):
        logged(browser, kind)
    browser.get((site / f"index.{language}.html").as_uri())
    root = browser.find_element(By.TAG_NAME, "html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert browser.title == browser.find_element(By.TAG_NAME, "h1").text == project.name[language]
    assert [address for address in requested(browser) if not address.startswith(("file:", "data:"))] == []
    assert logged(browser, "browser") == []
    path = browser.find_element(By.CSS_SELECTOR, "li code")
    assert path.value_of_css_property("direction") == "ltr"


def test_the_first_page_lets_everyone_choose_in_their_language(
    browser: webdriver.Chrome, site: Path, project: Project
) -> None:
    for language in LANGUAGES:
        browser.get((site / "index.html").as_uri())
        article = browser.find_element(By.CSS_SELECTOR, f"article[lang={language}]")
        assert article.value_of_css_property("direction") == ("rtl" if language == "ar" else "ltr")
        article.find_element(By.CSS_SELECTOR, "h2 a").click()
        assert browser.title == project.name[language]
    assert logged(browser, "browser") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_files_that_are_there(site: Path, language: str) -> None:
    shown = set(links(parsed((site / f"index.{language}.html").read_bytes())))
    here = {address for address in shown if not address.startswith("http")}
    assert {
        f"quality.{language}.html",
        "queries/a%20%26%20b.rq",
        "feed/index.ttl",
        "id/place.jsonld",
        "ssekg.ttl",
    } <= here
    assert all((site / unquote(address)).is_file() for address in here)
    others = {f"quality.{other}.html" for other in LANGUAGES if other != language}
    assert not here & {*others, "id/place/fes.jsonld", "id/person/1.jsonld", "x.bin"}
    assert ("changes/CHANGELOG.fr.md" in here) == (language == "fr")


def test_programs_find_the_catalogue_and_the_other_languages(site: Path, project: Project) -> None:
    for page in site.glob("index*.html"):
        root = parsed(page.read_bytes())
        found = {(str(link.get("type")), link.get("href")) for link in root.xpath("//link[@rel='alternate'][@type]")}
        assert found == {
            ("text/turtle", "catalog.ttl"),
            ("application/rdf+xml", "catalog.rdf"),
            ("application/ld+json", "catalog.jsonld"),
        }
        tags = {link.get("hreflang"): link.get("href") for link in root.xpath("//link[@rel='alternate'][@hreflang]")}
        assert tags == {tag: f"{project.site}index.{tag}.html" for tag in LANGUAGES} | {"x-default": project.site}


def test_what_search_engines_are_told_can_not_end_its_element(site: Path) -> None:
    (script,) = parsed((site / "index.html").read_bytes()).xpath("//script")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text) == json.loads(DATASET)


def test_no_files_no_headings(project: Project) -> None:
    pages = page_files(project, ())
    root = parsed(pages["index.en.html"])
    assert root.xpath("//h2") == root.xpath("//script") == root.xpath("//link[@type]") == []


def test_hostile_settings_stay_text(project: Project) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'&"
    changed = dataclasses.replace(
        project,
        name={"fr": hostile},
        description={"fr": hostile},
        publisher=hostile,
        contact=f"javascript:{hostile}",
        licence=f"https://{hostile}",
        version=hostile,
    )
    for content in page_files(changed, ['"><img>.ttl', "queries/<img>.rq"]).values():
        root = parsed(content)
        assert root.xpath("//img | //script") == []
        assert root.findtext(".//title") == hostile
        assert not any(address.startswith("javascript:") for address in links(root))

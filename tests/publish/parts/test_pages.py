"""The pages of a release in a real browser: in their language, loading nothing, leading to files that are there."""

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Report
from ssekg.base.language import LANGUAGES
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.site import assessed_catalogue
from ssekg.graph.changes.compare import Changes, compare
from ssekg.graph.store import Graph, build_graph
from ssekg.guides.tables import Guides, TableGuide
from ssekg.project.settings import Privacy, Project, read_project
from ssekg.publish.parts.removal_page import removal_page
from ssekg.site.about_page import about_pages
from ssekg.site.addresses import Addresses
from ssekg.site.changes_page import PastRelease, changes_pages
from ssekg.site.data_page import Dataset, data_pages
from ssekg.site.entry_page import entry_pages
from ssekg.site.home_page import home_pages
from ssekg.site.layout import Site
from ssekg.site.metadata_quality import metadata_quality
from ssekg.site.quality_page import quality_pages
from ssekg.sources.tables.table import Table
from tests.browser import accessibility_problems, chromium, logged, overflowing, requested
from tests.conftest import SECOND
from tests.graphs import graph_of
from tests.publish.contexts import context_of
from tests.publish.small import small

PATHS = (
    "catalog.ttl", "catalog.rdf", "catalog.jsonld", "changes/CHANGELOG.ar.md", "changes/CHANGELOG.fr.md",
    "changes/patch.rdfp", "feed/index.ttl", "id/place.jsonld", "id/place/fes.jsonld", "id/person/1.jsonld",
    "manifest.json", "ontology/concepts/law.ttl", "ontology/ssekg.ttl", "queries/a & b.rq",
    "queries/more/c.rq", "shapes/core/laws.ttl",
    "ssekg-without-persons.ttl.gz", "ssekg.ttl", "tables/place.csv", "x.bin",
)  # fmt: skip
KINDS = ("removal", "quality", "data", "about", "enter", "changes")
NOTHING = graph_of("")
WEAK = graph_of(
    f"""<{"very-long-" * 9}> sse:withdrawnOn "2026-03-01" ; sse:withdrawalReason <concept/r> .
    <law/one> skos:prefLabel "Loi"@fr, "قانون"@ar ; sse:confidence <concept/r> ; eli:number "1" .
    <law/one#gap-a> sse:record <law/one> ; sse:wanted sse:end ; sse:gapReason <concept/r> ; sse:fieldLanguage "ar" .
    <law/one#field-a> sse:record <law/one> ; sse:property eli:number ; sse:alternativeValue "2" ;
        dct:source <source/s> .
    <source/s> a sse:Source ; dct:title "Bulletin"@fr ; dct:issued "2023"^^xsd:gYear ; sse:sourceKind <concept/r> .
    <source/t> a sse:Source ; dct:title "Site"@fr ."""
)
RELEASES = (
    PastRelease("2.0.0", "2026-03-01", "1.0.0", {"law": 2}, compare(NOTHING, graph_of("<law/one> eli:number '1' ."))),
    PastRelease("1.0.0", "2026-01-01", None, {"law": 1}, Changes(())),
)
ALTERNATES = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
}
DATASET = json.dumps({"@context": "https://schema.org/", "name": "</script><!--<script>alert(1)</script>"})


@pytest.fixture(scope="module")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name in PATHS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    write(folder, every_page(project))
    return folder


def write(folder: Path, pages: dict[str, bytes]) -> None:
    for name, content in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


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
    browser.get((site / language / "data.html").as_uri())
    root = browser.find_element(By.TAG_NAME, "html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert browser.title == browser.find_element(By.TAG_NAME, "h1").text
    assert browser.find_element(By.CSS_SELECTOR, "a.site").text == project.name[language]
    assert [address for address in requested(browser) if not address.startswith(("file:", "data:"))] == []
    assert logged(browser, "browser") == []
    path = browser.find_element(By.CSS_SELECTOR, "li code")
    assert path.value_of_css_property("direction") == "ltr"


def test_the_first_page_lets_everyone_choose_in_their_language(
    browser: webdriver.Chrome, site: Path, project: Project
) -> None:
    for language in LANGUAGES:
        browser.get((site / "index.html").as_uri() + "#languages")
        article = browser.find_element(By.CSS_SELECTOR, f"article[lang={language}]")
        assert article.value_of_css_property("direction") == ("rtl" if language == "ar" else "ltr")
        article.find_element(By.CSS_SELECTOR, "h2 a").click()
        assert browser.find_element(By.TAG_NAME, "h1").text == project.name[language]
        assert project.name[language].startswith(browser.title.rstrip("…"))
    browser.get((site / "index.html").as_uri())
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en", "the browser's own language"
    assert logged(browser, "browser") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_page_leads_to_files_that_are_there(site: Path, language: str) -> None:
    page = site / language / "data.html"
    shown = set(parsed(page.read_bytes()).xpath("//main//li/a/@href"))
    assert {
        "../queries/a%20%26%20b.rq",
        "../queries/more/c.rq",
        "../shapes/core/laws.ttl",
        "../ontology/concepts/law.ttl",
        "../feed/index.ttl",
        "../id/place.jsonld",
        "../ssekg.ttl",
    } <= shown
    assert all((page.parent / unquote(address)).is_file() for address in shown)
    assert not shown & {"../id/place/fes.jsonld", "../id/person/1.jsonld", "../x.bin"}
    assert ("../changes/CHANGELOG.fr.md" in shown) == (language == "fr")


def test_programs_find_the_catalogue_and_the_other_languages(site: Path, project: Project) -> None:
    for page in (site / "index.html", *site.glob("*/index.html")):
        root = parsed(page.read_bytes())
        found = {(str(link.get("type")), link.get("href")) for link in root.xpath("//link[@rel='alternate'][@type]")}
        up = "" if page.parent == site else "../"
        assert found == {
            ("text/turtle", f"{up}catalog.ttl"),
            ("application/rdf+xml", f"{up}catalog.rdf"),
            ("application/ld+json", f"{up}catalog.jsonld"),
        }
        tags = {link.get("hreflang"): link.get("href") for link in root.xpath("//link[@rel='alternate'][@hreflang]")}
        assert tags == {tag: f"{project.site}{tag}/index.html" for tag in LANGUAGES} | {"x-default": project.site}


def test_what_search_engines_are_told_can_not_end_its_element(site: Path) -> None:
    (script,) = parsed((site / "index.html").read_bytes()).xpath("//script[@type]")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text) == json.loads(DATASET)


def test_no_files_no_headings(project: Project) -> None:
    pages = data_pages(Site(project), {}, (), {"dataset": "", "alternates": {}})
    root = parsed(pages["en/data.html"])
    assert root.xpath("//h2") == root.xpath("//script[@type]") == root.xpath("//link[@type]") == []


def test_a_citation_is_in_the_words_of_its_reader(project: Project) -> None:
    by = {language: Site(project).citation(language).partition(f"{project.publisher}")[2] for language in ("ar", "fr")}
    assert by["ar"].startswith(f"، {project.version}")
    assert by["fr"].startswith(f", {project.version}. {project.date.isoformat()}. ")


HOSTILE = "<img src=x onerror=alert(1)>\"'&\u202e{{ 7 * 7 }}"


@cache
def sheet() -> tuple[Table, TableGuide]:
    """A table to be drawn: one of the second project."""
    project = read_project(SECOND)
    graph = build_graph(project)
    table = next(each for each in graph.sources.files if isinstance(each, Table) and each.name == "groupements.csv")
    guide = Guides(project, graph).of(table.name)
    assert guide is not None
    return table, guide


def every_page(project: Project, graph: Graph = NOTHING, paths: tuple[str, ...] = PATHS) -> dict[str, bytes]:
    """All pages of a site by name."""
    files = [PublishedFile(path, 1, "0" * 64, "x/y") for path in paths]
    context, site = context_of(project, graph), Site(project)
    about = {"dataset": DATASET, "alternates": {path: ALTERNATES[path] for path in ALTERNATES if path in paths}}
    public, addresses = context.public, context.addresses
    metadata = metadata_quality(*assessed_catalogue(project, public, files))
    return (
        {"index.html": site.root_page(about)}
        | home_pages(site, public, addresses, about)
        | data_pages(site, dict.fromkeys(paths, 1234), [Dataset(project.name, "", 3, paths[:1])], about)
        | dict(removal_page(context))
        | quality_pages(site, public, addresses, (), metadata, Report(()), "tables/coverage.csv")
        | about_pages(site, [])
        | entry_pages(site, sheet())
        | changes_pages(site, public, addresses, RELEASES, paths[:1])
        | dict(site.assets())
    )


def test_hostile_settings_and_names_stay_text(project: Project) -> None:
    changed = dataclasses.replace(
        project,
        name={"fr": HOSTILE},
        description={"fr": HOSTILE},
        publisher=HOSTILE,
        contact=f"javascript:{HOSTILE}",
        version=HOSTILE,
        privacy=dataclasses.replace(project.privacy, law={"en": HOSTILE}),
    )
    with_licence = dataclasses.replace(changed, licence=f"https://{HOSTILE}")
    public = context_of(with_licence, NOTHING).public
    home = home_pages(Site(with_licence), public, Addresses(public), {"dataset": "", "alternates": {}})
    assert with_licence.licence in links(parsed(home["fr/index.html"]))
    name = HOSTILE.replace('"', '\\"')
    graph = graph_of(
        f"""<x/1> sse:withdrawnOn "{name}" ; sse:withdrawalReason <concept/r> ; dct:isReplacedBy <concept/r> ;
        <http://www.w3.org/2002/07/owl#deprecated> true . <concept/r> skos:prefLabel "{name}"@fr ."""
    )
    for page, content in every_page(changed, graph, ('"><img>.ttl', "queries/<img>.rq")).items():
        if page.endswith((".css", ".js")):
            continue
        root = parsed(content)
        assert root.xpath("//img | //script[not(@type or @src)]") == [], page
        assert "<img" in "".join(root.itertext()), page
        assert "49" not in root.xpath("string(//body)"), page
        assert not any(address.startswith("javascript:") for address in links(root)), page
    removal = parsed(every_page(changed, graph)["fr/removal.html"])
    assert [cell.xpath("string()") for cell in removal.iter("td")] == ["x/1", HOSTILE, HOSTILE, HOSTILE]


def test_every_page_has_its_parts_once_and_leads_back(project: Project) -> None:
    pages = {name: content for name, content in every_page(project).items() if name.endswith(".html")}
    assert len(pages) == 1 + 7 * len(LANGUAGES)
    for name, content in pages.items():
        root = parsed(content)
        for part in ("main", "h1", "body/footer", "head/title"):
            assert len(root.findall(f".//{part}")) == 1, (name, part)
        assert root.xpath("//main//h1") != []
        assert len(root.findtext("head/title").strip()) < 70
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {each for names in root.xpath("//@aria-labelledby") for each in names.split()} <= set(ids)
        language, _, page = name.rpartition("/")
        if page != "index.html":
            assert root.xpath("//body/header/a/@href") == ["index.html"]
        if language:
            others = [f"../{other}/{page}" for other in LANGUAGES if other != language]
            assert root.xpath("//body/header/nav[@class='languages']//a/@href") == others


def test_pages_are_in_the_languages_of_the_project_and_words_of_another_are_marked(project: Project) -> None:
    project = dataclasses.replace(
        project,
        languages=("wo", "ur", "fr-SN"),
        default_language="fr",
        name={"wo": "Grafu koom-koom", "ur": "گراف"},
        privacy=dataclasses.replace(project.privacy, law={"fr": "La loi 2008-12."}),
    )
    pages = every_page(project, paths=("changes/CHANGELOG.fr.md",))
    names = [f"{tag}/{kind}.html" for kind in (*KINDS, "index") for tag in project.languages]
    assert set(pages) == {"index.html", "site.css", "site.js", "search-box.js", *names}
    root = parsed(pages["ur/removal.html"])
    assert (root.get("lang"), root.get("dir")) == ("ur", "rtl")
    (title,) = root.xpath("//h1/*")
    assert (title.get("lang"), title.get("dir"), title.text) == ("fr", "ltr", "Rectification et retrait")
    assert root.xpath("//title/text()") == ["Rectification et retrait"]
    assert root.xpath("//span[@lang='fr'][. = 'La loi 2008-12.']") != []
    assert root.xpath("//header/nav[@class='languages']//a/text()") == ["Wolof", "Français (Sénégal)"]
    shown = [text for text in root.xpath("//main//text()") if text.strip() and "https:" not in text]
    assert {text.getparent().get("lang") for text in shown} == {"fr"}
    own = parsed(pages["fr-SN/removal.html"])
    assert own.xpath("//h1/text()") == ["Rectification et retrait"]
    assert own.xpath("//h1/*") == []
    chosen = parsed(pages["index.html"])
    assert chosen.xpath("//article/h2/a/text()") == ["Wolof", "اردو", "Français (Sénégal)"]
    assert chosen.xpath("//article/@dir") == ["ltr", "rtl", "ltr"]


def test_project_adds_words_in_a_language_and_borrows_the_rest(tmp_path: Path) -> None:
    small(tmp_path / "small")
    words = tmp_path / "small" / "messages" / "ff.toml"
    words.parent.mkdir()
    words.write_text('[removal-title]\nmessage = "Feewtugol"\n[our-own]\nmessage = "{n} lewru"\n', encoding="utf-8")
    project = dataclasses.replace(read_project(tmp_path / "small"), languages=("ff",))
    root = parsed(dict(removal_page(context_of(project, NOTHING)))["ff/removal.html"])
    assert (root.get("lang"), root.findtext(".//h1")) == ("ff", "Feewtugol")
    assert {span.get("lang") for span in root.xpath("//h2/span")} == {"fr"}
    assert root.xpath("//header/nav[@class='languages']") == [], "there is no other language"


@pytest.mark.parametrize(
    "entry",
    [
        '[site-version]\nmessage = "{nothing}"',
        '[report-alike]\nmessage = "{count.__class__}"',
        '[site-version]\nmessage = "{"',
        '[our-own]\nmessage = "{a.b}"',
        '[site-version]\nmesage = "x"',
        "[site-version]\nmessage = 1",
        "site-version = 1",
    ],
)
def test_words_that_can_not_be_filled_are_refused_when_they_are_read(tmp_path: Path, entry: str) -> None:
    small(tmp_path / "small")
    (tmp_path / "small" / "messages").mkdir()
    (tmp_path / "small" / "messages" / "ff.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(CannotRunError) as caught:
        read_project(tmp_path / "small")
    assert caught.value.code == "broken-words"
    assert "messages/ff.toml" in caught.value.message("fr")


def test_project_without_withheld_records_has_one_graph_and_no_law(project: Project) -> None:
    project = dataclasses.replace(project, id="coop", privacy=Privacy())
    pages = every_page(project, paths=("coop.ttl", "coop.nt.gz", "ssekg.ttl"))
    root = parsed(pages["en/data.html"])
    assert root.xpath("//h2/text()") == ["By dataset", "The graph"]
    assert root.xpath("//main//li/a/@href") == ["../coop.nt.gz", "../coop.ttl"]
    assert "Applicable law" not in pages["en/removal.html"].decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_a_phone_and_axe_finds_nothing(
    browser: webdriver.Chrome, project: Project, tmp_path: Path, language: str
) -> None:
    path = f"id/{'a-very-long-name-without-any-space-' * 4}.jsonld"
    write(tmp_path, every_page(project, WEAK, (*PATHS, path)))
    for name in ("index", *KINDS):
        browser.get((tmp_path / language / f"{name}.html").as_uri())
        assert overflowing(browser, 360) == [], name
        assert accessibility_problems(browser) == [], name
    assert logged(browser, "browser") == []


def test_templates_of_a_project_go_before_the_tools(project: Project, tmp_path: Path) -> None:
    project = dataclasses.replace(project, root=tmp_path)
    usual = every_page(project)
    folder = tmp_path / "templates"
    folder.mkdir()
    base = '{% extends "ssekg/site.html" %}{% block footer %}<footer>Council</footer>{% endblock %}'
    (folder / "site.html").write_text(base, encoding="utf-8")
    pages = every_page(project)
    assert set(pages) == set(usual)
    for content in (each for name, each in pages.items() if name.endswith(".html")):
        assert parsed(content).findtext(".//footer") == "Council"
    (folder / "removal.html").write_text("\n<p>{{ project.nam }}</p>", encoding="utf-8")
    with pytest.raises(CannotRunError) as caught:
        every_page(project)
    assert (caught.value.code, caught.value.exit_code) == ("broken-template", 3)
    assert "templates/removal.html" in caught.value.message("en")
    assert "line 2" in caught.value.message("en")
    (folder / "removal.html").unlink()
    (folder / "base.html").write_text("<title>{% block title %}{% endblock %}</title>", encoding="utf-8")
    (folder / "site.html").unlink()
    with pytest.raises(CannotRunError) as caught:
        every_page(project)
    assert caught.value.arguments["file"] == "templates/base.html"

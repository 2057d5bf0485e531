"""The pages of records and kinds, and the first page, in a real browser: in three languages, on a phone and a desk."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By

from ssekg.base.language import LANGUAGES
from ssekg.graph.naming import plain_name
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Privacy, Project
from ssekg.site.addresses import Addresses
from ssekg.site.home_page import home_pages
from ssekg.site.kind_pages import KindPages
from ssekg.site.layout import Site
from ssekg.site.record_pages import RecordPages
from tests.browser import assert_pages_fit
from tests.graphs import BASE, graph_of

RECORDS = ("programme/moazara", "place/fes-meknes", "concept/cooperatives")
PAGES = ("index.html", "law/index.html", *(f"{record}.html" for record in RECORDS))
ABOUT: dict[str, object] = {"dataset": "", "alternates": {}}


@pytest.fixture(scope="module")
def site(project: Project, public: Public, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some pages of the site of this project."""
    folder, made, addresses = tmp_path_factory.mktemp("pages"), Site(project), Addresses(public)
    records, kinds = RecordPages(made, public, addresses), KindPages(made, public, addresses)
    pages = {**dict(made.assets()), **home_pages(made, public, addresses, ABOUT)}
    pages |= dict(kinds.pages_of("law", ["tables/laws.csv"]))
    for language in LANGUAGES:
        pages |= dict(records.page(public.base + record, language) for record in RECORDS)
    for path, content in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_pages_fit_and_axe_finds_nothing(browser: webdriver.Chrome, site: Path, language: str) -> None:
    assert_pages_fit(browser, [site / language / page for page in PAGES])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_filtered_and_sorted(browser: webdriver.Chrome, site: Path, language: str) -> None:
    browser.get((site / language / "law" / "index.html").as_uri())
    rows = browser.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert len(rows) > 50
    words = {"ar": "تعاونيات", "fr": "COOPERATIVES", "en": "cooperatives"}[language]
    browser.find_element(By.CSS_SELECTOR, ".filter input").send_keys(words)
    shown = [row for row in rows if row.is_displayed()]
    assert 0 < len(shown) < 20
    assert str(len(shown)) in browser.find_element(By.CSS_SELECTOR, "output").text
    heading = browser.find_element(By.CSS_SELECTOR, "thead th")
    names = [row.find_element(By.TAG_NAME, "th").text for row in shown]
    for order in ("ascending", "descending"):
        heading.find_element(By.TAG_NAME, "button").click()
        assert heading.get_attribute("aria-sort") == order
    sorted_rows = browser.find_elements(By.CSS_SELECTOR, "tbody tr:not([hidden]) th")
    assert sorted(row.text for row in sorted_rows) == sorted(names)
    assert len(names) < 2 or sorted_rows[0].text != names[0]


@pytest.mark.parametrize(
    ("language", "amount", "source"),
    [("ar", "19.200.000", "MAP Express"), ("fr", "19 200 000", "MAP Express"), ("en", "19,200,000", "MAP Express")],
)
def test_the_budget_has_its_source_beside_it(site: Path, language: str, amount: str, source: str) -> None:
    root = parsed((site / language / "programme" / "moazara.html").read_bytes())
    (row,) = [each for each in root.iter("tr") if amount in "".join(each.itertext()).replace("\u202f", " ")]
    (reference,) = row.xpath(".//a[@class='source']")
    assert source in "".join(reference.itertext())
    assert "2024-08-01" in "".join(reference.itertext())
    assert reference.xpath("bdi/@dir") == ["rtl" if language == "ar" else "ltr"]  # whatever the publisher's name is in
    (cited,) = root.xpath(f"//li[@id='{reference.get('href')[1:]}']")
    assert any(address.startswith("https://www.mapexpress.ma/") for address in cited.xpath(".//a/@href"))


def test_what_rules_made_says_so_and_names_and_parts_are_not_repeated(site: Path) -> None:
    rows = {}
    for page in ("programme/moazara", "place/fes-meknes"):
        root = parsed((site / "en" / f"{page}.html").read_bytes())
        facts = root.xpath("//table[@aria-labelledby='facts']/tbody/tr")
        rows[page] = {row.xpath("string(th)"): [cell.xpath("string()") for cell in row.iter("td")] for row in facts}
    assert rows["programme/moazara"]["current status"] == ["Running", "Computed by a rule from other data"]
    assert rows["place/fes-meknes"]["other name"][0] == "Fez-Meknes"
    assert "geometry" not in rows["place/fes-meknes"]


def test_addresses_and_languages_are_written_for_people(project: Project) -> None:
    graph = graph_of(
        """<source/s> dct:title "S"@ar ; schema:url "https://x.example/%D9%81%D8%A7%D8%B3"^^xsd:anyURI ;
        dct:language "ar" ; sse:year 2022 ."""
    )
    root = parsed(pages_of(project, graph)["fr/source/s.html"].encode())
    (link,) = root.xpath("//table[@class='facts']//a[@class='address']")
    assert link.get("href") == "https://x.example/%D9%81%D8%A7%D8%B3"
    assert link.xpath("string()") == "https://x.example/فاس"
    assert link.xpath("bdi/@dir") == ["ltr"]
    assert "arabe" in root.xpath("//table[@class='facts']//td/bdi/text()")
    assert "Source et confiance" not in root.xpath("string(//thead)")  # there is none


def test_dates_in_names_that_are_made_keep_their_order() -> None:
    graph = graph_of(
        """<observation/o> sse:indicator <concept/i> ; sse:period "2022-12-31"^^xsd:date .
        <concept/i> skos:prefLabel "عدد"@ar ."""
    )
    name = plain_name(Public(graph, Privacy()), ox.NamedNode(f"{BASE}observation/o"), "ar")
    assert name.text == "عدد، \u20682022-12-31\u2069"


def test_figures_that_disagree_are_together(site: Path) -> None:
    root = parsed((site / "en" / "programme" / "moazara.html").read_bytes())
    (heading,) = [each for each in root.iter("th") if "".join(each.itertext()) == "Share of rural projects"]
    assert heading.get("rowspan") == "2"


def test_search_engines_and_programs_are_told_what_a_page_is_about(site: Path, project: Project) -> None:
    root = parsed((site / "fr" / "programme" / "moazara.html").read_bytes())
    (script,) = root.xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(script)
    assert told["@id"] == f"{project.base}programme/moazara"
    assert told["name"] == "Programme Moazara"
    (document,) = root.xpath("//link[@type='application/ld+json']/@href")
    assert urljoin("https://x.example/fr/programme/moazara.html", document) == (
        "https://x.example/id/programme/moazara.jsonld"
    )


def test_links_to_records_and_kinds_lead_to_pages_that_the_site_has(site: Path, public: Public) -> None:
    addresses = Addresses(public)
    there = {addresses.page_of(iri) for iri in addresses.with_page} | {f"{kind}/index.html" for kind in addresses.kinds}
    root = "https://x.example/"
    for page in site.rglob("*.html"):
        path = page.relative_to(site).as_posix()
        for address in re.findall(r'href="([^"]+)"', page.read_text(encoding="utf-8")):
            whole = urljoin(root + path, address)
            language, _, rest = whole.removeprefix(root).partition("#")[0].partition("/")
            if language in LANGUAGES and rest.partition("/")[0] in addresses.kinds:
                assert rest in there, (path, address)


def test_a_link_to_a_note_leads_to_what_it_is_about() -> None:
    graph = graph_of("""<x/1> skos:prefLabel "X"@fr . <x/1#field-a> sse:record <x/1> ; sse:property skos:prefLabel .
        <x/1#part> a sse:Part ; sse:of <x/1> .""")
    addresses = Addresses(Public(graph, Privacy()))
    assert [addresses.page_of(f"{BASE}x/1{part}") for part in ("", "#part", "#field-a")] == [
        "x/1.html",
        "x/1.html#part",
        "x/1.html",
    ]


def test_style_has_no_sides(site: Path) -> None:
    style = (site / "site.css").read_text(encoding="utf-8")
    assert not re.search(r"\b(left|right)\b", style)


HOSTILE = "<img src=x onerror=alert(1)>\"'&\u202e{{ 7 * 7 }}</script>"


def pages_of(project: Project, graph: Graph) -> dict[str, str]:
    """All pages of records and kinds of a graph in French."""
    public, site = Public(graph, Privacy(withheld=("person",))), Site(project)
    addresses = Addresses(public)
    found = dict(RecordPages(site, public, addresses).pages())
    found |= dict(KindPages(site, public, addresses).pages({}))
    return {path: content.decode() for path, content in found.items() if path.startswith("fr/")}


def test_hostile_names_stay_text(project: Project) -> None:
    name = HOSTILE.replace('"', '\\"')
    graph = graph_of(
        f"""<x/1> skos:prefLabel "{name}"@fr ; skos:altLabel "{name}" ; dct:source <source/s> ; sse:remark "{name}" .
        <source/s> dct:title "{name}"@fr ; schema:url "javascript:alert(1)" .
        <x/2> dct:relation <x/1>, <javascript:x> ."""
    )
    pages = pages_of(project, graph)
    assert {"fr/x/1.html", "fr/x/2.html", "fr/x/index.html", "fr/source/s.html"} <= set(pages)
    for path, content in pages.items():
        root = parsed(content.encode())
        assert root.xpath("//img | //script[not(@type or @src)]") == [], path
        assert not any(str(address).startswith("javascript:") for address in root.xpath("//@href")), path
        assert "49" not in root.xpath("string(//main)"), path
    assert "<img" in parsed(pages["fr/x/1.html"].encode()).findtext("head/title")


def test_what_is_withheld_or_listed_with_another_has_no_page(project: Project) -> None:
    listed = "<https://w3id.org/ssekg/tool#listedWith>"
    graph = graph_of(
        """<place/town> a sse:Province ; skos:prefLabel "Ville"@fr . <person/p> skos:prefLabel "Une personne"@fr .
        <place/part> a sse:Commune ; skos:prefLabel "Quartier"@fr ; sse:within <place/town> .
        <place/index> a sse:Place ; skos:prefLabel "Index"@fr ; dct:relation <place/part>, <person/p> .""",
    )
    within = ox.NamedNode("https://w3id.org/ssekg/ontology#within")
    commune = ox.NamedNode("https://w3id.org/ssekg/ontology#Commune")
    whole = Graph(BASE, graph.data, [*graph.vocabulary, ox.Triple(commune, ox.NamedNode(listed[1:-1]), within)])
    pages = pages_of(project, whole)
    assert {path for path in pages if path.startswith("fr/place/")} == {
        "fr/place/index.html",
        "fr/place/index~.html",
        "fr/place/town.html",
    }
    assert 'id="part"' in pages["fr/place/town.html"]
    assert 'href="../place/town.html#part"' in pages["fr/place/index~.html"]
    assert not [path for path, content in pages.items() if "person" in path or "Une personne" in content]
    public = Public(whole, Privacy())
    on_demand = RecordPages(Site(project), public, Addresses(public)).page(f"{BASE}place/part", "fr")
    assert on_demand[0] == "fr/place/part.html"
    assert "Quartier" in on_demand[1].decode()

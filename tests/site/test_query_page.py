"""The query page in a real browser: with an engine of its own, with an endpoint beside it, and without either."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.shadowroot import ShadowRoot
from selenium.webdriver.support.ui import WebDriverWait

from ssekg.base.errors import CannotRunError
from ssekg.graph.public import Public
from ssekg.project.settings import Project
from ssekg.queries.library import read_queries
from ssekg.site.layout import Site
from ssekg.site.query_engine import QueryEngine
from ssekg.site.query_page import query_pages
from ssekg.site.search_index import search_index
from tests.browser import accessibility_problems, chromium, logged, overflowing, requested
from tests.conftest import ROOT
from tests.site.served import served

HOSTILE = '<img src=x onerror="document.title = 1">'
KINDS = "SELECT ?type (COUNT(*) AS ?n) { ?x a ?type } GROUP BY ?type ORDER BY DESC(?n) LIMIT 5"


@pytest.fixture(scope="module")
def engine() -> QueryEngine:
    """The engine, which `make test` has fetched."""
    folder = next(iter(sorted((ROOT / ".oxigraph").glob("[0-9]*"))), None)
    assert folder, "the engine is missing: see `make test`"
    return QueryEngine.read(folder)


@pytest.fixture(scope="module")
def dump(public: Public) -> bytes:
    content = ox.serialize(public.triples, format=ox.RdfFormat.TURTLE)
    assert content is not None
    return content


@pytest.fixture(scope="module")
def make(project: Project, public: Public, dump: bytes) -> Callable[[QueryEngine | None], dict[str, bytes]]:
    """Makes the query page and what it loads, with an engine or without."""
    site, queries = Site(project), read_queries(project)
    shared = dict(site.assets()) | dict(
        search_index(project, public, {public.base + "place/fes-meknes": "place/fes-meknes"}, queries)
    )

    def made(engine: QueryEngine | None) -> dict[str, bytes]:
        pages = query_pages(site, public, ["place", "concept"], queries, engine)
        return {**shared, **dict(pages), f"{project.public_id}.ttl": dump}

    return made


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as chrome:
        yield chrome


def text(browser: webdriver.Chrome, name: str) -> str:
    return browser.find_element(By.ID, f"query-{name}").text


def opened(browser: webdriver.Chrome, address: str, query: str = "") -> None:
    """A query page with a query in its address, when it has chosen its engine and answered."""
    browser.get("about:blank")
    browser.get(f"{address}#query={quote(query)}" if query else address)
    WebDriverWait(browser, 30).until(lambda page: page.find_element(By.ID, "query").is_displayed())
    if query:
        WebDriverWait(browser, 30).until(lambda _: text(browser, "rows") or text(browser, "error"))


def root_of(browser: webdriver.Chrome) -> ShadowRoot:
    """The shadow root in which the editor is."""
    return browser.find_element(By.ID, "query-editor").shadow_root


def cells(browser: webdriver.Chrome) -> list[str]:
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, "#query-rows tbody td")]


def test_the_engine_answers_in_the_page_and_nothing_is_sent(
    browser: webdriver.Chrome, make: Callable[[QueryEngine | None], dict[str, bytes]], engine: QueryEngine
) -> None:
    with served(make(engine)) as address:
        logged(browser, "performance")
        for language, region, direction in (("ar", "فاس مكناس", "rtl"), ("fr", "Fès-Meknès", "ltr")):
            query = 'SELECT DISTINCT ?place ?code { ?place a geo:Feature ; ?p ?code FILTER(STR(?code) = "MA-03") }'
            opened(browser, f"{address}{language}/query.html", query)
            name, code = cells(browser)
            assert region in name
            assert code == "MA-03"
            link = browser.find_element(By.CSS_SELECTOR, "#query-rows td a")
            assert link.get_attribute("href") == f"{address}{language}/place/fes-meknes.html"
            assert browser.find_element(By.TAG_NAME, "html").get_attribute("dir") == direction
            assert browser.find_element(By.ID, "query-editor").value_of_css_property("direction") == "ltr"
            assert accessibility_problems(browser) == []
            assert overflowing(browser, 360) == []
        assert {url.split("/")[2] for url in requested(browser) if url.startswith("http")} == {address.split("/")[2]}
        opened(browser, f"{address}en/query.html", KINDS)
        assert len(browser.find_elements(By.CSS_SELECTOR, "#query-bars meter")) == 5
        assert accessibility_problems(browser) == []
        opened(browser, f"{address}fr/query.html", "SELECT * {\n  ?a ?b }}")
        error = "".join(filter(str.isprintable, text(browser, "error")))
        assert error.startswith("Ligne 2, colonne 9")
        assert "expected" not in error
        assert accessibility_problems(browser) == []
        opened(browser, f"{address}en/query.html", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }")
        assert text(browser, "error")
        opened(browser, f"{address}en/query.html", "CONSTRUCT { ?a a ?b } { ?a a ?b } LIMIT 3")
        assert text(browser, "rows").count(" .") == 3


def test_an_endpoint_answers_and_markup_stays_text(
    browser: webdriver.Chrome, make: Callable[[QueryEngine | None], dict[str, bytes]]
) -> None:
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    thing = ox.NamedNode("https://example.org/x")
    store.extend(
        [ox.Quad(thing, label, ox.Literal(HOSTILE)), ox.Quad(ox.NamedNode("javascript:alert(1)"), label, thing)]
    )
    with served(make(None), store) as address:
        page = f"{address}en/query.html"
        opened(browser, page, "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o")
        assert cells(browser).count(HOSTILE) == 3
        assert "javascript:alert(1)" in cells(browser)
        assert browser.find_elements(By.CSS_SELECTOR, "main img, main a[href^=javascript]") == []
        browser.find_element(By.ID, "query-curl").click()
        assert f"query@- {address}sparql" in text(browser, "copy")
        browser.find_element(By.ID, "query-share").click()
        assert text(browser, "copy").startswith(f"{page}#query=SELECT")
        opened(browser, page, "SELECT {\n  }")
        assert text(browser, "error") == "<b>Line 2</b>"
        assert [
            each.text for each in root_of(browser).find_elements(By.CSS_SELECTOR, ".cm-lintRange, .cm-lintPoint")
        ] != []


def test_a_question_is_asked_with_the_values_in_the_address(
    browser: webdriver.Chrome, make: Callable[[QueryEngine | None], dict[str, bytes]], public: Public
) -> None:
    with served(make(None), public.store) as address:
        browser.get(f"{address}fr/query.html?question=identifiers-of-places&place=place/fes-meknes")
        WebDriverWait(browser, 30).until(lambda _: text(browser, "rows") or text(browser, "error"))
        assert browser.find_element(By.CSS_SELECTOR, "#query-rows thead th").text == "Territoire"
        assert len(browser.find_elements(By.CSS_SELECTOR, "#query-rows tbody tr")) == 1
        assert "MA-03" in cells(browser)


def test_without_an_engine_the_page_leads_to_the_files(
    browser: webdriver.Chrome, make: Callable[[QueryEngine | None], dict[str, bytes]], tmp_path: Path
) -> None:
    for name, content in make(None).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    logged(browser, "browser")
    opened(browser, (tmp_path / "fr" / "query.html").as_uri())
    assert "data.html" in str(browser.find_element(By.CSS_SELECTOR, "#query-none a").get_attribute("href"))
    assert browser.find_element(By.ID, "query-none").is_displayed()
    assert not browser.find_element(By.ID, "query-run").is_enabled()
    browser.find_element(By.ID, "query-python").click()
    assert "pyoxigraph" in text(browser, "copy")
    assert logged(browser, "browser") == []


def test_the_editor_completes_terms_and_names(
    browser: webdriver.Chrome, make: Callable[[QueryEngine | None], dict[str, bytes]], tmp_path: Path
) -> None:
    for name, content in make(None).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    opened(browser, (tmp_path / "fr" / "query.html").as_uri())
    root = root_of(browser)
    editor = root.find_element(By.CSS_SELECTOR, ".cm-content")
    for typed, offered in (("programm", "sse:Programme"), ("<fes mekn", "place/fes-meknes")):
        editor.click()
        ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(typed).perform()
        WebDriverWait(browser, 10).until(lambda _: root.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete li"))
        assert offered in root.find_element(By.CSS_SELECTOR, ".cm-tooltip-autocomplete").text
    ActionChains(browser).pause(0.2).send_keys(Keys.ENTER).perform()
    assert "id/place/fes-meknes>" in editor.text


def test_a_folder_that_is_not_the_engine_is_refused(tmp_path: Path) -> None:
    contents: tuple[object, ...] = (None, {"name": "other", "version": "1"}, [], {"name": "oxigraph"})
    for content in contents:
        if content is not None:
            for name in ("web.js", "web_bg.wasm"):
                (tmp_path / name).touch()
            (tmp_path / "package.json").write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(CannotRunError) as caught:
            QueryEngine.read(tmp_path)
        assert caught.value.code == "no-engine"

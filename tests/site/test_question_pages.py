"""The pages of questions in a real browser, the files beside them, and the first page that leads there."""

import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pyarrow.parquet as pq
import pytest
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By

from ssekg.graph.public import Public
from ssekg.project.settings import Project
from ssekg.queries.columns import read_columns
from ssekg.queries.library import find_query
from ssekg.site.addresses import Addresses
from ssekg.site.home_page import home_pages
from ssekg.site.layout import Site
from ssekg.site.question_pages import QuestionPages, question_list
from ssekg.site.questions import answered
from tests.browser import accessibility_problems, logged, overflowing, requested
from tests.conftest import SECOND, Cli

QUESTIONS = ("cooperatives-by-region-and-year", "participants-of-an-event", "largest-budgets", "who-pays-how-much")
TITLES = {
    "ar": "التعاونيات حسب الجهة والسنة",
    "fr": "Coopératives par région et par année",
    "en": "Cooperatives by region and year",
}


@pytest.fixture(scope="module")
def site(project: Project, public: Public, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page and the pages of some questions of this project."""
    folder, made, addresses = tmp_path_factory.mktemp("pages"), Site(project), Addresses(public)
    queries = [find_query(project, name) for name in QUESTIONS]
    questions = list(answered(queries, public, read_columns(project)))
    about: dict[str, object] = {"dataset": "", "alternates": {}}
    pages = home_pages(made, public, addresses, about, questions, lambda _: None)
    pages |= {**dict(made.assets()), **dict(QuestionPages(made, addresses, questions).pages())}
    pages |= question_list(made, queries)
    for path, content in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_from_the_first_page_to_cooperatives_by_region_with_chart_and_workbook(
    browser: webdriver.Chrome, site: Path, language: str
) -> None:
    for kind in ("performance", "browser"):
        logged(browser, kind)
    browser.get((site / language / "index.html").as_uri())
    browser.find_element(By.CSS_SELECTOR, "header a[href$='questions/index.html']").click()
    assert accessibility_problems(browser) == []
    assert overflowing(browser, 360) == []
    browser.find_element(By.LINK_TEXT, TITLES[language]).click()
    chart = browser.find_element(By.CSS_SELECTOR, ".chart img")
    assert browser.execute_script("return arguments[0].complete && arguments[0].naturalWidth", chart) == 960
    workbook = browser.find_element(By.CSS_SELECTOR, ".downloads a[href$='.xlsx']").get_attribute("href")
    assert workbook
    sheet = openpyxl.load_workbook(io.BytesIO(Path(urlsplit(workbook).path).read_bytes())).worksheets[0]
    assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
    assert sheet.max_row > 50
    first = browser.find_element(By.CSS_SELECTOR, "tbody tr")
    assert TITLES[language] in browser.find_element(By.TAG_NAME, "h1").text
    source = first.find_element(By.CSS_SELECTOR, "a.source")
    browser.execute_script("arguments[0].click()", source)  # it may be behind the end of what scrolls
    assert browser.find_element(By.CSS_SELECTOR, ":target").is_displayed()
    assert accessibility_problems(browser) == []
    assert overflowing(browser, 360) == []
    assert [address for address in requested(browser) if not address.startswith(("file:", "data:"))] == []
    assert logged(browser, "browser") == []


def test_numbers_are_grouped_and_addresses_isolated_on_the_first_page(site: Path) -> None:
    page = (site / "ar" / "index.html").read_text("utf-8")
    root = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
    counts = root.xpath("//span[@class='count']/bdi/text()")
    assert any(re.fullmatch(r"\d\.\d{3}", count) for count in counts)
    assert not any(re.search(r"\d{4}", count) for count in counts)
    assert "<bdi>https://ssekg.github.io/ssekg/</bdi>" in page


def test_amounts_on_the_first_page_have_their_currency(site: Path) -> None:
    root = etree.fromstring((site / "fr" / "index.html").read_bytes(), etree.HTMLParser(encoding="utf-8"))
    for title in ("Les plus gros budgets", "Qui paie combien"):
        (answer,) = root.xpath(f"//li[.//a[normalize-space()='{title}']]")
        assert "MAD" in answer.xpath(".//dd//text()")


def test_a_question_that_needs_a_value_offers_those_with_rows_and_leads_on(
    browser: webdriver.Chrome, site: Path
) -> None:
    browser.get((site / "fr" / "questions" / "participants-of-an-event.html").as_uri())
    assert browser.find_elements(By.CSS_SELECTOR, "tbody tr")
    form = browser.find_element(By.CSS_SELECTOR, "form.offers")
    event, role = form.find_elements(By.TAG_NAME, "select")
    options = event.find_elements(By.TAG_NAME, "option")
    assert len(options) > 20
    assert all(each.get_attribute("value").startswith("event/") for each in options)  # type: ignore[union-attr]
    assert role.find_element(By.TAG_NAME, "option").get_attribute("value") == ""
    options[1].click()
    wanted = options[1].get_attribute("value")
    browser.execute_script("arguments[0].requestSubmit()", form)
    address = urlsplit(browser.current_url)
    assert address.path.endswith("/fr/query.html")
    assert parse_qs(address.query) == {"question": ["participants-of-an-event"], "event": [wanted]}


def test_files_have_the_answer_of_the_command_line(other_release: Path, cli: Cli) -> None:
    answer = cli("--lang", "fr", "query", "run", "part-des-femmes", "--format", "csv", cwd=SECOND)
    assert (other_release / "fr" / "questions" / "part-des-femmes.csv").read_text("utf-8") == answer.stdout
    rows = json.loads((other_release / "questions" / "part-des-femmes.json").read_bytes())["results"]["bindings"]
    assert len(rows) == pq.read_table(other_release / "questions" / "part-des-femmes.parquet").num_rows > 2


def test_every_question_has_a_page_in_each_language_of_the_project(other_release: Path) -> None:
    names = {path.stem for path in (other_release / "queries").rglob("*.rq")}
    assert len(names) > 5
    for language in ("fr", "wo"):
        folder = other_release / language / "questions"
        assert {path.stem for path in folder.glob("*.html")} == {"index", *names}
        for path in folder.glob("*.html"):
            root = etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
            assert root.get("lang") == language
            for address in root.xpath("//main//@href | //main//@src"):
                target = urlsplit(str(address))
                assert target.scheme or not target.path or (path.parent / target.path).is_file(), (path, address)
    assert "Yaaboy" in (other_release / "wo" / "questions" / "captures-par-mois.svg").read_text("utf-8")

"""What people come for, on a phone and on a desk, in each language: found on a published release by a few clicks."""

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from ssekg.base.language import LANGUAGES
from ssekg.project.settings import Project
from tests.browser import logged, requested

MOAZARA = {"ar": "برنامج مؤازره", "fr": "programme moazara", "en": "moazara programme"}
BUDGET = {"ar": "19.200.000", "fr": "19\u202f200\u202f000", "en": "19,200,000"}
COOPERATIVES = {
    "ar": "التعاونيات حسب الجهة والسنة",
    "fr": "Coopératives par région et par année",
    "en": "Cooperatives by region and year",
}


@pytest.fixture(params=[360, 1280], ids=["phone", "desk"])
def sized(browser: webdriver.Chrome, request: pytest.FixtureRequest) -> Iterator[webdriver.Chrome]:
    """A browser as wide as a phone, then as a desk, that has asked for nothing yet."""
    size = {"width": request.param, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for kind in ("performance", "browser"):
        logged(browser, kind)
    yield browser
    assert [address for address in requested(browser) if not address.startswith(("file:", "data:"))] == []
    assert logged(browser, "browser") == []
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_searches_a_programme_and_finds_its_budget_with_the_source(
    sized: webdriver.Chrome, release: Path, language: str
) -> None:
    sized.get((release / language / "index.html").as_uri())
    field = sized.find_element(By.CSS_SELECTOR, "main .search input")
    field.send_keys(MOAZARA[language])
    WebDriverWait(sized, 10).until(lambda page: page.find_elements(By.CSS_SELECTOR, ".search [role=option]"))
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    WebDriverWait(sized, 10).until(lambda page: page.current_url.endswith("/programme/moazara.html"))
    (row,) = (each for each in sized.find_elements(By.CSS_SELECTOR, ".facts tr") if BUDGET[language] in each.text)
    source = row.find_element(By.CSS_SELECTOR, "a.source")
    assert "MAP Express" in source.text
    source.click()
    cited = sized.find_element(By.CSS_SELECTOR, ":target")
    assert cited.find_element(By.CSS_SELECTOR, "a[href^='https://www.mapexpress.ma/']").is_displayed()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_researcher_finds_cooperatives_by_region_with_chart_and_workbook(
    sized: webdriver.Chrome, release: Path, language: str
) -> None:
    sized.get((release / language / "index.html").as_uri())
    sized.find_element(By.CSS_SELECTOR, "header a[href='questions/index.html']").click()
    sized.find_element(By.LINK_TEXT, COOPERATIVES[language]).click()
    chart = sized.find_element(By.CSS_SELECTOR, ".chart img")
    assert sized.execute_script("return arguments[0].complete && arguments[0].naturalWidth > 500", chart)
    link = sized.find_element(By.CSS_SELECTOR, ".downloads a[href$='.xlsx']")
    assert link.is_displayed()
    workbook = Path(unquote(urlsplit(str(link.get_attribute("href"))).path))
    assert openpyxl.load_workbook(io.BytesIO(workbook.read_bytes())).worksheets[0].max_row > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_steward_finds_whom_to_write_to_for_a_correction(
    sized: webdriver.Chrome, release: Path, language: str, project: Project
) -> None:
    sized.get((release / language / "index.html").as_uri())
    sized.find_element(By.CSS_SELECTOR, "footer a[href='removal.html']").click()
    assert sized.find_element(By.CSS_SELECTOR, f"main a[href='{project.contact}']").is_displayed()
    sized.get((release / language / "programme" / "moazara.html").as_uri())
    contact = sized.find_element(By.CSS_SELECTOR, f"#use ~ dl a[href='{project.contact}']")
    assert contact.is_displayed()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_all_of_this_can_be_read(browser: webdriver.Chrome, release: Path, language: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get((release / language / "index.html").as_uri())
        browser.find_element(By.CSS_SELECTOR, "main a[href='programme/index.html']").click()
        browser.find_element(By.CSS_SELECTOR, "tbody a[href='../programme/moazara.html']").click()
        assert BUDGET[language] in browser.find_element(By.TAG_NAME, "main").text
        browser.get((release / language / "questions" / "cooperatives-by-region-and-year.html").as_uri())
        assert len(browser.find_elements(By.CSS_SELECTOR, "tbody tr")) > 50
        browser.get((release / language / "query.html").as_uri())
        assert browser.find_element(By.ID, "query-none").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

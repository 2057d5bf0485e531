"""The search of a page in a real browser, from the disk: by keyboard and by ear, and as a link without script."""

from pathlib import Path

import pytest
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from ssekg.project.settings import Project
from ssekg.site.layout import Site
from ssekg.site.search_index import Entry, Sort, search_files
from tests.browser import accessibility_problems, logged, overflowing, requested

PLACE = Sort(("جهة", "Région", "Region"), "region")
ENTRIES = (
    Entry("place/fes", PLACE, ("فاس مكناس", "Fès-Meknès", "Fes-Meknes"), ("MA-03", "<b>Fez</b>")),
    Entry("place/fes#fes-1", PLACE, ("", "Fès la Neuve", "")),
)


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    site = Site(project)
    pages = site.pages("query.html", "query.html", lambda _: {"dump": "", "engine": ""})
    for name, content in (pages | dict(site.assets()) | dict(search_files(project.languages, ENTRIES))).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def searched(browser: webdriver.Chrome, folder: Path, language: str, text: str) -> WebElement:
    """The field of a page in which a text was typed, when something was announced."""
    browser.get((folder / language / "query.html").as_uri())
    field = browser.find_element(By.CSS_SELECTOR, ".search input")
    field.send_keys(text)
    status = browser.find_element(By.CSS_SELECTOR, ".search [role=status]")
    WebDriverWait(browser, 10).until(lambda _: status.get_attribute("textContent"))
    return field


def options(browser: webdriver.Chrome) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, ".search [role=option]")


def test_records_are_found_and_opened_by_keyboard(browser: webdriver.Chrome, folder: Path) -> None:
    logged(browser, "performance")
    field = searched(browser, folder, "ar", "fes")
    assert [each.text for each in options(browser)] == ["فاس مكناس جهة", "Fès la Neuve جهة"]
    assert "2" in str(browser.find_element(By.CSS_SELECTOR, ".search [role=status]").get_attribute("textContent"))
    assert field.get_attribute("aria-expanded") == "true"
    assert overflowing(browser, 360) == []
    field.send_keys(Keys.ARROW_UP)
    assert accessibility_problems(browser) == []
    assert field.get_attribute("aria-activedescendant") == options(browser)[1].get_attribute("id")
    field.send_keys(Keys.ESCAPE)
    assert field.get_attribute("aria-expanded") == "false"
    assert not options(browser)[0].is_displayed()
    field.send_keys(Keys.ARROW_DOWN)
    WebDriverWait(browser, 10).until(lambda _: options(browser)[0].is_displayed())
    field.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda page: page.current_url.endswith("/ar/place/fes.html#fes-1"))
    assert all(address.startswith(("file:", "data:", "about:")) for address in requested(browser))


def test_a_name_that_finds_is_shown_as_text_and_nothing_is_said_so(browser: webdriver.Chrome, folder: Path) -> None:
    searched(browser, folder, "en", "fez")
    assert "<b>Fez</b>" in options(browser)[0].text
    searched(browser, folder, "fr", "zzzzz")
    status = browser.find_element(By.CSS_SELECTOR, ".search [role=status]")
    assert status.is_displayed()
    assert "Rien" in status.text
    assert options(browser) == []


def test_without_script_there_is_a_link_to_all_records(folder: Path) -> None:
    for language in ("ar", "fr", "en"):
        root = etree.fromstring((folder / language / "query.html").read_bytes(), etree.HTMLParser(encoding="utf-8"))
        assert root.xpath("//search/a/@href") == [f"../{language}/index.html#kinds"]

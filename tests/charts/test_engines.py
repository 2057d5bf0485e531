"""Resvg and Chromium show the same words of a chart in the same order, and no wider than they were laid out."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from selenium import webdriver

from ssekg.charts.chart import WIDTH, chart
from ssekg.charts.lettering import width
from ssekg.charts.png import png
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.library import find_query
from tests.browser import chromium
from tests.charts.drawings import answered

WORDS: Final = (Path(__file__).parent / "words.js").read_text(encoding="utf-8")
QUERIES: Final = (
    "cooperatives-per-10000-inhabitants",
    "growth-of-cooperatives",
    "budgets-by-region",
    "editions-of-an-event-series",
)
DARK: Final = [{"name": "prefers-color-scheme", "value": "dark"}]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        browser.set_script_timeout(30)
        yield browser


def svg_of(name: str, whole: Graph, project: Project, language: str) -> str:
    return chart(answered(find_query(project, name).text, whole), project, language)


def shown(page: webdriver.Chrome, svg: str) -> list[Any]:
    return list(page.execute_async_script(WORDS, svg, base64.b64encode(png(svg)).decode()))


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("name", QUERIES)
def test_words_are_as_wide_and_in_the_same_order(
    name: str, language: str, page: webdriver.Chrome, whole: Graph, project: Project
) -> None:
    texts = shown(page, svg_of(name, whole, project, language))
    assert len(texts) > 10
    for words, here, there, start, end in texts:
        assert here, words
        assert here == pytest.approx(there, abs=3), words
        assert start >= 0, words
        assert end <= WIDTH, words


def test_reversed_arabic_would_be_seen(page: webdriver.Chrome, whole: Graph, project: Project) -> None:
    """Resvg does not look at `direction`, so that a picture which relies on it has its words in another order there."""
    right = svg_of("growth-of-cooperatives", whole, project, "ar")
    wrong = right.replace("\N{RIGHT-TO-LEFT EMBEDDING}", "").replace('direction="ltr"', 'direction="rtl"')
    assert any(here != pytest.approx(there, abs=3) for _, here, there, *_ in shown(page, wrong))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_texts_are_no_wider_than_they_were_laid_out(
    language: str, page: webdriver.Chrome, whole: Graph, project: Project
) -> None:
    page.execute_script(
        "document.body.innerHTML = arguments[0]", svg_of("events-by-region-and-year", whole, project, language)
    )
    found = page.execute_script("""
        return [...document.querySelectorAll("svg text")].map((text) => {
          const words = [...text.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
          const isBold = text.getAttribute("font-weight") === "700";
          return [words, Number(text.getAttribute("font-size")), isBold, text.getComputedTextLength()];
        });
    """)
    for words, size, is_bold, length in found:
        assert length <= width(words, size, is_bold=is_bold) <= 1.3 * length + 4, words


def test_dark_pictures_have_light_letters(page: webdriver.Chrome, whole: Graph, project: Project) -> None:
    page.execute_script(
        "document.body.innerHTML = arguments[0]", svg_of("growth-of-cooperatives", whole, project, "fr")
    )
    fill = "return getComputedStyle(document.querySelector(arguments[0])).fill"
    light = [page.execute_script(fill, part) for part in (".paper", ".ink")]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": DARK})
    dark = [page.execute_script(fill, part) for part in (".paper", ".ink")]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": DARK})
    printed = [page.execute_script(fill, part) for part in (".paper", ".ink")]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert light == printed == ["rgb(255, 255, 255)", "rgb(27, 34, 44)"]
    assert dark == ["rgb(20, 24, 29)", "rgb(233, 237, 242)"]

"""The page in a real browser: it filters, groups, runs in its language's direction and asks nothing of any network."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from lxml import etree
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from ssekg.base.findings import Finding, Place, Report, Severity
from ssekg.base.language import LANGUAGES
from ssekg.reports.html import SPELLED_OUT, html_report
from tests.browser import chromium, logged, overflowing, requested
from tests.reports.conftest import only

Open = Callable[..., webdriver.Chrome]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as chrome:
        yield chrome


@pytest.fixture
def opened(browser: webdriver.Chrome, tmp_path: Path) -> Open:
    """Open a report as a page."""

    def open_report(report: Report, language: str = "en") -> webdriver.Chrome:
        page = tmp_path / "report.html"
        page.write_text(html_report(report, report.findings, language), encoding="utf-8")
        for kind in ("performance", "browser"):
            logged(browser, kind)
        browser.get(page.as_uri())
        return browser

    return open_report


def visible(page: webdriver.Chrome, selector: str = ".finding") -> list[WebElement]:
    script = "return [...document.querySelectorAll(arguments[0])].filter((element) => element.checkVisibility())"
    elements: list[WebElement] = page.execute_script(script, selector)
    return elements


def control(page: webdriver.Chrome, selector: str) -> WebElement:
    return page.find_element(By.CSS_SELECTOR, f"form {selector}")


def shown_count(page: webdriver.Chrome) -> int:
    return int(page.find_element(By.TAG_NAME, "output").text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_in_its_language_and_loads_nothing(opened: Open, project_report: Report, language: str) -> None:
    page = opened(project_report, language)
    assert shown_count(page) == len(project_report.findings)
    root = page.find_element(By.TAG_NAME, "html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, "rtl" if language == "ar" else "ltr")
    asked = requested(page)
    assert asked
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert logged(page, "browser") == []


def test_arabic_page_runs_from_right_to_left_and_its_latin_runs_do_not(opened: Open, project_report: Report) -> None:
    page = opened(project_report, "ar")
    heading, place = page.find_element(By.TAG_NAME, "h1"), page.find_element(By.CSS_SELECTOR, ".finding .place")
    assert heading.value_of_css_property("direction") == "rtl"
    assert place.value_of_css_property("direction") == "ltr"
    assert page.find_element(By.CSS_SELECTOR, "pre").value_of_css_property("direction") == "ltr"
    first = visible(page)[0]
    severity = first.find_element(By.CSS_SELECTOR, ".severity")
    assert place.rect["x"] > severity.rect["x"], "what comes first stands to the right"
    bdi = page.find_element(By.CSS_SELECTOR, ".finding p bdi")
    assert bdi.value_of_css_property("unicode-bidi") == "isolate"


def test_filters_by_severity_code_and_text(opened: Open, project_report: Report) -> None:
    page = opened(project_report)
    control(page, "[value=info]").click()
    expected = project_report.count(Severity.VIOLATION) + project_report.count(Severity.WARNING)
    assert len(visible(page)) == shown_count(page) == expected
    control(page, "[value=info]").click()
    Select(control(page, "[name=code]")).select_by_value("table-date")
    assert [finding.get_attribute("data-code") for finding in visible(page)] == ["table-date"]
    assert len(visible(page, ".group")) == 1
    control(page, "[name=text]").send_keys("No Such Thing")
    assert visible(page) == []
    assert page.find_element(By.CSS_SELECTOR, ".no-match").is_displayed()
    control(page, "[name=text]").clear()
    Select(control(page, "[name=code]")).select_by_value("")
    control(page, "[name=text]").send_keys("ORIANTAL events.csv")
    assert "table-dangling-link" in [finding.get_attribute("data-code") for finding in visible(page)]
    assert all("oriantal" in finding.text for finding in visible(page))


def test_search_forgives_marks_and_accents(opened: Open, report: Report) -> None:
    page = opened(report)
    control(page, "[name=text]").send_keys("مكتَب")
    assert len(visible(page)) > 0
    assert all("مكتب" in finding.text for finding in visible(page))


def test_groups_by_file_or_by_kind(opened: Open, project_report: Report) -> None:
    page = opened(project_report)

    def groups() -> dict[str, int]:
        sections = page.find_elements(By.CSS_SELECTOR, "main .group")
        return {
            section.find_element(By.CSS_SELECTOR, ".name").text: len(section.find_elements(By.CSS_SELECTOR, ".finding"))
            for section in sections
        }

    by_file = groups()
    assert set(by_file) == {finding.place.file for finding in project_report.findings if finding.place}
    control(page, "[name=group][value=code]").click()
    assert set(groups()) == {finding.code for finding in project_report.findings}
    assert shown_count(page) == len(project_report.findings)
    control(page, "[name=group][value=file]").click()
    assert groups() == by_file


def test_term_is_marked_in_its_line(opened: Open, project_report: Report) -> None:
    page = opened(project_report)
    Select(control(page, "[name=code]")).select_by_value("table-date")
    mark = visible(page)[0].find_element(By.TAG_NAME, "mark")
    assert mark.text == "2022-10-34"
    assert mark.rect["x"] + mark.rect["width"] <= 1100


LONG = "data/tables/a-file-with-a-very-long-name-and-not-one-space-in-it-so-that-no-line-can-break.csv-metadata.json"
IRI = f"https://example.org/id/institution/{'office-of-cooperation-' * 5}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_fits_a_phone_however_long_names_iris_and_lines_are(opened: Open, language: str) -> None:
    arguments = {"focus": IRI, "path": f"{IRI}#{'p' * 90}", "value": IRI, "column": LONG, "table": LONG}
    term = ox.NamedNode(IRI)
    findings = tuple(
        Finding(code, severity, place, arguments, {}, term, term, ox.Literal("x" * 200), term, (Place(LONG, 9, 1),))
        for place in (Place(LONG, 2, 3, 2, 200), Place("data/مسودة بعيدة المدى.ttl", 1, 2, 1, 9), None)
        for code, severity in zip(("table-dangling-link", "shacl-class", "shacl-sparql"), Severity, strict=True)
    )
    texts = {LONG: f"\n{'x' * 400}\n", "data/مسودة بعيدة المدى.ttl": '<place/fes> <x:name> "فاس" ;\n'}
    page = opened(Report(findings, texts=texts), language)
    assert overflowing(page, 390) == []
    assert overflowing(page, 320) == []
    assert len(page.find_elements(By.TAG_NAME, "h1")) == len(page.find_elements(By.TAG_NAME, "main")) == 1


def test_policy_stops_what_a_hostile_text_would_load(opened: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        hostile = f"<img src='{address}' onerror=document.title=1><script>document.title='caught'</script>"
        finding = Finding(
            "table-required",
            Severity.VIOLATION,
            Place(f'">{hostile}', 1, 1, 1, len(hostile) + 1),
            {"column": hostile},
            focus=ox.Literal(hostile),
        )
        page = opened(Report((finding,), texts={f'">{hostile}': hostile}))
        assert page.title == "Validation report"
        assert page.find_elements(By.TAG_NAME, "img") == []
        page.execute_script(f"const i = new Image(); i.src = '{address}'; document.body.append(i)")
        blocked = page.execute_async_script(
            f"const done = arguments[0]; fetch('{address}').then(() => done(false), () => done(true))"
        )
        assert blocked is True
        with pytest.raises(TimeoutError):
            server.accept()


def parsed(page: str) -> Any:
    return etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_everything_is_there(project_report: Report, language: str) -> None:
    root = parsed(html_report(project_report, project_report.findings, language))
    assert len(root.findall(".//main//article")) == len(project_report.findings)
    assert "hidden" in root.find(".//form").attrib
    for field in root.xpath("//input | //select"):
        assert field.getparent().tag == "label", "every field has a label"
    assert root.xpath("//@src | //@href") == ["data:,"]
    policy = root.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy
    texts = "".join(root.itertext())
    assert texts.count("\u2068") == texts.count("\u2069") == 0, "isolates are elements here"


def test_very_many_are_folded_by_file_and_code() -> None:
    alike = tuple(
        Finding("table-required", Severity.VIOLATION, Place("a.csv", line, 1), {"column": "c"})
        for line in range(1, SPELLED_OUT + 51)
    )
    report = Report(alike)
    page = parsed(html_report(report, alike, "en"))
    assert len(page.findall(".//main//article")) == SPELLED_OUT
    assert "50 more like" in "".join(page.find(".//main").itertext())
    assert len(parsed(html_report(report, alike, "en", unfolded=True)).findall(".//main//article")) == len(alike)
    fewer = parsed(html_report(report, alike[:1], "en"))
    assert str(SPELLED_OUT + 49) in "".join(fewer.find(".//main").itertext())


def test_finding_without_place_has_a_group_of_its_own(opened: Open, project_report: Report) -> None:
    finding = Finding("table-required", Severity.INFO, None, {"column": "c"})
    page = opened(Report((finding, *only(project_report, "table-date"))), "fr")
    names = [name.text for name in page.find_elements(By.CSS_SELECTOR, "main .name")]
    assert names == ["Dans aucun fichier", "data/events.csv"]

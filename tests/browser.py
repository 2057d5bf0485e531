"""Chromium for tests that look at pages, and what it has logged."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

# What scrolls smoothly can't be clicked yet: the browser says that its user wants no motion.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --force-prefers-reduced-motion --window-size=1100,900"
)


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """A browser that keeps a log of what it asks for; `make programs` installs it."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert program, "Chromium is missing: see `make programs`"
    assert driver, "chromedriver is missing: see `make programs`"
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    chrome.get("about:blank")  # the first tab has pages of the browser's own, which are no business of ours
    try:
        yield chrome
    finally:
        chrome.quit()


def logged(page: webdriver.Chrome, kind: str) -> list[dict[str, Any]]:
    """What the browser has logged since it was asked last."""
    entries: list[dict[str, Any]] = page.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


def requested(page: webdriver.Chrome) -> list[str]:
    """The addresses that the browser has asked for since its performance log was read last."""
    events = [json.loads(entry["message"])["message"] for entry in logged(page, "performance")]
    return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


def overflowing(page: webdriver.Chrome, width: int) -> list[str]:
    """What lies outside a window of that width, but for what scrolls by itself; nothing is spared for being below."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    script = """
        for (const each of document.querySelectorAll("details")) each.open = true;
        for (const each of document.querySelectorAll("*")) each.style.contentVisibility = "visible";
        const outside = (box) => box.width > 0 && (box.left < -0.5 || box.right > arguments[0] + 0.5);
        const found = [...document.body.querySelectorAll("*")].filter((each) => !each.closest(".wide *")
          && [...each.getClientRects()].some(outside));
        const all = document.documentElement;
        return [...found.map((each) => each.outerHTML.slice(0, 200)),
          ...(all.scrollWidth > arguments[0] ? [`scrolls to ${all.scrollWidth}`] : [])];
    """
    found: list[str] = page.execute_script(script, width)
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return found


def accessibility_problems(page: webdriver.Chrome) -> list[list[str]]:
    """What axe finds on a page: rules of WCAG 2.2 AA and best practice, each with the elements that break it."""
    page.execute_script(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    script = """
        const done = arguments[arguments.length - 1];
        const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        axe.run(document, {preload: false, runOnly: rules}).then(
          (found) => done(found.violations.map((each) => [each.id, ...each.nodes.map((node) => node.html)])));
    """
    found: list[list[str]] = page.execute_async_script(script)
    return found


def assert_pages_fit(page: webdriver.Chrome, files: Iterable[Path]) -> None:
    """Pages are accessible in two widths, fit into the narrow one, and send and report nothing."""
    for kind in ("performance", "browser"):
        logged(page, kind)
    for file in files:
        for width in (360, 1280):
            page.get(file.as_uri())
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            assert accessibility_problems(page) == [], (file, width)
        assert overflowing(page, 360) == [], file
    assert [address for address in requested(page) if not address.startswith(("file:", "data:"))] == []
    assert logged(page, "browser") == []

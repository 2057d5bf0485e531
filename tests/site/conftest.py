"""What the tests of the site share."""

from collections.abc import Iterator

import pytest
from selenium import webdriver

from tests.browser import chromium


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Chromium, which may take its time over axe on a large page."""
    with chromium(tmp_path_factory.mktemp("chromium")) as chrome:
        chrome.set_script_timeout(300)
        yield chrome

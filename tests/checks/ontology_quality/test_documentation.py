"""The page on the quality of an ontology says what is so."""

import re
from typing import Final

from ssekg.base.codes import CODES
from ssekg.base.messages import title
from ssekg.checks.ontology_quality.fairness import LIVE
from tests.conftest import ROOT

TEXT: Final = (ROOT / "docs" / "ontology-quality.md").read_text("utf-8")
IMPORTANCE: Final = {"critical": "violation", "important": "warning", "minor": "info"}


def test_the_tables_have_every_pitfall_and_every_check() -> None:
    pitfalls = re.findall(r"^\| `(OOPS-P\d\d)` \| (\w+) \| (.*) \|$", TEXT, re.MULTILINE)
    assert [code for code, _, _ in pitfalls] == [code for code in CODES if code.startswith("OOPS-")]
    for code, importance, words in pitfalls:
        assert (IMPORTANCE[importance], words) == (CODES[code].severity, title(code, "en"))
    checks = re.findall(r"^\| `(FOOPS-[\w-]+)` \| ([^|]*) \|", TEXT, re.MULTILINE)
    assert checks == [(code, title(code, "en")) for code in CODES if code.startswith("FOOPS-")]


def test_the_page_says_what_is_not_computed() -> None:
    assert f"live addresses: {', '.join(LIVE[:-1])} and {LIVE[-1]}." in TEXT

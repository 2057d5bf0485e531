"""docs/serving.md lists every limit with its default, and every problem of the server."""

import re
from dataclasses import fields
from typing import Final

from ssekg.base.messages import catalogue
from ssekg.serve.limits import Limits
from tests.conftest import ROOT

PAGE: Final = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def test_limits_are_listed_with_their_defaults() -> None:
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", PAGE.partition("## Limits")[2], re.MULTILINE))
    assert listed == {field.name.replace("_", "-"): str(field.default) for field in fields(Limits)}


def test_problems_are_listed() -> None:
    listed = set(re.findall(r"`([a-z-]+)`", PAGE.partition("## Problems")[2].partition("## Limits")[0]))
    assert {code.removeprefix("problem-") for code in catalogue("en") if code.startswith("problem-")} <= listed
    queries = {"query-syntax", "query-incomplete", "query-leaves-graph", "query-too-deep"}
    parameters = {f"parameter-{code}" for code in ("type", "thing", "meaning", "ambiguous")}
    assert {*queries, *parameters, "unknown-parameter", "missing-parameter"} <= listed

"""CONTRIBUTING.md sends people to files that are there."""

import re
from typing import Final

from tests.conftest import ROOT

PAGE: Final = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_what_it_names_is_there() -> None:
    table = PAGE.partition("### Where to add what")[2]
    paths = set(re.findall(r"`((?:src|tests|docs|ontology|data|shapes|queries)/[\w./]*)`", table))
    assert len(paths) > 15
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_the_layout_has_every_package() -> None:
    layout = PAGE.partition("### Layout")[2].partition("### ")[0]
    listed = re.findall(r"^  (\w+)/ ", layout, re.MULTILINE)
    folders = {path.parent.name for path in (ROOT / "src" / "ssekg").glob("*/__init__.py")}
    assert set(listed) == folders
    assert len(listed) == len(set(listed))

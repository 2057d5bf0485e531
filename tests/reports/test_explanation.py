"""What is said of a code: the right words in each language, and the example with its place marked as in a report."""

import re

import pytest
from rich.cells import cell_len

from ssekg.base.codes import CODES, Group
from ssekg.base.findings import Severity
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import title, why
from ssekg.reports.explanation import explanation, list_of_codes
from ssekg.reports.text import WIDTH

ARABIC = re.compile("[ء-ي]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_every_language(code: str, language: str) -> None:
    written = explanation(code, language)
    assert code in written
    assert title(code, language) in written
    assert " ".join(why(code, language).split(" ")[:4]) in written
    words = [line for line in written.splitlines() if not re.match(r" *\d* +[|^] ", line)]
    assert max(cell_len(line) for line in words if "sh:" not in line) <= WIDTH
    assert "\n\n\n" not in written
    if language == "ar":
        head = re.sub("\u2068[^\u2069]*\u2069", "", written.splitlines()[0])
        assert ARABIC.search(head), "isolates left out, the first letter is Arabic: terminals set it from the right"
        assert not re.search("[A-Za-z]", head.split(":")[0])


def test_parts_of_an_explanation() -> None:
    head, _, reason, *_ = explanation("table-date", "en").splitlines()
    assert head == "violation [table-date]: Invalid date"
    assert reason.startswith("  Timelines")
    assert """
Wrong
data/projects.csv:2:9
    1 | id,start
    2 | example,2023-02-30
      |         ^^^^^^^^^^

Right
data/projects.csv
    1 | id,start
    2 | example,2023-02-28
""" in explanation("table-date", "en")


def test_a_hint_is_filled_as_it_is_for_the_example() -> None:
    assert "→ Write 256." in explanation("table-digits", "en")
    assert "Known columns: id, name_fr, members." in explanation("table-unknown-column", "en")
    assert "…" not in explanation("query-unknown-term", "fr")


def test_what_differs_from_shape_to_shape_is_left_to_the_shape() -> None:
    written = explanation("shacl-min-count", "en")
    assert written.startswith("[shacl-min-count]: Missing value\n")
    assert "Where the shape says:\n  sh:path ex:ledBy ; sh:minCount 1\n" in written


def test_files_that_stand_beside_it_are_shown() -> None:
    written = explanation("table-twice", "en")
    assert written.count("data/projects.xlsx") == 1, "the right way is to have only one"
    assert written.count("data/projects.csv") == 2


def test_characters_that_hide_are_seen_and_arabic_terms_quoted() -> None:
    assert '"Programme <U+202E>elpmexE"' in explanation("text-bidi-control", "en")
    assert "\u202e" not in explanation("text-bidi-control", "en")
    assert "      ^ \u2068مختبرات المث\ufffdل\u2069" in explanation("table-character", "en")


def test_colours_only_where_they_are_wanted() -> None:
    plain, coloured = explanation("table-date", "en"), explanation("table-date", "en", colour=True)
    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain != coloured


def test_a_narrow_terminal_gets_narrow_lines() -> None:
    for code in ("query-too-deep", "shape-pattern", "shacl-min-count"):
        assert max(cell_len(line) for line in explanation(code, "fr", width=50).splitlines()[1:]) <= 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_code_once_with_its_title(language: str) -> None:
    written = list_of_codes(language)
    listed = re.findall(r"^  \W?([A-Za-z]+-[A-Za-z0-9-]+)\b.*?  +(\S.*)$", written, re.MULTILINE)
    assert sorted(listed) == sorted((code, title(code, language)) for code in CODES)
    assert written.count("\n\n") == len(Group) - 1


def test_severity_is_told_where_it_is_always_the_same() -> None:
    for name, code in CODES.items():
        first = explanation(name, "en").partition(" ")[0]
        assert (Severity(first) if first in set(Severity) else None) is code.severity

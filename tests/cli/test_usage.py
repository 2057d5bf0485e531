"""A command line that can't be understood is answered in the language of the reader, by code 2."""

import re

import pytest

from ssekg.base.language import LANGUAGES
from ssekg.cli import run

WRONG = (
    ("qurey", "list"),
    ("query", "lst"),
    ("query", "run", "a", "b"),
    ("query", "run", "-p"),
    ("query", "run", "--sources=3"),
    ("query", "run", "a", "--format", "doc"),
    ("query", "run", "a", "--limit", "-1"),
    ("serve", "--port", "99999"),
    *(("query", "run", "a", "--timeout", value) for value in ("nan", "inf", "1e300", "0", "-2", "soon")),
)
# What click says.
ENGLISH = ("Got unexpected", "No such", "requires", "does not take", "not in the range", "is not one of", "valid float")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_command_line(words: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", language, *words]) == 2
    found = capsys.readouterr().err
    assert "-h" in found
    assert not any(saying in found for saying in ENGLISH)


def test_the_nearest_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "fr", "qurey"]) == 2
    assert "Vouliez-vous dire query\N{NO-BREAK SPACE}?" in capsys.readouterr().err


def test_a_group_without_a_command_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "fr", "query"]) == 2
    assert re.match(r"Usage\s: ssekg query", capsys.readouterr().err)

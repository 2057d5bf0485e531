"""The pages for stewards, walked as somebody reads them: each command runs and prints what is shown."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import openpyxl
import pytest

from tests.conftest import ROOT, Cli

LOCALES: Final = {"stewards.md": "en_GB", "stewards.fr.md": "fr_FR", "stewards.ar.md": "ar_MA"}
# A block of a command with what it prints, or a row to be typed into the sheet that is named before it.
STEP: Final = re.compile(
    r"^ *```\n(?P<command> *\$ (?:[^\n]*\\\n)*[^\n]*\n)(?P<shown>.*?)^ *```$"
    r"|\*\*(?P<sheet>[^*\n]+)\*\*[:،\N{NO-BREAK SPACE} ]*\n\n"
    r"\|(?P<headings>[^\n]*)\|\n\|[-| ]*\|\n\|(?P<cells>[^\n]*)\|$",
    re.MULTILINE | re.DOTALL,
)
ISOLATES: Final = re.compile("[\u2066-\u2069]")
Command = Callable[[re.Match[str]], str]


def steps(page: str) -> Iterator[re.Match[str]]:
    """The commands and the rows of a page, in order."""
    return STEP.finditer((ROOT / "docs" / page).read_text(encoding="utf-8"))


def command_of(step: re.Match[str]) -> str:
    """A command without the name of the program."""
    return re.sub(r"\\\n\s*", "", step["command"]).strip().removeprefix("$ ssekg ")


def fill_in(workbook: Path, step: re.Match[str]) -> None:
    """Type a row below the others of a sheet."""
    book = openpyxl.load_workbook(workbook)
    sheet = book[step["sheet"]]
    names = [str(each.value or "").removesuffix(" *") for each in sheet[1]]
    row = sheet.max_row + 1
    for heading, cell in zip(step["headings"].split("|"), step["cells"].split("|"), strict=True):
        sheet.cell(row, names.index(heading.strip()) + 1).value = cell.strip()
    book.save(workbook)


def plain(text: str) -> str:
    """A text as a page has it: without what isolates runs of the other direction, and indentation of a list."""
    return "\n".join(line.strip() for line in ISOLATES.sub("", text).strip().splitlines())


@pytest.mark.parametrize("page", LOCALES)
def test_each_command_prints_what_is_shown(cli: Cli, tmp_path: Path, page: str) -> None:
    """A release takes long: the French page makes it, the wheel one in Arabic (test_wheel.py)."""
    folder, workbook, walked = tmp_path, tmp_path, 0
    for step in steps(page):
        if step["sheet"]:
            fill_in(workbook, step)
            continue
        command = command_of(step)
        if command == "publish" and page != "stewards.fr.md":
            continue
        done = cli(*shlex.split(command), cwd=folder, LANG=f"{LOCALES[page]}.UTF-8")
        shown = plain(step["shown"])
        pattern = ".*?".join(map(re.escape, shown.split("…")))
        assert re.fullmatch(pattern, plain(done.stdout + done.stderr)), (command, done.stdout, done.stderr)
        assert done.returncode == (2 if "--set NAME=" in shown or "--set NOM=" in shown else 0), command
        if command.startswith("init "):
            folder = tmp_path / command.split()[1]
        if command.startswith("workbook export "):
            workbook = folder / command.split()[-1]
        walked += 1
    assert walked >= 12


def test_the_pages_say_the_same() -> None:
    """They have as many headings, commands and rows, and a command is the same but for what it sets and its files."""

    def outline(page: str) -> list[object]:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        commands = [command_of(step).split()[:2] if step["command"] else "row" for step in steps(page)]
        inline = sorted(set(re.findall(r"`(ssekg (?!--lang)[^`]*)`", text)))
        headings = [line.split()[0] for line in text.splitlines() if re.match("##+ ", line)]
        return [
            headings,
            [each if each[0] not in {"init", "describe", "rename"} else each[0] for each in commands],
            inline,
        ]

    english = outline("stewards.md")
    assert outline("stewards.fr.md") == english
    assert outline("stewards.ar.md") == english

"""Texts in which ⟦…⟧ marks what a finding has to point at."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final

MARK: Final = re.compile("⟦|⟧")
Span = tuple[int | None, ...]
Cli = Callable[..., "CompletedProcess[str]"]


@dataclass(frozen=True)
class Found:
    """A finding as the command tells it: `span` is line, column, end line, end column."""

    code: str
    severity: str
    span: Span
    message: str
    hint: str


def unmarked(text: str) -> tuple[str, list[Span]]:
    """The text without its marks, and what they enclose, in the order in which they begin; marks may be nested."""
    clean = ""
    open_marks: list[tuple[int, int]] = []
    spans: list[tuple[int, int, int, int]] = []
    position = 0
    for match in MARK.finditer(text):
        clean += text[position : match.start()]
        position = match.end()
        here = (clean.count("\n") + 1, len(clean) - clean.rfind("\n"))
        if match[0] == "⟦":
            open_marks.append(here)
        else:
            spans.append((*open_marks.pop(), *here))
    return clean + text[position:], [*sorted(spans)]


def write_marked(folder: Path, files: Mapping[str, str]) -> dict[str, list[Span]]:
    """Write files into a folder without their marks; what the marks enclosed, by file."""
    spans = {}
    for name, text in files.items():
        clean, spans[name] = unmarked(text)
        (folder / name).write_text(clean, encoding="utf-8", newline="")
    return spans


def validated(
    cli: Cli, folder: Path, *options: str, exit_code: int = 1, language: str = "en"
) -> dict[str, list[Found]]:
    """The findings of the real `ssekg validate` by file, in its order."""
    done = cli("--lang", language, "validate", *options, "--format", "json", cwd=folder)
    assert done.returncode == exit_code, done.stderr + done.stdout[-2000:]
    by_file: dict[str, list[Found]] = {}
    for each in json.loads(done.stdout)["findings"]:
        by_file.setdefault(str(each["file"]), []).append(_found(each))
    return by_file


def _found(each: Mapping[str, Any]) -> Found:
    span = (each["line"], each["column"], each["end_line"], each["end_column"])
    return Found(each["code"], each["severity"], span, each["message"], each["hint"] or "")

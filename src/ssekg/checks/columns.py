"""The file that describes the columns of answers: whether it can be read, and has its words in every language."""

import re
import tomllib
from collections.abc import Collection, Iterator
from typing import Any, Final

from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Said
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.checks.subject import Subject
from ssekg.project.settings import Project
from ssekg.queries.columns import COLUMNS_FILE, KEYS, TEXTS, TYPES
from ssekg.sources.places import Lines

_LINE: Final = re.compile(r"\(at line (\d+),")


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the file; nothing where there is none.

    Raises:
        CannotRunError: it can't be opened.
    """
    path = subject.project.root / COLUMNS_FILE
    if not path.is_file():
        return
    text = read_file(path, str(path)).decode("utf-8-sig", errors="replace")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = _LINE.search(str(problem))
        place = Place(COLUMNS_FILE, int(line[1]) if line else 1, 1)
        yield _finding(place, "column-syntax", problem=str(problem).partition(" (at ")[0])
        return
    lines = Lines(COLUMNS_FILE, text)
    for name, entry in content.items():
        yield from _of_column(name, entry, _place(lines, name), subject.project.languages)


def titled_columns(project: Project) -> Collection[str]:
    """The names of the columns that the file gives a title."""
    path = project.root / COLUMNS_FILE
    try:
        content = tomllib.loads(path.read_text("utf-8-sig")) if path.is_file() else {}
    except ValueError:
        return ()
    return {name for name, entry in content.items() if isinstance(entry, dict) and "title" in entry}


def _of_column(name: str, entry: Any, place: Place, languages: Collection[str]) -> Iterator[Finding]:
    if not isinstance(entry, dict):
        yield _finding(place, "column-table", column=name)
        return
    for key, value in entry.items():
        if key not in KEYS:
            nearest = nearest_name(key, KEYS)
            yield _finding(place, "column-key", nearest, column=name, key=key, known=", ".join(KEYS))
        elif key in TEXTS:
            yield from _of_texts(name, key, value, place, languages)
    kind = entry.get("type", TYPES[0])
    if kind not in TYPES:
        nearest = nearest_name(str(kind), TYPES)
        yield _finding(place, "column-type", nearest, column=name, key=str(kind), known=", ".join(TYPES))
    if "title" not in entry:
        yield _finding(place, "column-missing", column=name, key="title")


def _of_texts(name: str, key: str, value: Any, place: Place, languages: Collection[str]) -> Iterator[Finding]:
    texts = value if isinstance(value, dict) else {}
    given = {str(tag).lower() for tag, text in texts.items() if isinstance(text, str) and text.strip()}
    for language in languages:
        if language not in given:
            yield _finding(place, "column-missing", column=name, key=f"{key}: {language}")


def _place(lines: Lines, name: str) -> Place:
    """The head of the table of a column, else the beginning of the file."""
    match = re.search(rf'^\[\s*"?({re.escape(name)})"?\s*[].]', lines.text, re.MULTILINE)
    return lines.place(*match.span(1)) if match else lines.place(0, 0)


def _finding(place: Place, what: str, /, nearest: str | None = None, **arguments: str) -> Finding:
    return Finding(
        "column-description", Severity.VIOLATION, place, {"problem": Said(what, arguments), **suggestion(nearest)}
    )

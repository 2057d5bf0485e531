"""Whatever is wrong in ssekg.toml is refused with the file and the key, in every language, and never with a traceback.

The settings of the second project are broken one after the other: each value is replaced by values of other types.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES, fold
from ssekg.project.settings import read_project
from tests.conftest import SECOND, Cli

WHOLE: Final[dict[str, Any]] = tomllib.loads((SECOND / "ssekg.toml").read_text(encoding="utf-8"))
WRONG_TYPES: Final[tuple[Any, ...]] = (
    5,
    -1.5,
    True,
    "",
    "a b",
    [],
    {},
    ["x", 5],
    {"fr": 5},
    {"not a tag": "x"},
    [["x"]],
    {"fr": {}},
)
# What is right though it looks odd: free text, and lists and texts that may be empty.
FREE: Final = {
    "project.name": ({},),
    "project.description": ({},),
    "publication.licence": ("a b",),
    "catalogue.coverage.name": ({},),
    "publication.publisher": ("a b",),
    "publication.contact": ("a b",),
    "privacy.withheld": ([],),
    "privacy.law": ({},),
    "catalogue.keywords": ({},),
    "catalogue.themes": ([],),
}


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{toml(key)} = {toml(each)}' for key, each in value.items())} }}"
    return str(value)


def keys(table: dict[str, Any] = WHOLE, above: str = "") -> Iterator[str]:
    """The settings, with those of the part of the world that the data are about."""
    for key, value in table.items():
        if above in {"", "catalogue."} and isinstance(value, dict) and key not in {"keywords", "prefixes"}:
            yield from keys(value, f"{above}{key}.")
        elif above:
            yield f"{above}{key}"


def without(key: str, value: Any) -> str:
    """The settings with another value for a key."""

    def changed(table: dict[str, Any], path: list[str]) -> dict[str, Any]:
        first, *rest = path
        return table | {first: changed(table[first], rest) if rest else value}

    content = changed(WHOLE, key.split("."))
    return "".join(
        f"[{section}]\n" + "".join(f"{toml(name)} = {toml(each)}\n" for name, each in table.items())
        for section, table in content.items()
    )


def refusal(folder: Path, text: str) -> CannotRunError | None:
    (folder / "ssekg.toml").write_text(text, encoding="utf-8")
    try:
        read_project(folder)
    except CannotRunError as problem:
        return problem
    return None


def test_what_is_replaced_is_right_before(tmp_path: Path) -> None:
    assert refusal(tmp_path, without("project.id", "littoral")) is None
    assert {"project.languages", "privacy.law", "catalogue.coverage.bbox", "release.date"} <= set(keys())


@pytest.mark.parametrize("key", list(keys()))
def test_a_value_of_another_type_is_refused(tmp_path: Path, key: str) -> None:
    for value in WRONG_TYPES:
        problem = refusal(tmp_path, without(key, value))
        if value in FREE.get(key, ()):
            assert problem is None, value
            continue
        assert problem is not None, value
        assert problem.exit_code == 3
        for language in LANGUAGES:
            message = fold(problem.message(language))
            assert fold(key) in message, (value, message)
            assert fold(str(tmp_path / "ssekg.toml")) in message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("project.id", "a/b"),
        ("project.id", "Littoral"),
        ("project.id", "../x"),
        ("project.id", "ab-"),
        ("project.languages", ["f"]),
        ("project.languages", ["fr", "wolof of the coast"]),
        ("project.languages", ["fr_SN"]),
        ("project.languages", ["fr", "FR"]),
        ("project.languages", ["fr-"]),
        ("project.languages", ["abcdefghi"]),
        ("project.default_language", "wo"),
        ("privacy.withheld", ["officer/1"]),
        ("privacy.withheld", ["a kind"]),
        ("privacy.public_name", "a/b"),
        ("catalogue.keywords", {"fr": "pêche"}),
        ("catalogue.keywords", ["pêche"]),
        ("catalogue.coverage.bbox", [-17.6, 12.3, -16.2]),
        ("catalogue.coverage.bbox", [-17.6, 12.3, "a", 16.1]),
        ("catalogue.coverage.centroid", [14.2]),
        ("catalogue.coverage.place", "Senegal"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, key: str, value: Any) -> None:
    problem = refusal(tmp_path, without(key, value))
    assert problem is not None
    assert problem.exit_code == 3
    for language in LANGUAGES:
        assert fold(key) in fold(problem.message(language))


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [("a:b", "https://example.org/#"), ("x", "none")],
)
def test_prefixes_are_names_of_their_own(tmp_path: Path, prefix: str, namespace: str) -> None:
    """A prefix as Turtle has them, and an IRI."""
    problem = refusal(tmp_path, without("prefixes", {prefix: namespace}))
    assert problem is not None
    assert f"prefixes.{prefix}" in problem.message("en")


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("[privacy]", "[privaci]", "privacy"),
        ("withheld =", "witheld =", "privacy.withheld"),
        ("languages =", "language =", "project.languages"),
        ("bbox =", "bboxes =", "catalogue.coverage.bbox"),
        ("publisher_type =", "publishertype =", "catalogue.publisher_type"),
        ("version =", "versoin =", "release.version"),
    ],
)
def test_a_misspelt_key_ends_with_the_nearest(cli: Cli, littoral: Path, old: str, new: str, nearest: str) -> None:
    settings = littoral / "ssekg.toml"
    text = settings.read_text("utf-8")
    assert old in text
    settings.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = cli("--lang", "en", "validate", cwd=littoral)
    assert done.returncode == 3
    assert nearest in done.stderr
    assert "ssekg.toml" in done.stderr

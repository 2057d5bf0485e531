"""The project folder: found from anywhere inside, read once, and what is wrong with it is said."""

import datetime
from pathlib import Path

import pytest

from ssekg.errors import CannotRunError
from ssekg.language import LANGUAGES
from ssekg.project import Project, carried_project, find_project, read_project

WHOLE = """
[project]
name = { ar = "مبيان", fr = "Graphe", en = "Graph" }
description = { en = "A graph" }
base = "https://example.org/id/"
default_language = "fr"
[publication]
licence = "https://opendatacommons.org/licenses/odbl/1-0/"
publisher = "somebody"
contact = "https://example.org"
site = "https://example.org/data/"
[release]
version = "1.2.3"
date = 2026-11-23
"""


def write(folder: Path, content: str) -> Path:
    (folder / "ssekg.toml").write_text(content, encoding="utf-8")
    return folder


def refusal(folder: Path) -> CannotRunError:
    with pytest.raises(CannotRunError) as caught:
        read_project(folder)
    return caught.value


def test_settings_are_read(tmp_path: Path) -> None:
    project = read_project(write(tmp_path, WHOLE))
    assert project.name == {"ar": "مبيان", "fr": "Graphe", "en": "Graph"}
    assert project.description == {"en": "A graph"}
    assert (project.base, project.default_language) == ("https://example.org/id/", "fr")
    assert (project.licence, project.publisher) == ("https://opendatacommons.org/licenses/odbl/1-0/", "somebody")
    assert (project.contact, project.site) == ("https://example.org", "https://example.org/data/")
    assert project.version == "1.2.3"
    assert project.date == datetime.date(2026, 11, 23)


def test_this_repository_is_a_whole_project(project: Project) -> None:
    assert set(project.name) == set(project.description) == set(LANGUAGES)
    assert [path.name for path in project.ontology_files].count("ssekg.ttl") == 1
    assert project.table_descriptions
    assert project.turtle_files
    assert project.shapes_files
    assert project.query_files
    tables = {path.name for path in (project.root / "data").glob("*.csv")}
    assert {path.name.removesuffix("-metadata.json") for path in project.table_descriptions} == tables


def test_files_come_in_order_and_from_folders_below(tmp_path: Path) -> None:
    project = read_project(write(tmp_path, WHOLE))
    names = ["data/b.ttl", "data/a/z.ttl", "data/c.csv-metadata.json", "data/c.csv", "ontology/ssekg.ttl"]
    for name in [*names, "ontology/concepts/x.ttl", "queries/q.rq", "queries/more/a.rq", "shapes/s.ttl", "data/x.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [project.shown(path) for path in project.turtle_files] == ["data/a/z.ttl", "data/b.ttl"]
    assert [project.shown(path) for path in project.table_descriptions] == ["data/c.csv-metadata.json"]
    assert [project.shown(path) for path in project.ontology_files] == ["ontology/concepts/x.ttl", "ontology/ssekg.ttl"]
    assert [project.shown(path) for path in project.query_files] == ["queries/more/a.rq", "queries/q.rq"]
    assert [project.shown(path) for path in project.shapes_files] == ["shapes/s.ttl"]


def test_paths_are_shown_relative_to_the_project_or_as_they_are(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    project = read_project(write(inside, WHOLE))
    assert project.shown(inside / "data" / ".." / "data" / "x.ttl") == "data/x.ttl"
    assert project.shown(tmp_path / "x.ttl") == str(tmp_path / "x.ttl")


def test_project_is_found_from_a_folder_inside(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    deep = tmp_path / "data" / "more"
    deep.mkdir(parents=True)
    found = find_project(deep)
    assert found is not None
    assert found.root == tmp_path.resolve()


def test_the_nearest_project_is_found(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    inner = tmp_path / "inner"
    inner.mkdir()
    write(inner, WHOLE.replace("1.2.3", "9.9.9"))
    found = find_project(inner)
    assert found is not None
    assert found.version == "9.9.9"


def test_no_project_in_sight(tmp_path: Path) -> None:
    assert find_project(tmp_path) is None
    problem = refusal(tmp_path)
    assert problem.code == "no-project-file"
    assert str(tmp_path) in problem.message("en")


def test_without_a_project_the_carried_one_serves(project: Project) -> None:
    assert carried_project().base == project.base
    assert carried_project().query_files


@pytest.mark.parametrize(
    "key",
    [
        "name",
        "description",
        "base",
        "default_language",
        "licence",
        "publisher",
        "contact",
        "site",
        "version",
        "date",
        "project",
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, key: str) -> None:
    lines = [line for line in WHOLE.splitlines() if not line.startswith((f"{key} =", f"[{key}]"))]
    problem = refusal(write(tmp_path, "\n".join(lines)))
    assert problem.code == "incomplete-project-file"
    assert f"“{key}”" in problem.message("en")
    assert str(tmp_path / "ssekg.toml") in problem.message("en")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('publisher = "somebody"', 'publisher = "somebody', "line 9"),
        ("https://example.org/id/", "https://example.org/id", "https://example.org/id"),
        ("https://example.org/id/", "example.org/", "project.base"),
        ('"fr"\n[pub', '"es"\n[pub', "default_language: es"),
        ("2026-11-23", '"2026-11-23"', "release.date"),
        ("2026-11-23", "2026-11-23T10:00:00", "release.date"),
        ('{ en = "A graph" }', '"A graph"', ""),
        ("[publication]", "[[publication]]", ""),
    ],
)
def test_what_is_broken_is_said(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in WHOLE
    problem = refusal(write(tmp_path, WHOLE.replace(old, new)))
    assert problem.code == "broken-project-file"
    assert str(tmp_path / "ssekg.toml") in problem.message("en")
    assert words in problem.message("en")
    assert problem.exit_code == 3


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("licenses/odbl/1-0/", "licenses/mine/", "unknown-licence"),
        ('contact = "https://example.org"', 'contact = ""', "bad-contact"),
        ('contact = "https://example.org"', 'contact = "the ministry"', "bad-contact"),
        ('contact = "https://example.org"', 'contact = "a@example.org"', "bad-contact"),
        ("1.2.3", "1.2", "bad-version"),
        ("1.2.3", "1.02.3", "bad-version"),
        ("1.2.3", "v1.2.3", "bad-version"),
        ('"https://example.org/data/"', '"https://example.org/data"', "bad-site"),
        ('"https://example.org/data/"', '"https://example.org/?q=/"', "bad-site"),
        ('"https://example.org/data/"', '"https://example.org/#/"', "bad-site"),
        ('"https://example.org/data/"', '"https:///"', "bad-site"),
        ('"https://example.org/data/"', '"https://[/"', "bad-site"),
        ('"https://example.org/data/"', '"ftp://example.org/"', "bad-site"),
        ('"https://example.org/data/"', '"/data/"', "bad-site"),
        ('"https://example.org/data/"', '""', "bad-site"),
    ],
)
def test_settings_that_a_portal_would_stumble_over_are_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in WHOLE
    problem = refusal(write(tmp_path, WHOLE.replace(old, new)))
    assert (problem.code, problem.exit_code) == (code, 3)
    for language in LANGUAGES:
        assert "ssekg.toml" in problem.message(language)
        assert problem.hint(language)


@pytest.mark.parametrize("version", ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0-alpha+2026.11"])
@pytest.mark.parametrize("contact", ["https://example.org/contact", "mailto:ess@example.org"])
def test_versions_and_contacts_as_their_standards_have_them(tmp_path: Path, version: str, contact: str) -> None:
    content = WHOLE.replace("1.2.3", version).replace('contact = "https://example.org"', f'contact = "{contact}"')
    project = read_project(write(tmp_path, content))
    assert (project.version, project.contact) == (version, contact)


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ssekg.toml").write_bytes(WHOLE.encode("utf-16"))
    assert refusal(tmp_path).code == "broken-project-file"


def test_a_hash_namespace_is_a_base_too(tmp_path: Path) -> None:
    project = read_project(write(tmp_path, WHOLE.replace("https://example.org/id/", "http://example.org/id#")))
    assert project.base == "http://example.org/id#"

"""The project folder: found from anywhere inside, read once, and what is wrong with it is said."""

import datetime
from pathlib import Path

import pytest

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES
from ssekg.project.catalogue_settings import CatalogueSettings, Coverage
from ssekg.project.settings import Project, carried_project, find_project, read_project

WHOLE = """
[project]
id = "graph"
name = { ar = "مبيان", fr = "Graphe", en = "Graph" }
description = { en = "A graph" }
base = "https://example.org/id/"
languages = ["fr", "wo"]
default_language = "fr"
[publication]
site = "https://example.org/data/"
licence = "https://opendatacommons.org/licenses/odbl/1-0/"
publisher = "somebody"
contact = "https://example.org"
[release]
version = "1.2.3"
date = 2026-11-23
"""

COVERAGE = """place = "https://example.org/here"
name = { en = "Here" }
bbox = [-17.1, 20.9, -1.0, 36.1]
centroid = [-8, 29.3]
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
    assert (project.id, project.languages) == ("graph", ("fr", "wo"))
    assert (project.base, project.default_language) == ("https://example.org/id/", "fr")
    assert (project.licence, project.publisher) == ("https://opendatacommons.org/licenses/odbl/1-0/", "somebody")
    assert (project.contact, project.site) == ("https://example.org", "https://example.org/data/")
    assert project.version == "1.2.3"
    assert project.date == datetime.date(2026, 11, 23)


def test_what_portals_are_told_is_read(tmp_path: Path) -> None:
    plain = read_project(write(tmp_path, WHOLE))
    assert plain.site == "https://example.org/data/"
    assert plain.catalogue_settings == CatalogueSettings()
    section = '[catalogue]\nkeywords = { fr = ["a", "b"] }\nthemes = ["SOCI"]\nfrequency = "ANNUAL"\n'
    told = read_project(write(tmp_path, f"{WHOLE}{section}[catalogue.coverage]\n{COVERAGE}")).catalogue_settings
    assert told.keywords == {"fr": ("a", "b")}
    assert (told.themes, told.frequency) == (("SOCI",), "ANNUAL")
    coverage = Coverage("https://example.org/here", {"en": "Here"}, (-17.1, 20.9, -1.0, 36.1), (-8.0, 29.3))
    assert told.coverage == coverage


@pytest.mark.parametrize(
    ("base", "home"),
    [
        ("https://w3id.org/ssekg/id/", "https://w3id.org/ssekg/"),
        ("https://example.org/id/", "https://example.org/"),
        ("https://example.org/data/", "https://example.org/data/"),
        ("http://example.org/a/id#", "http://example.org/a/"),
    ],
)
def test_what_is_no_instance_has_its_iri_above_them(tmp_path: Path, base: str, home: str) -> None:
    assert read_project(write(tmp_path, WHOLE.replace("https://example.org/id/", base))).home == home


def test_this_repository_is_a_whole_project(project: Project) -> None:
    assert set(project.name) == set(project.description) == set(LANGUAGES)
    assert [path.name for path in project.ontology_files].count("ssekg.ttl") == 1
    assert project.table_descriptions
    assert project.rdf_files
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
    assert [project.shown(path) for path in project.rdf_files] == ["data/a/z.ttl", "data/b.ttl"]
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
        "id",
        "name",
        "description",
        "base",
        "languages",
        "default_language",
        "site",
        "licence",
        "publisher",
        "contact",
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
        ('publisher = "somebody"', 'publisher = "somebody', "line 12"),
        ("https://example.org/id/", "https://example.org/id", "https://example.org/id"),
        ("https://example.org/id/", "example.org/", "project.base"),
        ('"fr"\n[pub', '"es"\n[pub', "project.default_language is 'es'"),
        ("2026-11-23", '"2026-11-23"', "release.date"),
        ("2026-11-23", "2026-11-23T10:00:00", "release.date"),
        ("https://example.org/id/", "https://example.org/a b/", "project.base"),
        ('"https://example.org/id/"', "5", "project.base is 5"),
        ('{ en = "A graph" }', '"A graph"', "project.description is 'A graph'"),
        ('{ en = "A graph" }', "{ en = 5 }", "project.description is {'en': 5}"),
        ('{ en = "A graph" }', '{ "e n" = "A graph" }', "project.description"),
        ('publisher = "somebody"', "publisher = 5", "publication.publisher is 5"),
        ('id = "graph"', 'id = "../graph"', "project.id"),
        ('id = "graph"', 'id = "Graph"', "project.id"),
        ('["fr", "wo"]', "[]", "project.languages"),
        ('["fr", "wo"]', '"fr"', "project.languages"),
        ('["fr", "wo"]', '["fr", "FR"]', "project.languages"),
        ('["fr", "wo"]', '["fr", "the french one"]', "project.languages"),
        ("[release]", '[privacy]\nwithheld = "officer"\n[release]', "privacy.withheld"),
        ("[release]", '[privacy]\nwithheld = ["a/b"]\n[release]', "privacy.withheld"),
        ("[release]", '[privacy]\npublic_name = "a b"\n[release]', "privacy.public_name"),
        ("[release]", '[privacy]\nlaw = "no"\n[release]', "privacy.law"),
        ("[release]", '[prefixes]\nex = "example"\n[release]', "prefixes.ex"),
        ("[release]", '[prefixes]\n"e x" = "https://example.org/#"\n[release]', "prefixes.e x"),
        ("[release]", '[privacy]\nwithhold = ["officer"]\n[release]', "did you mean privacy.withheld"),
        ("[release]", "[realease]\n[release]", "did you mean release"),
        ('publisher = "somebody"', 'publisher = "somebody"\nlicense = ""', "did you mean publication.licence"),
        ("[publication]", "[[publication]]", "[publication]"),
        ("[publication]", "a = " + "[" * 100_000, "recursion"),
        ("https://example.org/data/", "https://example.org/data", "publication.site"),
        ("https://example.org/data/", "/data/", "publication.site"),
        ("https://example.org/data/", "https://example.org/data/?page=/", "publication.site"),
        ("https://example.org/data/", "https://example.org/#/", "publication.site"),
        ("[release]", '[catalogue]\nthemes = "SOCI"\n[release]', "catalogue.themes"),
        ("[release]", '[catalogue]\nkeywords = ["a"]\n[release]', "catalogue.keywords"),
        ("[release]", '[catalogue]\ncolour = "red"\n[release]', "colour"),
        ("[release]", f"[catalogue.coverage]\n{COVERAGE.replace('-1.0, ', '')}[release]", ""),
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
    "address",
    [
        "example.org/",
        "/data/",
        "ftp://example.org/",
        "https://example.org/data",
        "https://example.org/?a=/",
        "https://example.org/#/",
        "https://example.org/a b/",
        "https://example.org/a/../",
        "https://user:secret@example.org/",
        "https://example.org:70000/",
        "https:///",
        "",
    ],
)
@pytest.mark.parametrize(
    ("key", "old"), [("project.base", "https://example.org/id/"), ("publication.site", "https://example.org/data/")]
)
def test_addresses_that_nothing_can_follow_are_refused(tmp_path: Path, key: str, old: str, address: str) -> None:
    problem = refusal(write(tmp_path, WHOLE.replace(f'"{old}"', f'"{address}"')))
    assert (problem.code, problem.exit_code) == ("broken-project-file", 3)
    for language in LANGUAGES:
        assert key in problem.message(language)
        assert address in problem.message(language)


@pytest.mark.parametrize("site", ["http://127.0.0.1:8000/", "https://donnees.example.org/ess/maroc-1.0/~x/"])
def test_site_is_where_the_release_is_served(tmp_path: Path, site: str) -> None:
    assert read_project(write(tmp_path, WHOLE.replace("https://example.org/data/", site))).site == site


def test_site_does_not_end_with_a_hash(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, WHOLE.replace("https://example.org/data/", "https://example.org/data#"))).code == (
        "broken-project-file"
    )


@pytest.mark.parametrize(
    ("base", "home"),
    [
        ("https://w3id.org/ssekg/id/", "https://w3id.org/ssekg/"),
        ("https://example.org/ess/", "https://example.org/ess/"),
        ("https://example.org/ess#", "https://example.org/"),
    ],
)
def test_home_lies_above_the_instances(tmp_path: Path, base: str, home: str) -> None:
    assert read_project(write(tmp_path, WHOLE.replace("https://example.org/id/", base))).home == home


@pytest.mark.parametrize("version", ["1.2", "1.02.3", "v1.2.3", "1.2.3-", ""])
def test_versions_are_those_of_semantic_versioning(tmp_path: Path, version: str) -> None:
    problem = refusal(write(tmp_path, WHOLE.replace("1.2.3", version)))
    assert (problem.code, problem.exit_code) == ("broken-project-file", 3)
    assert "release.version" in problem.message("ar")


@pytest.mark.parametrize("version", ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0-alpha+2026.11"])
def test_versions_may_be_those_before_a_release(tmp_path: Path, version: str) -> None:
    assert read_project(write(tmp_path, WHOLE.replace("1.2.3", version))).version == version


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ssekg.toml").write_bytes(WHOLE.encode("utf-16"))
    assert refusal(tmp_path).code == "broken-project-file"


def test_a_hash_namespace_is_a_base_too(tmp_path: Path) -> None:
    project = read_project(write(tmp_path, WHOLE.replace("https://example.org/id/", "http://example.org/id#")))
    assert project.base == "http://example.org/id#"


def test_an_unknown_key_is_named_with_the_nearest_or_all_that_there_are(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, WHOLE + '\n[catalogue]\nkeyword = { fr = ["coopératives"] }\n'))
    for language in LANGUAGES:
        assert "catalogue.keyword\u2069" in problem.message(language) or "catalogue.keyword " in problem.message(
            language
        )
        assert "catalogue.keywords" in problem.message(language)
    problem = refusal(write(tmp_path, WHOLE + '\n[catalogue]\ncolour = "red"\n'))
    assert "catalogue.keywords, catalogue.themes" in problem.message("en")


def test_where_the_toml_breaks_is_said_in_every_language(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path, WHOLE.replace("date = ", "date : ")))
    assert "السطر 16، العمود 6" in problem.message("ar")
    assert "ligne 16, colonne 6" in problem.message("fr")

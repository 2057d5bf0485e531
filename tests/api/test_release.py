"""A release is opened without its project, and shows what everybody may see."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import ssekg
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.public import public_part
from ssekg.graph.released import released_graph
from ssekg.graph.store import Graph
from ssekg.project.released_settings import read_released
from ssekg.project.settings import read_project
from tests.conftest import ROOT
from tests.publish.any_release import AnyRelease


@pytest.fixture(scope="module")
def published(any_root: Path, any_release: Path) -> AnyRelease:
    return AnyRelease(any_root, any_release)


@pytest.fixture(scope="module")
def kg(any_release: Path) -> ssekg.KnowledgeGraph:
    return ssekg.open(any_release, language="fr")


def test_settings_of_a_release_are_those_of_its_project(any_root: Path, any_release: Path) -> None:
    assert read_released(any_release) == replace(read_project(any_root), root=any_release.resolve())


def test_graph_of_a_release_is_what_everybody_may_see(any_release: Path, any_whole: Graph) -> None:
    project = read_released(any_release)
    released, public = released_graph(project, project.public_id), public_part(any_whole, project.privacy)
    assert canonical_hash(released.data) == canonical_hash(public.data)
    assert canonical_hash(released.derived) == canonical_hash(public.derived)
    assert released.terms.kinds == public.terms.kinds
    assert released.prefixes.namespaces == public.prefixes.namespaces


def test_whole_graph_of_a_release_is_read_by_its_name(published: AnyRelease) -> None:
    project = read_released(published.folder)
    assert canonical_hash(released_graph(project, project.id).triples) == canonical_hash(published.whole)


def test_questions_are_answered_as_in_the_project(any_root: Path, kg: ssekg.KnowledgeGraph) -> None:
    own = ssekg.open(any_root, language="fr")
    assert kg.queries() == own.queries()
    name, given = (
        ("budgets-by-region", {"region": "فاس مكناس"})
        if any_root == ROOT
        else ("quais-d-une-zone", {"zone": "Tefes gu mag"})
    )
    answer, expected = kg.query(name, given), own.query(name, given)
    assert len(answer) > 0
    assert answer.to_arrow(sources=True).equals(expected.to_arrow(sources=True), check_metadata=True)
    assert answer.columns == expected.columns
    assert answer.title == expected.title


def test_citation_names_version_and_hash_of_the_release(published: AnyRelease, kg: ssekg.KnowledgeGraph) -> None:
    manifest = published.manifest
    cited = kg.sparql("ASK { ?thing ?property ?value }").cite()
    assert manifest["canonical_hash"]["public"] in cited
    assert manifest["version"] == kg.version
    assert kg.version in cited


def test_things_are_found_and_described(any_root: Path, kg: ssekg.KnowledgeGraph) -> None:
    own = ssekg.open(any_root, language="fr")
    words = "Fès-Meknès" if any_root == ROOT else "Quai de Joal"
    assert kg.search(words)[:3] == own.search(words)[:3]
    assert kg.describe(kg.search(words)[0].iri).to_turtle() == own.describe(own.search(words)[0].iri).to_turtle()


def test_what_is_withheld_does_not_come_back(published: AnyRelease, kg: ssekg.KnowledgeGraph) -> None:
    named = {str(node) for node in kg.graph.all_nodes()}
    for iri in published.withheld:
        assert iri not in named
        with pytest.raises(ssekg.AskedWronglyError):
            kg.describe(iri)


def test_release_of_an_older_ssekg_is_refused(any_release: Path, tmp_path: Path) -> None:
    shutil.copy(any_release / "manifest.json", tmp_path)
    with pytest.raises(ssekg.CannotRunError, match=r"settings\.json") as caught:
        ssekg.open(tmp_path)
    assert "ssekg publish" in caught.value.__notes__[0]


def test_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ssekg.CannotRunError, match="neither a project") as caught:
        ssekg.open(tmp_path)
    assert "--project" not in caught.value.__notes__[0]


@pytest.mark.parametrize("broken", ["{", "[]", '{"release": {"date": "today"}}', "null"])
def test_broken_settings_are_reported(any_release: Path, tmp_path: Path, broken: str) -> None:
    shutil.copy(any_release / "manifest.json", tmp_path)
    (tmp_path / "settings.json").write_text(broken, encoding="utf-8")
    with pytest.raises(ssekg.CannotRunError, match=r"settings\.json"):
        ssekg.open(tmp_path)


def test_missing_setting_and_dump_are_named(any_release: Path, tmp_path: Path) -> None:
    settings = json.loads((any_release / "settings.json").read_bytes())
    shutil.copy(any_release / "manifest.json", tmp_path)
    shutil.copy(any_release / "settings.json", tmp_path)
    with pytest.raises(ssekg.CannotRunError, match=r"\.trig"):
        ssekg.open(tmp_path)
    del settings["project"]["base"]
    (tmp_path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(ssekg.CannotRunError, match="base"):
        ssekg.open(tmp_path)

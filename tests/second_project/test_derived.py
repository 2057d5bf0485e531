"""What a release and the commands make of what the rules and the ontology of the second project derive."""

import json
from pathlib import Path

import pyoxigraph as ox

from tests.second_project.conftest import ssekg

BASE = "https://data.littoral.example/id/"
TERMS = "https://data.littoral.example/vocab#"
DERIVED = ox.NamedNode("https://data.littoral.example/graph/derived")
GROUP = ox.NamedNode(BASE + "group/bokk-jom")
EXPECTED = (
    ox.Triple(GROUP, ox.NamedNode(TERMS + "zoneDuGroupement"), ox.NamedNode(BASE + "zone/grande-cote")),
    ox.Triple(ox.NamedNode(BASE + "quay/kayar"), ox.NamedNode(TERMS + "accueille"), GROUP),
    ox.Triple(
        GROUP,
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("http://www.w3.org/ns/org#Organization"),
    ),
)


def quads(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path))


def test_the_dumps_of_one_graph_answer_alone(second_release: Path) -> None:
    for name in ("littoral.ttl", "littoral.nt", "littoral.jsonld", "littoral-sans-agents.ttl"):
        assert set(EXPECTED) <= {quad.triple for quad in quads(second_release / name)}, name


def test_what_is_derived_has_a_graph_of_its_own(second_release: Path) -> None:
    for name in ("littoral.nq", "littoral.trig", "littoral-sans-agents.nq"):
        found = quads(second_release / name)
        derived = {quad.triple for quad in found if quad.graph_name == DERIVED}
        assert set(EXPECTED) <= derived, name
        assert not derived & {quad.triple for quad in found if quad.graph_name != DERIVED}, name
    public, whole = (
        {quad.triple for quad in quads(second_release / f"{name}.nq") if quad.graph_name == DERIVED}
        for name in ("littoral", "littoral-sans-agents")
    )
    assert public == whole


def test_no_agent_is_in_what_is_derived(second_release: Path) -> None:
    hidden = ("/id/officer/", "/id/group/delegue-petite-cote")
    derived = [quad for quad in quads(second_release / "littoral.nq") if quad.graph_name == DERIVED]
    assert derived
    assert not [quad for quad in derived if any(part in str(quad) for part in hidden)]


def test_changes_are_those_of_what_is_stated(published: Path, second_release: Path) -> None:
    first, *_ = sorted(path for path in second_release.parent.iterdir() if path.name.startswith("0001-"))
    for names in ((first, second_release), (first / "littoral.nq", second_release / "littoral.nq")):
        done = ssekg("diff", *names, "--format", "patch", cwd=published)
        assert done.returncode == 0, done.stderr
        assert "Joal-Fadiouth" in done.stdout
        assert "#label" not in done.stdout
        assert "#accueille" not in done.stdout
    latest = (second_release / "changes" / "changes.json").read_text("utf-8")
    assert "Joal-Fadiouth" in latest
    assert "#accueille" not in latest
    assert "#label" not in (second_release / "changes" / "changes.rdfp").read_text("utf-8")


def test_queries_and_builds_use_what_is_derived(published: Path, tmp_path: Path) -> None:
    query = tmp_path / "zones.rq"
    query.write_text(f"SELECT ?group {{ ?group <{TERMS}zoneDuGroupement> <{BASE}zone/petite-cote> }}", "utf-8")
    done = ssekg("query", "run", query, "--format", "json", cwd=published)
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert {row["group"]["value"] for row in rows} == {BASE + "group/teranga", BASE + "group/and-liggeey"}
    for name in ("all.nq", "all.ttl"):
        assert ssekg("build", "-o", tmp_path / name, cwd=published).returncode == 0
        assert set(EXPECTED) <= {quad.triple for quad in quads(tmp_path / name)}
    named = {quad.triple for quad in quads(tmp_path / "all.nq") if quad.graph_name == DERIVED}
    assert set(EXPECTED) <= named
    assert ox.Triple(GROUP, EXPECTED[2].predicate, ox.NamedNode(TERMS + "Groupement")) not in named


def test_a_description_shows_shortcuts_and_leaves_out_what_the_ontology_entails(published: Path) -> None:
    done = ssekg("describe", "group/bokk-jom", cwd=published)
    assert "zone du groupement: Grande Côte" in done.stdout.replace("\u2068", "").replace("\u2069", "")
    assert "Organisation" not in done.stdout


def test_files_may_not_state_what_rules_derive(published: Path, tmp_path: Path) -> None:
    stated = tmp_path / "more.ttl"
    stated.write_text(f"<{BASE}group/bokk-jom> <{TERMS}zoneDuGroupement> <{BASE}zone/grande-cote> .", "utf-8")
    done = ssekg("validate", "--format", "json", stated, cwd=published)
    codes = [finding["code"] for finding in json.loads(done.stdout)["findings"]]
    assert "ontology-derived-property" in codes

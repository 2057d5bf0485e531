"""Every IRI of a published release still answers: terms are declared and mean the same, records are there or withdrawn.

tests/data/published/ has the IRIs of each release: terms with their prefix, records and concepts without the base, and
nodes of records, which have a #. `{version}.meanings.txt` has the axioms about the terms. A release adds its files; a
line is never removed. As long as a version is not released, `python -m tests.published_meanings` renews its axioms.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.namespaces import TERM_STATUS
from ssekg.graph.replacements import replacements_of
from ssekg.graph.store import TYPE, Graph
from ssekg.project.settings import Project
from ssekg.publish.meanings import changed_meanings, meanings_of, unannounced, version_of
from ssekg.site.own_terms import own_terms
from tests.namespaces import SSE
from tests.published_meanings import FOLDER, read_meanings

PUBLISHED: Final = sorted(p for p in FOLDER.glob("*.txt") if not p.stem.endswith(".meanings"))
MEANINGS: Final = sorted(FOLDER.glob("*.meanings.txt"))


def iris(release: Path, graph: Graph) -> tuple[list[str], list[str], list[str]]:
    """The terms, the records and concepts, and the nodes of records that a release published."""
    names = release.read_text(encoding="utf-8").split()
    terms = [SSE + name.removeprefix("sse:") for name in names if name.startswith("sse:")]
    others = [graph.base + name for name in names if not name.startswith("sse:")]
    return terms, [iri for iri in others if "#" not in iri], [iri for iri in others if "#" in iri]


@pytest.mark.parametrize("release", PUBLISHED, ids=lambda path: path.stem)
def test_terms_are_declared_and_those_no_longer_used_have_a_replacement(release: Path, graph: Graph) -> None:
    terms, _, _ = iris(release, graph)
    assert len(terms) > 100
    declared = {
        t.subject.value for t in graph.vocabulary if t.predicate == TYPE and isinstance(t.subject, ox.NamedNode)
    }
    vanished = [term for term in terms if term not in declared]
    assert not vanished, "declare again, with owl:deprecated true ; dct:isReplacedBy and what replaces it"
    replacements = replacements_of(graph.vocabulary)
    deprecated = [term for term in map(ox.NamedNode, terms) if term in replacements]
    assert not [term for term in deprecated if replacements[term] is None], "deprecated without a replacement"


@pytest.mark.parametrize("release", MEANINGS, ids=lambda path: path.stem)
def test_terms_mean_what_they_meant_or_are_replaced(release: Path, graph: Graph) -> None:
    before, version = read_meanings(release), release.name.removesuffix(".meanings.txt")
    assert len(before) > 250
    changed = unannounced(before, graph, f"https://w3id.org/ssekg/ontology/{version}")
    assert changed == [], "state again what was stated, or deprecate the term in favour of a new one"


def test_a_change_of_meaning_is_found(graph: Graph) -> None:
    before, kept = meanings_of(graph), graph.vocabulary
    owner, project = ox.NamedNode(SSE + "owner"), ox.NamedNode(SSE + "Project")
    domain = next(t for t in kept if t.subject == owner and t.predicate.value.endswith("#domain"))
    below = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    law, fair = ox.NamedNode(SSE + "Law"), ox.NamedNode(SSE + "TradeFair")
    cases: list[tuple[list[ox.Triple], list[str]]] = [
        ([t for t in kept if t != domain], [owner.value]),  # what followed follows no more
        ([*kept, ox.Triple(law, below, ox.NamedNode(SSE + "Record")), ox.Triple(law, below, project)], [law.value]),
        ([*kept, ox.Triple(fair, TYPE, ox.NamedNode("http://www.w3.org/2002/07/owl#Class"))], []),
        ([*kept, ox.Triple(law, below, ox.NamedNode("http://schema.org/Legislation"))], []),
        ([*reversed(kept)], []),
    ]
    for vocabulary, changed in cases:
        now = Graph(graph.base, (), vocabulary)
        assert changed_meanings(before, meanings_of(now)) == changed
        assert unannounced(before, now, version_of(graph)) == changed
        assert (
            unannounced(before, now, "https://w3id.org/ssekg/ontology/0.1.0") == []
        )  # which is said to be incompatible


def test_what_each_version_says_of_the_one_before(graph: Graph, project: Project) -> None:
    """The version is that of the release, in its own address, and whether the one before goes with it is said."""
    said: dict[str, set[str]] = {}
    for triple in graph.vocabulary:
        if triple.subject == graph.terms.ontology and isinstance(triple.object, ox.NamedNode | ox.Literal):
            said.setdefault(triple.predicate.value.rpartition("#")[2], set()).add(triple.object.value)
    assert said["versionInfo"] == {project.version}
    assert version_of(graph) == f"https://w3id.org/ssekg/ontology/{project.version}"
    assert said["priorVersion"] == said.get("backwardCompatibleWith", set()) | said.get("incompatibleWith", set())


def test_every_term_has_a_status(graph: Graph) -> None:
    """That of the SW vocabulary status ontology; what is archaic is deprecated, and nothing else is."""
    status = {t.subject: t.object.value for t in graph.vocabulary if t.predicate.value == TERM_STATUS}  # type: ignore[union-attr]
    assert set(status.values()) == {"stable", "testing", "archaic"}
    assert set(own_terms(graph)) == set(status)
    assert {term for term, each in status.items() if each == "archaic"} == {
        term for term in replacements_of(graph.vocabulary) if term in own_terms(graph)
    }


@pytest.mark.parametrize("release", PUBLISHED, ids=lambda path: path.stem)
def test_records_and_concepts_are_there_or_withdrawn(
    release: Path, graph: Graph, record_property: Callable[[str, object], None]
) -> None:
    _, records, nodes = iris(release, graph)
    assert len(records) > 1000
    gone = sum(node not in graph.things for node in nodes)
    record_property("nodes of records that are gone", f"{gone} of {len(nodes)}")
    vanished = [record for record in records if record not in graph.things]
    assert not vanished, (
        f"withdraw in data/withdrawn.csv; {gone} of {len(nodes)} nodes of records are gone, as they may be"
    )

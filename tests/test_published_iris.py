"""Every IRI of a published release still answers: terms are declared, records are there or withdrawn.

tests/data/published/ has the IRIs of each release: terms with their prefix, records and concepts without the base, and
nodes of records, which have a #. A release adds a file; a line is never removed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.graph.replacements import replacements_of
from ssekg.graph.store import TYPE, Graph
from tests.conftest import ROOT
from tests.namespaces import SSE

PUBLISHED: Final = sorted((ROOT / "tests" / "data" / "published").glob("*.txt"))


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

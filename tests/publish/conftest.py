"""What the tests of publishing share."""

import pyoxigraph as ox
import pytest

from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical import in_order
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.project.settings import Project


@pytest.fixture(scope="session")
def ordered(checked: CheckedGraph) -> list[ox.Triple]:
    """The triples of the project in the order of the dumps."""
    return list(in_order(with_canonical_labels(checked.graph.data)))


@pytest.fixture(scope="session")
def base(project: Project) -> str:
    """The instance base of the project."""
    return project.base

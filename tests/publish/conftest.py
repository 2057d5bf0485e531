"""What the tests of publishing share."""

import pyoxigraph as ox
import pytest

from ssekg.checks.run import CheckedGraph
from ssekg.project.settings import Project
from ssekg.publish.parts.dumps import ordered_triples


@pytest.fixture(scope="session")
def ordered(checked: CheckedGraph) -> list[ox.Triple]:
    """The triples of the project in the order of the dumps."""
    return ordered_triples(checked.graph)


@pytest.fixture(scope="session")
def base(project: Project) -> str:
    """The instance base of the project."""
    return project.base

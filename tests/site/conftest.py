"""What the tests of the site share."""

import pytest

from ssekg.checks.run import CheckedGraph
from ssekg.graph.public import Public
from ssekg.shacl.derivation import with_derived


@pytest.fixture(scope="package")
def public(checked: CheckedGraph) -> Public:
    """What everybody may see of the graph of this project."""
    return with_derived(checked.project, checked.graph)[1]

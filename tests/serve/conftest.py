"""What the tests of serving share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.publish.any_release import AnyRelease
from tests.serve.server import RELAXED, Served, serving


@pytest.fixture(scope="package")
def served(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The release of this project, served by a server that puts up with a client that gets many errors."""
    with serving(release, tmp_path_factory.mktemp("served") / "log", *RELAXED) as server:
        yield server


@pytest.fixture(scope="package")
def other_served(other_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The release of the second project, served likewise."""
    with serving(other_release, tmp_path_factory.mktemp("served-other") / "log", *RELAXED) as server:
        yield server


@pytest.fixture(scope="package")
def any_served(any_root: Path, any_release: Path, request: pytest.FixtureRequest) -> tuple[Served, AnyRelease]:
    """The releases of both projects in turn, served, with what they say of themselves."""
    server: Served = request.getfixturevalue("served" if any_root == ROOT else "other_served")
    return server, AnyRelease(any_root, any_release)

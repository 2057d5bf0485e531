"""What the tests of serving share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publish.any_release import AnyRelease
from tests.serve.server import Served, serving


@pytest.fixture(scope="package")
def served(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The release of this project, served."""
    with serving(release, tmp_path_factory.mktemp("served") / "log") as server:
        yield server


@pytest.fixture(scope="package")
def any_served(
    any_release: Path, any_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, AnyRelease]]:
    """The releases of both projects, served, with what they say of themselves."""
    with serving(any_release, tmp_path_factory.mktemp("served") / "log") as server:
        yield server, AnyRelease(any_root, any_release)

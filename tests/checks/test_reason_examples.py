"""Each finding of `ssekg reason` has an example: the wrong one is found where it is marked, the right one never."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from ssekg.base.codes import CODES
from ssekg.base.findings import Finding, Place
from ssekg.base.messages.examples import examples
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.outcome import reason
from ssekg.checks.reasoning.profiles import outside_profiles
from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from tests.examples import empty_project, put_right, put_wrong

REASONED: Final = [name for name in CODES if name.startswith("reason-")]


@pytest.fixture(scope="module")
def hermit() -> Iterator[Hermit]:
    """One reasoner for all."""
    with Hermit() as running:
        yield running


def found(folder: Path, code: str, hermit: Hermit) -> list[Finding]:
    """The findings of this code in a file that has its name."""
    graph = build_graph(read_project(folder))
    findings = outside_profiles(graph) if code.startswith("reason-not-") else reason(graph, hermit).findings
    return [each for each in findings if each.code == code and each.place and code in each.place.file]


@pytest.mark.parametrize("code", REASONED)
def test_the_wrong_example_is_found_where_it_is_marked(code: str, tmp_path: Path, hermit: Hermit) -> None:
    folder = empty_project(tmp_path)
    marked = put_wrong(folder, code, 0, examples()[code])
    (finding,) = found(folder, code, hermit)

    def here(places: tuple[Place, ...]) -> set[tuple[int | None, int | None]]:
        return {(place.line, place.column) for place in places if code in place.file}

    assert here(finding.places) == here(marked)


@pytest.mark.parametrize("code", REASONED)
def test_the_right_example_is_not_found(code: str, tmp_path: Path, hermit: Hermit) -> None:
    folder = empty_project(tmp_path)
    put_right(folder, code, 0, examples()[code])
    assert found(folder, code, hermit) == []

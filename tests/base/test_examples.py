"""Each example of a finding is real: the wrong one has that finding at what is marked, the right one has none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

import pytest
from rdflib.namespace import SH

from ssekg.base.codes import CODES as KNOWN
from ssekg.base.codes import Group
from ssekg.base.findings import Finding, Place
from ssekg.base.messages.examples import Example, examples
from ssekg.base.namespaces import code_of
from ssekg.checks.run import check_project, report_of
from ssekg.project.settings import read_project
from tests.examples import Own, empty_project, put_right, put_wrong

# No engine answers with the first two: results have the components of what is inside, or of a component of one's own.
# The others are about workbooks and the files of a release, which nobody writes by hand.
NOT_SHOWN: Final = {"shacl-property", "shacl-other", "workbook-conflict", "workbook-unknown-sheet"} | {
    code for code in KNOWN if code.startswith("release-")
}
# The checks of a project do not find those of one ontology by itself (tests/checks/ontology_quality) and of the
# reasoner (tests/checks/test_reason_examples.py).
ELSEWHERE: Final = {
    name for name, code in KNOWN.items() if code.group in {Group.PITFALLS, Group.FAIRNESS} or name.startswith("reason-")
}
CODES: Final = sorted(set(examples()) - ELSEWHERE)
Told = dict[str, list[Finding]]


def batches() -> Iterator[list[tuple[int, str, Example]]]:
    """Examples that can be checked together: shapes would be about all data, and some spoil all others."""
    groups: dict[str, list[tuple[int, str, Example]]] = defaultdict(list)
    for number, (code, example) in enumerate(examples().items()):
        if code in ELSEWHERE:
            continue
        kind = "shapes" if example.file.startswith("shapes/") else "others"
        groups[code if example.alone else kind].append((number, code, example))
    yield from groups.values()


def told(folder: Path, engine: str = "fast") -> Told:
    report = report_of(check_project(read_project(folder), engine))
    by_file: Told = defaultdict(list)
    for finding in report.findings:
        by_file[finding.place.file if finding.place else ""].append(finding)
    return by_file


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, tuple[Place, ...]], Told]:
    """The places that each wrong example has to be found at; what is found, by file and, in its own file, by code."""
    places: dict[str, tuple[Place, ...]] = {}
    found: Told = {}
    for batch in batches():
        folder = empty_project(tmp_path_factory.mktemp("wrong"))
        here = {code: put_wrong(folder, code, number, example) for number, code, example in batch}
        by_file = told(folder)
        places |= here
        found |= by_file | {code: by_file.get(at[0].file, []) for code, at in here.items()}
    return places, found


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What is found in the file of each right example, by code."""
    found: Told = {}
    for batch in batches():
        folder = empty_project(tmp_path_factory.mktemp("right"))
        names = {code: put_right(folder, code, number, example) for number, code, example in batch}
        by_file = told(folder)
        found |= {code: by_file.get(name, []) for code, name in names.items()}
    return found


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_has_this_finding_where_it_is_marked_and_no_other(
    code: str, wrong: tuple[dict[str, tuple[Place, ...]], Told]
) -> None:
    places, example = wrong[0][code], examples()[code]
    found = wrong[1][code]
    assert {finding.code for finding in found} == {code}
    for place, expected in zip((place for finding in found for place in finding.places), places, strict=True):
        if expected.cell:
            assert place.cell == expected.cell
        else:
            assert (place.line, place.column) == (expected.line, expected.column)
            assert (place.end_line, place.end_column) in {(expected.line, expected.end_column), (None, None)}
    for finding in found:
        assert finding.severity is (KNOWN[code].severity or finding.severity)
        own = Own(code, list(examples()).index(code))
        for name, content in example.arguments.items():
            assert finding.arguments[name] == own.text(content)


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_has_no_finding(code: str, right: Told) -> None:
    assert [(finding.code, finding.place) for finding in right[code]] == []


def test_the_rules_of_the_examples_are_right_themselves(
    wrong: tuple[dict[str, tuple[Place, ...]], Told],
) -> None:
    rules = [f"shapes/{code}.ttl" for code, example in examples().items() if example.rule]
    assert rules
    assert {name: wrong[1][name] for name in rules if wrong[1].get(name)} == {}


def test_the_reference_engine_finds_the_same_in_the_wrong_examples(tmp_path: Path) -> None:
    batch = [each for each in chain(*batches()) if each[2].rule]
    folder = empty_project(tmp_path)
    for number, code, example in batch:
        put_wrong(folder, code, number, example)
    found, expected = (
        [replace(each, texts={}) for each in chain(*told(folder, engine).values())]  # pyshacl drops tags of languages
        for engine in ("fast", "pyshacl")
    )
    assert found == expected
    assert len(found) >= len(batch)


def test_every_code_has_an_example_and_every_example_a_code() -> None:
    assert set(KNOWN) - NOT_SHOWN == set(examples())
    assert set(KNOWN) >= NOT_SHOWN


def test_every_component_of_shacl_has_a_code() -> None:
    known = {code_of(f"<{term}>") for term in map(str, dir(SH)) if term.endswith("ConstraintComponent")}
    assert {"shacl-min-count", "shacl-qualified-max-count"} <= known
    assert {code for code in KNOWN if code.startswith("shacl-")} - known == {"shacl-other"}
    # The class of all components, and what only a note of the working group describes.
    assert known - set(KNOWN) <= {"shacl-", "shacl-js", "shacl-expression", "shacl-source"}

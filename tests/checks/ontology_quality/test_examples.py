"""Each pitfall and check of FOOPS! has an example: the wrong one is found where it is marked, the right one never."""

from pathlib import Path
from typing import Final

import pytest

from ssekg.base.codes import CODES, Group
from ssekg.base.findings import Finding, Place
from ssekg.base.messages.examples import examples
from ssekg.checks.ontology_quality.run import check_ontology
from tests.examples import TURTLE_HEAD

OF_ONTOLOGIES: Final = [name for name, code in CODES.items() if code.group in {Group.PITFALLS, Group.FAIRNESS}]


def found(folder: Path, content: str, code: str) -> list[Finding]:
    path = folder / "ontology.ttl"
    path.write_text(TURTLE_HEAD + "\n" + content, "utf-8")
    return [finding for finding in check_ontology(path).findings if finding.code == code]


@pytest.mark.parametrize("code", OF_ONTOLOGIES)
def test_the_wrong_example_is_found_where_it_is_marked(code: str, tmp_path: Path) -> None:
    example = examples()[code]
    findings = found(tmp_path, example.wrong, code)
    whole_file = example.places == (Place(example.file, 1, 1, 1, 1),)
    marked = {(1, 1) if whole_file else ((place.line or 0) + 1, place.column) for place in example.places}
    assert {(place.line, place.column) for finding in findings for place in finding.places} == marked
    assert {finding.severity for finding in findings} == {CODES[code].severity}


@pytest.mark.parametrize("code", OF_ONTOLOGIES)
def test_the_right_example_is_not_found(code: str, tmp_path: Path) -> None:
    assert found(tmp_path, examples()[code].right, code) == []

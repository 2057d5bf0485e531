"""Shapes without a project: what is wrong with them is found as in a project, at its place and in every language."""

import json
import re
from pathlib import Path
from typing import Final

import pytest

from ssekg.base.errors import BrokenShapesError
from ssekg.checks.loose import check_with_shapes
from ssekg.cli import run
from tests.marked import unmarked
from tests.shacl.shacl_cases import PREFIXES

S: Final = "x:S a sh:NodeShape ; sh:targetClass x:C ; "
DATA: Final = "x:a a x:C ; x:p 1 , 2 ."

# Shapes that no engine can work with: the findings, one at each mark.
BROKEN: Final = {
    "syntax": (S + "sh:property [ sh:path x:p ; ⟦}⟧", ["syntax-error"]),
    "group": (S + 'sh:property [ sh:path x:p ; sh:pattern ⟦"^(ab"⟧ ] .', ["shape-pattern"]),
    "class of characters": (S + 'sh:property [ sh:path x:p ; sh:pattern ⟦"[z-a]"⟧ ] .', ["shape-pattern"]),
    "a pattern for pyshacl": (S + 'sh:property [ sh:path x:p ; sh:pattern ⟦"(?=a))"⟧ ] .', ["shape-pattern"]),
    "two patterns": (
        S + 'sh:property [ sh:path x:p ; sh:pattern ⟦"*"⟧ ] , [ sh:path x:q ; sh:pattern ⟦")"⟧ ] .',
        ["shape-pattern"] * 2,
    ),
    "no path": (S + "sh:property ⟦[ sh:minCount 1 ]⟧ .", ["shape-ill-formed-count"]),
    "two counts": (S + "sh:property [ sh:path x:p ; sh:maxCount ⟦1⟧ , 2 ] .", ["shape-ill-formed-count"]),
    "kind": (
        S + "sh:property [ sh:path x:p ; sh:nodeKind ⟦sh:Literl⟧ ] .",
        ["shape-ill-formed", "shape-unknown-term"],
    ),
    "text for a number": (S + 'sh:property [ sh:path x:p ; sh:minCount ⟦"one"⟧ ] .', ["shape-ill-formed"]),
    "prefix": (S + 'sh:sparql [ sh:select "SELECT $this { $this ⟦no:p⟧ ?v }" ] .', ["query-syntax-error"]),
    "query": (S + 'sh:sparql [ sh:select "SELECT $this { $this ?p ?v ⟦FILTR⟧ (?v) }" ] .', ["query-syntax-error"]),
    "outside": (S + 'sh:sparql [ sh:select "SELECT $this ⟦FROM⟧ <urn:g> { $this ?p ?v }" ] .', ["query-leaves"]),
}
# Shapes that say nothing where they seem to say something; the data are validated all the same.
SILENT: Final = {
    "target": ("x:S a sh:NodeShape ; ⟦sh:targetclass⟧ x:C ; sh:closed true .", ["shape-unknown-term violation"]),
    "constraint": (S + "sh:property [ sh:path x:p ; ⟦sh:maxcount⟧ 1 ] .", ["shape-unknown-term violation"]),
    "severity": (
        S + "sh:property [ sh:path x:p ; sh:minCount 1 ; sh:severity ⟦sh:Warn⟧ ] .",
        ["shape-unknown-term violation"],
    ),
    "no property": (S + "sh:maxCount ⟦1⟧ .", ["shape-of-no-kind violation"]),
    "RDFS": (S + "sh:property [ sh:path ⟦rdfs:lable⟧ ; sh:maxCount 1 ] .", ["shape-unknown-term warning"]),
    "in a query": (
        S + 'sh:sparql [ sh:select "SELECT $this { $this ⟦rdfs:lable⟧ ?v }" ] .',
        ["query-unknown-term warning"],
    ),
}


def written(folder: Path, shapes: str) -> tuple[list[Path], list[tuple[int | None, int | None]]]:
    """Data and shapes in files, and where the marks are."""
    content, spans = unmarked(PREFIXES + shapes)
    paths = [folder / "data.ttl", folder / "shapes.ttl"]
    for path, text in zip(paths, (PREFIXES + DATA, content), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths, [(line, column) for line, column, *_ in spans]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("name", BROKEN)
def test_shapes_that_are_none_are_reported_at_their_places(name: str, engine: str, tmp_path: Path) -> None:
    shapes, codes = BROKEN[name]
    (data, file), spans = written(tmp_path, shapes)
    with pytest.raises(BrokenShapesError) as caught:
        check_with_shapes([data], [file], engine)
    found = caught.value.findings
    assert [finding.code for finding in found] == codes
    assert {(f.place.line, f.place.column) for f in found if f.place} == set(spans)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_command_ends_with_3_and_speaks_the_language_of_the_reader(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    (data, shapes), [(line, column)] = written(tmp_path, BROKEN["group"][0])
    assert run(["--lang", language, "validate", str(data), "--shapes", str(shapes), "--format", "json"]) == 3
    output = capsys.readouterr()
    assert output.out == ""
    assert f"shapes.ttl:{line}:{column}" in output.err
    words = {"ar": "قوس مفتوح لم يغلق", "fr": "une parenthèse n’est pas fermée", "en": "a parenthesis is not closed"}
    assert words[language] in output.err
    assert "^(ab" in output.err
    assert "unclosed" not in output.err


@pytest.mark.parametrize("name", SILENT)
def test_what_is_no_shacl_is_found_as_in_a_project(
    capsys: pytest.CaptureFixture[str], name: str, tmp_path: Path
) -> None:
    shapes, expected = SILENT[name]
    (data, file), spans = written(tmp_path, shapes)
    code = run(["--lang", "en", "validate", str(data), "--shapes", str(file), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [f"{each['code']} {each['severity']}" for each in found] == expected
    assert [(each["line"], each["column"]) for each in found] == spans
    assert code == (1 if "violation" in expected[0] else 0)


@pytest.mark.parametrize(
    "shapes",
    [
        # Terms of others, prefixes that need no declaration, and extensions of SHACL.
        S + "sh:property [ sh:path x:any ; sh:class <urn:other> ; sh:datatype x:own ] .",
        S + 'sh:sparql [ sh:select "SELECT $this { $this rdf:type ?t . FILTER (?t = owl:Thing) }" ] .',
        S + 'sh:rule [ a sh:TripleRule ; sh:order 1 ] ; sh:deactivated false ; rdfs:comment "…" .',
    ],
)
def test_what_nobody_can_judge_is_let_through(shapes: str, tmp_path: Path) -> None:
    (data, file), _ = written(tmp_path, shapes.replace("sh:class <urn:other> ; sh:datatype", "sh:datatype"))
    report = check_with_shapes([data], [file])
    assert report.findings == ()


# Python takes longer than the age of the world for this one, whose engine it has to be.
SLOW: Final = S + 'sh:property [ sh:path x:name ; sh:pattern "^(?=a)(a+)+$" ] .'


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_regular_expression_that_never_ends_is_given_up(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, engine: str, tmp_path: Path
) -> None:
    monkeypatch.setattr("ssekg.shacl.pyshacl_process.SECONDS", 3.0)
    (data, shapes), _ = written(tmp_path, SLOW)
    data.write_text(f"{PREFIXES} x:a a x:C ; x:name '{'a' * 60}b' .")
    assert run(["--lang", "en", "validate", str(data), "--shapes", str(shapes), "--engine", engine]) == 3
    assert re.search(r"did not answer within \d+ s", capsys.readouterr().err)


def test_the_fast_engine_never_tries_twice(tmp_path: Path) -> None:
    (data, shapes), _ = written(tmp_path, SLOW.replace("(?=a)", ""))
    data.write_text(f"{PREFIXES} x:a a x:C ; x:name '{'a' * 60}b' .")
    report = check_with_shapes([data], [shapes])
    assert [finding.code for finding in report.findings] == ["shacl-pattern"]


def test_circles_without_an_end_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (data, shapes), _ = written(tmp_path, S + "sh:and ( x:T ) . x:T a sh:NodeShape ; sh:or ( x:S ) .")
    assert run(["--lang", "en", "validate", str(data), "--shapes", str(shapes)]) == 3
    said = capsys.readouterr().err
    assert "https://example.org/x#S" in said
    assert "https://example.org/x#T" in said
    assert "Traceback" not in said

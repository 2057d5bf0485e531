"""A SHACL result leads to the statement that it is about, along any path, in any format; each result is one finding."""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ssekg.base.namespaces import SH
from ssekg.base.terms import predicates_of
from ssekg.checks.loose import check_with_shapes
from ssekg.shacl.paths import path_at
from tests.conftest import Cli
from tests.marked import unmarked
from tests.shacl.shacl_cases import PREFIXES

X = "https://example.org/x#"

PATHS = {
    "a sequence that ends early": (
        "sh:path ( x:budget x:amount ) ; sh:minCount 1",
        "x:a a x:C ; x:budget ⟦[ x:year 2020 ]⟧ .",
    ),
    "a sequence that does not begin": ("sh:path ( x:budget x:amount ) ; sh:minCount 1", "⟦x:a⟧ a x:C ; x:p 1 ."),
    "a sequence with a wrong value": (
        "sh:path ( x:budget x:amount ) ; sh:datatype xsd:integer",
        "x:a a x:C ; x:budget [ x:amount 1 ] , [ x:amount ⟦'1'⟧ ] .",
    ),
    "an inverse path": (
        "sh:path [ sh:inversePath x:part ] ; sh:class x:Owner",
        "x:a a x:C . x:o a x:Owner ; x:part x:a . ⟦x:w⟧ x:part x:b , x:a .",
    ),
    "an inverse path inside a sequence": (
        "sh:path ( [ sh:inversePath x:part ] x:name ) ; sh:datatype xsd:string",
        "x:a a x:C . x:w x:part x:a ; x:name 'n' , ⟦7⟧ . x:v x:name 7 .",
    ),
    "alternatives": (
        "sh:path [ sh:alternativePath ( x:p x:q ) ] ; sh:datatype xsd:integer",
        "x:a a x:C ; x:p 1 ; x:q ⟦'1'⟧ ; x:r '1' .",
    ),
    "members of a list": (
        "sh:path ( x:list [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ; sh:datatype xsd:integer",
        "x:a a x:C ; x:list ( 1 ⟦'1'⟧ 3 ) .",
    ),
    "one or more in a circle": (
        "sh:path [ sh:oneOrMorePath x:next ] ; sh:nodeKind sh:BlankNode",
        "x:a a x:C ; x:next [ x:next _:c ] . _:c x:next ⟦x:a⟧ .",
    ),
    "zero or one": (
        "sh:path ( [ sh:zeroOrOnePath x:in ] x:name ) ; sh:datatype xsd:integer",
        "x:a a x:C ; x:in [ x:name 1 ] ; x:name 2 ; x:in [ x:name ⟦'x'⟧ ] .",
    ),
    "a blank node as a value": (
        "sh:path x:p ; sh:nodeKind sh:IRI",
        "x:a a x:C ; x:p x:b , ⟦[ x:q [] ]⟧ .",
    ),
    "too many values": ("sh:path x:p ; sh:maxCount 1", "x:a a x:C ; x:p ⟦1⟧ , ⟦2⟧ .\nx:a x:p ⟦'\u0641'@ar⟧ ."),
}


# pyshacl does not take the inverse of more than one predicate.
FAST_ONLY = {
    "the inverse of a sequence": (
        "sh:path [ sh:inversePath ( x:p x:q ) ] ; sh:nodeKind sh:Literal",
        "x:a a x:C . ⟦x:w⟧ x:p x:m . x:m x:q x:a .",
    )
}


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(PREFIXES + content, encoding="utf-8", newline="")
    return path


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("engine", "shape", "data"),
    [
        *(pytest.param("fast", *case, id=f"fast: {name}") for name, case in (PATHS | FAST_ONLY).items()),
        *(pytest.param("pyshacl", *case, id=f"pyshacl: {name}") for name, case in PATHS.items()),
    ],
)
def test_a_result_leads_to_the_last_statement_on_its_path(engine: str, shape: str, data: str, tmp_path: Path) -> None:
    shapes = write(tmp_path, "shapes.ttl", f"x:S a sh:NodeShape ; sh:targetNode x:a ; sh:property [ {shape} ] .")
    content, spans = unmarked(PREFIXES + data)
    write(tmp_path, "data.trig", content.removeprefix(PREFIXES))
    report = check_with_shapes([tmp_path / "data.trig"], [shapes], engine)
    (finding,) = report.findings
    assert [(p.line, p.column, p.end_line, p.end_column) for p in finding.places] == spans


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_nodes_without_a_name_have_places_and_the_same_findings_by_both_engines(engine: str, tmp_path: Path) -> None:
    shapes = write(
        tmp_path,
        "shapes.ttl",
        """x:S a sh:NodeShape ; sh:targetObjectsOf x:p ; sh:closed true ; sh:ignoredProperties ( x:q ) ;
        sh:nodeKind sh:BlankNode ; sh:property [ sh:path x:q ; sh:minCount 1 ] .""",
    )
    marked = {
        "one.ttl": "x:a x:p [ x:q 1 ] , ⟦[ a x:C ]⟧ , ⟦'literal'⟧ .",
        "two.nq": "<x:a> <https://example.org/x#p> ⟦_:b1⟧ <x:g> .\n_:b1 ⟦<x:no>⟧ <x:b> <x:g> .",
    }
    contents = {name: unmarked(PREFIXES + text if name == "one.ttl" else text) for name, text in marked.items()}
    for name, (content, _) in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    report = check_with_shapes([tmp_path / name for name in contents], [shapes], engine)
    found = [
        (Path(f.place.file).name, f.place.line, f.place.column, f.code, str(f.focus)[:4])
        for f in report.findings
        if f.place
    ]
    one, two = contents["one.ttl"][1], contents["two.nq"][1]
    assert found == [
        ("one.ttl", *one[0][:2], "shacl-min-count", "_:b2"),
        ("one.ttl", one[0][0], (one[0][1] or 0) + 2, "shacl-closed", "_:b2"),
        ("one.ttl", *one[1][:2], "shacl-min-count", '"lit'),
        ("one.ttl", *one[1][:2], "shacl-node-kind", '"lit'),
        ("two.nq", 2, 1, "shacl-min-count", "_:b1"),
        ("two.nq", *two[1][:2], "shacl-closed", "_:b1"),
    ]


def test_counts_are_those_of_the_results_and_all_files_are_named(cli: Cli, tmp_path: Path) -> None:
    shapes = write(
        tmp_path,
        "shapes.ttl",
        """x:S a sh:NodeShape ; sh:targetClass x:C ;
        sh:property [ sh:path x:p ; sh:maxCount 1 ] , [ sh:path x:q ; sh:minCount 1 ] .""",
    )
    files = [write(tmp_path, "a.ttl", "x:a a x:C ; x:p 1 , 2 ."), write(tmp_path, "b.trig", "{ x:a x:p 3 }")]

    def validated(form: str, language: str = "en") -> str:
        return cli("--lang", language, "validate", *files, "--shapes", shapes, "--format", form, cwd=tmp_path).stdout

    report = json.loads(validated("json"))
    line = PREFIXES.count("\n") + 1
    assert report["counts"]["violation"] == len(report["findings"]) == validated("turtle").count("sh:ValidationResult")
    by_code = {finding["code"]: finding for finding in report["findings"]}
    elsewhere = {"shacl-max-count": [("a.ttl", 21), ("b.trig", 11)], "shacl-min-count": [("b.trig", 3)]}
    for code, others in elsewhere.items():
        assert by_code[code]["file"].endswith("a.ttl")
        places = ", ".join(f"{tmp_path / name}:{line}:{column}" for name, column in others)
        assert by_code[code]["message"].endswith(f"\nAlso: {places}")
    results = json.loads(validated("sarif"))["runs"][0]["results"]
    assert [len(each["relatedLocations"]) for each in results] == [1, 2]
    assert results[0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("b.trig")
    for form in ("text", "junit", "github", "html"):
        assert f"b.trig:{line}:11" in validated(form)
    assert "انظر أيضا" in validated("text", "ar")
    assert "Voir aussi" in validated("text", "fr")


@pytest.mark.parametrize(
    ("path", "notation"),
    [
        ("x:p", "<p>"),
        ("( [ sh:inversePath x:p ] x:q )", "^<p>/<q>"),
        ("[ sh:inversePath ( x:p x:q ) ]", "^(<p>/<q>)"),
        ("[ sh:alternativePath ( x:p ( x:q x:r ) ) ]", "(<p>|<q>/<r>)"),
        ("[ sh:zeroOrOnePath [ sh:zeroOrMorePath x:p ] ]", "((<p>)*)?"),
        ("( x:p [ sh:oneOrMorePath <https://example.org/x#(*> ] )", "<p>/(<(*>)+"),
        ("[ sh:oneOrMorePath [ sh:inversePath x:p ] ]", "(^<p>)+"),
        ("[]", None),
        ("( x:p [] )", None),
        ("'p'", None),
    ],
)
def test_a_path_is_read_from_its_nodes_and_written_as_sparql_has_it(path: str, notation: str | None) -> None:
    about: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    turtle = f"{PREFIXES}x:shape sh:path {path} ."
    for quad in ox.parse(turtle, ox.RdfFormat.TURTLE):
        about[quad.subject][quad.predicate.value].append(quad.object)
    read = path_at(about[ox.NamedNode(X + "shape")][SH + "path"][0], about)
    assert (None if read is None else str(read).replace(X, "")) == notation
    assert {each.value.removeprefix(X) for each in predicates_of(read)} == set(re.findall("<([^>]*)>", notation or ""))

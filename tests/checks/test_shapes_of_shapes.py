"""The shapes themselves: syntax, the SHACL of SHACL, unknown terms, SPARQL, what nothing meets or nobody can read."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from ssekg.base.findings import Severity
from ssekg.checks import shapes_of_shapes
from ssekg.checks.shapes_of_shapes import ill_formed
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile
from tests.conftest import Cli
from tests.marked import validated, write_marked

HEAD: Final = """@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shapes: <https://w3id.org/ssekg/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
WORDS: Final = 'sh:severity sh:Info ; sh:message "م"@ar , "m"@fr , "m"@en'
NODE: Final = """shapes:{0} a sh:NodeShape ; sh:targetClass sse:Programme ; sh:property shapes:{0}-x .
shapes:{0}-x a sh:PropertyShape ; """
SELECT: Final = (
    "shapes:Q a sh:NodeShape ; sh:targetClass sse:Programme ; sh:sparql shapes:Q-{0} .\nshapes:Q-{0} "
    'sh:message "م"@ar , "m"@fr , "m"@en ; sh:prefixes <https://w3id.org/ssekg/shapes> ; sh:select '
)


def property_shape(name: str, body: str) -> str:
    return NODE.format(name) + body + f" ; {WORDS} .\n"


# Each file has the findings that are listed with it, in this order, each at what is marked.
FILES: Final = {
    "syntax.ttl": ("shapes:A a sh:NodeShape ⟦sh⟧", ["syntax-error violation"]),
    "datatype.ttl": (property_shape("B", 'sh:path sse:owner ; sh:minCount ⟦"1"⟧'), ["shape-ill-formed violation"]),
    "kind.ttl": (
        "shapes:C a sh:NodeShape ; sh:targetClass sse:Programme ; sh:minCount ⟦1⟧ .",
        ["shape-of-no-kind violation"],
    ),
    "no-path.ttl": (
        NODE.format("D").replace("shapes:D-x a", "⟦shapes:D-x⟧ a") + "sh:minCount 1 .",
        ["shape-ill-formed-count violation"],
    ),
    "constraint.ttl": (
        property_shape("E", "sh:path sse:owner ; ⟦sh:minCuont⟧ 1 ; sh:nodeKind ⟦sh:Iri⟧"),
        ["shape-unknown-term violation", "shape-ill-formed violation", "shape-unknown-term violation"],
    ),
    "path.ttl": (
        property_shape("F", "sh:path ⟦sse:ownr⟧ ; sh:class ⟦sse:Instituton⟧"),
        ["shape-unknown-term violation"] * 2,
    ),
    "target.ttl": (
        "shapes:G a sh:NodeShape ; sh:targetClass ⟦sse:Programm⟧ ; sh:closed true .",
        ["shape-unknown-term violation"],
    ),
    "thing.ttl": (
        property_shape("H", "sh:path sse:owner ; sh:hasValue ⟦<concept/ownn>⟧"),
        ["shape-unknown-term violation"],
    ),
    "other.ttl": (property_shape("I", "sh:path ⟦skos:prefLable⟧"), ["shape-unknown-term warning"]),
    "query.ttl": (
        SELECT.replace("{0}", "0") + '"""\nSELECT $this {\n  $this sse:owner ?y .\n  ⟦FILTR⟧(?y = 1)\n}""" .',
        ["query-syntax-error violation"],
    ),
    "query-term.ttl": (
        SELECT.replace("{0}", "1") + '"""SELECT $this {\n  $this ⟦sse:ownr⟧ ?y }""" .',
        ["query-unknown-term violation"],
    ),
    "query-leaves.ttl": (
        SELECT.replace("{0}", "2") + "'''SELECT $this { ⟦SERVICE⟧ <http://127.0.0.1:1/> { $this ?x ?y } }''' .",
        ["query-leaves violation"],
    ),
    "query-escapes.ttl": (
        SELECT.replace("{0}", "3") + '⟦"SELECT $this {\\n $this sse:ownr ?y }"⟧ .',
        ["query-unknown-term violation"],
    ),
    "class.ttl": (
        "⟦shapes:J⟧ a sh:NodeShape ; sh:targetClass sse:Unmet , sse:UnmetToo ; sh:closed true .",
        ["shape-unused info"],
    ),
    "unused-path.ttl": (property_shape("K", "sh:path ⟦sse:unmet⟧"), ["shape-unused info"]),
    "forbidden.ttl": (property_shape("L", "sh:path sse:unmet ; sh:maxCount 0"), []),
    "words.ttl": (
        NODE.format("M").replace("shapes:M-x a", "⟦shapes:M-x⟧ a") + 'sh:path sse:owner ; sh:message "m"@fr , "m" .',
        ["shape-without-message warning", "shape-without-severity warning"],
    ),
    "nameless.ttl": (
        f"shapes:N a sh:NodeShape ; sh:targetClass sse:Programme ; sh:property ⟦[ sh:path sse:owner ; {WORDS} ]⟧ .",
        ["shape-without-iri warning"],
    ),
    # What only serves another shape tells nothing itself.
    "helper.ttl": (
        "shapes:O a sh:NodeShape ; sh:targetClass sse:Programme ; sh:not [ sh:path sse:owner ; sh:maxCount 0 ] .",
        [],
    ),
}
NAMELESS: Final = "<programme/x> a <https://w3id.org/ssekg/ontology#Programme> ."
# Classes and a property of the ontology that no data have.
UNMET: Final = """
sse:Unmet a owl:Class .
sse:UnmetToo a owl:Class ; rdfs:subClassOf sse:Unmet .
sse:unmet a owl:DatatypeProperty .
"""


def test_each_mistake_is_found_where_it_stands_and_nothing_else(cli: Cli, copy: Path) -> None:
    spans = write_marked(copy, {f"shapes/{name}": HEAD + text for name, (text, _) in FILES.items()})
    ontology = copy / "ontology" / "core.ttl"
    ontology.write_text(ontology.read_text(encoding="utf-8") + UNMET, encoding="utf-8")
    found = validated(cli, copy)
    told = {
        name: sorted(((f"{f.code} {f.severity}", f.span) for f in found.get(f"shapes/{name}", [])), key=str)
        for name in FILES
    }
    expected = {}
    for name, (_, codes) in FILES.items():
        marked = spans[f"shapes/{name}"]
        marked = [marked[0], marked[1], marked[1]] if name == "constraint.ttl" else marked
        marked = marked * len(codes) if len(marked) == 1 else marked
        expected[name] = sorted(zip(codes, marked, strict=True), key=str)
    assert told == expected
    said = {name: " ".join(f"{f.message} {f.hint}" for f in found.get(f"shapes/{name}", [])) for name in FILES}
    for name, words in {
        "datatype.ttl": "shapes:B-x: SHACL does not allow the value “1” of sh:minCount here (sh:datatype)",
        "kind.ttl": "see sh:minCount",
        "no-path.ttl": "shapes:D-x: sh:path does not have the number of values",
        "constraint.ttl": "Did you mean sh:minCount",
        "path.ttl": "Did you mean sse:owner",
        "target.ttl": "Did you mean sse:Programme",
        "thing.ttl": "Did you mean concept/own (",
        "query.ttl": "FILTR",
        "words.ttl": "missing in: ar, en",
        "class.ttl": "sse:Unmet, sse:UnmetToo",
    }.items():
        assert words in said[name], said[name]


@pytest.mark.parametrize(("language", "words"), [("ar", "المصطلح"), ("fr", "le terme sse:ownr")])
def test_a_shapes_file_alone_is_checked_in_the_language_of_the_reader(
    cli: Cli, copy: Path, language: str, words: str
) -> None:
    write_marked(copy, {"shapes/path.ttl": HEAD + FILES["path.ttl"][0]})
    found = validated(cli, copy, "shapes/path.ttl", language=language)
    assert [f.code for f in found["shapes/path.ttl"]] == ["shape-unknown-term"] * 2
    assert words in found["shapes/path.ttl"][0].message


def test_a_file_of_shapes_that_does_not_parse_leaves_the_others_at_work(cli: Cli, copy: Path) -> None:
    write_marked(copy, {"shapes/syntax.ttl": "what?", "data/x.ttl": NAMELESS})
    found = validated(cli, copy)
    assert [f.code for f in found["shapes/syntax.ttl"]] == ["syntax-error"]
    assert "shacl-min-count" in {f.code for f in found["data/x.ttl"]}
    for path in (copy / "shapes").rglob("*.ttl"):
        path.write_text("what?", encoding="utf-8")
    done = cli("--lang", "en", "validate", cwd=copy)
    assert done.returncode == 3
    assert "can't be used" in done.stderr.replace("’", "'")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_pattern_that_no_engine_can_use_is_told(project: Project, tmp_path: Path, engine: str) -> None:
    spans = write_marked(tmp_path, {"p.ttl": HEAD + property_shape("P", 'sh:path sse:acronym ; sh:pattern ⟦"[a-"⟧')})
    file = RdfFile(tmp_path / "p.ttl", project.base, "p.ttl")
    every = shapes_of_shapes.loose_findings(Shapes([file]), [file], engine)
    found = [finding for finding in every if finding.code == "shape-pattern"]
    assert len(found) == 1
    place = found[0].place
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == spans["p.ttl"][0]


ILL_FORMED: Final = {
    "count": "ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p ; sh:minCount '1' .",
    "no path": "ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:minCount 1 .",
    "two paths": "ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:p , ex:q .",
    "a text as path": "ex:S a sh:NodeShape ; sh:property ex:P . ex:P sh:path 'p' .",
    "no node shape": "ex:S sh:targetClass ex:C ; sh:maxCount 1 .",
    "no list": "ex:S sh:targetClass ex:C ; sh:in 'a' .",
    "two lists": "ex:S sh:targetClass ex:C ; sh:in ( 1 ) , ( 2 ) .",
    "kind": "ex:S sh:targetClass ex:C ; sh:nodeKind sh:Iri .",
    "class": "ex:S sh:targetClass 'C' ; sh:class 'D' .",
    "severities": "ex:S sh:targetClass ex:C ; sh:severity sh:Info , sh:Warning .",
    "message": "ex:S sh:targetClass ex:C ; sh:message 3 .",
    "short path": "ex:S sh:targetClass ex:C ; sh:property [ sh:path [ sh:alternativePath ( ex:a ) ] ] .",
    "nothing": "ex:S sh:targetClass ex:C ; sh:property [ sh:path ( ex:a [ sh:inversePath ex:b ] ) ; sh:maxCount 1 ] .",
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_the_engines_agree_on_what_is_no_shape(name: str) -> None:
    turtle = HEAD + "@prefix ex: <http://example.org/> .\n" + ILL_FORMED[name]
    triples = [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
    fast, reference = (
        [r.identity for r in ill_formed(triples, engine) if isinstance(r.focus, ox.NamedNode)]
        for engine in ("fast", "pyshacl")
    )
    assert fast == reference
    shapes = rdflib.Graph().parse(data=turtle, format="turtle")
    refused = False
    try:
        pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    except pyshacl.errors.ReportableRuntimeError:
        refused = True
    assert refused is bool(ill_formed(triples))
    assert refused is (name != "nothing")


def test_the_shapes_of_the_project_have_nothing_wrong(project: Project, graph: Graph) -> None:
    subject = Subject(project, graph)
    found = shapes_of_shapes.check(subject)
    assert {f.code for f in found} <= {"shape-unused"}
    assert {f.severity for f in found} <= {Severity.INFO}
    used = {triple.predicate.value for triple in graph.data}
    for each in found:
        assert isinstance(each.shape, ox.NamedNode)
        path = subject.shape_graph.path(each.shape)
        if path is not None:
            assert path.value not in used
        else:  # it is of a class that nothing in the data is of: registers lie in files of their own
            assert each.shape.value.rpartition("#")[2] in {"Register", "RegisteredOrganisation"}

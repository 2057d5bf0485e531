"""The fast engine on its own: what is asked set-wise, what is not, and any files that a SHACL validator takes."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.checks.loose import check_with_shapes
from ssekg.shacl.constraints.answers import ask
from ssekg.shacl.constraints.set_wise import IllFormedError, NotRewritableError, set_wise
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.engines import fast
from ssekg.shacl.ntriples import lines
from ssekg.shacl.references import References
from tests.conftest import Cli
from tests.shacl.shacl_cases import DATA, PREFIXES, SPARQL
from tests.shacl.test_parity import parsed

FOCUS = "<focus>"


@pytest.mark.parametrize(
    ("select", "rewritten"),
    [
        ("SELECT $this WHERE { $this x:p ?v }", "SELECT $this WHERE { <focus>  $this x:p ?v }"),
        ("SELECT ?value { $this x:p ?value }", "SELECT ?this ?value { <focus>  $this x:p ?value }"),
        (
            "SELECT DISTINCT ?value { $this x:p ?value.}",
            "SELECT DISTINCT ?this ?value { <focus>  $this x:p ?value.}",
        ),
        (
            "SELECT $this { { $this x:p 1.5 } UNION { ?v x:q $this . FILTER ($this != ?v) } OPTIONAL { ?v x:r ?w } }",
            """SELECT $this { <focus> { <focus> $this x:p 1.5 } UNION { <focus> ?v x:q $this . FILTER ($this != ?v) }
            OPTIONAL { ?v x:r ?w } }""",
        ),
        (
            "SELECT $this { FILTER NOT EXISTS { $this x:p ?v . ?v x:q 'a } {' } }",
            "SELECT $this { <focus>    MINUS { <focus>  $this x:p ?v . ?v x:q 'a } {'  } }",
        ),
        (
            "SELECT $this { $this x:p ?v . FILTER EXISTS { $this x:q ?w . ?w x:q ?z } }",
            """SELECT $this { <focus> $this x:p ?v .
            { SELECT DISTINCT ?this WHERE { <focus> $this x:q ?w . ?w x:q ?z } } }""",
        ),
        (
            "SELECT $this (COUNT(?v) AS ?n) { $this x:p ?v } GROUP BY $this HAVING (COUNT(?v) > 1)",
            "SELECT $this (COUNT(?v) AS ?n) { <focus>  $this x:p ?v } GROUP BY $this HAVING (COUNT(?v) > 1)",
        ),
        (
            "SELECT $this { { SELECT $this (MAX(?v) AS ?m) { $this x:p ?v } GROUP BY $this } # }\n }",
            "SELECT $this { <focus>  { SELECT $this (MAX(?v) AS ?m) { <focus>  $this x:p ?v } GROUP BY $this } # }\n }",
        ),
    ],
)
def test_what_is_asked_of_all_focus_nodes_at_once(select: str, rewritten: str) -> None:
    query = set_wise(select)
    assert query.apart == ""
    assert query.text(FOCUS).split() == rewritten.split()


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("SELECT $this { $this x:p ?v } LIMIT 1", "LIMIT"),
        ("SELECT $this { $this x:p ?v { SELECT $this { $this x:q ?w } OFFSET 2 } }", "OFFSET"),
        ("SELECT (COUNT(?v) AS ?n) { $this x:p ?v }", "GROUP BY"),
        ("SELECT (COUNT(?v) AS ?n) { $this x:p ?v } GROUP BY ?v", "GROUP BY"),
        ("SELECT $this { $this x:p ?v { SELECT $this (MAX(?w) AS ?m) { $this x:q ?w } } }", "GROUP BY"),
        ("SELECT $this { ?v x:p ?w . FILTER (?w = $this) }", "apart"),
        ("SELECT $this { $this x:p ?v . ?a x:q ?b . FILTER (?b > ?v) }", "apart"),
        ("SELECT $this { $this x:p ?v FILTER (?v = 1 || EXISTS { $this x:q ?w . ?w x:q ?z }) }", "EXISTS"),
        ("SELECT $this { $this x:p ?v FILTER NOT EXISTS { $this x:q ?w ; x:r ?z . FILTER (?w > ?v) } }", "EXISTS"),
        (
            "SELECT $this { $this x:p ?v OPTIONAL { ?v x:q ?w FILTER NOT EXISTS { ?w x:q ?z . ?z x:q $this } } }",
            "EXISTS",
        ),
    ],
)
def test_what_is_asked_of_one_focus_node_after_another(select: str, reason: str) -> None:
    query = set_wise(select)
    assert reason in query.apart
    assert "MINUS" not in query.text(FOCUS)
    assert query.text(FOCUS).count(FOCUS) >= 1


@pytest.mark.parametrize(
    "select",
    [
        "SELECT * { $this x:p ?v }",
        "ASK { $this x:p ?v }",
        "SELECT $this { GRAPH $shapesGraph { $currentShape x:p ?v } }",
        "SELECT $this { $this x:p ?v MINUS { $this x:q ?v } }",
        "SELECT $this { $this x:p ?v VALUES ?v { 1 } }",
        "SELECT $this { SERVICE <http://localhost/> { $this x:p ?v } }",
        "SELECT $this { $this x:p ?v FILTER (RAND() > 0.5) }",
        "SELECT (?v AS $this) { ?v x:p ?w }",
        "SELECT $this { $this x:p ?v",
        "SELECT $this",
        "SELECT",
        "",
        "SELECT $this { FILTER",
    ],
)
def test_what_is_left_to_the_engine(select: str) -> None:
    with pytest.raises(NotRewritableError):
        set_wise(select)


def test_a_select_within_has_to_project_this() -> None:
    with pytest.raises(IllFormedError):
        set_wise("SELECT $this { $this x:p ?v { SELECT ?v { ?v x:q ?w } } }")


@pytest.mark.parametrize(
    ("select", "predicates"),
    [
        ("SELECT $this { $this x:p/(x:q|^x:r)+ ?v ; a <http://e/C> , x:D }", {"x:p", "x:q", "x:r", "a"}),
        ("SELECT $this { $this x:p ?v . FILTER NOT EXISTS { ?v x:q 'x:z'@fr } }", {"x:p", "x:q"}),
        ("SELECT $this { $this ?p ?v }", None),
        ("SELECT $this { $this !x:p ?v }", None),
        ("SELECT $this { $this x:p [ x:q ?v ] }", None),
        ("SELECT $this { $this x:p* ?v }", {"x:p"}),
        ("SELECT $this { BIND (x:a AS ?w) OPTIONAL { ?w x:p* ?v } $this x:q ?v }", None),
    ],
)
def test_only_what_a_query_can_see_is_kept(select: str, predicates: set[str] | None) -> None:
    assert set_wise(select).predicates == predicates


@pytest.mark.parametrize("name", sorted(SPARQL))
def test_most_cases_are_not_left_to_pyshacl(name: str) -> None:
    constraints = SparqlConstraints(References(parsed(SPARQL[name].shapes)))
    refused = [*constraints.refused, *ask(constraints, lines(parsed(DATA))).refused]
    several_ways = {name for name in SPARQL if "of values" in name or "refers" in name}
    assert bool(refused) == (name in several_ways)
    asks_nothing = name in {"deactivated", "component that selects"}
    assert len(constraints.ours) == (0 if refused or asks_nothing else 1)


def test_literals_that_the_store_takes_for_one_are_told_apart_or_left_to_the_engine() -> None:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    shape = """x:S sh:targetClass x:C ; sh:sparql [ sh:select
        "SELECT $this ?value WHERE { $this <https://example.org/x#n> ?value . %s }" ] ."""

    def values(data: str, more: str) -> list[str]:
        report = fast(lines(parsed(data)), parsed(shape % more)).report
        quads = ox.parse(report, ox.RdfFormat.N_TRIPLES)
        return sorted(q.object.value for q in quads if q.predicate.value.endswith("#value"))

    apart = f'x:a a x:C ; x:n "007"^^<{integer}> . x:b a x:C ; x:n "7"^^<{integer}> .'
    assert values(apart, "FILTER (?value = 7)") == ["007", "7"]
    together = f'x:a a x:C ; x:n "007"^^<{integer}> , "7"^^<{integer}> .'
    assert values(together, "FILTER (?value = 7)") == ["007", "7"]
    # To RDF they are two terms: no other node has the same, and both count.
    assert values(apart, "?other <https://example.org/x#n> ?value . FILTER (?other != $this)") == []
    counted = """x:S sh:targetClass x:C ; sh:sparql [ sh:select
        "SELECT $this WHERE { $this <https://example.org/x#n> ?n } GROUP BY $this HAVING (COUNT(?n) > 1)" ] ."""
    assert b"SPARQLConstraintComponent" in fast(lines(parsed(together)), parsed(counted)).report


# Any files, as a SHACL validator takes them

SHAPE = "x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ."


def focus_nodes(*paths: Path, shapes: Path) -> list[str]:
    report = check_with_shapes(paths, [shapes])
    return sorted({str(finding.focus) for finding in report.findings})


def write(path: Path, turtle: str) -> Path:
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def test_shapes_and_data_may_be_one_file_whose_iris_are_relative_to_it(tmp_path: Path) -> None:
    file = write(tmp_path / "both.ttl", f"<#a> a x:C . <b> a x:C ; x:p <#a> . {SHAPE}")
    assert focus_nodes(file, shapes=file) == [f"<{file.as_uri()}#a>"]


def test_a_label_in_two_files_names_two_blank_nodes(tmp_path: Path) -> None:
    one = write(tmp_path / "one.ttl", "_:n a x:C .")
    two = write(tmp_path / "two.ttl", "_:n x:p x:v .")
    shapes = write(tmp_path / "shapes.ttl", SHAPE)
    assert focus_nodes(one, two, shapes=shapes) == ["_:n"]
    both = write(tmp_path / "both.ttl", "_:n a x:C ; x:p x:v .")
    assert focus_nodes(both, shapes=shapes) == []


def test_shapes_in_two_files_may_use_the_same_labels(tmp_path: Path) -> None:
    data = write(tmp_path / "data.ttl", "x:a a x:C .")
    first = write(
        tmp_path / "first.ttl", "x:S sh:targetClass x:C ; sh:property _:p . _:p sh:path x:p ; sh:minCount 1 ."
    )
    second = write(
        tmp_path / "second.ttl", "x:T sh:targetClass x:C ; sh:property _:p . _:p sh:path x:q ; sh:maxCount 1 ."
    )
    report = check_with_shapes([data], [first, second])
    assert [str(finding.path) for finding in report.findings] == ["<https://example.org/x#p>"]


def test_blank_nodes_of_the_report_are_those_of_the_data() -> None:
    nested = "_:r0 a x:C ; x:p _:r1 . _:r1 a x:C ; x:p 'two _:words .' ."
    report = fast(lines(parsed(nested)), parsed(SHAPE)).report
    triples = [quad.triple for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES)]
    focus = {str(t.object) for t in triples if t.predicate.value.endswith("focusNode")}
    assert focus == {"_:r0", "_:r1"}
    root = [t.subject for t in triples if t.predicate.value.endswith("conforms")]
    assert len(root) == 1
    assert str(root[0]) not in {"_:r0", "_:r1"}


def test_named_graphs_are_taken_together(tmp_path: Path) -> None:
    shapes = write(tmp_path / "shapes.ttl", SHAPE)
    (tmp_path / "data.trig").write_text(PREFIXES + "x:g1 { x:a a x:C } x:g2 { x:a x:p x:b . x:c a x:C }")
    assert focus_nodes(tmp_path / "data.trig", shapes=shapes) == ["<https://example.org/x#c>"]


def test_what_a_file_imports_is_not_followed(tmp_path: Path) -> None:
    more = write(tmp_path / "more.ttl", "x:T sh:targetClass x:C ; sh:property [ sh:path x:z ; sh:minCount 1 ] .")
    shapes = write(
        tmp_path / "shapes.ttl",
        f"<> a owl:Ontology ; owl:imports <{more.as_uri()}> , <https://example.org/x> . {SHAPE}",
    )
    data = write(tmp_path / "data.ttl", "x:a a x:C ; x:p x:b .")
    assert focus_nodes(data, shapes=shapes) == []


def test_prefixes_come_through_imports_within_the_files(tmp_path: Path) -> None:
    shapes = write(
        tmp_path / "shapes.ttl",
        """x:one owl:imports x:two . x:two sh:declare [ sh:prefix "e" ; sh:namespace "https://example.org/x#" ] .
        x:S a sh:NodeShape ; sh:targetClass x:C ;
            sh:sparql [ sh:prefixes x:one ; sh:select "SELECT $this WHERE { $this e:p ?v ; rdf:type ?t }" ] .""",
    )
    data = write(tmp_path / "data.ttl", "x:a a x:C ; x:p x:b . x:b a x:C .")
    assert focus_nodes(data, shapes=shapes) == ["<https://example.org/x#a>"]


def test_no_place_is_looked_for_where_nothing_is_found(tmp_path: Path) -> None:
    shapes = write(tmp_path / "shapes.ttl", SHAPE)
    data = write(tmp_path / "data.ttl", "x:a a x:C ; x:p x:b .")
    report = check_with_shapes([data], [shapes])
    assert (report.findings, report.triples, report.texts) == ((), 2, {})


@pytest.mark.parametrize(
    "shapes",
    [
        "x:S sh:targetClass x:C ; sh:property [ sh:path x:p , x:q ; sh:minCount 1 ] .",
        "x:S sh:targetClass x:C ; sh:property [ sh:minCount 1 ] .",
        'x:S sh:targetClass x:C ; sh:property [ sh:path "p" ; sh:minCount 1 ] .',
        "x:S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount 1 , 2 ] .",
        'x:S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:minCount "a" ] .',
        'x:S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:pattern "(" ] .',
        "x:S sh:targetClass x:C ; sh:property [ sh:path x:p ; sh:in x:q ] .",
        'x:S sh:targetClass x:C ; sh:sparql [ sh:select "SELECT nonsense" ] .',
        'x:S sh:targetClass x:C ; sh:sparql [ sh:select "SELECT $this { $this no:p ?v }" ] .',
        'x:S sh:targetClass x:C ; sh:sparql [ sh:select "SELECT $this { $this ?p ?v MINUS { $this ?q ?v } }" ] .',
        'x:S sh:targetClass x:C ; sh:sparql [ sh:message "no query" ] .',
        "x:a a x:C .",
        "x:a a",
    ],
)
def test_shapes_that_are_none_end_with_3(cli: Cli, tmp_path: Path, shapes: str) -> None:
    file = write(tmp_path / "shapes.ttl", shapes)
    data = write(tmp_path / "data.ttl", "x:a a x:C .")
    with pytest.raises(CannotRunError) as caught:
        check_with_shapes([data], [file])
    assert "shapes.ttl" in caught.value.message("en") or caught.value.code == "broken-shapes"
    if shapes == "x:a a":
        done = cli("validate", data, "--shapes", file, cwd=tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (3, False)


def test_the_command_validates_any_rdf_without_a_project(cli: Cli, tmp_path: Path) -> None:
    shapes = write(tmp_path / "shapes.ttl", SHAPE)
    right = write(tmp_path / "right.ttl", "x:a a x:C ; x:p x:b .")
    wrong = write(tmp_path / "wrong.ttl", 'x:a x:p "literal" . x:b a x:C .')
    assert cli("validate", right, "--shapes", shapes, cwd=tmp_path).returncode == 0
    done = cli("validate", right, wrong, "--shapes", shapes, "--format", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(found["code"], Path(found["file"]).name, found["line"]) for found in report["findings"]] == [
        ("shacl-node-kind", "wrong.ttl", 7),
        ("shacl-min-count", "wrong.ttl", 7),
    ]
    assert (report["files"], report["triples"]) == (2, 4)

"""Data validated in parts give what they give when they are held at once: the same findings, places and order."""

import os
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Report
from ssekg.base.said import Said
from ssekg.checks.large import Limits
from ssekg.checks.loose import check_with_shapes
from ssekg.reports.text import text_report
from ssekg.reports.turtle import turtle_report
from ssekg.shacl.chunks.division import divided
from ssekg.shacl.constraints.sparql_constraints import SparqlConstraints
from ssekg.shacl.ntriples import lines
from ssekg.shacl.references import References
from ssekg.shacl.routes import slow_shapes
from ssekg.sources.rdf import large_turtle
from tests.shacl.random_shapes import Example, examples
from tests.shacl.shacl_cases import DATA, PREFIXES
from tests.shacl.test_parity import CASES, EXAMPLES, TYPE, X, graphs, parsed

AT_ONCE = Limits(large=2**60)
# Parts that hold some two lines each, so that next to everything is in another part.
IN_PARTS = Limits(large=0, part_size=120, jobs=1)


def told(report: Report) -> list[Finding]:
    """The findings but those on the engine: a part may be judged where the whole can't be."""
    return [finding for finding in report.findings if finding.code != "shape-slow"]


def compare(files: Iterable[Path], shapes: Path, limits: Limits = IN_PARTS) -> Report:
    """The report on data in parts, which is what it is at once."""
    files = [*files]
    at_once = check_with_shapes(files, [shapes], limits=AT_ONCE)
    in_parts = check_with_shapes(files, [shapes], limits=limits)
    assert told(in_parts) == told(at_once)
    assert in_parts.triples == at_once.triples
    assert turtle_report(in_parts, in_parts.findings, shacl_only=True) == turtle_report(
        at_once, at_once.findings, shacl_only=True
    )
    return in_parts


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", CASES)
def test_every_component_gives_the_same_in_parts(name: str, tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + CASES[name].shapes)
    report = compare([written(tmp_path, "data.nt", lines(parsed(DATA)))], shapes)
    assert len(told(report)) == CASES[name].results


@settings(
    max_examples=EXAMPLES // 4, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(example=examples(), shuffle=st.randoms(use_true_random=False), size=st.sampled_from((1, 120, 400)))
def test_any_shapes_give_the_same_in_parts(tmp_path: Path, example: Example, shuffle: object, size: int) -> None:
    references = References(parsed(example.shapes))
    # What is left to pyshacl is judged at once in any case.
    assume(not slow_shapes(references, b"") and not SparqlConstraints(references).refused)
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + example.shapes)
    data = parsed(example.data)
    shuffle.shuffle(data)  # type: ignore[attr-defined]
    compare([written(tmp_path, "data.nt", lines(data))], shapes, Limits(large=0, part_size=size, jobs=1))


@settings(
    max_examples=EXAMPLES // 8, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(graph=graphs, name=st.sampled_from(sorted(CASES)), cut=st.integers(0, 24), is_sorted=st.booleans())
def test_any_data_in_two_files_give_the_same_in_parts(
    tmp_path: Path, graph: list[ox.Triple], name: str, cut: int, is_sorted: bool
) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + CASES[name].shapes)
    graph = sorted(graph, key=str) if is_sorted else graph
    files = [written(tmp_path, f"{n}.nt", lines(part)) for n, part in enumerate((graph[:cut], graph[cut:]))]
    compare(files, shapes)


# Each form of a SELECT reads in its own way, from the focus node on or anywhere.
FORMS = {
    "links": "$this x:partner ?o . ?o x:code ?value",
    "a path": "$this x:partner/x:within/x:code ?value",
    "a path of any length": "$this x:partner* ?o . ?o x:code ?value",
    "backwards": "$this ^x:partner ?value",
    "to the focus node": "?value x:partner $this",
    "in a circle": "$this x:partner ?value . ?value x:partner $this",
    "by what is the same": "$this x:code ?c . ?value x:code ?c . FILTER (?value != $this)",
    "a known node": "x:a x:code ?value . $this x:code ?value",
    "any predicate": "$this ?p ?o . ?o x:code ?value",
    "no predicate of some": "$this !x:code ?value",
    "none of some backwards": "$this !^x:partner ?value",
    "what may be": "$this x:partner ?o . OPTIONAL { ?o x:code ?value } FILTER (!BOUND(?value))",
    "what may be before": "OPTIONAL { ?o x:code ?value } $this x:partner ?o",
    "what may be and then must": "OPTIONAL { $this x:partner ?o } ?o x:code ?value",
    "branches": "$this x:partner ?o . { ?o x:code ?value } UNION { ?o x:name ?value }",
    "a branch of its own": "{ $this x:partner ?o } UNION { ?o x:code ?value }",
    "existence": "$this x:partner ?value . FILTER EXISTS { ?value x:code ?c }",
    "no existence": "$this x:partner ?value . FILTER NOT EXISTS { ?value x:code ?c . ?value x:within ?w }",
    "no existence of others": "$this x:code ?value . FILTER NOT EXISTS { ?x x:partner $this }",
    "existence in an expression": "$this x:partner ?value . FILTER (EXISTS { ?value x:code ?c } || 1 = 2)",
    "a SELECT within": """$this x:partner ?o .
        { SELECT $this (COUNT(?c) AS ?value) WHERE { $this x:code ?c } GROUP BY $this }""",
    "a SELECT within with the same name": """$this x:partner ?o .
        { SELECT $this ?value WHERE { $this x:name ?x . ?o x:code ?value } }""",
    "a node in brackets": "$this x:partner [ x:code ?value ]",
    "a blank node": "$this x:partner _:o . _:o x:code ?value",
    "a made node": "BIND (IRI(CONCAT(STR($this), '')) AS ?o) ?o x:code ?value",
    "several at once": "$this x:partner ?o ; x:within ?w . ?o x:within ?w . ?w x:code ?value",
    "classes": "$this x:partner ?value . ?value a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* x:Association",
    "alternatives": "$this (x:partner|x:within)+ ?o . ?o x:code ?value",
    "an alternative backwards": "$this x:partner/(x:within|^x:in) ?o . ?o x:code ?value",
}


def asking(form: str) -> str:
    """A shape with a query of a form."""
    query = " ".join(FORMS[form].split())
    return f"""x:S a sh:NodeShape ; sh:targetSubjectsOf x:partner ; sh:targetClass x:Organisation ;
        sh:sparql [ sh:select "PREFIX x: <{X}> SELECT DISTINCT $this ?value WHERE {{ {query} }}" ] ."""


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs)
def test_any_form_of_query_gives_the_same_in_parts(tmp_path: Path, form: str, graph: list[ox.Triple]) -> None:
    shape = asking(form)
    assume(not SparqlConstraints(References(parsed(shape))).refused)
    compare([written(tmp_path, "data.nt", lines(graph))], written(tmp_path, "shapes.ttl", PREFIXES + shape))


def test_what_is_read_around_the_focus_node_is_judged_on_parts() -> None:
    assert {form for form in FORMS if not divided(parsed(asking(form))).whole} == {
        *("links", "a path", "a path of any length", "in a circle", "what may be", "branches", "existence"),
        *("no existence", "existence in an expression", "a SELECT within", "a blank node", "several at once"),
        *("classes", "alternatives"),
    }


def test_what_parts_have_of_others_may_be_on_disk(tmp_path: Path) -> None:
    data = "".join(f"x:n{n} x:partner x:m{n} . x:m{n} x:code 'C{n}' ." for n in range(20))
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + asking("links"))
    report = compare(
        [written(tmp_path, "data.nt", lines(parsed(data)))], shapes, Limits(large=0, part_size=120, jobs=1, memory=9000)
    )
    assert len(told(report)) == 20


def test_a_query_that_a_part_can_not_be_asked_is_asked_of_the_whole(tmp_path: Path) -> None:
    data = "x:a x:code 7 . x:b x:code 8 , 007 ; x:members 7 , 8 . x:c x:code 1 ."
    shape = """x:S a sh:NodeShape ; sh:targetSubjectsOf x:code ;
        sh:sparql [ sh:select "SELECT $this ?value WHERE { $this <%scode> ?value ; <%smembers> ?value }" ] ."""
    assert not divided(parsed(shape % (X, X))).whole
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + shape % (X, X))
    report = compare([written(tmp_path, "data.nt", lines(parsed(data)))], shapes)
    assert [finding.code for finding in report.findings] == ["shacl-sparql", "shape-slow"]


# Data that are not as they should be

ORGANISATIONS = "".join(
    f"<{X}{name}> <{TYPE.value}> <{X}Organisation> .\n<{X}{name}> <{X}code> {code} .\n<{X}{name}> <{X}in> <{X}r> .\n"
    for name, code in (("a", '"C1"'), ("b", '"2"'), ("c", '"C1"'), ("d", '"C\u202e4"@ar'))
)
SHAPE = CASES["core: pattern"].shapes + CASES["sparql: across nodes"].shapes.replace("x:S", "x:T")


TEXTS: dict[str, str | bytes] = {
    "right": ORGANISATIONS,
    "a line that does not parse": ORGANISATIONS.replace('"2"', '"2'),
    "two of them": ORGANISATIONS.replace('"C1"', '"C1'),
    "another format": "@prefix x: <x#> .\n" + ORGANISATIONS.replace('"2"', "2"),
    "nothing": "# nothing\n",
    "less than nothing": "",
    "ends of lines as on Windows": ORGANISATIONS.replace("\n", "\r\n"),
    "ends of lines as long ago": ORGANISATIONS.replace("\n", "\r"),
    "no end of the last line": ORGANISATIONS.rstrip(),
    "spaces, comments and lines without anything": ORGANISATIONS.replace(" <", "\t <").replace("\n", " # x\n\n"),
    "escapes": ORGANISATIONS.replace("x#b", "x\\u0023b").replace('"2"', '"\\u0032"'),
    "a mark of UTF-8": "\ufeff" + ORGANISATIONS,
    "twice the same": ORGANISATIONS + ORGANISATIONS,
    "blank nodes": ORGANISATIONS.replace(f"<{X}b>", "_:b").replace(f"<{X}r>", "_:r"),
    "no UTF-8": ORGANISATIONS.encode().replace(b'"2"', b'"\xff"'),
}


@pytest.mark.parametrize("content", TEXTS.items(), ids=lambda item: item[0])
def test_any_text_is_read_in_parts_as_it_is_at_once(content: tuple[str, str | bytes], tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    compare([written(tmp_path, "data.nt", content[1])], shapes)
    compare([written(tmp_path, "data.ttl", content[1])], shapes)
    right = written(tmp_path, "right.nq", ORGANISATIONS.replace(f"<{X}r> .", f"<{X}r> <{X}graph> ."))
    compare([right, written(tmp_path, "data.nt", content[1])], shapes)


TURTLE = (
    DATA.replace("x:b ", "  x:b\n    ")
    + """
@prefix y: <https://example.org/x#> . y:k a x:Organisation ; x:code "1" , [ x:p ( 1 [ x:code "2" ] ) ] . y:l a
  x:Organisation ; x:code \"\"\"a . b
c\"\"\" . [] a x:Organisation ; x:code "é3" . # x:m . """
)


@pytest.mark.parametrize("block", [1, 7, 100, 10_000])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_places_in_large_turtle_are_those_in_small(
    block: int, ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_turtle, "_CHARACTERS", block)
    monkeypatch.setattr(large_turtle, "_TRIPLES", block)
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    report = compare([written(tmp_path, "data.ttl", (PREFIXES + TURTLE).replace("\n", ends))], shapes)
    assert len(told(report)) > 5
    shown = text_report(report, report.findings, "en")
    if ends != "\r":
        assert 'x:code "é3"' in shown


@pytest.mark.parametrize("name", ["missing.nt", "folder.nt", "pipe.nt", "data.txt"])
def test_what_can_not_be_read_is_refused_as_it_is_at_once(name: str, tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    files = [written(tmp_path, "data.nt", ORGANISATIONS), tmp_path / name]
    written(tmp_path, "data.txt", ORGANISATIONS)
    (tmp_path / "folder.nt").mkdir()
    os.mkfifo(tmp_path / "pipe.nt")
    said = []
    for limits in (AT_ONCE, IN_PARTS):
        with pytest.raises(CannotRunError) as problem:
            check_with_shapes(files, [shapes], limits=limits)
        said.append(problem.value.message("en"))
    assert said[0] == said[1]


def test_a_line_of_a_part_is_shown_with_its_place(tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    report = compare([written(tmp_path, "data.nt", ORGANISATIONS)], shapes)
    shown = text_report(report, report.findings, "en")
    assert f"{tmp_path}/data.nt:5:" in shown
    assert f'    5 | <{X}b> <{X}code> "2" .' in shown
    assert "^^^" in shown


@pytest.mark.parametrize(
    "name", ["sparql: across nodes", "core: inverse path", "core: class", "sparql: lexical form kept"]
)
def test_what_does_not_fit_into_memory_is_judged_on_disk(name: str, tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + CASES[name].shapes)
    data = written(tmp_path, "data.nt", lines(parsed(DATA)))
    store = tmp_path / "store"
    store.mkdir()
    report = compare([data], shapes, Limits(large=0, part_size=120, jobs=1, memory=0, store=store))
    assert len(told(report)) == CASES[name].results
    assert not [*store.iterdir()], "what was kept is removed"


def test_several_processes_find_what_one_does(tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    files = [written(tmp_path, "data.nt", ORGANISATIONS), written(tmp_path, "more.ttl", PREFIXES + DATA)]
    shares: list[float] = []
    report = compare(files, shapes, Limits(large=0, part_size=120, jobs=2, progress=shares.append))
    assert {finding.code for finding in told(report)} == {"shacl-pattern", "shacl-sparql", "text-bidi-control"}
    assert shares == sorted(shares), shares
    assert 0 < shares[0] < shares[-1] <= 1


# What leads to a focus node that nothing is about is looked up before what leads on from there.
def test_statements_along_a_path_are_in_the_order_of_the_data(tmp_path: Path) -> None:
    path = "( [ sh:inversePath x:code ] [ sh:zeroOrMorePath x:partner ] )"
    shape = f"x:S a sh:NodeShape ; sh:targetNode '1' ; sh:property [ sh:path {path} ; sh:maxCount 1 ] ."
    data = lines(parsed("x:a x:partner x:b . x:a x:code '1' . x:a x:partner '1' ."))
    report = compare([written(tmp_path, "data.nt", data)], written(tmp_path, "shapes.ttl", PREFIXES + shape))
    assert len(report.findings[0].places) > 1


@pytest.mark.parametrize("name", ["data.nt", "data.ttl"])
def test_a_text_that_is_too_long_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    shapes = written(tmp_path, "shapes.ttl", PREFIXES + SHAPE)
    data = written(tmp_path, name, f'<x:a> <x:b> "c" .\n<x:a> <x:b> "{"c" * 17_000_000}" .\n<x:a> <x:b> "d" .\n')
    (finding,) = compare([data], shapes).findings
    assert (finding.place and finding.place.line, finding.arguments["problem"]) == (2, Said("syntax-says-long", {}))

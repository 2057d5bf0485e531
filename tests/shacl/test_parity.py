"""The fast engine gives what pyshacl gives: for each component of SHACL, by either route, and on generated data."""

import os
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyshacl.errors import ReportableRuntimeError

from ssekg.base.findings import Severity
from ssekg.checks.loose import check_with_shapes
from ssekg.project.settings import Project
from ssekg.shacl.engines import fast
from ssekg.shacl.ntriples import lines
from ssekg.shacl.pyshacl_process import validate_here
from ssekg.shacl.results import Result
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile
from tests.shacl.random_shapes import Example, examples
from tests.shacl.shacl_cases import ASK, BEYOND_PYSHACL, CORE, DATA, PREFIXES, SPARQL, Case

CASES = {f"core: {name}": case for name, case in CORE.items()} | {f"sparql: {n}": case for n, case in SPARQL.items()}
X = "https://example.org/x#"


# How many random examples: `SSEKG_EXAMPLES=10000 pytest tests/shacl/test_parity.py` takes some minutes.
EXAMPLES = int(os.environ.get("SSEKG_EXAMPLES", "200"))


def parsed(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)]


def results(report: bytes, shapes: list[ox.Triple], folder: Path) -> list[Result]:
    file = folder / "shapes.nt"
    file.write_bytes(lines(shapes))
    return Shapes([RdfFile(file, X, "shapes.nt")]).results(report)


def compared(report: bytes, shapes: list[ox.Triple], folder: Path) -> list[tuple[str, ...]]:
    """What engines must agree on; each names blank nodes in its own way."""
    found = (result.identity for result in results(report, shapes, folder))
    return sorted(tuple("_:" if part.startswith("_:") else part for part in identity) for identity in found)


def by_fast(data: list[ox.Triple], shapes: list[ox.Triple], folder: Path, **options: Any) -> list[tuple[str, ...]]:
    return compared(fast(lines(data), shapes, pyshacl=validate_here, **options).report, shapes, folder)


def by_pyshacl(data: list[ox.Triple], shapes: list[ox.Triple], folder: Path) -> list[tuple[str, ...]]:
    return compared(validate_here(lines(data), lines(shapes)), shapes, folder)


@pytest.mark.filterwarnings("ignore")  # rdflib warns of literals that are wrong
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_component_gives_what_pyshacl_gives(case: Case, tmp_path: Path) -> None:
    data, shapes = parsed(DATA), parsed(case.shapes)
    found = by_fast(data, shapes, tmp_path)
    assert found == by_pyshacl(data, shapes, tmp_path)
    assert found == by_fast(data, shapes, tmp_path, set_wise=False)
    assert len(found) == case.results


@pytest.mark.parametrize("name", BEYOND_PYSHACL)
def test_the_fast_engine_keeps_to_the_standard_where_pyshacl_does_not(name: str, tmp_path: Path) -> None:
    data, shapes = parsed(DATA), parsed(BEYOND_PYSHACL[name].shapes)
    found = by_fast(data, shapes, tmp_path)
    assert len(found) == BEYOND_PYSHACL[name].results
    try:
        expected = by_pyshacl(data, shapes, tmp_path)
    except (ReportableRuntimeError, re.error):
        return
    assert found != expected, "pyshacl has learnt it: random shapes may have it, too"


@pytest.mark.filterwarnings("ignore")
def test_a_component_that_asks_gives_the_value_that_pyshacl_leaves_out(tmp_path: Path) -> None:
    data, shapes = [t for t in parsed(DATA) if "#date>" not in str(t.object)], parsed(ASK.shapes)
    found = results(fast(lines(data), shapes).report, shapes, tmp_path)
    assert {str(result.value) for result in found} == {'"C12"'}
    silent = sorted((*each.identity[:2], *each.identity[3:]) for each in found)
    assert silent == sorted(
        (*i[:2], *i[3:])
        for i in (r.identity for r in results(validate_here(lines(data), lines(shapes)), shapes, tmp_path))
    )
    assert len(found) == ASK.results


def test_a_component_that_compares_dates_is_left_to_pyshacl(tmp_path: Path) -> None:
    shapes = parsed(
        """x:Component a sh:ConstraintComponent ; sh:parameter [ sh:path x:before ] ;
            sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER ($value < $before) }" ] .
        x:S a sh:NodeShape ; sh:targetSubjectsOf x:start ;
            sh:property [ sh:path x:start ; x:before "2005-01-01"^^xsd:date ] ."""
    )
    assert [identity[0] for identity in by_fast(parsed(DATA), shapes, tmp_path)] == [f"<{X}b>"]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_findings_come_in_the_same_order_by_every_route(engine: str, tmp_path: Path) -> None:
    names = ("core: in", "core: minLength", "sparql: across nodes", "sparql: lexical form kept", "core: equals")
    parts = [CASES[name].shapes.replace("x:S", f"x:S{at}").replace("x:P", f"x:P{at}") for at, name in enumerate(names)]
    (tmp_path / "shapes.ttl").write_text(PREFIXES + "\n".join(parts))
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA.replace("_:d", "x:d"))
    report = check_with_shapes([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"], engine)
    told = [(finding.code, finding.focus, finding.path, finding.value) for finding in report.findings]
    by_place = [(finding.place, finding.code) for finding in report.findings]
    assert by_place == sorted(
        by_place, key=lambda each: (each[0].line, each[0].column, each[1]) if each[0] else (0, 0, "")
    )
    assert {code for code, *_ in told} == {"shacl-in", "shacl-min-length", "shacl-sparql", "shacl-equals"}
    reference_report = check_with_shapes([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    assert told == [(each.code, each.focus, each.path, each.value) for each in reference_report.findings]


# Generated data

CLASSES = [ox.NamedNode(f"{X}{name}") for name in ("Organisation", "Association", "Cooperative", "Region")]
NODES: list[ox.NamedNode | ox.BlankNode] = [*(ox.NamedNode(f"{X}{name}") for name in "abcd"), ox.BlankNode("e")]
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGERS = [ox.Literal(text, datatype=ox.NamedNode(XSD + "integer")) for text in ("7", "007", "12", "3")]
DECIMALS = [ox.Literal(text, datatype=ox.NamedNode(XSD + "decimal")) for text in ("7.0", "7.00", "12.5", "1000.50")]
DATES = [ox.Literal(text, datatype=ox.NamedNode(XSD + "date")) for text in ("2001-02-03", "2010-01-01", "2005-01-01")]
TEXTS = [ox.Literal(text) for text in ("C1", "C12", "12", 'a "b"\nc\\')]
TAGGED = [ox.Literal("C1", language=tag) for tag in ("fr", "ar", "en")]
# Of one kind each: rdflib also compares what SPARQL does not, such as a text with a number.
KINDS: list[tuple[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = [
    ("members women", [*INTEGERS, *DECIMALS]),
    ("start end", [*DATES]),
    ("name code", [*TEXTS, *TAGGED]),
    ("in partner within", [*NODES]),
    ("web note", [*NODES, *INTEGERS, *DATES, *TEXTS, *TAGGED]),
]
VALUES = {name: values for names, values in KINDS for name in names.split()}
triples = st.one_of(
    st.builds(ox.Triple, st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES)),
    *(
        st.builds(ox.Triple, st.sampled_from(NODES), st.just(ox.NamedNode(X + name)), st.sampled_from(values))
        for name, values in VALUES.items()
    ),
)
graphs = st.lists(triples, min_size=4, max_size=24, unique=True)
QUERIES = sorted(SPARQL)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=60, phases=[Phase.generate])
@given(graph=graphs, name=st.sampled_from(sorted(CASES)))
def test_any_data_give_what_pyshacl_gives(
    tmp_path_factory: pytest.TempPathFactory, graph: list[ox.Triple], name: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    shapes = parsed(CASES[name].shapes)
    assert by_fast(graph, shapes, folder) == by_pyshacl(graph, shapes, folder)


@settings(max_examples=150, phases=[Phase.generate])
@given(graph=graphs, name=st.sampled_from(QUERIES))
def test_both_routes_agree_on_any_data(
    tmp_path_factory: pytest.TempPathFactory, graph: list[ox.Triple], name: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    shapes = parsed(SPARQL[name].shapes)
    assert by_fast(graph, shapes, folder) == by_fast(graph, shapes, folder, set_wise=False)


def shapes_of(project: Project) -> list[ox.Triple]:
    return Shapes([RdfFile(path, project.base, path.name) for path in project.shapes_files]).triples


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=4, phases=[Phase.generate])
@given(seed=st.data())
def test_the_projects_shapes_give_what_pyshacl_gives(
    project: Project, tmp_path_factory: pytest.TempPathFactory, seed: st.DataObject
) -> None:
    shapes = shapes_of(project)

    def said(name: str) -> list[ox.NamedNode]:
        found = {t.object for t in shapes if t.predicate.value.endswith(f"shacl#{name}")}
        return sorted((term for term in found if isinstance(term, ox.NamedNode)), key=str)

    nodes = [ox.NamedNode(f"{project.base}thing/{number}") for number in range(6)]
    of_type = st.builds(ox.Triple, st.sampled_from(nodes), st.just(TYPE), st.sampled_from(said("targetClass")))
    # pyshacl takes a backslash in the value of a result for an escape in its message.
    texts = [text for text in [*TEXTS, *TAGGED] if "\\" not in text.value]
    values = st.sampled_from([*nodes, *INTEGERS, *DECIMALS, *DATES, *texts])
    others = st.builds(ox.Triple, st.sampled_from(nodes), st.sampled_from(said("path")), values)
    graph = seed.draw(
        st.tuples(
            st.lists(of_type, min_size=6, max_size=12, unique=True),
            st.lists(others, min_size=20, max_size=60, unique=True),
        )
    )
    data, folder = [*graph[0], *graph[1]], tmp_path_factory.getbasetemp()
    found = by_fast(data, shapes, folder)
    assert found
    assert found == by_pyshacl(data, shapes, folder)


# Random shapes


@settings(max_examples=EXAMPLES, phases=[Phase.generate])
@given(example=examples())
def test_any_shapes_give_what_pyshacl_gives(tmp_path_factory: pytest.TempPathFactory, example: Example) -> None:
    data, shapes = parsed(example.data), parsed(example.shapes)
    folder = tmp_path_factory.getbasetemp()
    try:
        expected = by_pyshacl(data, shapes, folder)
    except ReportableRuntimeError:  # shapes lead to each other without end on these data
        with pytest.raises(ReportableRuntimeError, match="Validation path too deep"):
            by_fast(data, shapes, folder)
    else:
        assert by_fast(data, shapes, folder) == expected


# Shapes that lead to themselves, each with the nodes and constraints of the results.
PERSON = "x:P a sh:NodeShape ; sh:targetClass x:Person ; sh:property "
CIRCLES = {
    "node": (
        PERSON + "[ sh:path x:likes ; sh:node x:P ] , [ sh:path x:name ; sh:minCount 1 ] .",
        ["a Node", "b MinCount"],
    ),
    "a light severity": (
        PERSON + "[ sh:path x:likes ; sh:node x:P ] , [ sh:path x:name ; sh:minCount 1 ; sh:severity sh:Info ] .",
        ["a Node", "b MinCount"],
    ),
    "qualified": (
        PERSON + "[ sh:path x:likes ; sh:qualifiedValueShape x:P ; sh:qualifiedMinCount 1 ] , "
        "[ sh:path x:name ; sh:minCount 1 ] .",
        ["a QualifiedMinCount", "b MinCount", "b QualifiedMinCount"],
    ),
    "not": (PERSON + "[ sh:path x:likes ; sh:not x:P ] , [ sh:path x:name ; sh:minCount 1 ] .", ["b MinCount"]),
    "through a list": (
        PERSON + "[ sh:path x:likes ; sh:or ( x:Q [ sh:class x:Nobody ] ) ] . "
        "x:Q a sh:NodeShape ; sh:node x:P ; sh:property [ sh:path x:name ; sh:minCount 1 ] .",
        ["a Or"],
    ),
}


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("name", CIRCLES)
def test_shapes_that_lead_to_themselves_lose_nothing(name: str, engine: str, tmp_path: Path) -> None:
    shapes, expected = CIRCLES[name]
    (tmp_path / "shapes.ttl").write_text(
        PREFIXES + shapes + "\nx:R a sh:NodeShape ; sh:targetNode x:c ; sh:hasValue x:d ."
    )
    (tmp_path / "data.ttl").write_text(PREFIXES + "x:a a x:Person ; x:name 'a' ; x:likes x:b . x:b a x:Person .")
    report = check_with_shapes([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"], engine)
    found = sorted(f"{str(f.focus).removeprefix('<' + X)[:-1]} {f.code}" for f in report.findings if f.focus)
    codes = {
        "Node": "shacl-node",
        "MinCount": "shacl-min-count",
        "QualifiedMinCount": "shacl-qualified-min-count",
        "Or": "shacl-or",
    }
    wanted = [f"{focus} {codes[name]}" for focus, name in (each.split() for each in expected)]
    assert found == sorted([*wanted, "c shacl-has-value"])
    assert [f.texts for f in report.findings] == [{}] * len(report.findings), "no shape has a message"
    told = [(f.place.line, str(f.shape)) for f in report.findings if f.code == "shape-slow" and f.place]
    assert told == ([(PREFIXES.count("\n") + 1, f"<{X}P>")] if engine == "fast" else [])
    assert {f.severity for f in report.findings if f.code == "shape-slow"} <= {Severity.INFO}

"""Blanking what is not wanted changes no place of what is."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ssekg.sources.rdf.partial_reading import blank_others
from ssekg.sources.rdf.turtle_places import turtle_spans
from tests.graphs import BASE, PREFIXES
from tests.sources.rdf.test_file import file

A: Final = ox.NamedNode(BASE + "a")
STATEMENTS: Final = [
    f"<{BASE}a> schema:name 'in \\' full. <{BASE}b>', 1.5, 1.e3 .",
    '<a> schema:name "relative # no comment"@fr.',
    "a:a schema:name schema:a.b.c ; schema:value 1 .",
    '<b> schema:name """long. \n <a> schema:name "" . """ .',
    "<b> schema:name '''long.\n <a> schema:name \\''' . ''' .",
    "<b> schema:knows <a>.<a> schema:knows <b>.",
    "<b> schema:knows [ schema:name 'a . <a> b' ; schema:knows ( <a> 1.0 ) ] , <x.y#z> .",
    "[ schema:name 'nobody' ; schema:knows <a> ] schema:knows <b> .",
    "( 1 2.0 ) schema:knows <b> .",
    'a:b schema:name "x"@en.a:a schema:name "y"@en.',
    'a:b schema:name "x"^^xsd:token.\na:a schema:name true.',
    "_:n schema:knows <a> .",
    "# <a> schema:name 'comment' .\n<b> schema:name 'after' . # <a> .",
    "PREFIX c: <https://example.org/id/>\nc:a schema:name 'SPARQL' .",
    "@prefix c: <https://example.org/id/> . c:b schema:name 'none' . c:a schema:name 'one' .",
    "@base <https://example.org/id/> . <a> schema:name 'ب' .",
    "<../id/a> schema:name 'dots' .",
    f"<{BASE}\\u0061> schema:name 'escape' .",
    f"<{BASE}a>schema:name<{BASE}b>.<{BASE}b>schema:name<{BASE}a>.",
    "PREFIX e: <https://example.org/> e:id\\/a schema:name 'escaped' . e:id\\/b schema:name 'b' .",
]


GRAPHS: Final = [
    "GRAPH <g> { %s }",
    "a:g { %s <b> schema:name 'x' . <b> schema:name '}' }",
    "[] { <c> schema:name '{ . ' . %s <a> schema:name 'no dot' }",
    "{ <b> schema:name 'no dot' } { %s }",
    "%s",
]


def stated(content: bytes, form: ox.RdfFormat) -> list[tuple[str, tuple[int, int], str]]:
    """The statements about A: predicate and object, with the line and column of the object."""
    text = content.decode()
    quads = ox.parse(content, form, base_iri=BASE)
    found = []
    for quad, (_, _, (start, _)) in zip(quads, turtle_spans(text), strict=True):
        if quad.subject == A:
            value = "_:" if isinstance(quad.object, ox.BlankNode) else str(quad.object)
            lines = text[:start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
            found.append((str(quad.predicate), (len(lines), len(lines[-1])), value))
    return found


@settings(max_examples=300)
@given(
    chosen=st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=8),
    between=st.sampled_from([" ", "\n", "\r\n", "\r", "\n\n\t", " # . <a> '\n"]),
    graph=st.sampled_from(GRAPHS),
)
def test_places_of_what_is_wanted_stay(chosen: list[str], between: str, graph: str) -> None:
    directives = [each for each in chosen if each.startswith(("PREFIX", "@"))]
    others = [each for each in chosen if each not in directives]
    form, suffix = (ox.RdfFormat.TURTLE, ".ttl") if graph == "%s" else (ox.RdfFormat.TRIG, ".trig")
    body = graph.replace("%s", between + between.join([*others, ""]))
    content = (f"{PREFIXES}@prefix a: <{BASE}> .\n" + between.join([*directives, body, ""])).encode()
    try:
        whole = stated(content, form)
    except SyntaxError:
        reject()  # a comment has swallowed what another statement needs
    assert stated(blank_others(content, {A}, suffix), form) == whole


def test_statements_that_make_blank_nodes_stay_where_one_is_wanted() -> None:
    content = b"<a> <p> <b> .\n<a> <p> [] .\n<a> <p> (1) .\n_:x <p> <b> .\n<b> <p> _:y .\n<b> <p> 'z' ."
    blanked = blank_others(content, {ox.BlankNode("b1")}, ".ttl").split(b"\n")
    assert [line.strip() for line in blanked] == [b"", *content.split(b"\n")[1:5], b""]


def test_what_is_not_wanted_is_blanked() -> None:
    text = "<b> <p> 'b' .\r\n<c> <p>\n  'c . ' . <a> <p> 'a' .\n<d> <p> 'd' ."
    blanked = blank_others(text.encode(), {A}, ".ttl").decode()
    assert blanked.split() == ["<a>", "<p>", "'a'", "."]
    assert blanked.splitlines()[2].index("<a>") == text.splitlines()[2].index("<a>")


def test_names_with_escapes_are_blanked_as_others_are() -> None:
    text = PREFIXES + "PREFIX e: <https://example.org/>\ne:id\\/a schema:name 'a' .\ne:id\\/b schema:name 'b' .\n"
    blanked = blank_others(text.encode(), {A}, ".ttl").decode()
    assert "'a'" in blanked
    assert "'b'" not in blanked


@pytest.mark.parametrize("suffix", [".nt", ".nq"])
def test_lines_of_n_triples_and_n_quads_are_blanked_one_by_one(suffix: str) -> None:
    text = (
        f"<{BASE}b> <x:p> <{BASE}a> .\n\t<{BASE}a><x:p>'a' .\r\n"
        f"<{BASE}\\u0061> <x:p> <x:b> .\n# <{BASE}a>\n_:b <x:p> <x:b> .\n"
    )
    lines = blank_others(text.encode(), {A}, suffix).decode().split("\n")
    assert lines == ["", f"\t<{BASE}a><x:p>'a' .\r", f"<{BASE}\\u0061> <x:p> <x:b> .", f"# <{BASE}a>", "", ""]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("large.ttl", "<n%d> <x:p> %d.5 ."),
        ("large.nt", "<x:n%d> <x:p> '%d.5' ."),
        ("large.nq", "<x:n%d> <x:p> '%d.5' <x:g> ."),
        ("large.trig", "<x:g> { <n%d> <x:p> %d.5 }"),
    ],
)
def test_a_large_file_gives_the_places_of_what_is_wanted(
    tmp_path_factory: pytest.TempPathFactory, name: str, line: str
) -> None:
    text = "".join(line.replace("'", '"') % (number, number) + "\n" for number in range(20_000))
    rdf = file(tmp_path_factory.getbasetemp(), text, name)
    node = next(node for node in {t.subject for t in rdf.triples()} if str(node).endswith("n19999>"))
    assert isinstance(node, ox.NamedNode)
    value = '"19999.5"' if name.startswith("large.n") else "19999.5"
    expected = (20_000, text.splitlines()[-1].index(value) + 1)
    assert [(placed.object.line, placed.object.column) for placed in rdf.placed({node})] == [expected]


def test_a_large_file_gives_the_places_of_nodes_without_a_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "".join(f"<n{n}> <x:p> {n} .\n<m{n}> <x:q> [ <x:r> {n} ] , ( {n} ) .\n" for n in range(4_000))
    rdf = file(tmp_path_factory.getbasetemp(), text, "nameless.ttl")
    wrong = next(t.subject for t in rdf.triples() if t.predicate.value == "x:r" and str(t.object).startswith('"3999"'))
    assert isinstance(wrong, ox.BlankNode)
    (placed,) = rdf.placed({wrong})
    assert (placed.subject.line, placed.subject.column, placed.object.column) == (8_000, 15, 23)

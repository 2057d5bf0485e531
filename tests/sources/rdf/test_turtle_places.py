"""The places of a text of the Turtle family: what stands there is the term, wherever it is moved to."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.base.namespaces import RDF
from ssekg.sources.rdf.turtle_places import turtle_spans
from tests.graphs import BASE, PREFIXES
from tests.marked import unmarked

NIL: Final = ox.NamedNode(RDF + "nil")
LISTS: Final = frozenset(ox.NamedNode(RDF + name) for name in ("first", "rest"))


def texts(content: str, form: ox.RdfFormat = ox.RdfFormat.TRIG) -> list[tuple[str, str, str]]:
    """What stands where subject, predicate and object of each triple are said to be; there are as many as triples."""
    spans = list(turtle_spans(content))
    assert len(spans) == len(list(ox.parse(content.encode(), form, base_iri=BASE)))
    return [tuple(content[slice(*span)] for span in each) for each in spans]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '<a> schema:p "x", "y" ;\n  schema:q <b> , 12;; schema:r true .',
            [
                ("<a>", "schema:p", '"x"'),
                ("<a>", "schema:p", '"y"'),
                ("<a>", "schema:q", "<b>"),
                ("<a>", "schema:q", "12"),
                ("<a>", "schema:r", "true"),
            ],
        ),
        ("<a> a skos:Concept .", [("<a>", "a", "skos:Concept")]),
        (
            '<a> schema:p """one\n"two"\n""" ; schema:q \'\'\'x\'\'\' .',
            [("<a>", "schema:p", '"""one\n"two"\n"""'), ("<a>", "schema:q", "'''x'''")],
        ),
        (
            '<a> schema:p "x"@ar-MA, "2023" ^^ xsd:gYear, "7"^^<http://x/y> .',
            [("<a>", "schema:p", text) for text in ('"x"@ar-MA', '"2023" ^^ xsd:gYear', '"7"^^<http://x/y>')],
        ),
        (
            '<a> # one\n schema:p # "two"\n "x" # three\n , # "four"\n "y" . # five',
            [("<a>", "schema:p", '"x"'), ("<a>", "schema:p", '"y"')],
        ),
        (
            '<place/فاس>\tschema:p\t"فاس"@ar,\t"x" .',
            [("<place/فاس>", "schema:p", '"فاس"@ar'), ("<place/فاس>", "schema:p", '"x"')],
        ),
        (
            r"""<a> schema:p "a \"b\", c", "\u0641\\", '\'.' .""",
            [("<a>", "schema:p", text) for text in (r'"a \"b\", c"', r'"\u0641\\"', r"'\'.'")],
        ),
        (
            "<a> schema:p -1.50, +7, .5, 1E3,2.e0 .",
            [("<a>", "schema:p", text) for text in ("-1.50", "+7", ".5", "1E3", "2.e0")],
        ),
        (
            r"schema:a.b schema:p:q schema:c\.d\,, schema:%41.",
            [("schema:a.b", "schema:p:q", r"schema:c\.d\,"), ("schema:a.b", "schema:p:q", "schema:%41")],
        ),
        ("<a><b>_:b.c.<d>a[].", [("<a>", "<b>", "_:b.c"), ("<d>", "a", "[]")]),
        (
            "<a> schema:p ( 1 <b> ), () .",
            [
                ("( 1 <b> )", "1", "1"),
                ("<a>", "schema:p", "( 1 <b> )"),
                ("<b>", "<b>", "<b>"),
                ("( 1 <b> )", "<b>", "<b>"),
                ("<b>", ")", ")"),
                ("<a>", "schema:p", "()"),
            ],
        ),
        (
            '<a> schema:p [ schema:q "x" ; schema:r [ schema:s 7 ] ], "w" .',
            [
                ('[ schema:q "x" ; schema:r [ schema:s 7 ] ]', "schema:q", '"x"'),
                ("[ schema:s 7 ]", "schema:s", "7"),
                ('[ schema:q "x" ; schema:r [ schema:s 7 ] ]', "schema:r", "[ schema:s 7 ]"),
                ("<a>", "schema:p", '[ schema:q "x" ; schema:r [ schema:s 7 ] ]'),
                ("<a>", "schema:p", '"w"'),
            ],
        ),
        (
            "[ a <A> ] . [ a <B> ] schema:p 1 . [] schema:p 2 . _:c schema:p _:d .",
            [
                ("[ a <A> ]", "a", "<A>"),
                ("[ a <B> ]", "a", "<B>"),
                ("[ a <B> ]", "schema:p", "1"),
                ("[]", "schema:p", "2"),
                ("_:c", "schema:p", "_:d"),
            ],
        ),
        (
            "@base <http://x/> . BASE <y/>\nPREFIX e: <z>\n@prefix f: <w> . e:a e:b f:c .",
            [("e:a", "e:b", "f:c")],
        ),
        (
            """GRAPH <g> { <a> schema:p 1 . <b> schema:p 2 } graph _:g {} { <c> schema:p 3 ; }
            schema:h { _:d a <e> . } [] { <f> a [] } <h> a <i> .""",
            [
                ("<a>", "schema:p", "1"),
                ("<b>", "schema:p", "2"),
                ("<c>", "schema:p", "3"),
                ("_:d", "a", "<e>"),
                ("<f>", "a", "[]"),
                ("<h>", "a", "<i>"),
            ],
        ),
        (
            "<< <a> <p> <b> ~ <r> >> <q> 1 . <a> <p> <b> {| <q> 2 |} , <<( <a> <p> <c> )>> .",
            [
                ("<r>", "<r>", "<< <a> <p> <b> ~ <r> >>"),
                ("<< <a> <p> <b> ~ <r> >>", "<q>", "1"),
                ("<a>", "<p>", "<b>"),
                ("{| <q> 2 |}", "{| <q> 2 |}", "<b>"),
                ("{| <q> 2 |}", "<q>", "2"),
                ("<a>", "<p>", "<<( <a> <p> <c> )>>"),
            ],
        ),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_term_stands_where_the_place_says(text: str, expected: list[tuple[str, str, str]], ends: str) -> None:
    found = texts((PREFIXES + text).replace("\n", ends))
    assert found == [tuple(part.replace("\n", ends) for part in each) for each in expected]


def test_the_same_text_ten_times_has_ten_places() -> None:
    marked = "".join(f'<thing/{n}> schema:name ⟦"x"⟧ ;\n  schema:also ⟦"x"⟧, "y" .\n' for n in range(5))
    content, spans = unmarked(PREFIXES + marked)
    starts = [start for _, _, (start, end) in turtle_spans(content) if content[start:end] == '"x"']
    found = [(content.count("\n", 0, start) + 1, start - content.rfind("\n", 0, start)) for start in starts]
    assert found == [span[:2] for span in spans]


@pytest.mark.parametrize(("opening", "closing"), [("[ <p> ", " ]"), ("( ", " )"), ("<< <a> <p> ", " >>")])
def test_deep_nesting_is_no_matter(opening: str, closing: str) -> None:
    content = f"<a> <p> {opening * 10_000}<x>{closing * 10_000} ."
    assert len(list(turtle_spans(content))) == len(list(ox.parse(content, ox.RdfFormat.TURTLE, base_iri=BASE)))


# Generated statements

WORDS: Final = st.text("abcأبت é1", max_size=6)
SPACE: Final = st.sampled_from([" ", "\n", "\r\n", "\t", "  \n\t", ' # a "comment", ; .\n', "\n\n# تعليق ]\r\n"])
LEAVES: Final = st.one_of(
    WORDS.map(lambda text: f'"{text}"'),
    WORDS.map(lambda text: f'"{text}"@ar'),
    WORDS.map(lambda text: f'"""{text}\n"{text}\r\n"""'),
    WORDS.map(lambda text: f"'{text}'^^xsd:token"),
    st.sampled_from(
        [r'"a \" b"', r'"\u0641"', "007", "-1.50", "1e3", "true", "<x/y>", "schema:x", "<x#y>", "<>", "_:n"]
    ),
)
PREDICATES: Final = st.sampled_from(["schema:p", "a", "<q>"])


def said(objects: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    lists = st.tuples(PREDICATES, st.lists(objects, min_size=1, max_size=3).map(" , ".join), SPACE)
    return st.lists(lists.map(lambda each: f"{each[0]} {each[1]}{each[2]}"), min_size=1, max_size=3).map(";".join)


OBJECTS: Final = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda members: f"( {' '.join(members)} )"),
        said(inner).map(lambda text: f"[ {text} ]"),
        st.just("[ ]"),
    ),
    max_leaves=8,
)
SUBJECTS: Final = st.sampled_from(["<a>", "<place/فاس>", "schema:a", "<>", "_:s", "[ a <T> ]", '( "l" 1 )', "[]"])
STATEMENTS: Final = st.tuples(SUBJECTS, said(OBJECTS)).map(lambda each: f"{each[0]} {each[1]}")
BLOCKS: Final = st.tuples(
    st.sampled_from(["GRAPH <g> {%s}", "schema:g { %s . }", "{ %s }", "[] {%s}", "%s ."]),
    st.lists(STATEMENTS, min_size=1, max_size=2),
).map(lambda each: each[0] % " .\n".join(each[1]) if each[0] != "%s ." else " .\n".join([*each[1], ""]))


@settings(max_examples=150)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=3), before=st.lists(SPACE, max_size=3).map("".join))
def test_places_follow_statements_wherever_they_move(blocks: list[str], before: str) -> None:
    content = PREFIXES + before + before.join([*blocks, ""])
    quads = list(ox.parse(content.encode(), ox.RdfFormat.TRIG, base_iri=BASE))
    found = texts(content)
    # What stands at each place, read on its own, is the term; blank nodes are told from each other by their places.
    alone: list[tuple[str, object]] = []
    places: dict[object, set[int]] = {}
    for quad, spans, (subject, predicate, value) in zip(quads, turtle_spans(content), found, strict=True):
        for term, text, span in ((quad.subject, subject, spans[0]), (quad.object, value, spans[2])):
            if isinstance(term, ox.BlankNode):
                assert text[:2] in {"_:", "[ ", "[]", "( "} or quad.predicate in LISTS
                if text[0] == "[" and quad.predicate not in LISTS:
                    places.setdefault(term, set()).add(span[0])
            elif term != NIL:
                alone.append((f"<x:s> <x:p> {text} .\n", term))
        if quad.predicate not in LISTS:
            alone.append((f"<x:s> {predicate} <x:o> .\n", quad.predicate))
    lines = PREFIXES + "".join(line for line, _ in alone)
    again = ox.parse(lines.encode(), ox.RdfFormat.TURTLE, base_iri=BASE)
    meant = [quad.predicate if quad.object == ox.NamedNode("x:o") else quad.object for quad in again]
    assert meant == [term for _, term in alone]
    assert all(len(starts) == 1 for starts in places.values())
    assert len({start for starts in places.values() for start in starts}) == len(places)

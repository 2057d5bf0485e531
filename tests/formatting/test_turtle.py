"""Turtle in its canonical form: it says the same, keeps its comments in order, and stays as it is a second time."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.formatting import turtle
from ssekg.formatting.turtle import formatted_turtle
from ssekg.graph.canonical_hash import canonical_hash
from tests.conftest import ROOT

BASE = "https://w3id.org/ssekg/id/"


def form(text: str) -> str:
    return formatted_turtle(text.encode(), BASE).decode()


def hashed(text: str) -> str:
    return canonical_hash(quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=BASE))


LAYOUTS = {
    "one predicate a line": (
        "<a> a <C>;<p> 1;<q> 2.",
        "<a> a <C> ;\n  <p> 1 ;\n  <q> 2 .\n",
    ),
    "subject alone where no class follows": (
        "<a> <p> 1 ; <q> 2 .",
        "<a>\n  <p> 1 ;\n  <q> 2 .\n",
    ),
    "lexical forms and names as written": (
        '@prefix x:<http://x/>.\nx:a\\,b x:p 007,-.5e3,1.e0,<../r>,\'i\',x:007.1 , "\\u00e9" , "\\t"^^x:t, "م"@ar-MA .',
        (
            "@prefix x: <http://x/> .\n\n"
            'x:a\\,b x:p 007, -.5e3, 1.e0, <../r>, \'i\', x:007.1, "\\u00e9", "\\t"^^x:t, "م"@ar-MA .\n'
        ),
    ),
    "prefixes sorted in groups, in one notation": (
        (
            "PREFIX b: <http://b/>\nprefix a: <http://a/> # of a\n@prefix : <#>.\n\n@prefix d: <http://d/>.\n"
            "# own\n@prefix c: <http://c/>.\nBASE <http://base/>\n<s> a: b: ."
        ),
        (
            "@prefix : <#> .\n@prefix a: <http://a/> . # of a\n@prefix b: <http://b/> .\n\n@prefix d: <http://d/> .\n"
            "# own\n@prefix c: <http://c/> .\n@base <http://base/> .\n\n<s> a: b: .\n"
        ),
    ),
    "a prefix said twice is left where it is": (
        "@prefix b: <http://b/> .\n@prefix a: <http://a/> .\n@prefix b: <http://c/> .\nb:s a: b:o .",
        "@prefix b: <http://b/> .\n@prefix a: <http://a/> .\n@prefix b: <http://c/> .\n\nb:s a: b:o .\n",
    ),
    "a list is broken whole, or not at all": (
        "<a> a <C> ; <p> <o1> , <o2> ; <q> <o1>,\n<o2>, <o3> .",
        "<a> a <C> ;\n  <p> <o1>, <o2> ;\n  <q> <o1>,\n    <o2>,\n    <o3> .\n",
    ),
    "what does not fit is broken": (
        f'<a> a <C> ; <p> "{"a" * 60}" , "{"b" * 60}" .',
        f'<a> a <C> ;\n  <p> "{"a" * 60}",\n    "{"b" * 60}" .\n',
    ),
    "brackets as the author opened them": (
        "<a> a <C> ; <p> [ <q> 1;<r>(1 [] ()) ] ; <s> [\n<t> 1 ], [\n <t> 2 ] , <u> .",
        "<a> a <C> ;\n  <p> [ <q> 1 ; <r> ( 1 [] () ) ] ;\n  <s> [\n    <t> 1\n  ], [\n    <t> 2\n  ],\n    <u> .\n",
    ),
    "comments where they were": (
        "# head\n\n#sub\n<a> # subject\n a <C>, # one\n<D> # two\n;# 3\n # own\n<p> # verb\n 1 # end\n. # stop\n# last",
        (
            "# head\n\n#sub\n<a> # subject\n  a <C>, # one\n    <D> ; # two\n  # 3\n  # own\n  <p> # verb\n    1 . "
            "# end\n# stop\n# last\n"
        ),
    ),
    "a predicate in a comment at the end": (
        "<a> a <C> ;\n   # <p> 1 ;\n.",
        "<a> a <C> ;\n  # <p> 1 ;\n.\n",
    ),
    "comments in brackets": (
        "<a> <p> [ # why\n <q> (1 # one\n 2\n# end\n) # list\n ] .",
        "<a>\n  <p> [ # why\n    <q> (\n      1 # one\n      2\n      # end\n    ) # list\n  ] .\n",
    ),
    "blank lines": (
        "<a> <p> 1 .\n<b> <p> 1 .\n\n\n\n<c> <p> 1 . <d> a <C> ;\n\n\n <p> 1 . # it\n# of e\n<e> a <C> .",
        "<a> <p> 1 .\n<b> <p> 1 .\n\n<c> <p> 1 .\n\n<d> a <C> ;\n\n  <p> 1 . # it\n\n# of e\n<e> a <C> .\n",
    ),
    "texts of several lines": (
        '<a> <p> \'\'\'x\r\n  y \'\'\' ; <q> """# no comment ; .\n"" \\"""" .\r\n',
        '<a>\n  <p> \'\'\'x\r\n  y \'\'\' ;\n  <q> """# no comment ; .\n"" \\"""" .\n',
    ),
    "what RDF 1.2 adds": (
        'VERSION "1.2"\n<<<a> <p> <b>~<r>>> <q> <<(<a> <p> "x"@ar--rtl)>>. <a> <p> <b> ~ <r>{|<q> 1|}~ .',
        (
            '@version "1.2" .\n\n<< <a> <p> <b> ~ <r> >> <q> <<( <a> <p> "x"@ar--rtl )>> .\n'
            "<a> <p> <b> ~ <r> {| <q> 1 |} ~ .\n"
        ),
    ),
    "a mark, other line ends, no end": (
        "\ufeff# é \r\n<a> <p> <b> .\r<c> <p> <d> .",
        "# é\n<a> <p> <b> .\n<c> <p> <d> .\n",
    ),
    "nothing": ("", ""),
    "only a comment": ("  # alone\n\n", "# alone\n"),
}


@pytest.mark.parametrize(("written", "wanted"), LAYOUTS.values(), ids=LAYOUTS)
def test_layout(written: str, wanted: str) -> None:
    assert form(written) == wanted
    assert form(wanted) == wanted
    assert hashed(written.removeprefix("\ufeff")) == hashed(wanted)


# A document as a list of tokens, between which anything may stand that Turtle allows: its comments are numbered, and
# its prefixes are in order, since those that are not take their comments with them.
IRIS = st.sampled_from(["<s>", "<../o#x>", "x:a", "x:a.b", "x:%41\\,", ":", "_:b1", "_:b.2", "<http://example.org/é>"])
LITERALS = st.sampled_from(
    ["007", "-1.5", ".5e-3", "true", '"a"', "'#;.'", '"م ع"', '"""a\n ] . "" \\""""', "'''\r\n'''", f'"{"long " * 15}"']
)
SUFFIXES = st.sampled_from([[], ["@ar"], ["@fr-MA"], ["^^", "x:dt"], ["^^", "<dt>"]])
VERBS = st.sampled_from(["a", "x:p", "<q>", "x:007"])


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    literal = draw(LITERALS)
    return [literal, *(draw(SUFFIXES) if literal[0] in "\"'" else [])]


def joined(parts: list[list[str]], separator: str) -> list[str]:
    return [token for number, part in enumerate(parts) for token in ([separator] if number else []) + part]


def described(objects: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    lists = st.lists(objects, min_size=1, max_size=3).map(lambda parts: joined(parts, ","))
    predicate = st.builds(lambda verb, found: [verb, *found], VERBS, lists)
    return st.lists(predicate, min_size=1, max_size=3).map(lambda parts: joined(parts, ";"))


OBJECTS = st.recursive(
    st.one_of(IRIS.map(lambda iri: [iri]), texts(), st.just(["[", "]"]), st.just(["(", ")"])),
    lambda inner: st.one_of(
        described(inner).map(lambda found: ["[", *found, "]"]),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: ["(", *(t for part in found for t in part), ")"]),
    ),
    max_leaves=8,
)
SUBJECTS = st.one_of(IRIS.map(lambda iri: [iri]), OBJECTS.filter(lambda found: found[0] in {"(", "["}))
STATEMENTS = st.one_of(
    st.builds(lambda subject, found: [*subject, *found, "."], SUBJECTS, described(OBJECTS)),
    st.sampled_from([["@prefix", "y:", "<http://y/>", "."], ["PREFIX", "y:", "<http://b/>"], ["@base", "<z/>", "."]]),
)
GAPS = st.sampled_from([" ", " ", " ", "\n", "\r\n", "\n\n\n", "\t", " #", "\n#", "\n\n# ", "\n  #"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    found = draw(st.lists(STATEMENTS, max_size=5))
    start = ["@prefix", ":", "<http://e/>", ".", "@prefix", "x:", "<http://x/>", "."]
    text = draw(st.sampled_from(["", "\ufeff", "# start\n", "\n"]))
    for number, token in enumerate([*start, *(token for statement in found for token in statement)]):
        gap = draw(GAPS)
        text += token + (f'{gap} c{number} # ü ; " [ .\n' if "#" in gap else gap)
    return text


COMMENTS = re.compile(r"# ?(start|c\d+ # ü ; \" \[ \.)\n")


@settings(max_examples=200)
@given(documents())
def test_says_the_same_with_all_comments_in_order_and_stays_so(document: str) -> None:
    once = form(document)
    assert form(once) == once
    assert hashed(once) == hashed(document.removeprefix("\ufeff"))
    assert COMMENTS.findall(once) == COMMENTS.findall(document)
    outside = re.sub(r'"""(.|\n)*?"""(?!")|\'\'\'(.|\n)*?\'\'\'', "X", once)
    assert not re.search(r"[ \t]\n|\n\n\n|\r|\t|\A\n", outside)
    assert not once or once.endswith("\n")


@pytest.mark.parametrize(
    ("opening", "closing", "depth"),
    [
        ("[ <p> ", " ]", 5000),
        ("( # c\n", " )", 5000),
        ("[ <p> ( <s> ", " ) ]", 5000),
        ("<<( <s> <p> ", " )>>", 1200),  # of which the parser makes copies within copies
    ],
    ids=["brackets", "lists", "both", "triples"],
)
def test_any_depth(opening: str, closing: str, depth: int) -> None:
    deep = "<s> <p> " + opening * depth + "1" + closing * depth + " ."
    once = formatted_turtle(deep.encode())
    assert len(once) < depth * 600
    assert formatted_turtle(once) == once


def test_a_text_that_is_too_long_for_the_parser() -> None:
    with pytest.raises(SyntaxError):
        form(f'<a> <p> "{"x" * 17_000_000}" .')


def test_the_example_of_the_documentation_is_in_good_form() -> None:
    text = (ROOT / "docs" / "formatting.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```turtle\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert form(example) == example


def test_errors_of_syntax_have_their_place() -> None:
    with pytest.raises(SyntaxError) as caught:
        form("<a> <p> <b> .\n<a> <p> ; .")
    assert caught.value.lineno == 2


@pytest.mark.parametrize(
    ("written", "spoiled"),
    [
        ("<a> <p> 7 .", "<a> <p> 07 ."),
        ("<a> <p> 7 . <a> <p> 8 .", "<a> <p> 7 ."),
        ("_:a <p> _:b . _:b <p> _:a .", "_:a <p> _:a . _:b <p> _:b ."),
    ],
)
def test_what_says_something_else_is_never_given_back(
    written: str, spoiled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turtle, "laid_out", lambda _: [spoiled])
    with pytest.raises(RuntimeError):
        form(written)


@pytest.mark.parametrize("folder", ["ontology", "data", "shapes"])
def test_files_of_the_project_say_the_same_whatever_their_layout(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.ttl")):
        content = path.read_bytes()
        # Every second piece is a long text, such as a query; its layout is part of what the file says.
        pieces = content.split(b'"""')
        pieces[::2] = [re.sub(rb"\n {2,}(?=[a-z]+:\S+ )", b"\r\n\t", piece) for piece in pieces[::2]]
        spaced = b'"""'.join(pieces)
        assert formatted_turtle(spaced, BASE) == content, Path(path).name

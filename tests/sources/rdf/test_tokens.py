"""The tokens of Turtle: those of the grammar, each where it is, and of any text that the parser takes."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ssekg.sources.rdf.tokens import Kind, tokens
from tests.graphs import BASE, PREFIXES

# By kind, those that end or begin where another might take over.
TOKENS: Final = {
    Kind.TERM: [
        *("<x>", "<>", r"<x\u00e9>", r"<\U0001F600>", "<http://x/سوق#1>"),
        *(
            "a",
            "true",
            "PREFIX",
            "graph",
            "x:",
            ":",
            ":a.b",
            "x.y:z",
            "é:ه",
            "x:%2f",
            r"x:\~\.",
            r":\-",
            "x:p:q",
            ":007",
        ),
        *("_:n", "_:0.1", "_:n-", "12", "-1.50", "+.5", "1e3", "2.e-1", ".5E+1"),
    ],
    Kind.STRING: [
        *('""', '"x"', "''", "'x'", r'"\""', r"'\\'", '"\'"', '"#<x>."', r'"\u0641"'),
        *('""""""', '"""a "b" ""c\n\\""""', "''''''", "'''it''s\r\n'''"),
    ],
    Kind.TAG: ["@ar", "@fr-MA", "@en-1a-x", "@ar--rtl", "@prefix", "@base"],
    Kind.DATATYPE: ["^^"],
    Kind.OPEN: ["[", "(", "<<", "<<(", "{|"],
    Kind.CLOSE: ["]", ")", ">>", ")>>", "|}"],
    Kind.STOP: [".", ";", ",", "~", "{", "}"],
}
WRITTEN: Final = st.sampled_from([(kind, text) for kind, texts in TOKENS.items() for text in texts])
GAPS: Final = st.sampled_from([" ", "\t", "\n", "\r\n", "\n \n"])
COMMENTS: Final = st.sampled_from(["# a . b", '#"', "#", "# تعليق ]"])


@settings(max_examples=300)
@given(written=st.lists(st.tuples(WRITTEN, GAPS, st.none() | COMMENTS)))
def test_each_token_is_found_where_it_is(written: list[tuple[tuple[Kind, str], str, str | None]]) -> None:
    text, expected = "\n", []
    for (kind, token), gap, comment in written:
        expected.append((kind, token, len(text), len(text) + len(token)))
        text += token + gap
        if comment is not None:
            expected.append((Kind.COMMENT, comment, len(text), len(text) + len(comment)))
            text += comment + "\n"
    assert [tuple(token) for token in tokens(text)] == expected
    for _, _, start, _ in expected[::3]:
        assert [tuple(token) for token in tokens(text, start)] == [each for each in expected if each[2] >= start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a><b>_:b.c.<d>a[].", ["<a>", "<b>", "_:b.c", ".", "<d>", "a", "[", "]", "."]),
        ("x:a.b.x:c..5,1. .5.", ["x:a.b.x:c..5", ",", "1", ".", ".5", "."]),
        ('"x"@ar."y"^^x:t.', ['"x"', "@ar", ".", '"y"', "^^", "x:t", "."]),
        ("1.e:p .", ["1", ".", "e:p", "."]),
        ('"""a"""."" .', ['"""a"""', ".", '""', "."]),
        ("{<a>:b<c>}:g{|:r 1|}", ["{", "<a>", ":b", "<c>", "}", ":g", "{|", ":r", "1", "|}"]),
        ("<<<a> <b> <c>>>", ["<<", "<a>", "<b>", "<c>", ">>"]),
        ("<a> # <b>\r# <c>\n<d>", ["<a>", "# <b>", "# <c>", "<d>"]),
    ],
)
def test_tokens_that_touch_each_other(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        *("<a b>", "<a{}>", "<\\n>", '"a\nb"', '"open', r'"\q"', r'"\u06"', "'''open''", "@", "@1", "x:a%2", r"x:\a"),
        *("^", "|", "<a> ?x", "«x»", "12\u0660", "<a>\u00a0<b>", "\ufeff<a>", "\x00"),
    ],
)
def test_what_the_grammar_does_not_know_is_no_token(text: str) -> None:
    with pytest.raises(ValueError, match="no token"):
        list(tokens(text))


# Pieces of tokens, and what may be wrong in one.
PIECES: Final = st.text(
    st.sampled_from("abé_-.:%\\u0641~0123e+<>\"'[](){}|@^#,; \t\n\u00b7\u00d7\u037e\u2040\u3000"), max_size=8
)
FRAMES: Final = st.sampled_from(
    ["<a> schema:p %s .", "<a> schema:%s 1 .", "_:%s a <b> .", '<a> a "%s" .', "<a> a '''%s''' .", "<%s> a <b> .", "%s"]
)


@settings(max_examples=400)
@given(frame=FRAMES, piece=PIECES)
@example("<a> a <b> . %s", "\u00a0")
def test_what_the_parser_takes_has_tokens(frame: str, piece: str) -> None:
    text = PREFIXES + frame.replace("%s", piece)
    try:
        list(ox.parse(text, ox.RdfFormat.TRIG, base_iri=BASE))
    except SyntaxError:
        assume(False)
    found = list(tokens(text))
    assert all(text[token.start : token.end] == token.text for token in found)
    ends = [0, *(token.end for token in found)]
    starts = [*(token.start for token in found), len(text)]
    between = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    assert between.strip(" \t\r\n") == ""

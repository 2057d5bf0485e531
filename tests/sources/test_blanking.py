"""Blanking what is not wanted changes no place of what is."""

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ssekg.findings import Place
from ssekg.sources.blanking import about
from ssekg.sources.rdf import RdfFile, _placed_turtle
from tests.graphs import BASE, PREFIXES
from tests.sources.test_rdf import file

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
]


def places(text: str, folder_file: RdfFile) -> list[tuple[ox.Triple, Place, Place]]:
    found = _placed_turtle(text, folder_file.base, folder_file.shown)
    return [(each.triple, each.subject, each.object) for each in found if each.triple.subject == A]


@settings(max_examples=300)
@given(
    chosen=st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=8),
    between=st.sampled_from([" ", "\n", "\r\n", "\r", "\n\n\t", " # . <a> '\n"]),
)
def test_places_of_what_is_wanted_stay(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[str], between: str
) -> None:
    text = f"{PREFIXES}@prefix a: <{BASE}> .\n" + between.join([*chosen, ""])
    rdf = file(tmp_path_factory.getbasetemp(), text)
    try:
        stated = set(rdf.triples())
    except SyntaxError:
        reject()  # a comment has swallowed what another statement needs
    whole, blanked = (places(each, rdf) for each in (text, about(text.encode(), {A}, by_lines=False)))
    # rdflib stops at some Turtle that it does not know; what is blanked does not stop it.
    assert blanked[: len(whole)] == whole
    assert {triple for triple, _, _ in blanked} <= stated


def test_what_is_not_wanted_is_blanked() -> None:
    text = "<b> <p> 'b' .\r\n<c> <p>\n  'c . ' . <a> <p> 'a' .\n<d> <p> 'd' ."
    blanked = about(text.encode(), {A}, by_lines=False)
    assert blanked.split() == ["<a>", "<p>", "'a'", "."]
    assert blanked.splitlines()[2].index("<a>") == text.splitlines()[2].index("<a>")


def test_lines_of_n_triples_are_blanked_one_by_one() -> None:
    text = (
        f"<{BASE}b> <x:p> <{BASE}a> .\n\t<{BASE}a><x:p>'a' .\r\n"
        f"<{BASE}\\u0061> <x:p> <x:b> .\n# <{BASE}a>\n_:b <x:p> <x:b> .\n"
    )
    lines = about(b"\xef\xbb\xbf" + text.encode(), {A}, by_lines=True).split("\n")
    assert lines == ["", f"\t<{BASE}a><x:p>'a' .\r", f"<{BASE}\\u0061> <x:p> <x:b> .", f"# <{BASE}a>", "", ""]


def test_a_large_file_gives_the_places_of_its_subjects(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "".join(f"<n{number}> <x:p> {number}.5 .\n" for number in range(20_000))
    rdf = file(tmp_path_factory.getbasetemp(), text, "large.ttl")
    rdf.subjects = frozenset({ox.NamedNode(BASE + "n19999")})
    assert [(placed.object.line, placed.object.column) for placed in rdf.placed()] == [(20_000, 16)]

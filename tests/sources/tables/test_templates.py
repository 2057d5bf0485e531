"""URI templates become IRIs: RFC 6570, the prefixes of CSVW, and the base."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.sources.tables.templates import Template
from tests.graphs import BASE

# The variables of RFC 6570, section 3.2.
ROW = {
    "count": "one,two,three",
    "hello": "Hello World!",
    "half": "50%",
    "var": "value",
    "who": "fred",
    "base": "http://example.com/home/",
    "path": "/foo/bar",
    "x": "1024",
    "y": "768",
    "empty": "",
    "arabic": "فاس",
}


def expanded(template: str, base: str = "https://example.org/") -> str:
    return Template(template, base).iri(ROW).value


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        # Examples of the RFC itself: simple, reserved and fragment expansion.
        ("{var}", "value"),
        ("{hello}", "Hello%20World%21"),
        ("{half}", "50%25"),
        ("O{empty}X", "OX"),
        ("O{undef}X", "OX"),
        ("{x,y}", "1024,768"),
        ("{x,hello,y}", "1024,Hello%20World%21,768"),
        ("?{x,empty}", "?1024,"),
        ("{var:3}", "val"),
        ("{+var}", "value"),
        ("{+hello}", "Hello%20World!"),
        ("{+half}", "50%25"),
        ("O{+empty}X", "OX"),
        ("here{+path}", "here/foo/bar"),
        ("up{+path}{var}/here", "up/foo/barvalue/here"),
        ("{#var}", "#value"),
        ("X{#hello}", "X#Hello%20World!"),
        ("foo{#empty}bar", "foo#bar"),
        ("foo{#undef}", "foo"),
        # Ours.
        ("institution/{who}#figure-{x}", "institution/fred#figure-1024"),
        ("place/{arabic}", "place/%D9%81%D8%A7%D8%B3"),
        ("place/{+arabic}", "place/%D9%81%D8%A7%D8%B3"),
        ("institution/{path}", "institution/%2Ffoo%2Fbar"),
    ],
)
def test_expansion(template: str, expected: str) -> None:
    assert expanded(template) == "https://example.org/" + expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("programme/{who}", BASE + "programme/fred"),
        ("#row-{x}", BASE + "#row-1024"),
        ("/root/{x}", "https://example.org/root/1024"),
        ("../{who}", "https://example.org/fred"),
        ("https://w3id.org/ssekg/ontology#{who}", "https://w3id.org/ssekg/ontology#fred"),
        ("{+base}index", "http://example.com/home/index"),
        ("urn:isbn:{x}", "urn:isbn:1024"),
        ("schema://{who}/", "schema://fred/"),
    ],
)
def test_relative_references_are_resolved_against_the_base(template: str, expected: str) -> None:
    assert expanded(template, BASE) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("rdf:type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ("skos:prefLabel", "http://www.w3.org/2004/02/skos/core#prefLabel"),
        ("dc:title", "http://purl.org/dc/terms/title"),
        ("schema:{who}", "http://schema.org/fred"),
        ("org:Organization", "http://www.w3.org/ns/org#Organization"),
    ],
)
def test_prefixes_of_csvw_are_expanded(template: str, expected: str) -> None:
    assert expanded(template) == expected


@pytest.mark.parametrize("template", ["a b", "{", "http://[bad", "a{#hello} b", "<x>"])
def test_what_is_no_iri_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        expanded(template)


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=2, max_size=2, unique=True))
def test_different_cells_give_different_iris(cells: list[str]) -> None:
    template = Template("thing/{id}", BASE)
    one, other = (template.iri({"id": cell}) for cell in cells)
    assert one != other
    assert one == template.iri({"id": cells[0]})


def test_a_missing_cell_is_not_an_empty_one_nor_the_cell_of_another_row() -> None:
    template = Template("thing/{a}{#b}", BASE)
    assert template.iri({"a": "x", "b": "y"}).value == BASE + "thing/x#y"
    assert template.iri({"a": "x"}).value == BASE + "thing/x"
    assert template.iri({"b": "x"}).value == BASE + "thing/#x"

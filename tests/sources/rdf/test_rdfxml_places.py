"""The places of an RDF/XML text: tags, names of properties, and the texts between tags."""

import pyoxigraph as ox
import pytest

from ssekg.base.namespaces import RDF
from ssekg.sources.places import UnplacedError
from ssekg.sources.rdf.rdfxml_places import rdfxml_spans

HEAD = f'<?xml version="1.0"?>\n<!-- تعليق <s:no/> -->\n<rdf:RDF xmlns:rdf="{RDF}" xmlns:s="http://s/">'


def texts(content: str) -> list[tuple[ox.Triple, str, str, str]]:
    """Each triple with what stands where its subject, predicate and object are said to be."""
    content = f"{HEAD}\n{content}\n</rdf:RDF>"
    quads = list(ox.parse(content.encode(), ox.RdfFormat.RDF_XML, base_iri="http://b/"))
    spans = rdfxml_spans(content)
    found = zip(quads, spans, strict=True)
    return [(quad.triple, *(content[slice(*span)] for span in each)) for quad, each in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '<s:T\n  rdf:about="فاس"><s:p xml:lang="ar">فاس</s:p><s:q rdf:resource = "x"/><s:e/></s:T>',
            [
                ("type", '<s:T\n  rdf:about="فاس">', "s:T", "s:T"),
                ("p", '<s:T\n  rdf:about="فاس">', "s:p", "فاس"),
                ("q", '<s:T\n  rdf:about="فاس">', "s:q", '"x"'),
                ("e", '<s:T\n  rdf:about="فاس">', "s:e", "<s:e/>"),
            ],
        ),
        (
            "<rdf:Description s:a='1 > 0' xmlns:z='z' s:b=\"2\" rdf:type='x'/>",
            [
                ("type", "<rdf:Description s:a='1 > 0' xmlns:z='z' s:b=\"2\" rdf:type='x'/>", "rdf:type", "'x'"),
                ("b", "<rdf:Description s:a='1 > 0' xmlns:z='z' s:b=\"2\" rdf:type='x'/>", "s:b", '"2"'),
                ("a", "<rdf:Description s:a='1 > 0' xmlns:z='z' s:b=\"2\" rdf:type='x'/>", "s:a", "'1 > 0'"),
            ],
        ),
        (
            '<s:T><s:p><s:U><s:q>1</s:q></s:U></s:p><s:r rdf:parseType="Resource"><s:v>2</s:v></s:r></s:T>',
            [
                ("type", "<s:T>", "s:T", "s:T"),
                ("type", "<s:U>", "s:U", "s:U"),
                ("q", "<s:U>", "s:q", "1"),
                ("p", "<s:T>", "s:p", "<s:U>"),
                ("r", "<s:T>", "s:r", '<s:r rdf:parseType="Resource">'),
                ("v", '<s:r rdf:parseType="Resource">', "s:v", "2"),
            ],
        ),
        (
            """<rdf:Description><s:l rdf:parseType="Collection"><s:A/><rdf:Description rdf:about="b"/></s:l>
            <s:x rdf:parseType="Literal"><b s:no="1">x</b></s:x><s:n s:u="7"/></rdf:Description>""",
            [
                ("type", "<s:A/>", "s:A", "s:A"),
                ("l", "<rdf:Description>", "s:l", '<s:l rdf:parseType="Collection">'),
                ("rest", '<s:l rdf:parseType="Collection">', "<s:A/>", '<rdf:Description rdf:about="b"/>'),
                ("first", '<s:l rdf:parseType="Collection">', "<s:A/>", "<s:A/>"),
                (
                    "rest",
                    '<rdf:Description rdf:about="b"/>',
                    '<rdf:Description rdf:about="b"/>',
                    '<s:l rdf:parseType="Collection">',
                ),
                ("first", *['<rdf:Description rdf:about="b"/>'] * 3),
                ("x", "<rdf:Description>", "s:x", '<b s:no="1">x</b>'),
                ("u", '<s:n s:u="7"/>', "s:u", '"7"'),
                ("n", "<rdf:Description>", "s:n", '<s:n s:u="7"/>'),
            ],
        ),
        (
            '<rdf:Description><s:p rdf:ID="k">1</s:p></rdf:Description>',
            [
                ("p", "<rdf:Description>", "s:p", "1"),
                *((name, '"k"', "rdf:ID", '"k"') for name in ("object", "predicate", "subject", "type")),
            ],
        ),
    ],
)
def test_the_term_stands_where_the_place_says(content: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = texts(content)
    told = [(triple.predicate.value.replace("#", "/").rpartition("/")[2], *rest) for triple, *rest in found]
    assert told == expected


def test_each_blank_node_has_one_place() -> None:
    found = texts("<s:T><s:p><s:U/></s:p><s:p><s:U/></s:p></s:T>\n<s:T><s:p><s:U/></s:p></s:T>")
    nodes = {triple.subject for triple, *_ in found}
    assert len(nodes) == 5
    assert {text for triple, text, _, _ in found if triple.predicate.value == "http://s/p"} == {"<s:T>"}


def test_what_is_only_drafted_has_no_place() -> None:
    with pytest.raises(UnplacedError):
        rdfxml_spans(f'{HEAD}<s:T><s:p rdf:parseType="Triple"><s:U><s:q>1</s:q></s:U></s:p></s:T></rdf:RDF>')


def test_deep_nesting_is_no_matter() -> None:
    depth = 2_000
    assert len(texts("<s:T><s:p>" * depth + "<s:T/>" + "</s:p></s:T>" * depth)) == 2 * depth + 1

"""RDF files are read strictly, and each triple of a Turtle file knows where it was written."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.errors import CannotRunError
from ssekg.findings import Place, Severity
from ssekg.project import Project
from ssekg.sources.load import Sources
from ssekg.sources.places import PlacedTriple
from ssekg.sources.rdf import RdfFile
from tests.graphs import BASE, PREFIXES, canonical, cut, iri, parsed, read

HEAD_LINES: Final = PREFIXES.count("\n")
XSD: Final = "http://www.w3.org/2001/XMLSchema#"


RDF_XML: Final = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/">
  <rdf:Description rdf:about="place/fes"><s:name xml:lang="fr">Fès</s:name></rdf:Description>
</rdf:RDF>
"""


def file(folder: Path, content: str | bytes, name: str = "x.ttl") -> RdfFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return RdfFile(path, BASE, f"data/{name}")


def selected(content: str, placed: PlacedTriple) -> tuple[str, str]:
    """What stands at the places of the subject and the object."""
    return cut(content, placed.subject), cut(content, placed.object)


def named(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """The triples without blank nodes, which have no identity beyond one reading."""
    return {t for t in triples if not isinstance(t.subject, ox.BlankNode) and not isinstance(t.object, ox.BlankNode)}


# Reading


def test_triples_come_as_they_are_written(tmp_path: Path) -> None:
    content = PREFIXES + '<place/fes> schema:value 007, "1000.50"^^xsd:decimal, 1e3 ; schema:name "فاس"@ar .'
    values = [triple.object for triple in file(tmp_path, content).triples()]
    assert values == [
        ox.Literal("007", datatype=ox.NamedNode(XSD + "integer")),
        ox.Literal("1000.50", datatype=ox.NamedNode(XSD + "decimal")),
        ox.Literal("1e3", datatype=ox.NamedNode(XSD + "double")),
        ox.Literal("فاس", language="ar"),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.ttl", '<place/fes> <http://schema.org/name> "Fès"@fr .'),
        ("x.nt", f'<{BASE}place/fes> <http://schema.org/name> "Fès"@fr .'),
        ("x.nq", f'<{BASE}place/fes> <http://schema.org/name> "Fès"@fr <{BASE}a-graph> .'),
        ("x.trig", '<a-graph> { <place/fes> <http://schema.org/name> "Fès"@fr . }'),
        ("x.jsonld", '{"@id": "place/fes", "http://schema.org/name": {"@value": "Fès", "@language": "fr"}}'),
        ("x.rdf", RDF_XML),
        ("x.owl", RDF_XML),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_every_format_is_read_with_or_without_a_byte_order_mark(
    tmp_path: Path, name: str, content: str, mark: str
) -> None:
    triples = file(tmp_path, mark + content, name).triples()
    assert canonical(triples) == canonical(parsed('<place/fes> schema:name "Fès"@fr .'))


def test_unknown_extensions_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError) as caught:
        file(tmp_path, "", "x.docx").triples()
    assert caught.value.code == "unknown-format"
    assert "data/x.docx" in caught.value.message("en")
    with pytest.raises(CannotRunError) as caught:
        RdfFile(tmp_path / "none.ttl", BASE, "data/none.ttl").triples()
    assert caught.value.code == "unreadable-file"
    assert "data/none.ttl" in caught.value.message("en")


@pytest.mark.parametrize(
    ("turtle", "line", "column", "words"),
    [
        ('<a> schema:name "x"', 1, 20, "dot"),
        ('<a> schema:name "x" .\n<b> schema:nom oops .', 2, 16, "oops"),
        ('<a> schema:name "وزارة"@ar, oops .', 1, 29, "oops"),
        ('<a>\tschema:name\t"x" ;\n\tschema:nom\toops .', 2, 13, "oops"),
        ('# تعليق\n\n<a> scheme:name "x" .', 3, 5, "scheme"),
        ('<a> schema:name """x\ny""" .\n<b> schema:name [ .', 3, 19, ""),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_syntax_errors_have_their_line_and_column(
    tmp_path: Path, turtle: str, line: int, column: int, words: str, ends: str, mark: str
) -> None:
    wrong = file(tmp_path, mark + (PREFIXES + turtle).replace("\n", ends))
    sources = Sources()
    sources.add_rdf(wrong, sources.data)
    (finding,) = sources.findings
    assert (finding.code, finding.severity) == ("syntax-error", Severity.VIOLATION)
    assert finding.place is not None
    assert (finding.place.file, finding.place.line, finding.place.column) == ("data/x.ttl", HEAD_LINES + line, column)
    assert words in finding.arguments["problem"]
    assert sources.data == []


def test_other_encodings_are_syntax_errors(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError) as caught:
        file(tmp_path, '<a> <b> "x" .\n<a> <b> "Fès" .\n'.encode("latin-1")).triples()
    assert caught.value.lineno == 2


# Places


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ('<a> schema:p "x" .', [("p", "<a>", '"x"')]),
        (
            '<a> schema:p "x", "y" ;\n  schema:q <b> , 12;; schema:r true .',
            [("p", "<a>", '"x"'), ("p", "<a>", '"y"'), ("q", "<a>", "<b>"), ("q", "<a>", "12"), ("r", "<a>", "true")],
        ),
        ('<a> schema:p "x" .\n<b> schema:q "y" .', [("p", "<a>", '"x"'), ("q", "<b>", '"y"')]),
        ("schema:a schema:p schema:b, skos:c.", [("p", "schema:a", "schema:b"), ("p", "schema:a", "skos:c")]),
        ("<a> a skos:Concept .", [("22-rdf-syntax-ns#type", "<a>", "skos:Concept")]),
        (
            '<a> schema:p """one\n"two"\n""" ; schema:q \'\'\'x\'\'\' .',
            [("p", "<a>", '"""one\n"two"\n"""'), ("q", "<a>", "'''x'''")],
        ),
        ('<a> schema:p "x"@ar-MA, "2023"^^xsd:gYear .', [("p", "<a>", '"x"@ar-MA'), ("p", "<a>", '"2023"^^xsd:gYear')]),
        (
            '<a> # one\n schema:p # "two"\n "x" # three\n , # "four"\n "y" . # five',
            [("p", "<a>", '"x"'), ("p", "<a>", '"y"')],
        ),
        ('<place/فاس>\tschema:p\t"فاس"@ar,\t"x" .', [("p", "<place/فاس>", '"فاس"@ar'), ("p", "<place/فاس>", '"x"')]),
        (r'<a> schema:p "a \"b\", c", "\u0641" .', [("p", "<a>", r'"a \"b\", c"'), ("p", "<a>", r'"\u0641"')]),
        ("<a> schema:p -1.50, +7, .5, 1E3 .", [("p", "<a>", text) for text in ("-1.50", "+7", ".5", "1E3")]),
        ('<a> schema:p ( "1" "2" ), "l" .', [("p", "<a>", '( "1" "2" )'), ("p", "<a>", '"l"')]),
        (
            '<a> schema:p [ schema:q "x", "y" ; schema:r [ schema:s "z" ] ], "w" .',
            [
                ("q", "<a>", '"x"'),
                ("q", "<a>", '"y"'),
                ("s", "<a>", '"z"'),
                ("r", "<a>", '[ schema:s "z" ]'),
                ("p", "<a>", '[ schema:q "x", "y" ; schema:r [ schema:s "z" ] ]'),
                ("p", "<a>", '"w"'),
            ],
        ),
        ('@base <https://example.net/> .\n<a> schema:p "x" .', [("p", "<a>", '"x"')]),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_subjects_and_objects_stand_where_the_places_say(
    tmp_path: Path, turtle: str, expected: list[tuple[str, str, str]], ends: str
) -> None:
    content = (PREFIXES + turtle).replace("\n", ends)
    source = file(tmp_path, content)
    placed = list(source.placed())
    found = [(each.triple.predicate.value.rpartition("/")[2], *selected(content, each)) for each in placed]
    assert found == [(predicate, subject, value.replace("\n", ends)) for predicate, subject, value in expected]
    assert named(each.triple for each in placed) == named(source.triples())


def test_lines_and_columns_count_from_one_as_editors_do(tmp_path: Path) -> None:
    content = '\ufeff@prefix s: <http://schema.org/> .\r\n\t<مكان> s:p "فاس"@ar ,\r\n"""a\r\nb""" .'
    first, second = file(tmp_path, content).placed()
    assert first.subject == second.subject == Place("data/x.ttl", 2, 2, 2, 8)
    assert first.object == Place("data/x.ttl", 2, 13, 2, 21)
    assert second.object == Place("data/x.ttl", 3, 1, 4, 5)
    assert second.triple.object == ox.Literal("a\r\nb")


def test_the_same_text_ten_times_has_ten_places(tmp_path: Path) -> None:
    turtle = "".join(f'<thing/{number}> schema:name "x" ;\n  schema:also "x", "y" .\n' for number in range(5))
    placed = [each for each in file(tmp_path, PREFIXES + turtle).placed() if each.triple.object == ox.Literal("x")]
    found = [(each.triple.subject, (each.object.line or 0) - HEAD_LINES, each.object.column) for each in placed]
    expected = [
        (iri(f"thing/{number}"), 2 * number + line, column)
        for number in range(5)
        for line, column in ((1, 23), (2, 15))
    ]
    assert found == expected


def test_only_turtle_and_ntriples_have_places(tmp_path: Path) -> None:
    statement = f'<{BASE}a> <http://schema.org/name> "x" .'
    (placed,) = file(tmp_path, statement, "x.nt").placed()
    assert selected(statement, placed) == (f"<{BASE}a>", '"x"')
    assert list(file(tmp_path, statement, "x.nq").placed()) == []


@pytest.mark.parametrize(
    "rest",
    ['<b> schema:name "y"', "<b> schema:name oops .", "<b> schema:name [ .", "\x00", "<< <a> <b> <c> >> <d> <e> ."],
)
def test_a_file_that_breaks_off_has_places_as_far_as_it_goes(tmp_path: Path, rest: str) -> None:
    content = PREFIXES + '<a> schema:name "x" .\n' + rest
    placed = list(file(tmp_path, content).placed())
    assert selected(content, placed[0]) == ("<a>", '"x"')
    assert placed[0].triple == parsed('<a> schema:name "x" .')[0]


def test_a_file_in_another_encoding_has_places_too(tmp_path: Path) -> None:
    content = PREFIXES + '<a> schema:name "x" .\n<b> schema:name "Fès" .\n'
    first, *_ = file(tmp_path, content.encode("latin-1")).placed()
    assert selected(content, first) == ("<a>", '"x"')


WORDS: Final = st.text("abcأبت é1", max_size=6)
SPACE: Final = st.sampled_from([" ", "\n", "\r\n", "\t", "  \n\t", ' # a "comment", ; .\n', "\n\n# تعليق\r\n"])
OBJECTS: Final = st.one_of(
    WORDS.map(lambda text: f'"{text}"'),
    WORDS.map(lambda text: f'"{text}"@ar'),
    WORDS.map(lambda text: f'"""{text}\n"{text}\r\n"""'),
    WORDS.map(lambda text: f"'{text}'^^xsd:token"),
    st.sampled_from([r'"a \" b"', r'"\u0641"', "007", "-1.50", "1e3", "true", "<x/y>", "schema:x", "<x#y>", "<>"]),
)
STATEMENTS: Final = st.lists(
    st.tuples(
        st.sampled_from(["<a>", "<place/فاس>", "schema:a", "<>"]),
        st.lists(st.lists(OBJECTS, min_size=1, max_size=3), min_size=1, max_size=3),
    ),
    max_size=4,
)


@given(statements=STATEMENTS, data=st.data())
def test_places_follow_statements_wherever_they_move(
    tmp_path_factory: pytest.TempPathFactory, statements: list[tuple[str, list[list[str]]]], data: st.DataObject
) -> None:
    content = PREFIXES
    expected = []
    for subject, properties in statements:
        content += data.draw(SPACE)
        at_subject = (len(content), subject)
        content += subject
        for number, objects in enumerate(properties):
            content += (";" if number else "") + data.draw(SPACE) + f"schema:p{number}"
            for index, value in enumerate(objects):
                content += (data.draw(SPACE) + "," if index else "") + data.draw(SPACE)
                expected.append((at_subject, (len(content), value)))
                content += value
            content += data.draw(SPACE)
        content += "."
    source = file(tmp_path_factory.getbasetemp(), content, "generated.ttl")
    placed = list(source.placed())
    found = [
        ((offset(content, each.subject), subject), (offset(content, each.object), value))
        for each in placed
        for subject, value in [selected(content, each)]
    ]
    assert found == expected
    assert [each.triple for each in placed] == source.triples()


def offset(content: str, place: Place) -> int:
    """Where a place starts, counted anew: lines end with LF or CR LF."""
    lines = content.split("\n")[: (place.line or 0) - 1]
    return sum(len(line) + 1 for line in lines) + (place.column or 0) - 1


def test_in_the_files_of_this_project_the_text_at_each_place_is_the_object(project: Project) -> None:
    paths = [*project.turtle_files, *project.ontology_files]
    assert paths
    for path in paths:
        source = RdfFile(path, project.base, project.shown(path))
        content = read(path)
        placed = list(source.placed())
        assert named(each.triple for each in placed) == named(source.triples())
        head = "".join(re.findall(r"(?im)^@?(?:prefix|base) .*\n", content))
        statements: list[str] = []
        terms: list[object] = []
        for each in placed:
            subject, value = selected(content, each)
            if not isinstance(each.triple.subject, ox.BlankNode):
                statements.append(f"<x:s> <x:p> {subject} .")
                terms.append(each.triple.subject)
            if isinstance(each.triple.object, ox.BlankNode):
                assert value.startswith(("[", "(", "_:"))
            else:
                statements.append(f"<x:s> <x:p> {value} .")
                terms.append(each.triple.object)
        reread = ox.parse(head + "\n".join(statements), ox.RdfFormat.TURTLE, base_iri=project.base)
        assert [quad.object for quad in reread] == terms

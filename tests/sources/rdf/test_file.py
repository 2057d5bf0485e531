"""RDF files are read strictly, and each triple of a file in any format leads back to where it was written."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Severity
from ssekg.base.formats import FORMATS
from ssekg.base.messages import words as in_words
from ssekg.checks.run import CheckedGraph
from ssekg.graph.canonical import written
from ssekg.graph.jsonld import context, jsonld
from ssekg.sources.load import Sources
from ssekg.sources.places import PlacedTriple
from ssekg.sources.rdf.file import RdfFile
from tests.graphs import BASE, PREFIXES, canonical, cut, parsed

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


def selected(content: str, placed: PlacedTriple) -> tuple[str, str, str]:
    """What stands at the places of the subject, the predicate and the object."""
    return cut(content, placed.subject), cut(content, placed.predicate), cut(content, placed.object)


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
        ('<a> schema:name "x"', 1, 20, "a punctuation mark is missing"),
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
    sources.add_data(wrong)
    (finding,) = sources.findings
    assert (finding.code, finding.severity) == ("syntax-error", Severity.VIOLATION)
    assert finding.place is not None
    assert (finding.place.file, finding.place.line, finding.place.column) == ("data/x.ttl", HEAD_LINES + line, column)
    assert words in in_words(finding.arguments["problem"], "en")
    assert sources.data == []


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ('<a> schema:name "x"\n<b> schema:name "y" .', "تنقص علامة"),
        ('<a> other:name "x" .', "للبادئة «\u2068other:\u2069»"),
        ("<a> schema:name .", "ينبغي أن تكون قيمة مكان ."),
        ('<a> "x" schema:name .', "ينبغي أن تكون خاصية"),
        ('<a> schema:name "فاس@ar, "Fès"@fr .', "\u2068Fès\u2069"),
        ("<a> schema:name “x” .", "مستقيمتين"),
        ('<a> schema:name [ schema:name "x" .', "قوسا معقوفا"),
        ('<a> schema:name "\\q" .', "\\q"),
        ('<a> schema:name "x\ny" .', "ينتهي في سطره"),
        ('<a> schema:name "x"@ .', "لغة النص"),
        ("<a> schema:name <x y> .", "IRI"),
    ],
)
def test_what_is_wrong_with_the_turtle_is_said_in_the_steward_s_language(
    tmp_path: Path, turtle: str, words: str
) -> None:
    sources = Sources()
    sources.add_data(file(tmp_path, PREFIXES + turtle))
    (finding,) = sources.findings
    assert words in in_words(finding.arguments["problem"], "ar")


def test_json_that_is_nested_too_deeply_is_a_syntax_error(tmp_path: Path) -> None:
    deep = file(tmp_path, '{"http://p":' * 10_000 + "1" + "}" * 10_000, "x.jsonld")
    with pytest.raises(SyntaxError, match="500"):
        deep.triples()


def test_other_encodings_are_syntax_errors(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError) as caught:
        file(tmp_path, '<a> <b> "x" .\n<a> <b> "Fès" .\n'.encode("latin-1")).triples()
    assert caught.value.lineno == 2


# Places

FORMS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


# Formats that are read as Turtle is; of them, the smaller project is enough.
LIKE_TURTLE: Final = {"nt", "nq", "trig"}


@pytest.fixture(scope="module", params=[*FORMS, "jsonld"])
def whole(
    request: pytest.FixtureRequest,
    checked: CheckedGraph,
    other_checked: CheckedGraph,
    tmp_path_factory: pytest.TempPathFactory,
) -> RdfFile:
    """The graph of a project in one of the formats."""
    form = request.param
    graph = (other_checked if form in LIKE_TURTLE else checked).graph
    content = (
        jsonld(graph.data, context(graph.vocabulary, graph.terms))
        if form == "jsonld"
        else written(graph.data, FORMS[form], graph.prefixes)
    )
    suffix = next(each.suffix for each in FORMATS if each.name == form)
    path = tmp_path_factory.mktemp("whole") / f"graph{suffix}"
    path.write_bytes(content)
    return RdfFile(path, graph.base, path.name)


def test_the_graph_of_a_project_has_the_place_of_every_triple_in_every_format(whole: RdfFile) -> None:
    content = whole.path.read_text(encoding="utf-8")
    placed = list(whole.placed())
    assert [each.triple for each in placed] == whole.triples()
    lines = content.split("\n")

    def text(place: Any) -> str:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1] if place.end_line == place.line else ""

    told = [(each.triple, text(each.subject), text(each.predicate), text(each.object)) for each in placed]
    if whole.path.suffix == ".rdf":
        wrong = [each for each in told if not _is_xml_of(*each)]
    elif whole.path.suffix == ".jsonld":
        wrong = [each for each in told if not _is_json_of(*each)]
    else:
        head = "".join(re.findall(r"(?m)^@prefix .*\n", content))
        triples = "".join(f"{s} {p} {o} .\n" for _, s, p, o in told if o)
        reread = (quad.triple for quad in ox.parse(head + triples, ox.RdfFormat.TURTLE))
        wrong = [each for each, triple in zip((t for t in told if t[3]), reread, strict=True) if each[0] != triple]
    assert wrong == []


def _is_xml_of(triple: ox.Triple, subject: str, predicate: str, value: str) -> bool:
    spoken = str(getattr(triple.object, "value", ""))
    meant = spoken if predicate == value else triple.predicate.value  # the name of an element says its class
    return (
        f'rdf:about="{getattr(triple.subject, "value", "")}"' in unescape(subject)
        and meant.endswith(predicate.rpartition(":")[2])
        and (value in {"", predicate} or unescape(value) == spoken or unescape(value) == f'"{spoken}"')
    )


def _is_json_of(triple: ox.Triple, subject: str, predicate: str, value: str) -> bool:
    spoken = str(getattr(triple.object, "value", ""))
    about = str(getattr(triple.subject, "value", ""))
    meant = json.loads(value) if value else spoken
    if isinstance(meant, dict):
        meant = meant.get("@value", meant.get("value", meant))
    key = json.loads(predicate).rpartition(":")[2]
    return (
        about.endswith(json.loads(subject).rpartition(":")[2])
        and (key == "type" or triple.predicate.value.endswith(key) or "#" in triple.predicate.value)
        and (str(meant) == spoken or spoken.endswith(str(meant).rpartition(":")[2]) or not isinstance(meant, str))
    )


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.nq", "x.trig", "x.rdf", "x.owl", "x.jsonld"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_format_has_places(tmp_path: Path, name: str, mark: str, ends: str) -> None:
    content = {
        "x.ttl": '@prefix s: <http://s/> .\n\t<http://a> s:p "فاس"@ar ;\n  s:q "x" .',
        "x.nt": '# مكان\n\t<http://a>\t<http://s/p>\t"فاس"@ar .\n<http://a> <http://s/q> "x" .',
        "x.nq": '# مكان\n\t<http://a>\t<http://s/p>\t"فاس"@ar <http://g> .\n<http://a> <http://s/q> "x" _:g .',
        "x.trig": '@prefix s: <http://s/> .\nGRAPH <g>\t{ <http://a> s:p "فاس"@ar } <http://a> s:q "x" .',
        "x.rdf": RDF_XML,
        "x.owl": RDF_XML,
        "x.jsonld": '{"http://s/name": {"@value": "فاس", "@language": "ar"},\n\t"@id": "http://a"}',
    }[name].replace("\n", ends)
    source = file(tmp_path, mark + content, name)
    placed = list(source.placed())
    assert [each.triple for each in placed] == source.triples()
    expected = {
        ".rdf": [('<rdf:Description rdf:about="place/fes">', "s:name", "Fès")],
        ".jsonld": [('"http://a"', '"http://s/name"', '{"@value": "فاس", "@language": "ar"}')],
        ".nt": [("<http://a>", "<http://s/p>", '"فاس"@ar'), ("<http://a>", "<http://s/q>", '"x"')],
        ".ttl": [("<http://a>", "s:p", '"فاس"@ar'), ("<http://a>", "s:q", '"x"')],
    }
    expected |= {".owl": expected[".rdf"], ".nq": expected[".nt"], ".trig": expected[".ttl"]}
    assert [selected(content, each) for each in placed] == expected[source.path.suffix]


def test_only_what_is_wanted_is_placed(tmp_path: Path) -> None:
    source = file(tmp_path, '<a> <x:p> "x" . <b> <x:p> [ <x:q> "y" ] .')
    inner = next(t.subject for t in source.triples() if isinstance(t.subject, ox.BlankNode))
    (placed,) = source.placed({inner})
    assert placed.triple.object == ox.Literal("y")


def test_blank_nodes_are_called_the_same_at_each_reading_and_otherwise_in_each_file(tmp_path: Path) -> None:
    content = "_:x <x:p> [ <x:q> ( 1 [] ) ] . [] <x:p> _:x ."
    source, sources = file(tmp_path, content), Sources()
    assert source.triples() == source.triples() == file(tmp_path, content).triples()
    assert "_:x" in {str(triple.subject) for triple in source.triples()}
    for name in ("one.ttl", "two.ttl"):
        sources.add_data(file(tmp_path, content, name))
    one, two = ({node for t in each.placed() for node in (t.triple.subject, t.triple.object)} for each in sources.files)
    assert {node for node in one & two if isinstance(node, ox.BlankNode)} == set()
    assert canonical(sources.data[:7]) == canonical(sources.data[7:])

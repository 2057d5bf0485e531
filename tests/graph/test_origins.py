"""A triple of the graph leads back to the file, line and column where a steward wrote it."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.findings import Place
from ssekg.base.namespaces import DCT, RDF
from ssekg.graph.origins import Origins
from ssekg.sources.load import Sources
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import TableSource
from tests.graphs import BASE, cut, iri
from tests.namespaces import PREFIXES

NAME = ox.NamedNode("http://schema.org/name")
VALUE = ox.NamedNode("http://schema.org/value")
SOURCE = ox.NamedNode(DCT + "source")
TURTLE = """\
@prefix schema: <http://schema.org/> .
@prefix dct: <http://purl.org/dc/terms/> .

<place/fes> schema:name "Fès"@fr, "فاس"@ar ;
  schema:value 007 .
<place/fes> dct:source <source/a> .
<place/oujda> schema:name "Fès"@fr .
_:b schema:name "Fès"@fr .
"""
CSV = 'id,name,number\nfes,"Fès, ville",7\noujda,Oujda,\n'


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """A Turtle file and a table that speak of the same places."""
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "places.csv",
        "tableSchema": {
            "aboutUrl": "place/{id}",
            "columns": [
                {"name": "id", "suppressOutput": True},
                {"name": "name", "propertyUrl": "schema:name", "lang": "fr"},
                {"name": "number", "propertyUrl": "schema:value", "datatype": "integer"},
            ],
        },
    }
    (tmp_path / "places.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "places.csv-metadata.json").write_text(json.dumps(described), encoding="utf-8")
    (tmp_path / "places.ttl").write_text(TURTLE, encoding="utf-8")
    sources = Sources()
    sources.add_data(RdfFile(tmp_path / "places.ttl", BASE, "data/places.ttl"))
    description = tmp_path / "places.csv-metadata.json"
    sources.add_table(read_table(TableSource(description, BASE, "data/places.csv", "data/places.csv-metadata.json")))
    assert sources.findings == []
    return sources


def test_the_place_of_a_value_is_where_it_is_written(sources: Sources) -> None:
    origins = Origins(sources, [iri("place/fes")])
    number = ox.NamedNode(PREFIXES["xsd"] + "integer")
    assert origins.places(iri("place/fes"), NAME, ox.Literal("فاس", language="ar")) == [
        Place("data/places.ttl", 4, 35, 4, 43)
    ]
    assert origins.places(iri("place/fes"), NAME, ox.Literal("Fès, ville", language="fr")) == [
        Place("data/places.csv", 2, 5, 2, 17, "B2")
    ]
    assert origins.places(iri("place/fes"), VALUE, ox.Literal("007", datatype=number)) == [
        Place("data/places.ttl", 5, 16, 5, 19)
    ]
    assert origins.places(iri("place/fes"), SOURCE, iri("source/a")) == [Place("data/places.ttl", 6, 24, 6, 34)]


def test_a_property_without_a_value_leads_to_all_its_values(sources: Sources) -> None:
    places = Origins(sources, [iri("place/fes")]).places(iri("place/fes"), NAME)
    assert [(place.file, place.line, place.column) for place in places] == [
        ("data/places.ttl", 4, 25),
        ("data/places.ttl", 4, 35),
        ("data/places.csv", 2, 5),
    ]


@pytest.mark.parametrize(
    ("predicate", "value"),
    [(None, None), (SOURCE, None), (SOURCE, iri("source/a")), (NAME, ox.Literal("Rabat")), (None, ox.Literal("x"))],
)
def test_what_is_missing_leads_to_the_subject(
    sources: Sources, predicate: ox.NamedNode | None, value: ox.NamedNode | ox.Literal | None
) -> None:
    places = Origins(sources, [iri("place/oujda")]).places(iri("place/oujda"), predicate, value)
    assert places == [Place("data/places.ttl", 7, 1, 7, 14)]


def test_a_subject_is_at_home_where_its_class_is_stated(sources: Sources, tmp_path: Path) -> None:
    home = tmp_path / "home.ttl"
    home.write_text(
        "<place/fes> <https://example.net/p> 1 ;\n a <Region> .\n<place/oujda> a <City> .", encoding="utf-8"
    )
    sources.add_data(RdfFile(home, BASE, "data/home.ttl"))
    origins = Origins(sources, [iri("place/fes"), iri("place/oujda")])
    places = origins.places(iri("place/fes"))
    assert places == [Place("data/home.ttl", 1, 1, 1, 12), Place("data/places.ttl", 4, 1, 4, 12)]
    places = origins.places(iri("place/oujda"), SOURCE)
    assert places == [Place("data/home.ttl", 3, 1, 3, 14), Place("data/places.ttl", 7, 1, 7, 14)]


def test_a_subject_has_a_place_in_each_rdf_file_that_speaks_of_it(tmp_path: Path) -> None:
    sources = Sources()
    contents = {
        "a.nq": "<x:a> <x:p> <x:b> <x:g> .\n<x:a> <x:q> <x:b> .",
        "b.trig": "<x:g> { <x:b> <x:p> 1 . <x:a> <x:p> 2 }",
        "c.rdf": f'<r:RDF xmlns:r="{RDF}"><x:T xmlns:x="x:" r:about="x:a"/></r:RDF>',
        "d.jsonld": '{"@id": "x:a", "x:p": 3}',
        "e.ttl": "<x:b> <x:p> <x:a> .",
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        sources.add_data(RdfFile(tmp_path / name, BASE, name))
    places = Origins(sources, [ox.NamedNode("x:a")]).places(ox.NamedNode("x:a"))
    found = [(place.file, cut(contents[place.file], place)) for place in places]
    assert found == [
        ("c.rdf", '<x:T xmlns:x="x:" r:about="x:a"/>'),
        ("a.nq", "<x:a>"),
        ("b.trig", "<x:a>"),
        ("d.jsonld", '"x:a"'),
    ]


def test_a_blank_node_has_its_place_however_often_it_is_read(tmp_path: Path) -> None:
    content = "<x:a> <x:p> [ <x:q> 1 ], [ <x:q> 2 ] ."
    (tmp_path / "a.ttl").write_text(content, encoding="utf-8")
    (tmp_path / "b.ttl").write_text(content, encoding="utf-8")
    sources = Sources()
    for name in ("a.ttl", "b.ttl"):
        sources.add_data(RdfFile(tmp_path / name, BASE, name))
    nodes = [triple.subject for triple in sources.data if isinstance(triple.subject, ox.BlankNode)]
    origins = Origins(sources, nodes)
    found = [(place.file, cut(content, place)) for node in nodes for place in origins.places(node)]
    assert found == [(name, f"[ <x:q> {n} ]") for name in ("a.ttl", "b.ttl") for n in (1, 2)]
    (placed,) = origins.triples(*sources.data[0])
    assert cut(content, placed.predicate) == "<x:q>"


def test_what_is_written_twice_has_two_places(sources: Sources, tmp_path: Path) -> None:
    again = tmp_path / "again.ttl"
    again.write_text('<place/oujda> <http://schema.org/name> "Oujda"@fr, "Oujda"@fr .', encoding="utf-8")
    sources.add_data(RdfFile(again, BASE, "data/again.ttl"))
    places = Origins(sources, [iri("place/oujda")]).places(iri("place/oujda"), NAME, ox.Literal("Oujda", language="fr"))
    assert [(place.file, place.line, place.column) for place in places] == [
        ("data/places.csv", 3, 7),
        ("data/again.ttl", 1, 40),
        ("data/again.ttl", 1, 52),
    ]


def test_a_subject_that_is_nowhere_has_no_place(sources: Sources) -> None:
    origins = Origins(sources, [iri("place/rabat"), iri("place/oujda")])
    assert origins.places(iri("place/rabat"), NAME) == []
    assert origins.places(iri("place/fes"), NAME) == [], "only the subjects that were asked for are kept"


def test_files_that_do_not_parse_do_not_hide_the_others(sources: Sources, tmp_path: Path) -> None:
    for name, content in (("a.ttl", b'<x> <y> "z"'), ("b.ttl", b'<x> <y> "\xe9" .'), ("c.ttl", b"<x> <y> [ .")):
        (tmp_path / name).write_bytes(content)
        sources.add_data(RdfFile(tmp_path / name, BASE, f"data/{name}"))
    assert [finding.code for finding in sources.findings] == ["syntax-error"] * 3
    places = Origins(sources, [iri("place/oujda")]).places(iri("place/oujda"))
    assert [place.file for place in places] == ["data/places.ttl"]

"""Tables become the triples that csv2rdf asks for, and every mistake is found at its line and column."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Severity
from ssekg.project.settings import Project
from ssekg.reports.wording import hint_for
from ssekg.sources.keys import check_keys
from ssekg.sources.load import open_table
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from tests.graphs import BASE, canonical, cut, iri, parsed, read

Columns = list[dict[str, Any]]
Make = Callable[..., Table]

ID: Final = {"name": "id", "suppressOutput": True}
PARTIAL: Final = {
    "@id": "https://w3id.org/ssekg/ontology#PartialDate",
    "base": "string",
    "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
}
SLUG: Final = {"base": "string", "format": "[a-z0-9]+(-[a-z0-9]+)*"}


def write(folder: Path, columns: Columns, content: str | bytes, name: str = "t", **schema: Any) -> Table:
    """A table of these columns and this CSV; `schema` goes into the table schema, its subject is `thing/{id}`."""
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{name}.csv",
        "tableSchema": {"aboutUrl": "thing/{id}"} | schema | {"columns": columns},
    }
    (folder / f"{name}.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    described = folder / f"{name}.csv-metadata.json"
    described.write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")
    return opened(folder, name)


def opened(folder: Path, name: str = "t") -> Table:
    described = folder / f"{name}.csv-metadata.json"
    return read_table(TableSource(described, BASE, f"data/{name}.csv", f"data/{name}.csv-metadata.json"))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a table into a folder of the test and read it: `make(columns, csv, name=…, primaryKey=…)`."""
    return lambda *arguments, **options: write(tmp_path, *arguments, **options)


def value(datatype: Any, **more: Any) -> Columns:
    """An id column and a column `v` of a datatype with the property schema:value."""
    return [ID, {"name": "v", "propertyUrl": "schema:value", "datatype": datatype} | more]


def violations(table: Table) -> list[Finding]:
    return [finding for finding in table.findings if finding.severity is Severity.VIOLATION]


def assert_graph(table: Table, turtle: str) -> None:
    assert violations(table) == []
    assert canonical(table.triples()) == canonical(parsed(turtle))


# The constructs of csv2rdf in minimal mode


CONSTRUCTS: Final[dict[str, tuple[Columns, str, dict[str, Any], str]]] = {
    "subject from the schema": (
        [ID, {"name": "v", "propertyUrl": "schema:value"}],
        "id,v\na,x\nb,y\n",
        {"aboutUrl": "place/{id}"},
        '<place/a> schema:value "x" . <place/b> schema:value "y" .',
    ),
    "subject of a column": (
        [ID, {"name": "v", "propertyUrl": "schema:value", "aboutUrl": "thing/{id}#figure-{v}"}, {"name": "w"}],
        "id,v,w\na,7,x\n",
        {},
        '<thing/a#figure-7> schema:value "7" . <thing/a> <t.csv#w> "x" .',
    ),
    "a blank node a row where there is no subject": (
        [{"name": "v", "propertyUrl": "schema:value"}, {"name": "w", "propertyUrl": "schema:name"}],
        "v,w\nx,1\nx,2\n",
        {"aboutUrl": None},
        '[ schema:value "x" ; schema:name "1" ] . [ schema:value "x" ; schema:name "2" ] .',
    ),
    "property from the column's name": ([ID, {"name": "v"}], "id,v\na,x\n", {}, '<thing/a> <t.csv#v> "x" .'),
    "property from a cell": (
        [ID, {"name": "kind", "suppressOutput": True}, {"name": "v", "propertyUrl": "property/{kind}"}],
        "id,kind,v\na,size,x\n",
        {},
        '<thing/a> <property/size> "x" .',
    ),
    "value that is a thing": (
        [ID, {"name": "v", "propertyUrl": "dc:spatial", "valueUrl": "place/{v}"}],
        "id,v\na,fes\nb,\n",
        {},
        "<thing/a> dct:spatial <place/fes> .",
    ),
    "virtual columns": (
        [
            {"name": "id"},
            {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": "skos:Concept"},
            {"name": "gone", "virtual": True, "propertyUrl": "schema:v", "datatype": "boolean", "default": "true"},
            {"name": "link", "virtual": True, "aboutUrl": "x/{id}", "propertyUrl": "dc:source", "valueUrl": "y/{id}"},
            {"name": "empty", "virtual": True, "propertyUrl": "schema:nothing"},
        ],
        "id\na\n",
        {},
        '<thing/a> a skos:Concept ; schema:v true ; <t.csv#id> "a" . <x/a> dct:source <y/a> .',
    ),
    "two virtual columns of one name": (
        [
            ID,
            {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": "skos:Concept"},
            {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": "schema:Thing"},
        ],
        "id\na\n",
        {},
        "<thing/a> a skos:Concept, schema:Thing .",
    ),
    "language": (
        [
            ID,
            {"name": "ar", "propertyUrl": "skos:prefLabel", "lang": "ar"},
            {"name": "fr", "propertyUrl": "skos:prefLabel", "lang": "fr", "datatype": "string"},
            {"name": "none", "propertyUrl": "schema:name"},
        ],
        "id,ar,fr,none\na,فاس,Fès,FES\n",
        {},
        '<thing/a> skos:prefLabel "فاس"@ar, "Fès"@fr ; schema:name "FES" .',
    ),
    "language of the schema": (
        [
            ID,
            {"name": "v", "propertyUrl": "schema:name"},
            {"name": "w", "propertyUrl": "schema:name", "lang": "fr"},
            {"name": "n", "propertyUrl": "schema:value", "datatype": "integer"},
        ],
        "id,v,w,n\na,فاس,Fès,1\n",
        {"lang": "ar"},
        '<thing/a> schema:name "فاس"@ar, "Fès"@fr ; schema:value 1 .',
    ),
    "empty cells make nothing": (
        [ID, {"name": "v", "propertyUrl": "schema:value"}],
        'id,v\na,\nb,""\nc,x\n',
        {},
        '<thing/c> schema:value "x" .',
    ),
    "other texts for nothing": (
        [ID, {"name": "v", "null": ["", "-", "n/a"]}, {"name": "w", "null": "?"}],
        "id,v,w\na,-,?\nb,n/a,x\nc,,\n",
        {},
        '<thing/b> <t.csv#w> "x" . <thing/c> <t.csv#w> "" .',
    ),
    "nothing of the schema": (
        [ID, {"name": "v", "propertyUrl": "schema:value"}],
        "id,v\na,-\nb,x\n",
        {"null": "-"},
        '<thing/b> schema:value "x" .',
    ),
    "default of an empty cell": (
        [ID, {"name": "v", "propertyUrl": "schema:value", "default": "none"}],
        "id,v\na,\nb,x\n",
        {},
        '<thing/a> schema:value "none" . <thing/b> schema:value "x" .',
    ),
    "lists": (
        [
            ID,
            {"name": "v", "propertyUrl": "schema:value", "separator": "|", "lang": "fr"},
            {"name": "n", "propertyUrl": "schema:name", "separator": ";", "datatype": "integer"},
        ],
        "id,v,n\na,un|deux,1; 2\nb,un,\nc,|un|,3\n",
        {},
        (
            '<thing/a> schema:value "un"@fr, "deux"@fr ; schema:name 1, 2 . <thing/b> schema:value "un"@fr .'
            '<thing/c> schema:value "un"@fr ; schema:name 3 .'
        ),
    ),
    "suppressed columns": (
        [{"name": "id", "suppressOutput": True}, {"name": "v", "suppressOutput": True}, {"name": "w"}],
        "id,v,w\na,x,y\n",
        {},
        '<thing/a> <t.csv#w> "y" .',
    ),
    "templates of all forms": (
        [
            ID,
            {"name": "u", "propertyUrl": "schema:url", "valueUrl": "{+u}"},
            {"name": "p", "propertyUrl": "{+p}", "valueUrl": "source/{id}{#p}"},
            {"name": "n", "propertyUrl": "schema:name", "valueUrl": "place/{n}"},
        ],
        "id,u,p,n\na,https://example.org/x?y=1#z,schema:about,Fès / فاس\n",
        {},
        (
            "<thing/a> schema:url <https://example.org/x?y=1#z> ; schema:about <source/a#schema:about> ;"
            "schema:name <place/F%C3%A8s%20%2F%20%D9%81%D8%A7%D8%B3> ."
        ),
    ),
    "several cells in one template": (
        [
            {"name": "id", "propertyUrl": "dc:isPartOf", "aboutUrl": "source/{id}#p{p}", "valueUrl": "source/{id}"},
            {"name": "p", "suppressOutput": True, "datatype": "integer"},
        ],
        "id,p\na,3\na, 4 \n",
        {},
        "<source/a#p3> dct:isPartOf <source/a> . <source/a#p4> dct:isPartOf <source/a> .",
    ),
    "numbers and names of rows and columns": (
        [
            {"name": "id", "propertyUrl": "dc:isPartOf", "aboutUrl": "row/{_row}", "valueUrl": "line/{_sourceRow}"},
            {"name": "v", "propertyUrl": "schema:{_name}", "aboutUrl": "cell/{_row}{#_column,_sourceColumn}"},
        ],
        "id,v\na,x\n\nb,y\n",
        {},
        (
            "<row/1> dct:isPartOf <line/2> . <row/2> dct:isPartOf <line/4> ."
            '<cell/1#2,2> schema:v "x" . <cell/2#2,2> schema:v "y" .'
        ),
    ),
    "ordered list in a cell": (
        [ID, {"name": "v", "propertyUrl": "schema:value", "separator": ";", "ordered": True, "datatype": "integer"}],
        "id,v\na,3;1;2\nb,7\nc,\n",
        {},
        "<thing/a> schema:value (3 1 2) . <thing/b> schema:value (7) .",
    ),
    "blank records": (
        [ID, {"name": "v", "propertyUrl": "schema:value"}],
        "id,v\n\na,x\n,\n\nb,y\n\n",
        {},
        '<thing/a> schema:value "x" . <thing/b> schema:value "y" .',
    ),
    "quotes, commas, lines in a cell": (
        [ID, {"name": "v", "propertyUrl": "schema:value"}],
        'id,v\na,"one, ""two""\nthree"\nb, x \n',
        {},
        r'<thing/a> schema:value "one, \"two\"\nthree" . <thing/b> schema:value " x " .',
    ),
}


@pytest.mark.parametrize("case", CONSTRUCTS)
def test_constructs_of_csv2rdf(make: Make, case: str) -> None:
    columns, content, schema, turtle = CONSTRUCTS[case]
    assert_graph(make(columns, content, **schema), turtle)


@pytest.mark.parametrize(
    ("datatype", "text", "expected"),
    [
        ("string", "007", '"007"'),
        (None, "007", '"007"'),
        (SLUG, "fes-meknes", '"fes-meknes"'),
        ("integer", "007", '"007"^^xsd:integer'),
        ("integer", "-12", '"-12"^^xsd:integer'),
        ("integer", "  42 ", '"42"^^xsd:integer'),
        ("integer", "123456789012345678901234567890", '"123456789012345678901234567890"^^xsd:integer'),
        ("decimal", "1000.50", '"1000.50"^^xsd:decimal'),
        ("decimal", "0.10", '"0.10"^^xsd:decimal'),
        ("decimal", "-.5", '"-.5"^^xsd:decimal'),
        ("boolean", "true", '"true"^^xsd:boolean'),
        ("boolean", "0", '"0"^^xsd:boolean'),
        ("anyURI", "https://example.org/é?a=1&b=2", '"https://example.org/é?a=1&b=2"^^xsd:anyURI'),
        ("date", "2023-03-17", '"2023-03-17"^^xsd:date'),
        ("date", "2023-03-17Z", '"2023-03-17Z"^^xsd:date'),
        ("gYear", "2023", '"2023"^^xsd:gYear'),
        (PARTIAL, "2023", '"2023"^^xsd:gYear'),
        (PARTIAL, "2023-03", '"2023-03"^^xsd:gYearMonth'),
        (PARTIAL, "2024-02-29", '"2024-02-29"^^xsd:date'),
        ({"@id": "https://example.org/d#t", "base": "string"}, "POINT(1.10 2)", '"POINT(1.10 2)"^^<../d#t>'),
        ({"base": "decimal", "format": {"decimalChar": ",", "groupChar": " "}}, "1 000,50", '"1000.50"^^xsd:decimal'),
        ({"base": "boolean", "format": "نعم|لا"}, "نعم", "true"),
        ({"base": "date", "format": "dd/MM/yyyy"}, "17/03/2023", '"2023-03-17"^^xsd:date'),
        ({"base": "integer", "minimum": 1, "maximum": 16}, "16", "16"),
        ("number", "1.50", '"1.50"^^xsd:double'),
        ("datetime", "2023-03-17T10:00:00", '"2023-03-17T10:00:00"^^xsd:dateTime'),
        ("binary", "QUI=", '"QUI="^^xsd:base64Binary'),
        ("any", "x", '"x"^^xsd:anyAtomicType'),
        ("xml", "<b>x</b>", '"<b>x</b>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>'),
        ("html", "<br>", '"<br>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>'),
        ("json", "[1]", '"[1]"^^<http://www.w3.org/ns/csvw#JSON>'),
    ],
)
def test_datatypes_keep_what_is_written(make: Make, datatype: Any, text: str, expected: str) -> None:
    column = {"name": "v", "propertyUrl": "schema:value"} | ({"datatype": datatype} if datatype else {})
    assert_graph(make([ID, column], f'id,v\na,"{text}"\n'), f"<thing/a> schema:value {expected} .")


@pytest.mark.parametrize(
    ("datatype", "text", "code"),
    [
        ("integer", "12.0", "excel-number"),
        ("integer", "12.5", "table-datatype"),
        ("integer", "twelve", "table-datatype"),
        ("integer", "1,000", "excel-number"),
        ("integer", "1_000", "table-datatype"),
        ("integer", "١٢", "table-digits"),
        ("nonNegativeInteger", "١٢", "table-digits"),
        ("positiveInteger", "1_000", "table-datatype"),
        ("double", "١٢", "table-digits"),
        ("gYear", "٢٠٢٣", "table-digits"),
        ("gYearMonth", "2023-13", "table-datatype"),
        ("integer", "1e3", "excel-number"),
        ("integer", "100%", "excel-number"),
        ("integer", "INF", "table-datatype"),
        ("decimal", "12,5", "excel-number"),
        ("decimal", "١٢", "table-digits"),
        ("decimal", "12%", "excel-number"),
        ("decimal", "NaN", "text-placeholder"),
        ("decimal", "INF", "table-datatype"),
        ("boolean", "TRUE", "excel-boolean"),
        ("boolean", "نعم", "excel-boolean"),
        ("boolean", "ربما", "table-datatype"),
        ("date", "17/03/2023", "excel-date"),
        ("date", "2023-02-30", "table-datatype"),
        ("date", "2023-03-17T10:00:00", "table-datatype"),
        (SLUG, "Fes", "table-datatype"),
        (SLUG, "fes-", "table-datatype"),
        ({"base": "integer", "minimum": 1, "maximum": 16}, "17", "table-datatype"),
        ({"base": "string", "maxLength": 3}, "long", "table-datatype"),
    ],
)
def test_cells_that_are_not_of_their_datatype(make: Make, datatype: Any, text: str, code: str) -> None:
    table = make(value(datatype), f'id,v\na,"{text}"\nb,\n')
    assert [finding.code for finding in table.findings] == [code]
    assert table.findings[0].arguments["value"] == text
    assert table.findings[0].arguments["column"] == "v"
    assert list(table.triples()) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-13", "table-date"),
        ("2023-02-29", "table-date"),
        ("0000", "table-date"),
        ("23", "table-date"),
        ("2023-3-1", "excel-date"),
        ("17/03/2023", "excel-date"),
        ("2023-03-17T00:00", "excel-date"),
        ("2023-03-17T10:00", "table-date"),
        ("٢٠٢٣", "table-digits"),
    ],
)
def test_dates_that_do_not_exist(make: Make, text: str, code: str) -> None:
    table = make(value(PARTIAL), f'id,v\na,"{text}"\n')
    assert [finding.code for finding in table.findings] == [code]
    assert list(table.triples()) == []


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ({"datatype": SLUG}, "fes\n", '"fes"'),
        ({"datatype": PARTIAL}, " 2023", '"2023"^^xsd:gYear'),
        ({"datatype": SLUG, "valueUrl": "place/{v}"}, " fes", "<place/fes>"),
        ({"valueUrl": "place/{v}"}, "fes\u00a0", "<place/fes>"),
    ],
)
def test_spaces_around_what_is_no_text_are_one_violation(
    make: Make, column: dict[str, Any], cell: str, expected: str
) -> None:
    places_table = make([{"name": "id"}], "id\nfes\n", "places", primaryKey="id")
    columns = [ID, {"name": "v", "propertyUrl": "schema:value"} | column]
    links = [link("v", "places.csv", "id")] if "valueUrl" in column else []
    table = make(columns, f'id,v\na,"{cell}"\n', foreignKeys=links)
    assert [(finding.code, finding.severity) for finding in table.findings] == [("table-space", Severity.VIOLATION)]
    assert check_keys([table, places_table]) == []
    assert canonical(table.triples()) == canonical(parsed(f"<thing/a> schema:value {expected} ."))


def test_what_is_no_iri_is_told_and_not_lost_in_silence(make: Make) -> None:
    table = make([ID, {"name": "v", "valueUrl": "{+v}"}], "id,v\na,https://example.org/\nb,http://[bad\n")
    assert places(table.findings) == [("table-datatype", 3, 3)]
    assert table.findings[0].arguments["value"] == "http://[bad"


def test_a_subject_that_is_no_iri_is_told_once_a_row(make: Make) -> None:
    columns: Columns = [
        {"name": "id", "suppressOutput": True},
        {"name": "v", "propertyUrl": "schema:value", "aboutUrl": "{+id}"},
        {"name": "w", "propertyUrl": "schema:name", "aboutUrl": "{+id}"},
    ]
    table = make(columns, "id,v,w\nhttp://[bad,x,y\nok,x,y\nhttp://[bad,x,y\n")
    assert places(table.findings) == [("table-datatype", 2, 1), ("table-datatype", 4, 1)]
    assert len(table.triples()) == 2


TITLES: Final[Columns] = [
    {"name": "id", "suppressOutput": True, "titles": {"ar": "المعرّف", "fr": "Identifiant", "en": "Identifier"}},
    {"name": "name", "propertyUrl": "schema:name", "titles": {"ar": "الاسم", "fr": "Nom", "en": ["Name", "Full name"]}},
    {"name": "n", "propertyUrl": "schema:value", "titles": {"ar": "العدد", "fr": "Nombre"}, "datatype": "integer"},
]


@pytest.mark.parametrize(
    "content",
    [
        "id,name,n\na,فاس,12\n",
        "المعرّف,الاسم,العدد\na,فاس,12\n",
        "n,name,id\n12,فاس,a\n",
        "العدد,الاسم,المعرّف\n12,فاس,a\n",
        "Nombre,Full name,المعرّف\n12,فاس,a\n",
        '"Identifiant","Nom","Nombre"\r\n"a","فاس","12"\r\n',
        "\ufeffالمعرّف,الاسم,العدد\na,فاس,12",
    ],
)
def test_header_in_any_language_and_order(make: Make, content: str) -> None:
    assert_graph(make(TITLES, content), '<thing/a> schema:name "فاس" ; schema:value 12 .')


# What is no text, and what a spreadsheet would compute, has findings of its own.
TEXTS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"], include_characters="\t\r\n"), max_size=12
).filter(lambda text: "\ufffd" not in text and not text.startswith(("=", "#")))
# A dot alone is no name in an IRI: it is resolved away (RFC 3986, 5.2.4).
SLUGS: Final = TEXTS.filter(lambda text: text not in {".", ".."} and text == text.strip())
ROWS: Final = st.lists(
    st.fixed_dictionaries(
        {
            "id": SLUGS.filter(bool),
            "name": TEXTS,
            "place": SLUGS,
            "number": st.from_regex(r"[+-]?[0-9]{1,6}(\.[0-9]{1,3})?", fullmatch=True),
            "tags": st.lists(TEXTS.filter(lambda text: text and "|" not in text), max_size=3).map("|".join),
        }
    ),
    max_size=5,
)


@given(
    rows=ROWS,
    quoted=st.booleans(),
    ends=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    order=st.permutations(["id", "name", "place", "number", "tags"]),
)
def test_rows_read_back_as_a_plain_reading_has_them(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, str]],
    quoted: bool,
    ends: str,
    mark: str,
    order: list[str],
) -> None:
    columns: Columns = [
        ID,
        {"name": "name", "propertyUrl": "skos:prefLabel", "lang": "ar"},
        {"name": "place", "propertyUrl": "dc:spatial", "valueUrl": "place/{place}"},
        {"name": "number", "propertyUrl": "schema:value", "datatype": "decimal"},
        {"name": "tags", "propertyUrl": "schema:keywords", "separator": "|"},
    ]
    records = [order, *([row[name] for name in order] for row in rows)]
    content = mark + "".join(",".join(cell(text, quoted) for text in record) + ends for record in records)
    table = write(tmp_path_factory.getbasetemp(), columns, content, "generated")
    assert violations(table) == []
    assert set(table.triples()) == set(plainly(rows))


def cell(text: str, quoted: bool) -> str:
    return '"' + text.replace('"', '""') + '"' if quoted or re.search('[",\r\n]', text) else text


def plainly(rows: list[dict[str, str]]) -> Iterable[ox.Triple]:
    skos, dct, schema = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/", "http://schema.org/"
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    for row in rows:
        subject = iri("thing/" + quote(row["id"], safe=""))
        if row["name"]:
            yield ox.Triple(subject, ox.NamedNode(skos + "prefLabel"), ox.Literal(row["name"], language="ar"))
        if row["place"]:
            yield ox.Triple(subject, ox.NamedNode(dct + "spatial"), iri("place/" + quote(row["place"], safe="")))
        yield ox.Triple(subject, ox.NamedNode(schema + "value"), ox.Literal(row["number"], datatype=decimal))
        for tag in row["tags"].split("|") if row["tags"] else ():
            yield ox.Triple(subject, ox.NamedNode(schema + "keywords"), ox.Literal(tag))


# Findings and their places


def places(findings: Iterable[Finding]) -> list[tuple[str, int | None, int | None]]:
    return [(f.code, f.place.line, f.place.column) for f in findings if f.place is not None]


NAMED: Final[Columns] = [
    {"name": "id", "required": True, "suppressOutput": True},
    {"name": "name", "propertyUrl": "schema:name"},
    {"name": "n", "propertyUrl": "schema:value", "datatype": "integer"},
    {"name": "date", "propertyUrl": "dc:date", "datatype": PARTIAL},
]
HEAD: Final = "id,name,n,date\n"
MISTAKES: Final[dict[str, tuple[str, list[tuple[str, int, int]]]]] = {
    "unknown column": ("id,name,n,colour,date\na,x,1,red,2023\n", [("table-unknown-column", 1, 11)]),
    "repeated column": ("id,name,n,date,name\na,x,1,2023,y\n", [("table-repeated-column", 1, 16)]),
    "repeated under another title": ('id,name,n,date,"الاسم"\na,x,1,2023,y\n', [("table-repeated-column", 1, 16)]),
    "missing column": ("id,name,date\na,x,2023\n", [("table-missing-column", 1, 1)]),
    "empty file": ("", [("table-missing-column", 1, 1)] * 4),
    "cell too many": (HEAD + "a,x,1,2023\nb,x, y,1,2023\n", [("table-ragged-row", 3, 1)]),
    "cell too few": (HEAD + "a,x,1\nb,x,1,2023\n", [("table-ragged-row", 2, 1)]),
    "empty id": (HEAD + "a,x,1,2023\n,x,1,2023\n", [("table-required", 3, 1)]),
    "no number": (HEAD + "a,x,one,2023\n", [("table-datatype", 2, 5)]),
    "no date": (HEAD + "a,x,1,2023-13\n", [("table-date", 2, 7)]),
    "after commas in quotes": (HEAD + 'a,"x, y, z",one,2023\n', [("table-datatype", 2, 13)]),
    "after doubled quotes": (HEAD + 'a,"x ""y"", z",one,2023\n', [("table-datatype", 2, 16)]),
    "after a quote inside a cell": (HEAD + 'a,6" wide,one,2023\n', [("table-datatype", 2, 11)]),
    "after Arabic": (HEAD + "a,المكتب الوطني,one,2023\n", [("table-datatype", 2, 17)]),
    "after diacritics": (HEAD + "a,مَكْتَبٌ,one,2023\n", [("table-datatype", 2, 12)]),
    "after a character outside the plane": (HEAD + "a,𞸀𞸁,one,2023\n", [("table-datatype", 2, 6)]),
    "after empty cells": (HEAD + "a,,,2023-99\n", [("table-date", 2, 5)]),
    "in a quoted cell": (HEAD + 'a,x,"one",2023\n', [("table-datatype", 2, 5)]),
    "after lines in a cell": (HEAD + 'a,"x\ny\nz",one,2023\n', [("table-datatype", 4, 4)]),
    "after a record of several lines": (HEAD + 'a,"x\ny",1,2023\nb,x,one,2023\n', [("table-datatype", 4, 5)]),
    "after blank lines": (HEAD + "\n\na,x,one,2023\n", [("table-datatype", 4, 5)]),
    "in a header of several lines": (
        'id,name,n,"da\nte"\na,x,1,2023\nb,x,one,2023\n',
        [
            ("table-unknown-column", 1, 11),
            ("table-missing-column", 1, 1),
            ("table-datatype", 4, 5),
        ],
    ),
    "without a line end": (HEAD + "a,x,1,2023-00", [("table-date", 2, 7)]),
    "quotation mark left open": (HEAD + 'a,x,1,2023\nb,"x,1,2023\nc,x,1,2023\n', [("table-syntax", 3, 1)]),
    "text after a quoted cell": (HEAD + 'a,"x" y,1,2023\n', [("table-syntax", 2, 1)]),
    "everything at once": (
        HEAD + 'a,x,one,2023-13\n,x,2,\nb,x\nc,"x\ny",three,23\nd,ok,4,2023\n,,x,y\n',
        [
            ("table-datatype", 2, 5),
            ("table-date", 2, 9),
            ("table-required", 3, 1),
            ("table-ragged-row", 4, 1),
            ("table-datatype", 6, 4),
            ("table-date", 6, 10),
            ("table-required", 8, 1),
            ("table-datatype", 8, 3),
            ("table-date", 8, 5),
        ],
    ),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("case", MISTAKES)
def test_mistakes_have_their_line_and_column(make: Make, case: str, mark: str, ends: str) -> None:
    content, expected = MISTAKES[case]
    columns = [NAMED[0], NAMED[1] | {"titles": {"ar": "الاسم"}}, *NAMED[2:]]
    findings = make(columns, mark + content.replace("\n", ends)).findings
    assert places(findings) == expected
    assert {finding.place.file for finding in findings if finding.place} == {"data/t.csv"}
    assert {finding.severity for finding in findings} == {Severity.VIOLATION}


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_place_of_a_mistake_is_the_whole_cell(make: Make, ends: str) -> None:
    content = (HEAD + 'a,"x, ""y""",one,2023\nب,مكتب,"o\nne",99\n').replace("\n", ends)
    findings = make(NAMED, content).findings
    selected = [cut(content, finding.place) for finding in findings if finding.place]
    assert selected == ["one", f'"o{ends}ne"', "99"]


def test_every_part_of_a_list_is_checked(make: Make) -> None:
    table = make(value("integer", separator="|"), "id,v\na,1|x|2|y\n")
    assert places(table.findings) == [("table-datatype", 2, 3)] * 2
    assert [finding.arguments["value"] for finding in table.findings] == ["x", "y"]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("id,name\na,Fès\n".encode("latin-1"), 2, 4),
        ("id,name\r\na,x\r\nب,Fès\r\n".encode().replace("è".encode(), b"\xe8"), 3, 4),
        (b"\xef\xbb\xbfid,name\nF\xe8s,x\n", 2, 2),
        ("id,name\na,Fès\n".encode("utf-16"), 1, 1),
    ],
)
def test_other_encodings_are_found_where_they_start(make: Make, content: bytes, line: int, column: int) -> None:
    table = make([ID, {"name": "name"}], content)
    assert places(table.findings) == [("table-encoding", line, column)]
    assert list(table.triples()) == []


@pytest.mark.parametrize(
    ("description", "line", "words"),
    [
        ('{"url": "t.csv",\n "tableSchema": {]}', 2, "Expecting"),
        ("[]", 1, "tableSchema"),
        ('{"url": "t.csv"}', 1, "tableSchema"),
        ('{"tableSchema": {"columns": []}}', 1, "url"),
        ('{"url": "t.csv", "tableSchema": "https://example.org/schema.json"}', 1, "tableSchema"),
        ('{"url": "t.csv", "tableSchema": {"columns": [{"name": "id", "colour": 1}]}}', 1, "colour"),
        ('{"url": "t.csv", "tableSchema": {"columns": [{"name": "id"}, {"name": "id"}]}}', 1, "uplicate"),
        ('{"url": "t.csv", "tableSchema": {"columns": [{"name": "id", "datatype": "number!"}]}}', 1, "number!"),
        ('{"url": "t.csv", "tableSchema": {"columns": [{"name": "id"}], "primaryKey": "di"}}', 1, "di"),
        (
            (
                '{"url": "t.csv", "tableSchema": {"columns": [{"name": "id"}],\n "foreignKeys": ['
                '{"columnReference": "place", "reference": {"resource": "t.csv", "columnReference": "id"}}]}}'
            ),
            1,
            "place",
        ),
        (
            (
                '{"url": "t.csv", "tableSchema": {"columns": [{"name": "id"}],\n "foreignKeys": ['
                '{"columnReference": "id", "reference": {"resource": "t.csv"}}]}}'
            ),
            1,
            "foreignKeys",
        ),
        (
            (
                '{"url": "t.csv", "tableSchema": {"columns": [{"name": "id"}],\n "foreignKeys": ['
                '{"columnReference": "id", "reference": {"resource": "t.csv", "columnReference": [{}]}}]}}'
            ),
            1,
            "foreignKeys",
        ),
        (
            (
                '{"url": "t.csv", "tableSchema": {"columns": [{"name": "id"}],\n "foreignKeys": ['
                '{"columnReference": [[]], "reference": {"resource": "t.csv", "columnReference": "id"}}]}}'
            ),
            1,
            "[]",
        ),
    ],
)
def test_mistakes_in_the_description(tmp_path: Path, description: str, line: int, words: str) -> None:
    (tmp_path / "t.csv").write_text("id\na\n", encoding="utf-8")
    (tmp_path / "t.csv-metadata.json").write_text(description, encoding="utf-8")
    table = opened(tmp_path)
    assert [finding.code for finding in table.findings] == ["table-description"]
    place = table.findings[0].place
    assert place is not None
    assert (place.file, place.line) == ("data/t.csv-metadata.json", line)
    assert words in str(table.findings[0].arguments["problem"])
    assert list(table.triples()) == []
    assert check_keys([table]) == []


@pytest.mark.parametrize("missing", ["t.csv", "t.csv-metadata.json"])
def test_missing_files_are_named(make: Make, tmp_path: Path, missing: str) -> None:
    make([ID], "id\na\n")
    (tmp_path / missing).unlink()
    with pytest.raises(CannotRunError) as caught:
        opened(tmp_path)
    assert caught.value.code == "unreadable-file"
    assert f"data/{missing}" in caught.value.message("en")


# Keys and links


def link(columns: str | list[str], table: str, target: str | list[str]) -> dict[str, Any]:
    return {"columnReference": columns, "reference": {"resource": table, "columnReference": target}}


def test_repeated_keys(make: Make) -> None:
    table = make([ID, {"name": "v"}], "id,v\na,1\nb,2\na,3\nA,4\na,5\n", primaryKey="id")
    findings = check_keys([table])
    assert places(findings) == [("table-repeated-key", 4, 1), ("table-repeated-key", 6, 1)]
    assert findings[0].arguments == {"key": "a", "columns": "id", "line": "2"}


def test_keys_of_several_columns(make: Make) -> None:
    columns = [{"name": "v"}, {"name": "source"}, {"name": "number", "datatype": "integer"}]
    content = "v,source,number\n1,s,1\n2,s,2\n3,t,1\n4,s, 2\n5,,\n6,,\n"
    findings = check_keys([make(columns, content, primaryKey=["source", "number"])])
    assert places(findings) == [("table-repeated-key", 5, 3)]
    assert findings[0].arguments == {"key": "s, 2", "columns": "source, number", "line": "3"}


def test_links_to_another_table(make: Make) -> None:
    places_table = make([{"name": "id"}], "id\nfes\noujda\n", "places", primaryKey="id")
    columns = [ID, {"name": "name"}, {"name": "place"}]
    content = 'id,name,place\na,"x, y",fes\nb,مكتب,taza\nc,z,\nd,z,Fes\ne,z,oudja\n'
    table = make(columns, content, "events", foreignKeys=[link("place", "places.csv", "id")])
    findings = check_keys([table, places_table])
    assert places(findings) == [("table-dangling-link", line, column) for line, column in ((3, 8), (5, 5), (6, 5))]
    assert findings[0].arguments == {"value": "taza", "column": "place", "table": "places.csv"}
    assert [hint_for(finding, "en") for finding in findings[1:]] == [
        f"Correct the spelling, or add the record to places.csv first. Did you mean {meant}?"
        for meant in ("fes", "oujda")
    ]
    assert findings[0].place is not None
    assert findings[0].place.file == "data/events.csv"


@pytest.mark.parametrize("content", [b"id\nf\xe8s\n", b"PK\x03\x04"])
def test_links_into_a_table_that_can_not_be_read_are_not_held_against_it(make: Make, content: bytes) -> None:
    places_table = make([{"name": "id"}], content, "places", primaryKey="id")
    table = make(
        [ID, {"name": "place"}], "id,place\na,fes\n", "events", foreignKeys=[link("place", "places.csv", "id")]
    )
    assert places_table.findings
    assert check_keys([table, places_table]) == []


def test_links_within_a_table(make: Make) -> None:
    content = "id,part_of\na,\nb,a\nc,d\nd,b\ne,x\n"
    table = make([ID, {"name": "part_of"}], content, foreignKeys=[link("part_of", "t.csv", "id")])
    assert places(check_keys([table])) == [("table-dangling-link", 6, 3)]


def test_links_of_several_columns(make: Make) -> None:
    passages = make([{"name": "source"}, {"name": "number"}], "source,number\ns,1\ns,2\nt,1\n", "passages")
    columns = [ID, {"name": "source"}, {"name": "paragraph"}]
    content = "id,source,paragraph\na,s,2\nb,t,2\nc,t,\nd,,\n"
    keys = [link(["source", "paragraph"], "passages.csv", ["source", "number"])]
    findings = check_keys([make(columns, content, foreignKeys=keys), passages])
    assert places(findings) == [("table-dangling-link", 3, 5)]
    assert findings[0].arguments["value"] == "t, 2"


def test_links_to_a_table_that_is_not_there(make: Make) -> None:
    table = make([ID, {"name": "place"}], "id,place\na,fes\n", foreignKeys=[link("place", "places.csv", "id")])
    findings = check_keys([table])
    assert places(findings) == [("table-unknown-table", 1, 1)]
    assert findings[0].arguments == {"column": "place", "table": "places.csv"}
    assert findings[0].place is not None
    assert findings[0].place.file == "data/t.csv-metadata.json"


# Places of triples


def test_triples_have_the_place_of_their_cell(make: Make) -> None:
    columns = [
        ID,
        {"name": "name", "propertyUrl": "schema:name", "lang": "fr"},
        {"name": "place", "propertyUrl": "dc:spatial", "valueUrl": "place/{place}"},
        {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": "schema:Event"},
    ]
    content = 'id,name,place\r\na,"Le ""congrès"",\r\nsuite",fes\r\nب,Forum,\r\n'
    placed = list(make(columns, content).placed())
    selected = [(cut(content, each.subject), cut(content, each.object)) for each in placed]
    assert selected == [
        ("a", '"Le ""congrès"",\r\nsuite"'),
        ("a", "fes"),
        ("a", "a"),
        ("ب", "Forum"),
        ("ب", "ب"),
    ]
    assert {each.object.file for each in placed} == {"data/t.csv"}


def test_places_in_the_tables_of_this_project_hold_what_the_triples_say(project: Project) -> None:
    checked = 0
    for description in project.table_descriptions:
        table = open_table(project, description)
        text = read(table.path)
        triples = list(table.triples())
        placed = list(table.placed())
        assert [each.triple for each in placed] == triples
        virtual = {column.predicate.text for column in table.columns if column.index is None}
        for each in placed:
            if isinstance(each.triple.object, ox.Literal) and each.triple.predicate.value not in virtual:
                cell = next(csv.reader(io.StringIO(cut(text, each.object), newline="")))[0]
                assert each.triple.object.value in cell
                checked += 1
    assert checked > 100

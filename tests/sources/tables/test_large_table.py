"""A large table, read in parts, has the same triples, findings and places as one that is read at once."""

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssekg.project.settings import read_project
from ssekg.sources.keys import check_keys
from ssekg.sources.load import table_alone
from ssekg.sources.tables import large_csv
from ssekg.sources.tables.large_table import LargeTable, read_large_table
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from tests.graphs import BASE

ROOT: Final = Path(__file__).parents[3]
SPOILED: Final = ROOT / "tests/data/tables"
LARGE: Final = 60_000  # bytes; reading cell by cell takes its time
SSE: Final = "https://w3id.org/ssekg/ontology#"


def triples_in(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)}


def each(work: Callable[..., Any], tasks: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    return (work(*task) for task in tasks)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_csv, "_RECORDS", 3)


def assert_same(source: TableSource, folder: Path) -> Table:
    """Read a table in both ways; what differs fails. Gives the one that was read in parts."""
    once = read_table(source)
    target = folder / "triples.nt"
    parts = read_large_table(source, target, each)
    assert triples_in(target) == set(once.triples())
    assert list(parts.findings) == list(once.findings)
    assert parts.is_incomplete == once.is_incomplete
    assert [each.name for each in parts.columns] == [each.name for each in once.columns]
    assert check_keys([parts]) == check_keys([once])
    if isinstance(parts, LargeTable):
        assert parts.spoiled == once.spoiled
        wanted = {*sorted({triple.subject for triple in once.triples()}, key=str)[::3]}
        parts.found.update(wanted)
        assert [*parts.placed(wanted)] == [*once.placed(wanted)]
        assert parts.grid is not None
        for row in parts.rows:
            assert parts.cell_place(row, 0) == once.cell_place(row, 0)
    return parts


@pytest.mark.parametrize("path", sorted(SPOILED.glob("*.csv")), ids=lambda path: path.stem)
def test_spoiled_tables_are_told_of_alike(path: Path, tmp_path: Path) -> None:
    source = TableSource(SPOILED / "laws.csv-metadata.json", BASE, path.name, "laws.csv-metadata.json", path)
    assert_same(source, tmp_path)


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests/data/second_project"], ids=["this", "second"])
def test_tables_of_projects_are_the_same_in_parts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_csv, "_RECORDS", 40)
    project = read_project(folder)
    tables = [
        assert_same(table_alone(path.with_name(path.name.removesuffix("-metadata.json")), 1, project), tmp_path)
        for path in project.table_descriptions
        if path.with_name(path.name.removesuffix("-metadata.json")).stat().st_size < LARGE
    ]
    assert any(isinstance(table, LargeTable) and table.rows for table in tables)


def test_a_header_after_parts_without_anything_is_found(tmp_path: Path) -> None:
    path = tmp_path / "laws.csv"
    path.write_text("\n" * 8 + "id,nmae\n" + "\n" * 5 + "a,b\n", encoding="utf-8")
    source = TableSource(SPOILED / "laws.csv-metadata.json", BASE, path.name, "laws.csv-metadata.json", path)
    table = assert_same(source, tmp_path)
    assert [each.place.line for each in table.findings if each.place and each.code == "table-unknown-column"] == [9]


HEADER: Final = "id,name,dahir,code,date,articles,budget,in_force"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"", 0),
        (b"\xef\xbb\xbf", 0),
        (b"\r\n\r\n", 0),
        (HEADER.encode(), 0),
        (f"\ufeff{HEADER}\na,b,,,,,,\n".encode(), 1),
        (f"sep=;\n{HEADER.replace(',', ';')}\na;b;;;;;;\nb;c;;;;;x;\n\n".encode(), 2),
        (f"{HEADER}\ra,b,,,,,,\rc,d,,,,,x,\r".encode(), 2),
        (f'{HEADER}\na,"b\nc",,,,,,\nd,"e\r\nf",,,,,q,\n"g'.encode(), 2),
        (f"{HEADER}\na,b\u2028c,,,,,,\nb,c\x0bd,,,,,,\nq,\x85,,,,,zz,\n".encode(), 3),
        (f"{HEADER}\n{'a,b,,,,,,' * 5}\nx,\udcff,,,,,,\n".encode("utf-8", "surrogateescape"), 0),
        (f"{HEADER}\n\ud800,b,,,,,,\n".encode("utf-8", "surrogatepass"), 1),
        (HEADER.encode("utf-16"), 0),
    ],
)
def test_files_of_any_form_are_told_of_alike(tmp_path: Path, content: bytes, rows: int) -> None:
    path = tmp_path / "laws.csv"
    path.write_bytes(content)
    source = TableSource(SPOILED / "laws.csv-metadata.json", BASE, path.name, "laws.csv-metadata.json", path)
    assert len(assert_same(source, tmp_path).rows) == rows


def test_what_is_no_utf8_far_down_is_told_of_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_csv, "_HEAD", 80)
    path = tmp_path / "laws.csv"
    path.write_bytes(f"{HEADER}\n".encode() + b"a,b,,,,,,\n" * 20 + "x,thé,,,,,,\n".encode("cp1252"))
    source = TableSource(SPOILED / "laws.csv-metadata.json", BASE, path.name, "laws.csv-metadata.json", path)
    assert [each.code for each in assert_same(source, tmp_path).findings] == ["table-encoding"]


# Each kind of column, and texts that are right, wrong or odd in some of them.
COLUMNS: Final[list[dict[str, Any]]] = [
    {"name": "id", "required": True, "datatype": {"base": "string", "format": "[a-z0-9]+(-[a-z0-9]+)*"}},
    {"name": "name", "propertyUrl": "rdfs:label", "lang": "fr"},
    {"name": "note", "propertyUrl": "rdfs:comment", "default": "none given", "null": ["", "-"]},
    {"name": "members", "propertyUrl": SSE + "members", "datatype": "integer", "required": True},
    {"name": "share", "propertyUrl": SSE + "share", "datatype": "decimal", "aboutUrl": "body/{id}#share"},
    {"name": "since", "propertyUrl": SSE + "since", "datatype": {"@id": SSE + "PartialDate", "base": "string"}},
    {"name": "open", "propertyUrl": SSE + "open", "datatype": {"base": "boolean", "format": "yes|no"}},
    {"name": "kind", "propertyUrl": "rdf:type", "valueUrl": "{+kind}"},
    {"name": "part_of", "propertyUrl": SSE + "partOf", "valueUrl": "body/{part_of}"},
    {"name": "aims", "propertyUrl": SSE + "aim", "valueUrl": "aim/{aims}", "separator": "|"},
    {
        "name": "sources",
        "propertyUrl": "http://purl.org/dc/terms/source",
        "valueUrl": "source/{sources}",
        "separator": "|",
        "datatype": {"@id": "https://w3id.org/ssekg/tool#SourceList", "base": "string"},
    },
    {"name": "other", "propertyUrl": SSE + "other", "separator": ";", "datatype": "integer"},
    {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": SSE + "Body"},
    {
        "name": "measured",
        "virtual": True,
        "propertyUrl": SSE + "measured",
        "default": "members",
        "https://w3id.org/ssekg/tool#onlyWith": "share",
    },
]
UNUSUAL: Final[list[dict[str, Any]]] = [
    {"name": "ranks", "propertyUrl": SSE + "rank", "separator": " ", "ordered": True},
    {"name": "pair", "virtual": True, "propertyUrl": SSE + "pair", "valueUrl": "pair/{id}-{part_of}"},
    {"name": "nth", "virtual": True, "propertyUrl": SSE + "nth", "valueUrl": "nth/{_row}-{_sourceRow}"},
]
TEXTS: Final = st.one_of(
    st.sampled_from(
        [
            *("", "a", "b", "coop-1", "coop-2", "Coopérative Amal", "تعاونية الأمل", "12", "007", "3.5", "1 000"),
            *("2020", "2020-05", "2020-05-31", "2020-13", "31/05/2020", "yes", "no", "oui", "n/a", "néant", "-"),
            *(
                "=1+1",
                "#REF!",
                "rdfs:Class",
                "a|b",
                "a|",
                "a|a",
                "b#p2|a",
                "1;2",
                " spaced ",
                "line\nbreak",
                'quo"te',
            ),
            *("thÃ©", "x\u202ey", "a b", "é" * 50, "body/x", "%20", "{x}", "x\u0001", "café"),
        ]
    ),
    st.text(max_size=8),
)
ROWS: Final = st.lists(st.lists(TEXTS, min_size=11, max_size=13), max_size=12)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), end=st.sampled_from(["\n", "\r\n"]))
def test_any_records_are_the_same_in_parts(data: st.DataObject, end: str, tmp_path: Path) -> None:
    unusual = data.draw(st.lists(st.sampled_from(UNUSUAL), max_size=1))
    columns = sorted([*COLUMNS, *unusual], key=lambda each: each.get("virtual", False))
    names = [each["name"] for each in columns if not each.get("virtual")]
    rows = data.draw(ROWS)
    usual = data.draw(st.lists(st.sampled_from(USUAL), max_size=8))
    empty = data.draw(st.lists(st.sampled_from([[], [""] * 12]), max_size=4))
    mixed = data.draw(st.permutations([*rows, *usual, *empty]))
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator=end)
    writer.writerow(names)
    writer.writerows([*row, "2 1"] if unusual and len(row) == len(names) - 1 else row for row in mixed)
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "bodies.csv",
        "tableSchema": {
            "aboutUrl": "body/{id}",
            "primaryKey": "id",
            "foreignKeys": [
                {"columnReference": "part_of", "reference": {"resource": "bodies.csv", "columnReference": "id"}}
            ],
            "columns": columns,
        },
    }
    path = tmp_path / "bodies.csv"
    path.write_bytes(content.getvalue().encode("utf-8", "surrogatepass"))
    description = tmp_path / "bodies.csv-metadata.json"
    description.write_text(json.dumps(described), encoding="utf-8")
    table = assert_same(TableSource(description, BASE, "bodies.csv", description.name, path), tmp_path)
    assert table.columns


USUAL: Final = [
    ["coop-1", "Coopérative Amal", "", "12", "3.5", "2020", "yes", "rdfs:Class", "", "a|b", "a#p2|b", "1;2"],
    ["coop-2", "تعاونية", "Rien à dire", "7", "", "2020-05", "no", "", "coop-1", "", "", ""],
    ["coop-3", "", "-", "0", "0.10", "2020-05-31", "", "rdfs:Class", "coop-9", "a", "a", "5"],
]


def test_parquet_is_read_as_a_csv_with_the_same_cells(tmp_path: Path) -> None:
    columns = [*COLUMNS[:6], {"name": "day", "propertyUrl": SSE + "day", "datatype": "date"}, COLUMNS[6]]
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "bodies.csv",
        "tableSchema": {"aboutUrl": "body/{id}", "primaryKey": "id", "columns": columns},
    }
    description = tmp_path / "bodies.csv-metadata.json"
    description.write_text(json.dumps(described), encoding="utf-8")
    values: dict[str, list[Any]] = {
        "id": ["coop-1", None, "coop 2", "coop-3", "coop-3"],
        "name": ["Amal", None, "n/a", "تعاونية", ""],
        "note": [None, None, "x", "-", "y"],
        "members": [12, None, 7, None, 3],
        "share": [0.5, None, 1e22, 2.5, 3.0],
        "since": ["2020", None, "31/05/2020", "2020-05", ""],
        "day": [datetime.date(2020, 5, 1), None, datetime.date(1999, 1, 1), None, None],
        "open": ["yes", None, "maybe", "no", ""],
    }
    parquet = tmp_path / "bodies.parquet"
    pq.write_table(pa.table(values), parquet, row_group_size=2)
    source = TableSource(description, BASE, "bodies.parquet", description.name, parquet)
    table = assert_same(source, tmp_path)
    csv_file = tmp_path / "bodies.csv"
    with csv_file.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([values, *zip(*([*map(_written, each)] for each in values.values()), strict=True)])
    same = read_table(TableSource(description, BASE, "bodies.csv", description.name, csv_file))
    triples = {quad.triple for quad in ox.parse(path=tmp_path / "triples.nt")}
    assert triples == set(same.triples())
    places = [(each.code, each.place.line, each.place.cell) for each in table.findings if each.place]
    assert places == [(each.code, each.place.line, each.place.cell) for each in same.findings if each.place]
    assert {"table-required", "table-datatype", "excel-date", "text-placeholder"} <= {code for code, _, _ in places}
    assert [each.code for each in check_keys([table])] == ["table-repeated-key"]


def _written(value: Any) -> str:
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return "" if value is None else str(value)


def test_parquet_with_lists_or_of_another_form_is_refused_in_words(tmp_path: Path) -> None:
    description = tmp_path / "bodies.csv-metadata.json"
    schema = {"aboutUrl": "body/{id}", "columns": [{"name": "id"}]}
    content = {"@context": "http://www.w3.org/ns/csvw", "url": "bodies.csv", "tableSchema": schema}
    description.write_text(json.dumps(content), encoding="utf-8")
    path = tmp_path / "bodies.parquet"
    source = TableSource(description, BASE, "bodies.parquet", description.name, path)
    for written in (b"PAR1", b"id\na\n", None):
        if written is None:
            pq.write_table(pa.table({"id": [["a"]]}), path)
        else:
            path.write_bytes(written)
        table = assert_same(source, tmp_path)
        assert [each.code for each in table.findings] == ["table-parquet"]
        assert table.is_incomplete

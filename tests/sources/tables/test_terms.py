"""Cells that name terms: addresses, or names with a prefix of the project or of CSVW."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from tests.graphs import BASE
from tests.sources.tables.test_table import ID, places

EX: Final = "https://example.org/terms#"
COLUMNS: Final[list[dict[str, Any]]] = [
    ID,
    {"name": "property", "propertyUrl": "ex:of", "valueUrl": "{+property}"},
    {"name": "thing", "propertyUrl": "{+property}", "valueUrl": "thing/{thing}"},
]


def opened(folder: Path, content: str, columns: Sequence[Mapping[str, Any]] = COLUMNS) -> Table:
    schema = {"aboutUrl": "thing/{id}", "columns": columns}
    description = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": schema}
    (folder / "t.csv").write_text(content, encoding="utf-8")
    described = folder / "t.csv-metadata.json"
    described.write_text(json.dumps(description), encoding="utf-8")
    return read_table(TableSource(described, BASE, "t.csv", described.name, prefixes=(("ex", EX), ("dc", "x:"))))


def test_prefixes_of_the_project_are_expanded_as_properties_and_as_values(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,property,thing\na,ex:partOf,b\n")
    assert table.findings == ()
    assert [str(part) for triple in table.triples() for part in triple] == [
        *(f"<{BASE}thing/a>", f"<{EX}of>", f"<{EX}partOf>"),
        *(f"<{BASE}thing/a>", f"<{EX}partOf>", f"<{BASE}thing/b>"),
    ]


@pytest.mark.parametrize(
    ("value", "iri"),
    [
        ("dc:source", "http://purl.org/dc/terms/source"),  # CSVW says what this prefix is
        ("http://schema.org/about", "http://schema.org/about"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("term/part", f"{BASE}term/part"),  # a record; its table may say so by tool:Record
    ],
)
def test_the_prefixes_of_csvw_and_whole_addresses_stay_as_they_are(tmp_path: Path, value: str, iri: str) -> None:
    table = opened(tmp_path, f"id,property,thing\na,{value},\n")
    assert table.findings == ()
    assert [str(triple.object) for triple in table.triples()] == [f"<{iri}>"]


@pytest.mark.parametrize("value", ["partOf", "exx:partOf", "terms/part of", "part of"])
def test_other_values_are_found(tmp_path: Path, value: str) -> None:
    table = opened(tmp_path, f"id,property,thing\na,{value},b\n")
    assert places(table.findings) == [("table-term", 2, 3)]


def test_each_term_of_a_list_is_expanded_and_checked(tmp_path: Path) -> None:
    listed = {"name": "property", "propertyUrl": "ex:of", "valueUrl": "{+property}", "separator": "|"}
    table = opened(tmp_path, "id,property\na,ex:partOf|dc:source\nb,ex:partOf|x:y\n", [ID, listed])
    assert [finding.arguments["value"] for finding in table.findings] == ["x:y"]
    assert [str(triple.object) for triple in table.triples()][:2] == [
        f"<{EX}partOf>",
        "<http://purl.org/dc/terms/source>",
    ]


def test_the_place_of_a_property_is_the_cell_that_names_it(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,property,thing\na,ex:partOf,b\n")
    named, used = table.placed()
    assert [named.object.cell, used.predicate.cell, used.object.cell] == ["B2", "B2", "C2"]

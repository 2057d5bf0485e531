"""Wide tables: a column of numbers makes records of its own, with virtual columns that need a number."""

from pathlib import Path
from typing import Any, Final

from tests.graphs import canonical, parsed
from tests.sources.tables.test_table import ID, write

ONLY_WITH: Final = "https://w3id.org/ssekg/tool#onlyWith"
OWN: Final = {"aboutUrl": "catch/{id}-2023"}
NUMBER: Final[dict[str, Any]] = OWN | {"name": "y2023", "datatype": "integer", "propertyUrl": "schema:value"}
PLACE: Final[dict[str, Any]] = OWN | {
    "name": "place",
    "virtual": True,
    "propertyUrl": "dc:spatial",
    "valueUrl": "thing/{id}",
    ONLY_WITH: "y2023",
}
PERIOD: Final[dict[str, Any]] = OWN | {
    "name": "period",
    "virtual": True,
    "propertyUrl": "dc:date",
    "datatype": "gYear",
    "default": "2023",
    ONLY_WITH: "y2023",
}


def test_nothing_is_made_where_the_cell_is_empty(tmp_path: Path) -> None:
    table = write(tmp_path, [ID, NUMBER, PLACE, PERIOD], "id,y2023\na,5\nb,\n")
    assert table.findings == ()
    expected = """
        <catch/a-2023> <http://schema.org/value> 5 ; dct:spatial <thing/a> ; dct:date "2023"^^xsd:gYear .
    """
    assert canonical(table.triples()) == canonical(parsed(expected))


def test_a_number_that_can_not_be_read_is_found(tmp_path: Path) -> None:
    table = write(tmp_path, [ID, NUMBER, PLACE], "id,y2023\na,many\n")
    assert [finding.code for finding in table.findings] == ["table-datatype"]


def test_the_column_that_is_needed_must_exist(tmp_path: Path) -> None:
    table = write(tmp_path, [ID, NUMBER, PLACE | {ONLY_WITH: "y2024"}], "id,y2023\na,5\n")
    (finding,) = table.findings
    assert (finding.code, finding.arguments["problem"]) == ("table-description", "y2024")

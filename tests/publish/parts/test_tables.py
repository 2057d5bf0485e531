"""The tables open in a spreadsheet, and their descriptions say what is in them, as other tools read them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW, Table
from frictionless import Package, system
from frictionless import validate as validate_package

from ssekg.project.settings import Project
from ssekg.publish.release import publish
from tests.graphs import BASE
from tests.publish.small import small

KINDS = ("article", "call", "competence", "concept", "event", "institution", "law", "observation", "place", "programme")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    more = """
    <place/a> dct:title "-1 degree", "@x" ; sse:value -1.5 ; sse:start "2023"^^xsd:gYear ;
      sse:within <place/fes>, <place/b> .
    <place/b> sse:start "2023-05-01"^^xsd:date ; sse:open true ; sse:on "2024-01-01"^^xsd:date ; sse:size 3 .
    <place/c#part> sse:size 4 . <place-of-work/a> sse:size 5 . <placeless> sse:size 6 .
    """
    publish(small(folder / "project", more=more), folder / "public")
    return folder / "public"


def rows(path: Path) -> dict[str, dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}


def test_tables_open_in_a_spreadsheet(release: Path) -> None:
    places = rows(release / "tables/place.csv")
    assert places["place/fes-meknes"]["skos:prefLabel@ar"] == "فاس مكناس"
    assert places["place/fes-meknes"]["sse:isoCode"] == "MA-03"
    assert not any(cell.startswith(("=", "+", "@")) for row in places.values() for cell in row.values())


def test_a_row_a_record_and_no_person(release: Path) -> None:
    assert not (release / "tables/person.csv").exists()
    assert {f"{kind}.csv" for kind in KINDS} <= {path.name for path in release.glob("tables/*.csv")}
    assert len(rows(release / "tables/place.csv")) == 103


def test_cells(published: Path) -> None:
    places = rows(published / "tables/place.csv")
    assert sorted(places) == ["place/a", "place/b", "place/fes", "place/fes-meknes"]
    assert places["place/a"]["dct:title"] == "'-1 degree | '@x"
    assert places["place/a"]["sse:value"] == "-1.5"
    assert places["place/a"]["sse:within"] == "place/b | place/fes"
    assert rows(published / "tables/place-of-work.csv")["place-of-work/a"] == {"id": "place-of-work/a", "sse:size": "5"}


def columns(path: Path) -> dict[str, dict[str, Any]]:
    description = json.loads(path.read_bytes())
    return {column["titles"]: column for column in description["tableSchema"]["columns"]}


def test_types_of_columns_in_csvw(published: Path) -> None:
    described = columns(published / "tables/place.csv-metadata.json")
    types = {name: column["datatype"] for name, column in described.items()}
    assert types["sse:value"] == "decimal"
    assert types["sse:size"] == types["sse:communeCount"] == "integer"
    assert (types["sse:on"], types["sse:open"]) == ("date", "boolean")
    assert types["sse:start"] == "string", "days and years are mixed"
    assert described["sse:within"]["separator"] == " | "
    assert described["skos:prefLabel@ar"]["lang"] == "ar"
    assert json.loads((published / "tables/place.csv-metadata.json").read_bytes())["dc:title"]["ar"] == "مكان"


def test_csvw_reads_and_checks_every_table(release: Path, published: Path) -> None:
    for path in [*release.glob("tables/*.csv"), *published.glob("tables/*.csv")]:
        assert CSVW(path, validate=True).is_valid, path
        read = list(Table.from_file(path.with_name(f"{path.name}-metadata.json")).iterdicts(strict=True))
        assert [row["id"] for row in read] == list(rows(path))


def test_csvw_says_what_the_graph_says(published: Path) -> None:
    table = Table.from_file(published / "tables/place.csv-metadata.json")
    row = next(row for row in table.iterdicts() if row["id"] == "place/fes-meknes")
    assert row["sse_communeCount"] == 194
    assert row["dct_source"] == ["source/hcp", "source/iso"]
    assert table.tableSchema.aboutUrl.expand(id="place/fes-meknes") == f"{BASE}place/fes-meknes"


@pytest.mark.parametrize("fixture", ["release", "published"])
def test_the_data_package_is_valid_with_every_row(request: pytest.FixtureRequest, fixture: str) -> None:
    path = request.getfixturevalue(fixture).resolve() / "datapackage.json"
    with system.use_context(trusted=True):
        report = validate_package(str(path))
    assert report.valid, report.flatten(["type", "note"])[:5]


def test_the_data_package_tells_of_a_changed_table(published: Path, tmp_path: Path) -> None:
    copied = tmp_path / "tables"
    copied.mkdir()
    for path in published.glob("tables/*.csv"):
        (copied / path.name).write_bytes(path.read_bytes().replace(b"194", b"many"))
    (tmp_path / "datapackage.json").write_bytes((published / "datapackage.json").read_bytes())
    with system.use_context(trusted=True):
        report = validate_package(str(tmp_path / "datapackage.json"))
    assert {"hash-count", "type-error"} <= {error for (error,) in report.flatten(["type"])}


def test_the_data_package_says_what_it_is(release: Path, project: Project) -> None:
    package = Package(json.loads((release / "datapackage.json").read_bytes()))
    assert package.version == project.version
    assert package.licenses == [{"path": project.licence}]
    assert package.homepage == project.site
    listed = {resource.path for resource in package.resources}
    assert listed == {f"tables/{path.name}" for path in release.glob("tables/*.csv")}

"""The tables open in spreadsheets and pandas, and their descriptions say what is in them, as other tools read them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from csvw import CSVW, Table, TableGroup
from frictionless import Package, system
from frictionless import validate as validate_package
from lxml import etree

from ssekg.project.settings import Project
from ssekg.publish.release import publish
from tests.conftest import ROOT
from tests.graphs import BASE
from tests.publish.small import small

KINDS = ("articles", "competences", "concept", "events", "institutions", "laws", "observations", "places", "programmes")
PARTS = ("amounts", "participations", "figures", "statuses", "evidence", "links", "gaps", "agreements", "law_editions")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    more = """
    <place/a> dct:title "-1 degree", "@x" ; sse:value -1.5 ; sse:start "2023"^^xsd:gYear ;
      sse:within <place/fes>, <place/b> .
    <place/b> sse:start "2023-05-01"^^xsd:date ; sse:open true ; sse:on "2024-01-01"^^xsd:date ; sse:size 3, 4 .
    <place/c#part> a sse:Part ; sse:size 4 ; sse:of <place/a> . <place-of-work/a> sse:size 5 . <placeless> sse:size 6 .
    """
    publish(small(folder / "project", more=more), folder / "public")
    return folder / "public"


def rows(path: Path) -> dict[str, dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}


def listed(path: Path) -> list[tuple[str, str]]:
    return [(row["id"], row["value"]) for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())]


def test_tables_open_in_a_spreadsheet(release: Path) -> None:
    places = rows(release / "tables/places.csv")
    assert places["fes-meknes"]["name_ar"] == "فاس مكناس"
    assert places["fes-meknes"]["iso_code"] == "MA-03"
    assert places["fes-meknes"]["class"] == "Region"
    assert (places["fes-meknes"]["within_id"], places["fes-meknes"]["within_label_fr"]) == ("morocco", "Maroc")
    assert not any(cell.startswith(("=", "+", "@")) for row in places.values() for cell in row.values())


def test_there_is_money_in_them_and_no_person(release: Path) -> None:
    names = {path.stem for path in release.glob("tables/*.csv")}
    assert not [name for name in names if "person" in name or "membership" in name]
    assert {*KINDS, *PARTS, "calls", "programmes_owners", "withdrawn"} <= names
    amount = rows(release / "tables/amounts.csv")["programme/moazara#budget-invested-first-four-editions"]
    assert (amount["record"], amount["record_label_fr"]) == ("programme/moazara", "Programme Moazara")
    assert (amount["amount"], amount["currency"], amount["stage"]) == ("19200000", "MAD", "committed")
    owner = ("moazara", "ministry-tourism-air-transport-handicraft-social-economy")
    assert owner in listed(release / "tables/programmes_owners.csv")
    assert "sse-statistics" not in rows(release / "tables/observations.csv"), "which is the cube and no observation"


def test_what_rules_give_is_there_and_marked(release: Path) -> None:
    observation = rows(release / "tables/observations.csv")[
        "cooperative-members-fes-meknes-2025-01-31-allafrica-fm-6200"
    ]
    assert (observation["sex"], observation["measure_label_en"]) == ("sex-total", "Count of members")
    assert rows(release / "tables/institutions.csv")["ada"]["kind"] == "public-establishment"
    kinds = csv.DictReader((release / "tables/institutions_kind.csv").read_text("utf-8-sig").splitlines())
    assert {(row["value"], row["derived"]) for row in kinds if row["id"] == "ada"} == {
        ("public-establishment", "false"),
        ("state-institution", "true"),
    }


def test_what_rules_make_whole_is_in_the_table_of_its_class(release: Path) -> None:
    gaps = rows(release / "tables/gaps.csv")
    derived = [row for name, row in gaps.items() if name.endswith("#gap-current-status")]
    assert derived, "which no table of the project has"
    assert {row["property"] for row in derived} == {"sse:currentStatus"}
    assert all(row["record"].startswith("law/") for row in derived)
    assert not (release / "tables/notes.csv").exists(), "where what had no stated class landed"


def test_withdrawn_records_are_in_their_own_table(release: Path) -> None:
    assert "concept/bahrain" in rows(release / "tables/withdrawn.csv")
    assert "bahrain" not in rows(release / "tables/concept.csv")


def test_the_coverage_names_classes_and_properties(release: Path) -> None:
    table = csv.DictReader((release / "tables/coverage.csv").read_text("utf-8-sig").splitlines())
    (row,) = [r for r in table if (r["class"], r["property"], r["grouped_by"]) == ("sse:Article", "eli:number", "")]
    assert (row["class_label_fr"], row["property_label_fr"]) == ("Article", "numéro")
    assert row["members"] == row["with_property"]


def test_a_page_lists_every_table_with_its_columns(any_release: Path) -> None:
    (page, *_) = sorted(any_release.glob("*/tables.html"))
    root = etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8"))
    tables = {path.stem for path in any_release.glob("tables/*.csv")}
    assert tables <= set(root.xpath("//@id"))
    assert {f"../tables/{name}.csv" for name in tables} <= set(root.xpath("//a/@href"))


def test_the_catalogue_lists_tables_of_records_and_no_lists(release: Path) -> None:
    catalogue = (release / "catalog.ttl").read_text("utf-8")
    assert "/tables/amounts.csv>" in catalogue
    assert "/tables/coverage.csv>" in catalogue
    assert "/datapackage.json>" in catalogue
    assert "/tables/programmes_owners.csv>" not in catalogue


def test_columns_are_called_as_in_the_tables_of_the_project(release: Path, project: Project) -> None:
    for path in release.glob("tables/*.csv"):
        description = project.root / "data" / f"{path.name}-metadata.json"
        if description.is_file():
            columns = json.loads(description.read_bytes())["tableSchema"]["columns"]
            single = {each["name"] for each in columns if "separator" not in each and not each.get("virtual")}
            published = list(next(iter(rows(path).values())))
            # `key` is in `id`; a property without any value has no column, and `property` of links makes the links.
            shared = [each["name"] for each in columns if each["name"] in published and each["name"] in single]
            assert [name for name in published if name in shared] == shared, path.name
            assert not [name for name in published if ":" in name or "@" in name], path.name


def test_cells(published: Path) -> None:
    places = rows(published / "tables/place.csv")
    assert sorted(places) == ["a", "b", "fes", "fes-meknes"]
    assert places["a"]["title"] == "'-1 degree|'@x"
    assert places["a"]["value"] == "-1.5"
    assert listed(published / "tables/place_within.csv") == [("a", "b"), ("a", "fes"), ("fes", "fes-meknes")]
    assert listed(published / "tables/place_size.csv") == [("b", "3"), ("b", "4")]
    assert rows(published / "tables/place_of_work.csv")["a"] == {"id": "a", "size": "5"}
    assert rows(published / "tables/part.csv")["place/c#part"] == {"id": "place/c#part", "of": "a", "size": "4"}


def columns(path: Path) -> dict[str, dict[str, Any]]:
    description = json.loads(path.read_bytes())
    return {column["titles"]: column for column in description["tableSchema"]["columns"]}


def test_types_of_columns_in_csvw(published: Path) -> None:
    described = columns(published / "tables/place.csv-metadata.json")
    types = {name: column["datatype"] for name, column in described.items()}
    assert types["value"] == "decimal"
    assert types["commune_count"] == "integer"
    assert (types["on"], types["open"]) == ("date", "boolean")
    assert types["start"] == "string", "days and years are mixed"
    assert described["title"]["separator"] == "|"
    assert described["pref_label_ar"]["lang"] == "ar"
    assert json.loads((published / "tables/place.csv-metadata.json").read_bytes())["dc:title"]["ar"] == "مكان"


def test_csvw_reads_and_checks_every_table(other_release: Path, published: Path) -> None:
    for path in [*other_release.glob("tables/*.csv"), *published.glob("tables/*.csv")]:
        assert CSVW(path, validate=True).is_valid, path
        read = list(Table.from_file(path.with_name(f"{path.name}-metadata.json")).iterdicts(strict=True))
        frame = pd.read_csv(path)
        assert [next(iter(row.values())) for row in read] == list(frame[frame.columns[0]])


def test_csvw_checks_the_links_between_the_tables(any_release: Path, any_root: Path) -> None:
    group = TableGroup.from_file(any_release / "tables/csv-metadata.json")
    assert len(group.tables) == len(list(any_release.glob("tables/*.csv")))
    assert sum(len(table.tableSchema.foreignKeys) for table in group.tables) > 10
    if any_root != ROOT:  # of the larger one, the data package is looked at: another reader, the same links
        assert group.check_referential_integrity(strict=True)


def test_csvw_says_what_the_graph_says(published: Path) -> None:
    table = Table.from_file(published / "tables/place.csv-metadata.json")
    row = next(row for row in table.iterdicts() if row["id"] == "fes-meknes")
    assert row["commune_count"] == 194
    assert table.tableSchema.aboutUrl.expand(id="fes-meknes") == f"{BASE}place/fes-meknes"
    links = Table.from_file(published / "tables/place_source.csv-metadata.json")
    (value,) = [column for column in links.tableSchema.columns if column.name == "value"]
    assert value.valueUrl.expand(value="hcp") == f"{BASE}source/hcp"


def test_the_data_package_is_valid_with_every_row(published: Path) -> None:
    path = published.resolve() / "datapackage.json"
    with system.use_context(trusted=True):
        report = validate_package(str(path))
    assert report.valid, report.flatten(["type", "note"])[:5]


def test_the_data_package_tells_of_a_changed_table(published: Path, tmp_path: Path) -> None:
    copied = tmp_path / "tables"
    copied.mkdir()
    for path in published.glob("tables/*.csv"):
        (copied / path.name).write_bytes(path.read_bytes().replace(b"194", b"many").replace(b"fes,hcp", b"nobody,hcp"))
    (tmp_path / "datapackage.json").write_bytes((published / "datapackage.json").read_bytes())
    with system.use_context(trusted=True):
        report = validate_package(str(tmp_path / "datapackage.json"))
    assert {"hash-count", "type-error", "foreign-key"} <= {error for (error,) in report.flatten(["type"])}


def test_the_data_package_says_what_it_is(release: Path, project: Project) -> None:
    package = Package(json.loads((release / "datapackage.json").read_bytes()))
    assert package.version == project.version
    assert package.licenses == [{"path": project.licence}]
    assert package.homepage == project.site
    assert {resource.path for resource in package.resources} == {
        f"tables/{path.name}" for path in release.glob("tables/*.csv")
    }
    keys = {key["fields"][0]: key["reference"] for key in package.get_resource("amounts").schema.foreign_keys}
    assert keys["payer_id"] == {"resource": "institutions", "fields": ["id"]}


def test_pandas_and_duckdb_read_every_table_alike(any_release: Path) -> None:
    for path in sorted(any_release.glob("tables/*.csv")):
        description = json.loads(path.with_name(f"{path.name}-metadata.json").read_bytes())
        names = [column["name"] for column in description["tableSchema"]["columns"]]
        frame, relation = pd.read_csv(path), duckdb.read_csv(str(path), header=True)
        assert list(frame.columns) == relation.columns == names
        assert len(frame) == len(relation) > 0, path.name
    amounts = pd.read_csv(any_release / "tables/amounts.csv") if (any_release / "tables/amounts.csv").exists() else None
    assert amounts is None or amounts["amount"].sum() > 1_000_000


def test_the_tables_of_another_project_are_called_as_it_says(any_release: Path) -> None:
    if not (any_release / "littoral.sqlite").exists():
        pytest.skip("the other project")
    assert rows(any_release / "tables/redevances.csv")["permit/p-2023-014#redevance-2023"]["permis"] == "p-2023-014"
    assert rows(any_release / "tables/groupements.csv")["and-liggeey"]["quai_label_wo"] == "Teeru Jowaal"
    assert ("and-liggeey", "mareyage") in listed(any_release / "tables/groupements_activites.csv")
    assert not (any_release / "tables/agents.csv").exists(), "which are withheld"

"""What a description asks for and how its columns are called; what can't be made of any row; how cells are named."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from ssekg.base.findings import Finding, Severity
from ssekg.base.language import LANGUAGES
from ssekg.reports.wording import message
from ssekg.sources.keys import check_keys
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from tests.conftest import Cli
from tests.examples import empty_project
from tests.graphs import BASE, canonical, cut, parsed, read
from tests.sources.tables.sheets import write_xlsx

KIND: dict[str, Any] = {"titles": "kind of souk", "datatype": {"base": "string", "format": "[A-Z]{2}[0-9]"}}


def opened(folder: Path, description: dict[str, Any], content: str, name: str = "souks.csv") -> Table:
    described = folder / "souks.csv-metadata.json"
    described.write_text(json.dumps(description, indent=1), encoding="utf-8")
    (folder / name).write_text(content, encoding="utf-8")
    return read_table(TableSource(described, BASE, f"data/{name}", "data/souks.csv-metadata.json", folder / name))


def described(*columns: dict[str, Any], **schema: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "souks.csv",
        "tableSchema": schema | {"columns": list(columns)},
    }


def codes(table: Table) -> list[str]:
    return [finding.code for finding in table.findings]


def test_a_column_without_a_name_takes_it_from_its_title(tmp_path: Path) -> None:
    """Percent-encoded, for the property and in templates (Metadata Vocabulary for Tabular Data, section 5.6)."""
    described_table = described(
        {"titles": "souk day"},
        {"titles": {"ar": "السوق", "fr": ["Le souk", "souk"]}},
        {"titles": "a-b~c", "propertyUrl": "schema:{_name}"},
        aboutUrl="souk/{souk%20day}",
        primaryKey="souk%20day",
    )
    table = opened(tmp_path, described_table, "souk day,souk,a-b~c\nlundi,Had,x\n")
    assert codes(table) == []
    # A title of another language than the description's makes no name.
    turtle = '<souks.csv#souk%20day> "lundi" ; <souks.csv#_col.2> "Had" ; <http://schema.org/a-b~c> "x"'
    assert canonical(table.triples()) == canonical(parsed(f"<souk/lundi> {turtle} ."))


def test_a_finding_names_a_column_as_people_do(tmp_path: Path) -> None:
    columns = KIND, KIND | {"titles": {"ar": "الصنف", "fr": "genre de souk"}}
    table = opened(tmp_path, described(*columns), "kind of souk,genre de souk\nAB1,CD2\nb,c\n")
    assert [finding.arguments["column"] for finding in table.findings] == ["kind of souk", "الصنف"]


@pytest.mark.parametrize(
    ("columns", "schema", "marked"),
    [
        ([{"name": "a", "propertyUrl": "http://[{a}"}], {}, '"http://[{a}"'),
        ([{"name": "a"}, {"name": "b", "valueUrl": "<{b}>"}], {}, '"<{b}>"'),
        ([{"name": "a"}, {"name": "b"}], {"aboutUrl": "http://[{_row}"}, '"http://[{_row}"'),
        ([{"name": "a"}, {"name": "k", "virtual": True, "propertyUrl": "a b"}], {}, '"a b"'),
        (
            [{"name": "a"}, {"name": "k", "virtual": True, "datatype": "integer", "default": "five"}],
            {},
            '"five"',
        ),
    ],
)
def test_what_no_row_can_make_anything_of_is_one_finding_at_the_description(
    tmp_path: Path, columns: list[dict[str, Any]], schema: dict[str, Any], marked: str
) -> None:
    description = described(*columns, **schema)
    titles = [column["name"] for column in columns if not column.get("virtual")]
    content = ",".join(titles) + "\n" + f"{','.join('1' * len(titles))}\n" * 3
    table = opened(tmp_path, description, content)
    (finding,) = table.findings
    assert (finding.code, finding.severity) == ("table-useless-column", Severity.VIOLATION)
    assert finding.place is not None
    assert cut(json.dumps(description, indent=1), finding.place) == marked
    for language in LANGUAGES:
        assert marked.strip('"') in message(finding, language)


def test_such_a_project_is_validated_and_not_published(cli: Cli, tmp_path: Path) -> None:
    folder = empty_project(tmp_path / "project")
    (folder / "data" / "souks.csv").write_text("souk day,n\nlundi,3\n", encoding="utf-8")
    columns = described({"titles": "souk day"}, {"titles": "n", "propertyUrl": "http://["})
    (folder / "data" / "souks.csv-metadata.json").write_text(json.dumps(columns), encoding="utf-8")
    for command in ("validate", "publish"):
        done = cli("--lang", "en", command, cwd=folder)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "data/souks.csv-metadata.json:1:" in cli("validate", cwd=folder).stdout


def expected(finding: Finding) -> str:
    return message(finding, "en").partition("which takes ")[2]


def test_what_is_expected_is_shown_by_a_value_of_the_column_and_never_as_a_pattern(tmp_path: Path) -> None:
    table = opened(tmp_path, described(KIND), "kind of souk\nwrong\nXY7\nworse\n")
    assert [expected(finding) for finding in table.findings] == ["a value written like “XY7”."] * 2
    alone = opened(tmp_path, described(KIND), "kind of souk\nwrong\n")
    assert [expected(finding) for finding in alone.findings] == ["a value of the form that this column requires."]


@pytest.mark.parametrize("word", ["néant", "none", "?"])
def test_a_word_for_nothing_in_a_link_is_one_violation_unless_a_record_is_called_so(tmp_path: Path, word: str) -> None:
    key = {"columnReference": "part_of", "reference": {"resource": "souks.csv", "columnReference": "id"}}
    columns = [{"name": "id"}, {"name": "part_of", "valueUrl": "souk/{part_of}"}]
    description = described(*columns, aboutUrl="souk/{id}", primaryKey="id", foreignKeys=[key])
    table = opened(tmp_path, description, f"id,part_of\nhad,{word}\n")
    assert codes(table) == []
    assert [(each.code, each.severity) for each in check_keys([table])] == [("text-placeholder", Severity.VIOLATION)]
    assert check_keys([opened(tmp_path, description, f"id,part_of\n{word},\nhad,{word}\n")]) == []


@pytest.mark.parametrize(
    ("datatype", "text", "meant"),
    [
        ("decimal", "500,000", "500 · 500000"),
        ("decimal", "1,234", "1.234 · 1234"),
        ("integer", "1,234", "1234"),
        ("integer", "1.234", "1234"),
        ("decimal", "1.234.567", "1234567"),
        ("decimal", "1 234 567,5", "1234567.5"),
        ("integer", "1\u202f234", "1234"),
        ("integer", "1\u00a0234", "1234"),
        ("integer", "1٬234", "1234"),
        ("decimal", "١٬٢٣٤٫٥", "1234.5"),
    ],
)
def test_what_a_number_may_mean_is_never_chosen_in_silence(
    tmp_path: Path, datatype: str, text: str, meant: str
) -> None:
    table = opened(tmp_path, described({"name": "n", "datatype": datatype}), f'n\n"{text}"\n')
    assert [finding.arguments["meant"] for finding in table.findings] == [meant]
    assert table.triples() == []


def cells(table: Table) -> list[str | None]:
    return [finding.place.cell for finding in table.findings if finding.place]


def test_a_cell_has_the_name_that_a_spreadsheet_gives_it(tmp_path: Path) -> None:
    """Records are counted, not lines: those in quotes, and empty records, but not the line that Excel hides."""
    columns = [{"name": f"c{number}", "datatype": "integer"} for number in range(28)]
    rows = [[f"c{number}" for number in range(28)], ["1"] * 28, [], ["1"] * 27 + ["x"], ["y"] + ["1"] * 27]
    path = tmp_path / "souks.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    table = opened(tmp_path, described(*columns), read(path).replace("1,1", '"1\n",1', 1))
    assert cells(table) == ["AB4", "A5"]
    assert [(each.place.line, each.place.column) for each in table.findings if each.place] == [(5, 55), (6, 1)]
    hidden = opened(tmp_path, described(*columns), "sep=,\n" + read(path))
    assert cells(hidden)[:2] == ["AB4", "A5"]


def test_the_cell_is_the_same_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["n", "m"], ["1", "2"], [], ["1", "x"]]
    columns = [{"name": name, "datatype": "integer"} for name in ("n", "m")]
    text = "\n".join(",".join(row) for row in rows) + "\n"
    table = opened(tmp_path, described(*columns), text)
    write_xlsx(tmp_path / "souks.xlsx", {"souks": rows})
    source = TableSource(tmp_path / "souks.csv-metadata.json", BASE, "souks.xlsx", "d", tmp_path / "souks.xlsx")
    assert cells(table) == ["B4"]
    assert cells(read_table(source)) == ["souks!B4"]


def test_lists_keep_their_labels_from_one_look_to_the_next(tmp_path: Path) -> None:
    column = {"name": "days", "separator": " ", "ordered": True, "propertyUrl": "days"}
    table = opened(tmp_path, described(column, aboutUrl="souk/{_row}"), "days\na b\nc\n")
    assert [placed.triple for placed in table.placed()] == table.triples()


def test_the_limit_of_other_readers_of_csv_stays(tmp_path: Path) -> None:
    usual = csv.field_size_limit(1000)  # of all that this process has read until now, some may have lifted it
    try:
        table = opened(tmp_path, described({"name": "a"}), f"a\n{'x' * 1001}\n")
        assert len(table.rows[0].cells["a"]) == 1001
        assert csv.field_size_limit() == 1000
    finally:
        csv.field_size_limit(usual)


@pytest.mark.parametrize("delimiter", ['"', "\n", "\r", "", ",,", 7])
def test_what_separates_nothing_is_refused(tmp_path: Path, delimiter: object) -> None:
    table = opened(tmp_path, described({"name": "a"}) | {"dialect": {"delimiter": delimiter}}, "a\nx\n")
    assert codes(table) == ["table-description"]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', 'SEP="', "sep=|"])
def test_the_line_of_excel_is_named(tmp_path: Path, line: str) -> None:
    table = opened(tmp_path, described({"name": "a"}, {"name": "b"}), f"{line}\na,b\n1,2\n")
    assert codes(table) == ["table-separator-line"]
    assert len(table.triples()) == 2
    for language in LANGUAGES:
        assert line in message(table.findings[0], language)

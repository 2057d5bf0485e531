"""XLSX and ODS workbooks are tables like their CSV, and what spreadsheets do to cells is told with sheet and cell."""

import csv
import datetime
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding, Severity
from ssekg.base.language import LANGUAGES
from ssekg.checks.run import check_files
from ssekg.graph.store import build_graph
from ssekg.project.settings import Project, read_project
from ssekg.reports.wording import hint_for, message
from ssekg.sources.load import open_given, open_table, read_sources
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from ssekg.sources.tables.workbooks import read_workbook
from tests.conftest import Cli
from tests.graphs import BASE, read
from tests.sources.tables.sheets import write_ods, write_ods_content, write_xlsx
from tests.sources.tables.test_spoiled_tables import DESCRIPTION, EXPECTED, FOLDER, opened

HEAD: Final = ["id", "name", "dahir", "code", "date", "articles", "budget", "in_force"]
DAY: Final = datetime.date(2022, 3, 1)
KINDS: Final = pytest.mark.parametrize("kind", [".xlsx", ".ods"])


def write(path: Path, *rows: list[Any], sheet: str = "laws", header: list[Any] | None = None) -> Path:
    sheets = {sheet: [header or HEAD, *rows]}
    if path.suffix == ".xlsx":
        write_xlsx(path, sheets)
    else:
        write_ods(path, sheets)
    return path


def told(table: Table) -> list[tuple[str, str | None, str]]:
    return [
        (finding.code, finding.place.cell if finding.place else None, str(finding.arguments.get("meant", "")))
        for finding in table.findings
    ]


def objects(table: Table) -> list[str]:
    return [triple.object.value for triple in table.triples() if isinstance(triple.object, ox.Literal)]


# The same table in every form


WORDS: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Zl", "Zp"], include_characters="\t\n"),
    max_size=12,
).filter(lambda text: "\ufffd" not in text and not text.startswith(("=", "#")) and "_x" not in text)
# The other reader of ODS leaves tabs out.
NO_TABS: Final = WORDS.map(lambda text: text.replace("\t", " "))
RECORDS: Final = st.lists(
    st.tuples(
        st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?", fullmatch=True),
        WORDS,
        st.from_regex(r"1-[0-9]{2}-[0-9]{1,3}", fullmatch=True) | st.just(""),
        st.from_regex(r"[0-9]{2}(\.[0-9]{3})?", fullmatch=True) | st.just(""),
        st.sampled_from(["", "2015", "2015-07", "2015-07-07"]),
        st.integers(0, 10**9).map(str) | st.just(""),
        st.decimals(0, 10**6, places=2).map(lambda number: f"{number.normalize():f}") | st.just(""),
        st.sampled_from(["true", "false", ""]),
    ),
    max_size=4,
)


@settings(max_examples=20)
@given(records=RECORDS)
def test_a_table_says_the_same_however_it_was_saved(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, ...]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    rows = [HEAD, *map(list, records)]
    typed: list[list[Any]] = [HEAD, *([*row[:5], *map(as_number, row[5:7]), as_boolean(row[7])] for row in records)]
    plain = as_csv(rows)
    forms = {
        "plain.csv": plain.encode(),
        "mark.csv": plain.encode("utf-8-sig"),
        "crlf.csv": as_csv(rows, lineterminator="\r\n").encode(),
        "quoted.csv": as_csv(rows, quoting=csv.QUOTE_ALL).encode("utf-8-sig"),
        "semicolons.csv": as_csv(rows, delimiter=";", lineterminator="\r\n").encode("utf-8-sig"),
        "tabs.csv": as_csv(rows, delimiter="\t").encode(),
    }
    for name, content in forms.items():
        (folder / name).write_bytes(content)
    write_xlsx(folder / "texts.xlsx", {"laws": rows})
    write_xlsx(folder / "typed.xlsx", {"laws": typed})
    write_ods(folder / "texts.ods", {"laws": rows})
    write_ods(folder / "typed.ods", {"laws": typed})
    expected = opened(folder / "plain.csv")
    assert [finding for finding in expected.findings if finding.severity is Severity.VIOLATION] == []
    for name in [*forms, "texts.xlsx", "typed.xlsx", "texts.ods", "typed.ods"]:
        table = opened(folder / name)
        assert table.triples() == expected.triples(), name
        own = [finding.code for finding in table.findings if finding.code != "table-dialect"]
        assert own == [finding.code for finding in expected.findings], name


def as_csv(rows: list[list[str]], **options: Any) -> str:
    output = io.StringIO(newline="")
    csv.writer(output, **{"lineterminator": "\n"} | options).writerows(rows)
    return output.getvalue()


def as_number(text: str) -> int | float | None:
    return None if not text else float(text) if "." in text else int(text)


def as_boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


@KINDS
@settings(max_examples=30)
@given(
    cells=st.lists(
        st.lists(
            NO_TABS | st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9) | st.booleans(), min_size=1, max_size=4
        ),
        min_size=1,
        max_size=4,
    )
)
def test_cells_are_read_as_another_reader_has_them(
    tmp_path_factory: pytest.TempPathFactory, kind: str, cells: list[list[Any]]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"compared{kind}"
    rows = [["first", "a", "b", "c"], *cells]
    sheets = {"laws": rows}
    if kind == ".xlsx":
        write_xlsx(path, sheets)
    else:
        write_ods(path, sheets)
    ours = {
        (record.number, index): text
        for record in read_workbook(path, path.name, "laws").records
        for index, text in enumerate(record.cells)
        if text
    }
    theirs = {}
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("laws").to_python(skip_empty_area=False)
    for line, row in enumerate(sheet, start=1):
        for index, value in enumerate(row):
            if value != "":
                theirs[line, index] = value
    assert ours.keys() == theirs.keys()
    for at, value in theirs.items():
        if isinstance(value, bool):
            assert ours[at] == str(value).lower()
        elif isinstance(value, float):
            assert float(ours[at]) == value
            assert "e" not in ours[at].lower()
            assert not ours[at].endswith(".0")
        else:
            assert ours[at] == value


@KINDS
def test_every_wrong_table_has_the_same_findings_in_a_workbook(tmp_path: Path, kind: str) -> None:
    for name in EXPECTED:
        path = FOLDER / f"{name}.csv"
        expected = opened(path)
        codes = {finding.code for finding in expected.findings}
        if codes & {"table-dialect", "table-syntax", "table-ragged-row", "table-character"}:
            continue
        rows = list(csv.reader(io.StringIO(read(path), newline="")))
        table = opened(write(tmp_path / f"laws{kind}", *rows[1:], header=rows[0]))
        assert [f.code for f in table.findings] == [f.code for f in expected.findings], name
        for ours, theirs in zip(table.findings, expected.findings, strict=True):
            assert ours.place is not None
            assert theirs.place is not None
            assert ours.arguments == theirs.arguments
            assert ours.place.line == theirs.place.line
            if ours.place.cell is not None and ours.place.column is not None:
                assert rows[(ours.place.line or 0) - 1][ours.place.column - 1] == ours.arguments.get(
                    "value", ours.arguments.get("column")
                )


# What only a workbook tells


@KINDS
def test_dates_that_a_spreadsheet_made(tmp_path: Path, kind: str) -> None:
    dahir = datetime.date(1983, 1, 15)
    path = write(
        tmp_path / f"laws{kind}",
        ["a", "س", dahir, "01", datetime.date(2015, 7, 7), 256, 12.5, True],
        ["b", datetime.date(1983, 1, 15), "1-15-83", 1, 2015, datetime.date(2022, 3, 1), 12, False],
    )
    table = opened(path)
    assert told(table) == [
        ("excel-date", "laws!C2", "1-15-83"),
        ("excel-date", "laws!B3", "1-15-83 · 15-1-83 · 83-1-15"),
        ("excel-leading-zero", "laws!D3", "01"),
        ("table-datatype", "laws!F3", ""),
    ]
    place = table.findings[0].place
    assert place is not None
    assert (place.file, place.line, place.column) == (path.name, 2, 3)


def test_dates_are_as_precise_as_the_cell_shows_them(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEAD, *([f"a{number}", None, None, None, DAY] for number in range(4))]
    rows.append(["b", None, None, None, datetime.date(2022, 1, 1)])
    rows.append(["c", None, None, None, datetime.date(2022, 3, 17)])
    rows.append(["d", None, None, None, datetime.datetime(2022, 3, 17, 10, 30)])  # noqa: DTZ001 - as workbooks have it
    formats = [
        "mmm-yy",
        'mmmm\\ "du mois" yyyy',
        "[$-40C]d mmmm yyyy",
        "dd/mm/yyyy",
        "yyyy",
        "mmm-yy",
        "dd/mm/yyyy hh:mm",
    ]
    path = tmp_path / "laws.xlsx"
    write_xlsx(path, {"laws": rows}, {f"E{line}": code for line, code in enumerate(formats, start=2)})
    table = opened(path)
    assert objects(table) == ["2022-03", "2022-03", "2022-03-01", "2022-03-01", "2022", "2022-03-17"]
    assert told(table) == [("table-date", "laws!E8", "")]


def test_dates_of_ods_are_as_precise_as_the_cell_shows_them(tmp_path: Path) -> None:
    shown = ["mars 22", "مارس 2022", "03/2022", "1 mars 2022", "01/03/2022", ""]
    path = write(
        tmp_path / "laws.ods",
        *([f"a{number}", "", "", "", (DAY, text)] for number, text in enumerate(shown)),
        ["b", "", "", "", (datetime.date(2022, 1, 1), "2022")],
    )
    table = opened(path)
    assert objects(table) == ["2022-03"] * 3 + ["2022-03-01"] * 3 + ["2022"]
    assert told(table) == []


@KINDS
def test_formulas_are_named(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"laws{kind}", ["a", ("=A1",), "", "", "", ("=SUM(F1:F1)",), 1, ""])
    table = opened(path)
    assert told(table) == [("table-formula", "laws!B2", ""), ("table-formula", "laws!F2", "")]
    assert table.findings[1].arguments["value"] == "=SUM(F1:F1)"


def test_percentages_hold_another_number_than_they_show(tmp_path: Path) -> None:
    path = tmp_path / "laws.xlsx"
    write_xlsx(path, {"laws": [HEAD, ["a", "س", "", "", "", "", 0.125]]}, {"G2": "0.0%"})
    table = opened(path)
    assert told(table) == [("excel-percentage", "laws!G2", "")]
    assert table.findings[0].severity is Severity.WARNING
    assert table.findings[0].arguments["shown"] == "12.5 %"
    cell = '<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12,5 %</text:p>'
    header = "".join(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in HEAD)
    row = '<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="5"/>'
    write_ods_content(
        tmp_path / "laws.ods",
        f'<table:table table:name="laws"><table:table-row>{header}</table:table-row>'
        f"<table:table-row>{row}{cell}</table:table-cell></table:table-row></table:table>",
    )
    table = opened(tmp_path / "laws.ods")
    assert told(table) == [("excel-percentage", "laws!G2", "")]
    assert table.findings[0].arguments["shown"] == "12,5 %"


def test_repeated_and_annotated_cells_of_ods(tmp_path: Path) -> None:
    header = "".join(f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in HEAD)
    note = "<office:annotation><text:p>a remark</text:p></office:annotation>"
    name = f"<table:table-cell>{note}<text:p>المكتب <text:span>الوطني</text:span></text:p></table:table-cell>"
    ids = "".join(
        f'<table:table-row table:number-rows-repeated="1"><table:table-cell><text:p>{key}</text:p></table:table-cell>'
        f"{name}</table:table-row>"
        for key in ("a", "b")
    )
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    twice = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>C</text:p></table:table-cell>'
        "</table:table-row>"
    )
    write_ods_content(
        tmp_path / "laws.ods",
        f'<table:table table:name="laws"><table:table-row>{header}</table:table-row>{ids}{blank}{twice}</table:table>',
    )
    table = opened(tmp_path / "laws.ods")
    assert set(objects(table)) == {"المكتب الوطني"}
    assert told(table) == [("table-datatype", "laws!A7", ""), ("table-datatype", "laws!A8", "")]


@KINDS
def test_the_sheet_is_the_one_of_the_table_or_the_only_one(tmp_path: Path, kind: str) -> None:
    writer = write_xlsx if kind == ".xlsx" else write_ods
    path = tmp_path / f"laws{kind}"
    rows = [HEAD, ["a", "س"]]
    for sheets, triples in (
        ({"other": [["x"]], "Laws": rows}, 1),
        ({"Feuille 1": rows}, 1),
        ({"one": rows, "two": rows}, 0),
    ):
        writer(path, sheets)
        table = opened(path)
        assert len(table.triples()) == triples
        if not triples:
            assert told(table) == [("table-sheet", None, "")]
            assert table.findings[0].arguments == {"sheet": "laws", "known": "one, two"}


@KINDS
def test_names_of_cells(tmp_path: Path, kind: str) -> None:
    header = [*HEAD, *(f"x{number}" for number in range(700))]
    table = opened(write(tmp_path / f"laws{kind}", sheet="l'année 1", header=header))
    cells = {finding.arguments["column"]: finding.place and finding.place.cell for finding in table.findings}
    assert cells["x0"] == "'l''année 1'!I1"
    assert cells["x17"] == "'l''année 1'!Z1"
    assert cells["x18"] == "'l''année 1'!AA1"
    assert cells["x699"] == "'l''année 1'!AAF1"


@KINDS
def test_ragged_and_empty_rows(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"laws{kind}", [], ["a"], [], ["b", *[""] * 9, "beyond"])
    assert told(opened(path)) == [("table-ragged-row", None, "")]
    empty = tmp_path / f"empty{kind}"
    write(empty, header=[""])
    assert {finding.code for finding in opened(empty).findings} == {"table-missing-column"}


# Workbooks that are none


@KINDS
@pytest.mark.parametrize(
    "content",
    [b"", b"no workbook", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    ids=["empty", "text", "truncated", "encrypted"],
)
def test_broken_workbooks_are_a_finding(tmp_path: Path, kind: str, content: bytes) -> None:
    path = tmp_path / f"laws{kind}"
    path.write_bytes(content)
    table = opened(path)
    assert told(table) == [("table-workbook", None, "")]
    assert table.triples() == []
    for language in LANGUAGES:
        assert "xlsx" in (hint_for(table.findings[0], language) or "")


@KINDS
def test_truncated_workbooks_are_a_finding(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"laws{kind}", ["a", "س"])
    content = path.read_bytes()
    for length in range(0, len(content), 97):
        path.write_bytes(content[:length])
        assert [finding.code for finding in opened(path).findings] == ["table-workbook"]


def test_a_zip_that_is_no_ods(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "laws.ods", "w") as archive:
        archive.writestr("a", "b")
    assert told(opened(tmp_path / "laws.ods")) == [("table-workbook", None, "")]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    row = "<table:table-row><table:table-cell><text:p>&b;</text:p></table:table-cell></table:table-row>"
    write_ods_content(tmp_path / "laws.ods", f'<table:table table:name="laws">{row}</table:table>', bomb)
    assert told(opened(tmp_path / "laws.ods")) == [("table-workbook", None, "")]


@pytest.mark.parametrize("repeated", ['number-columns-repeated="99999999999"', 'number-columns-repeated="x"'])
def test_a_sheet_that_is_too_large_to_be_one(tmp_path: Path, repeated: str) -> None:
    cell = f"<table:table-cell table:{repeated}><text:p>a</text:p></table:table-cell>"
    for row in (f"<table:table-row>{cell}</table:table-row>",):
        write_ods_content(tmp_path / "laws.ods", f'<table:table table:name="laws">{row}</table:table>')
        assert told(opened(tmp_path / "laws.ods")) == [("table-workbook", None, "")]
    many = '<table:table-row table:number-rows-repeated="99999999999">'
    cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    write_ods_content(
        tmp_path / "laws.ods", f'<table:table table:name="laws">{many}{cell}</table:table-row></table:table>'
    )
    assert told(opened(tmp_path / "laws.ods")) == [("table-workbook", None, "")]


@KINDS
def test_without_the_reader_the_extra_is_named(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"laws{kind}", ["a", "س"])
    code = (
        "import sys; sys.modules['openpyxl'] = sys.modules['defusedxml'] = None\n"
        "from pathlib import Path\nfrom ssekg.base.errors import CannotRunError\n"
        "from ssekg.sources.tables.reader import read_table\n"
        "from ssekg.sources.tables.table import TableSource\n"
        "source = TableSource(Path(sys.argv[1]), 'https://example.org/', 'laws', 'd', Path(sys.argv[2]))\n"
        "try:\n    read_table(source)\n"
        "except CannotRunError as error:\n    print(error.hint('en'))\n"
    )
    command = [sys.executable, "-c", code, str(DESCRIPTION), str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == 'Install the extra: pip install "ssekg[excel]"'


@KINDS
def test_a_workbook_that_is_not_there(tmp_path: Path, kind: str) -> None:
    with pytest.raises(CannotRunError) as caught:
        opened(tmp_path / f"laws{kind}")
    assert caught.value.code == "unreadable-file"


# In a project


def as_workbook(folder: Path, name: str, kind: str) -> Path:
    rows = list(csv.reader(io.StringIO(read(folder / "data" / f"{name}.csv"), newline="")))
    return write(folder / "data" / f"{name}{kind}", *rows[1:], sheet=name, header=rows[0])


@KINDS
def test_a_project_may_keep_a_table_as_a_workbook(copy: Path, kind: str) -> None:
    before = read_sources(read_project(copy))
    as_workbook(copy, "places", kind)
    (copy / "data/places.csv").unlink()
    after = read_sources(read_project(copy))
    assert after.data == before.data
    assert after.findings == before.findings


@KINDS
def test_a_table_that_is_kept_twice_is_a_finding(copy: Path, kind: str) -> None:
    as_workbook(copy, "places", kind)
    project = read_project(copy)
    table = open_table(project, copy / "data/places.csv-metadata.json")
    assert table.path.name == "places.csv"
    assert [(f.code, f.place and f.place.file) for f in table.findings] == [("table-twice", f"data/places{kind}")]


def test_a_workbook_from_elsewhere_is_read_in_the_place_of_the_projects_table(copy: Path, tmp_path: Path) -> None:
    project = read_project(copy)
    path = as_workbook(copy, "places", ".xlsx")
    given = Path(shutil.move(path, tmp_path / path.name))
    report = check_files(project, [given])
    assert [finding for finding in report.findings if finding.severity is Severity.VIOLATION] == []
    files = build_graph(project, [given]).sources.files
    assert sum(getattr(file, "name", "") == "places.csv" for file in files) == 1


def test_a_table_without_a_description_names_what_is_missing(project: Project, tmp_path: Path) -> None:
    path = write(tmp_path / "nothing-known.xlsx", ["a"])
    with pytest.raises(CannotRunError) as caught:
        open_given(project, path)
    assert caught.value.code == "no-description"
    assert "nothing-known.csv-metadata.json" in (caught.value.hint("fr") or "")


def test_validating_a_workbook_names_sheet_and_cell(copy: Path, cli: Cli) -> None:
    rows = list(csv.reader(io.StringIO(read(copy / "data/places.csv"), newline="")))
    rows[2][rows[0].index("within_id")] = "nowhere"
    rows[3][rows[0].index("hcp_code")] = "2"
    path = write(copy.parent / "places.ods", *rows[1:], sheet="places", header=rows[0])
    done = cli("--lang", "ar", "validate", path, cwd=copy)
    assert done.returncode == 1, done.stderr
    assert "PK" not in done.stdout
    for said in ("places!J3", "table-dangling-link", "places!N4", "excel-leading-zero"):
        assert said in done.stdout


def test_every_word_is_there(tmp_path: Path) -> None:
    path = write(tmp_path / "laws.xlsx", ["a", DAY])
    finding: Finding = opened(path).findings[0]
    for language in LANGUAGES:
        assert "2022-03-01" in message(finding, language)
    assert read_table(TableSource(DESCRIPTION, BASE, "x", "y", path)).text is None

"""Tables as stewards really save them: every file in tests/data/tables has the findings that are written for it."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from ssekg.base.findings import Finding
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import catalogue
from ssekg.reports.wording import hint_for, message
from ssekg.sources.load import Sources
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.tables.grids import read_csv
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from tests.graphs import BASE, cut, read

FOLDER: Final = Path(__file__).parents[2] / "data/tables"
EXPECTED: Final[dict[str, Any]] = tomllib.loads(read(FOLDER / "expected.toml"))
DESCRIPTION: Final = FOLDER / "laws.csv-metadata.json"
HEAD: Final = "id,name,dahir,code,date,articles,budget,in_force\n"


def opened(path: Path) -> Table:
    return read_table(TableSource(DESCRIPTION, BASE, path.name, DESCRIPTION.name, path))


def saved(folder: Path, content: bytes) -> Table:
    path = folder / "laws.csv"
    path.write_bytes(content)
    return opened(path)


def told(finding: Finding) -> dict[str, Any]:
    assert finding.place is not None
    return {
        "code": finding.code,
        "line": finding.place.line,
        "column": finding.place.column,
        "severity": finding.severity.value,
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_wrong_tables_have_their_findings_and_no_others(name: str) -> None:
    table = opened(FOLDER / f"{name}.csv")
    expected = EXPECTED[name]["findings"]
    assert [told(finding) for finding in table.findings] == [
        {"severity": "violation"} | {key: one[key] for key in one if key != "meant"} for one in expected
    ]
    for finding, one in zip(table.findings, expected, strict=True):
        if "meant" in one:
            assert finding.arguments["meant"] == one["meant"]


def test_every_file_of_the_folder_is_expected() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_place_is_the_cell(name: str) -> None:
    path = FOLDER / f"{name}.csv"
    text = read(path)
    for finding in opened(path).findings:
        if finding.place is not None and finding.place.end_line is not None and "value" in finding.arguments:
            shown = cut(text, finding.place).strip('"').replace('""', '"')
            assert re.sub("[\x00-\x08\x1b]", "\ufffd", shown) == finding.arguments["value"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_words_and_says_what_to_do(language: str) -> None:
    for name in EXPECTED:
        for finding in opened(FOLDER / f"{name}.csv").findings:
            assert not re.search(r"\{[a-z]", message(finding, language))
            assert hint_for(finding, language)


def test_every_code_of_tables_is_tested() -> None:
    folder = Path(__file__).parent
    text = "".join(read(path) for path in [FOLDER / "expected.toml", *folder.glob("test_*.py")])
    codes = {code for code in catalogue("en") if code.startswith(("table-", "excel-", "text-"))}
    assert {code for code in codes if f'"{code}"' not in text} == set()


def test_a_cell_that_was_mended_as_the_hint_says_has_no_finding(tmp_path: Path) -> None:
    mended = 0
    for name in EXPECTED:
        path = FOLDER / f"{name}.csv"
        text = read(path)
        for finding in opened(path).findings:
            if finding.place is None or not finding.arguments.get("meant"):
                continue
            old = cut(text, finding.place)
            meant = str(finding.arguments["meant"]).partition(" · ")[0]
            line = text.split("\n")[(finding.place.line or 0) - 1]
            column = (finding.place.column or 0) - 1
            assert line[column:].startswith(old)
            right = text.replace(line, line[:column] + meant + line[column + len(old) :])
            after = saved(tmp_path, right.encode()).findings
            assert (finding.place.line, finding.place.column) not in {
                (one.place.line, one.place.column)
                for one in after
                if one.place is not None and one.code == finding.code
            }
            mended += 1
    assert mended > 40


# Encodings


ROW: Final = "a,المكتب الوطني,1-15-83,01,2015,256,12.5,true\n"
FRENCH: Final = "a,Fès-Meknès à l’été,1-15-83,01,2015,256,12.5,true\n"


@pytest.mark.parametrize(
    ("content", "encoding", "line", "column", "sample"),
    [
        ((HEAD + ROW).encode("cp1256"), "Windows-1256", 2, 3, "المكتب"),
        ((HEAD + FRENCH).encode("cp1252"), "Windows-1252", 2, 4, "Fès"),
        ((HEAD + ROW).encode("utf-16"), "UTF-16", 1, 1, "id,name"),
        (b"\xfe\xff" + (HEAD + ROW).encode("utf-16-be"), "UTF-16", 1, 1, "id,name"),
        ((HEAD + ROW).encode("utf-16-le"), "UTF-16-LE", 1, 1, "id,name"),
        ((HEAD + ROW).encode("utf-16-be"), "UTF-16-BE", 1, 1, "id,name"),
        ((HEAD + ROW).replace(",", "\t").encode("utf-16"), "UTF-16", 1, 1, "id"),
        ((HEAD + ROW).encode("utf-32"), "UTF-32", 1, 1, "id,name"),
    ],
)
def test_other_encodings_are_named_and_never_read(
    tmp_path: Path, content: bytes, encoding: str, line: int, column: int, sample: str
) -> None:
    table = saved(tmp_path, content)
    finding = table.findings[0]
    assert [told(one) for one in table.findings] == [
        {"code": "table-encoding", "line": line, "column": column, "severity": "violation"}
    ]
    assert finding.arguments["encoding"] == encoding
    assert sample in str(finding.arguments["sample"])
    assert table.triples() == []
    for language in LANGUAGES:
        assert encoding in message(finding, language)
        assert "CSV UTF-8" in (hint_for(finding, language) or "")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04" + bytes(40), "XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "XLS"),
        (b"%PDF-1.7\n", "PDF"),
        (bytes(range(256)) * 8, "?"),
        (bytes(100_000), "?"),
    ],
)
def test_what_is_no_text_is_named_once(tmp_path: Path, content: bytes, kind: str) -> None:
    table = saved(tmp_path, content)
    assert [(one.code, one.place and one.place.line) for one in table.findings] == [("table-not-text", 1)]
    assert kind in str(table.findings[0].arguments["kind"])
    assert table.triples() == []


def test_lone_surrogates_are_found_in_their_cell(tmp_path: Path) -> None:
    table = saved(tmp_path, (HEAD + "a,ف\ud800س,,,,,,\nb\udc80,س,,,,,,\n").encode("utf-8", "surrogatepass"))
    assert [(one["code"], one["line"], one["column"]) for one in map(told, table.findings)][:2] == [
        ("table-character", 2, 3),
        ("table-character", 3, 1),
    ]
    assert "U+D800" in str(table.findings[0].arguments["character"])
    assert table.findings[0].arguments["value"] == "ف\ufffdس"
    assert {str(triple.subject) for triple in table.triples()} == set()


def test_a_very_long_cell_is_read_and_shown_cut(tmp_path: Path) -> None:
    table = saved(tmp_path, (HEAD + f"a,{'س' * 300_000},,,,{'9' * 5000}x,,\n").encode())
    assert [told(one)["code"] for one in table.findings] == ["table-datatype"]
    assert len(str(table.findings[0].arguments["value"])) == 200
    assert str(table.findings[0].arguments["value"]).endswith("…")


def test_a_declared_separator_is_no_surprise(tmp_path: Path) -> None:
    described = read(DESCRIPTION).replace('"url":', '"dialect": {"delimiter": ";"}, "url":')
    (tmp_path / DESCRIPTION.name).write_text(described, encoding="utf-8")
    for separator, codes in ((";", []), (",", ["table-dialect"]), ("\t", ["table-dialect"])):
        (tmp_path / "laws.csv").write_text((HEAD + ROW).replace(",", separator), encoding="utf-8")
        table = read_table(TableSource(tmp_path / DESCRIPTION.name, BASE, "laws.csv", DESCRIPTION.name))
        assert [one.code for one in table.findings] == codes
        assert len(table.triples()) == 7


def test_an_unusable_declared_separator_is_a_finding(tmp_path: Path) -> None:
    described = read(DESCRIPTION).replace('"url":', '"dialect": {"delimiter": ";;"}, "url":')
    (tmp_path / DESCRIPTION.name).write_text(described, encoding="utf-8")
    table = read_table(TableSource(tmp_path / DESCRIPTION.name, BASE, "laws.csv", DESCRIPTION.name))
    assert [one.code for one in table.findings] == ["table-description"]


def test_control_characters_in_turtle_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text('<a> <b> "x" ;\n  <c> "y\x07\x00" .\n', "utf-8")
    sources = Sources()
    sources.add_data(RdfFile(path, BASE, "a.ttl"))
    assert [told(finding) for finding in sources.findings] == [
        {"code": "text-control", "line": 2, "column": 9, "severity": "warning"}
    ]


def test_turtle_that_hides_text_is_warned_of_once_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    hidden = "\u202eفاس\u202c \u2066x\u2069"
    path.write_text(
        f'<a> <b> "فاس" ;\r\n  <c> "مكتب {hidden}" ; # \u202b\r\n  <d> "\u200fفاس\u200e" .\r\n', "utf-8", newline=""
    )
    sources = Sources()
    sources.add_data(RdfFile(path, BASE, "a.ttl"))
    assert [told(finding) for finding in sources.findings] == [
        {"code": "text-bidi-control", "line": 2, "column": 13, "severity": "warning"}
    ]
    assert sources.findings[0].arguments["character"] == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert len(sources.data) == 3


@pytest.mark.parametrize(
    ("wrong", "words"), [('a,"x" y,1,2023\n', "بعد علامة الاقتباس"), ('a,"x,1,2023\n', "ولم تغلق")]
)
def test_what_is_wrong_with_the_csv_is_said_in_the_reader_s_language(tmp_path: Path, wrong: str, words: str) -> None:
    content = read_csv(_written(tmp_path, "id,name\n" + wrong), "data/x.csv", lambda title: title in {"id", "name"})
    assert len([*content.records]) == 1
    (finding,) = content.findings
    assert finding.code == "table-syntax"
    assert words in message(finding, "ar")


def _written(folder: Path, content: str) -> Path:
    path = folder / "x.csv"
    path.write_text(content, encoding="utf-8")
    return path

"""Tables in their canonical form: the same cells, whatever program saved the file; what is not certain is refused."""

import codecs
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssekg.formatting import tables
from ssekg.formatting.tables import formatted_table
from tests.conftest import ROOT

BASE = "https://w3id.org/ssekg/id/"
COLUMNS: list[dict[str, Any]] = [
    {"name": "id", "propertyUrl": "id", "required": True},
    {"name": "name", "titles": {"fr": "Nom", "ar": "الاسم"}, "propertyUrl": "name"},
    {"name": "members", "propertyUrl": "members", "datatype": "integer"},
]
USUAL = 'id,name,members\nfes,فاس,007\nrif,"a, ""b""",\n'


def form(folder: Path, content: bytes, dialect: dict[str, str] | None = None) -> bytes | list[str]:
    """The canonical form of a table, or the codes of what keeps it from having one."""
    described: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "t.csv",
        "tableSchema": {"aboutUrl": "t/{id}", "columns": COLUMNS},
    }
    description = folder / "t.csv-metadata.json"
    description.write_text(json.dumps(described | ({"dialect": dialect} if dialect else {})), encoding="utf-8")
    (folder / "t.csv").write_bytes(content)
    done = formatted_table(folder / "t.csv", description, BASE, ("t.csv", description.name))
    assert (folder / "t.csv").read_bytes() == content
    return done if isinstance(done, bytes) else [finding.code for finding in done]


@pytest.mark.parametrize(
    "content",
    [
        USUAL.encode(),
        USUAL.encode("utf-8-sig"),
        USUAL.replace("\n", "\r\n").encode(),
        b'"id","name","members"\n"fes","\xd9\x81\xd8\xa7\xd8\xb3","007"\n"rif","a, ""b""",""',
        'id;name;members;\r\nfes;فاس; 007 ;\r\nrif;"a, ""b""";;\r\n;;;\r\n\r\n'.encode(),
        'sep=;\nid;name;members\nfes;فاس;007\nrif;"a, ""b""";\n'.encode(),
        'members\tid\tname\n007\tfes\tفاس\n\trif\t"a, ""b"""\n'.encode("utf-16"),
        codecs.BOM_UTF16_BE + USUAL.encode("utf-16-be"),
        USUAL.replace("id,", "\u00a0id ,", 1).encode(),
        USUAL.replace("\nrif", "\n\n,,\nrif").encode(),
    ],
    ids=["usual", "mark", "crlf", "quotes", "semicolons", "sep", "excel-unicode", "utf-16-be", "header", "empty-lines"],
)
def test_one_form_for_all_that_says_the_same(tmp_path: Path, content: bytes) -> None:
    assert form(tmp_path, content) == USUAL.encode()


def test_what_is_part_of_a_value_stays(tmp_path: Path) -> None:
    """Titles by which a column goes, unknown columns, spaces in texts, formulas, what a program spoiled."""
    content = 'Nom,more,id\n" x ",2, a\n=1+1,mars-22 ,b\n"l\r\nm",#REF!,e\u0301\n'
    assert (
        form(tmp_path, content.encode())
        == 'id,Nom,more\n a," x ",2\nb,=1+1,mars-22 \ne\u0301,"l\r\nm",#REF!\n'.replace('" x "', " x ").encode()
    )


def test_the_separator_of_the_description(tmp_path: Path) -> None:
    assert (
        form(tmp_path, USUAL.encode(), {"delimiter": ";"}) == 'id;name;members\nfes;فاس;007\nrif;"a, ""b""";\n'.encode()
    )


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (USUAL.encode("cp1256"), ["table-encoding"]),
        (USUAL.encode("utf-16-le"), ["table-encoding"]),
        (USUAL.encode("utf-16")[:-1], ["table-encoding"]),
        (b"PK\x03\x04", ["table-not-text"]),
        (b"id,name,members\na,b\nc,d,1,2\n", ["table-ragged-row", "table-ragged-row"]),
        (b'id,name,members\na,"b,1\n', ["table-syntax"]),
    ],
)
def test_what_is_not_certain_is_refused(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    assert form(tmp_path, content) == codes


def test_other_cells_are_never_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_cell", lambda _, text: text.lstrip("0"))
    with pytest.raises(RuntimeError):
        form(tmp_path, USUAL.encode())


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6) | st.sampled_from(
    ['"', ",", ";", "\n", "\r\n", "\r", " x", "فاس، الرباط", "=A1", "sep=;", "007", "-", "\t"]
)
ROWS = st.lists(st.tuples(CELLS, CELLS, st.sampled_from(["", "7", " 007", "7,5 "])), max_size=6)


@given(ROWS, st.permutations([0, 1, 2]), st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-16"]))
def test_same_cells_and_a_second_time_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], order: list[int], separator: str, code: str
) -> None:
    folder = tmp_path_factory.mktemp("table")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in [("id", "name", "members"), *rows]:
        writer.writerow([row[index] for index in order])
    once = form(folder, text.getvalue().encode(code))
    assert isinstance(once, bytes)
    assert form(folder, once) == once
    kept = [[first, second, third.strip()] for first, second, third in rows if any((first, second, third))]
    assert list(csv.reader(io.StringIO(once.decode(), newline="")))[1:] == kept


@pytest.mark.parametrize("table", sorted((ROOT / "data").glob("*.csv")), ids=lambda path: path.stem)
def test_tables_of_the_project_after_a_round_through_excel(table: Path, tmp_path: Path) -> None:
    """Saved by Excel in France, with semicolons, and as “Unicode text”: formatting gives the very same file back."""
    description = tmp_path / f"{table.name}-metadata.json"
    description.write_bytes((ROOT / "data" / description.name).read_bytes())
    records = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8"), newline="")))
    for separator, code in ((";", "utf-8-sig"), ("\t", "utf-16")):
        with (tmp_path / table.name).open("w", encoding=code, newline="") as file:
            csv.writer(file, delimiter=separator).writerows(records)
        done = formatted_table(tmp_path / table.name, description, BASE, (table.name, description.name))
        assert done == table.read_bytes()

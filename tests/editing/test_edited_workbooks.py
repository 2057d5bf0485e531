"""Whatever people edit and move, and whatever program saves it: exactly what was edited changes."""

import csv
import datetime
import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssekg.editing.edits import Edits
from ssekg.editing.workbook.reading import read_workbook
from ssekg.project.settings import read_project
from tests.conftest import SECOND
from tests.editing.workbooks import cell

# A row, the heading, what is typed and what the file is to have then.
Edit = tuple[int, tuple[str, Any, str]]
FORMATS: Final = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}
ARABIC_DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# What comes with pasted text.
AROUND: Final = st.sampled_from(
    ["", " ", "\N{NO-BREAK SPACE}", "\n", "\N{RIGHT-TO-LEFT MARK}", "\t\N{ZERO WIDTH SPACE}"]
)
TYPED: Final = st.one_of(
    st.integers(0, 10**6).map(lambda number: ("Membres", number, str(number))),
    st.integers(0, 10**6).map(lambda number: ("Membres", str(number).translate(ARABIC_DIGITS), str(number))),
    st.integers(0, 10**6).map(lambda number: ("Femmes", f"{number:_}".replace("_", "\N{NO-BREAK SPACE}"), str(number))),
    st.dates(datetime.date(1901, 1, 1), datetime.date(2099, 12, 31)).map(lambda day: ("Création", day, f"{day}")),
    st.dates(datetime.date(1901, 1, 13), datetime.date(2099, 12, 31))
    .filter(lambda day: day.day > 12)
    .map(lambda day: ("Création", f"{day:%d/%m/%Y}", f"{day}")),
    st.builds(lambda one, two: ("Sigle", f"{one}S, a b{two}", "S, a b"), AROUND, AROUND),
    st.builds(
        lambda one, text, two: ("Quai d’attache *", f"{one}{text}{two}", "joal"),
        AROUND,
        st.sampled_from(["joal", "Quai de Joal", "quai de  JOAL", "Teeru Jowaal", "Quai de Joal (joal)"]),
        AROUND,
    ),
)
EDITS: Final = st.lists(st.tuples(st.integers(2, 7), TYPED), max_size=6)
SHUFFLED: Final = st.randoms(use_true_random=False)
INDICES: Final = {"Sigle": 3, "Quai d’attache *": 4, "Membres": 5, "Femmes": 6, "Création": 7}


@given(EDITS, SHUFFLED)
@settings(max_examples=15)
def test_any_edits(exported: bytes, edits: list[Edit], chance: Random) -> None:
    """As Excel writes them, wherever rows and columns have been moved since."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.xlsx"
        path.write_bytes(edited(exported, edits, chance))
        assert_nothing_else_changes(path, edits)


@pytest.mark.parametrize(("locale", "suffix"), [("fr_FR", "xlsx"), ("ar_MA", "xlsx"), ("ar_MA", "ods")])
def test_saved_by_libreoffice(exported: bytes, tmp_path: Path, locale: str, suffix: str) -> None:
    """The same, after LibreOffice has opened and saved the workbooks in the locale of the reader."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: make programs")
    examples: list[list[Edit]] = []

    @given(EDITS, SHUFFLED)
    @settings(max_examples=5)
    def fill_in(edits: list[Edit], chance: Random) -> None:
        (tmp_path / f"{len(examples)}.xlsx").write_bytes(edited(exported, edits, chance) if edits else exported)
        examples.append(edits)

    fill_in()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", FORMATS[suffix], "--outdir", str(tmp_path / "saved")]
    command = [program, profile, *convert, *(str(tmp_path / f"{number}.xlsx") for number in range(len(examples)))]
    language = {**os.environ, "LC_ALL": f"{locale}.UTF-8"}
    subprocess.run(command, env=language, check=True, capture_output=True, timeout=300)
    assert [] in examples
    assert any(examples)
    for number, edits in enumerate(examples):
        assert_nothing_else_changes(tmp_path / "saved" / f"{number}.{suffix}", edits)


def edited(exported: bytes, edits: Sequence[Edit], chance: Random) -> bytes:
    """A workbook with edits of its groups, whose rows and columns are elsewhere then."""
    book = openpyxl.load_workbook(io.BytesIO(exported))
    groups = book["Groupements"]
    for row, (heading, value, _) in edits:
        cell(groups, heading, row).value = value
    rearrange(groups, chance)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def rearrange(sheet: Any, chance: Random) -> None:
    """Shuffle the rows below the first and the columns after the hidden one, with empty ones in between."""
    head, *rows = [[each.value for each in row] for row in sheet.iter_rows()]
    order = [*range(1, len(head)), None]
    chance.shuffle(order)
    below = [*rows, []]
    chance.shuffle(below)
    sheet.delete_rows(1, sheet.max_row)
    for row in (head, *below):
        sheet.append([row[0], *(None if index is None else row[index] for index in order)] if row else [None])


def assert_nothing_else_changes(path: Path, edits: Sequence[Edit]) -> None:
    """Exactly the edited cells of the edited rows are others. The checks are left out, which other tests look at."""
    outcome = read_workbook(Edits(read_project(SECOND)), path, path.name)
    table = SECOND / "data" / "groupements.csv"
    wanted = list(csv.reader(table.read_text("utf-8").splitlines()))
    for row, (heading, _, text) in edits:
        wanted[row - 1][INDICES[heading]] = text
    contents = outcome.edits.contents()
    now = contents.get(table, table.read_bytes()).decode()
    assert list(csv.reader(now.splitlines())) == wanted
    assert {path for path, content in contents.items() if content != path.read_bytes()} <= {table}
    assert outcome.problems == []

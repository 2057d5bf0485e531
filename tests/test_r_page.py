"""What docs/r.md asks of a release has answers; R itself runs it where it is installed with what the page names."""

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pyarrow.parquet
import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "r.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```r\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUERIES = re.findall(r'"(SELECT .*?)"', "".join(BLOCKS), re.DOTALL)
# Parquet needs a package that Debian has not.
OF_DATABASE = [block for block in BLOCKS if "arrow" not in block and "parquet" not in block]


def test_page_has_queries() -> None:
    assert len(QUERIES) == 4


@pytest.mark.parametrize("query", QUERIES)
def test_query_has_rows(query: str, release: Path) -> None:
    with sqlite3.connect(f"{(release / 'ssekg.sqlite').as_uri()}?mode=ro", uri=True) as database:
        given = ["number-of-cooperatives", 2024] if "?" in query else []
        assert database.execute(query, given).fetchall()


def test_columns_of_the_statistics(release: Path) -> None:
    shown = next(block for block in BLOCKS if "read_parquet" in block)
    columns = re.findall(r'"(\w+)"', shown) + re.findall(r"\$(\w+)", shown)
    assert columns
    assert set(columns) <= set(pyarrow.parquet.read_schema(release / "statistics.parquet").names)


def test_r_runs_it(release: Path, tmp_path: Path) -> None:
    r = shutil.which("Rscript")
    has_packages = 'quit(status = !all(sapply(c("DBI", "RSQLite"), requireNamespace, quietly = TRUE)))'
    if r is None or subprocess.run([r, "-e", has_packages], check=False).returncode:
        pytest.skip("R, DBI or RSQLite is not installed")
    (tmp_path / "public").symlink_to(release)
    (tmp_path / "page.R").write_text("\n".join([*OF_DATABASE, "dbDisconnect(kg)"]), encoding="utf-8")
    done = subprocess.run([r, "page.R"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "<svg" in (tmp_path / "cooperatives.svg").read_text(encoding="utf-8")

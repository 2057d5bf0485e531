"""Modules that are loaded late: not before something in them is used, and then as they are always."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from ssekg.base.late_modules import load_late


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package, with a module that needs the package and is needed by it."""
    folder = tmp_path / "latecomer"
    folder.mkdir()
    (folder / "__init__.py").write_text("from latecomer.inner import INNER\nOUTER = [INNER]\n", encoding="utf-8")
    (folder / "inner.py").write_text("from latecomer import other\nINNER = other.THREE\n", encoding="utf-8")
    (folder / "other.py").write_text("THREE = 3\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("latecomer", "latecomer.inner", "latecomer.other"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "latecomer"


def test_a_package_is_loaded_when_it_is_used(package: str) -> None:
    load_late(package)
    found = importlib.import_module(package)
    assert f"{package}.inner" not in sys.modules
    assert found.OUTER == [3]
    assert f"{package}.inner" in sys.modules
    with pytest.raises(AttributeError):
        found.nothing  # noqa: B018 - a loaded module says so itself


def test_a_module_in_a_package_loads_the_package_first(package: str) -> None:
    load_late(package)
    assert importlib.import_module(f"{package}.inner").INNER == 3
    assert sys.modules[package].OUTER == [3]


def test_what_is_loaded_or_not_there_stays_so(package: str) -> None:
    found = importlib.import_module(package)
    load_late(package, "latecomer_that_nobody_wrote")
    assert sys.modules[package] is found
    assert "latecomer_that_nobody_wrote" not in sys.modules


def test_a_table_is_read_without_what_csvw_does_not_need() -> None:
    code = (
        "import sys, pathlib; from ssekg.sources.tables.descriptions import read_description;"
        "read_description(pathlib.Path('docs/register.csv-metadata.json'), 'x'); print('rdflib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

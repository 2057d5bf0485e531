"""`import ssekg` costs nothing: what the package offers is imported when somebody asks for it."""

import subprocess
import sys

import ssekg


def loaded_after(code: str) -> set[str]:
    """The modules that a new Python has after some code, and has not without it."""
    script = f"import sys; before = set(sys.modules)\n{code}\nprint(*set(sys.modules) - before, sep=chr(10))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


def test_import_loads_nothing_else() -> None:
    assert loaded_after("import ssekg") == {"ssekg"}


def test_errors_do_not_bring_the_engine() -> None:
    assert "pyoxigraph" not in loaded_after("import ssekg; ssekg.SsekgError")


def test_opening_leaves_out_what_need_not_be_installed() -> None:
    loaded = loaded_after("import ssekg; ssekg.open")
    assert not loaded & {"pandas", "pyarrow", "rdflib", "resvg_py", "click"}


def test_everything_that_is_offered_is_there() -> None:
    assert set(ssekg.__all__) <= set(dir(ssekg))
    for name in ssekg.__all__:
        assert getattr(ssekg, name).__doc__

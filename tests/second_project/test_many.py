"""A project with very many statements, for which a few are taken here: its releases are the same."""

import subprocess
import sys
from pathlib import Path

from ssekg.publish.manifest import BUILD
from tests.second_project.conftest import publish_twice

# The real command, for which twenty triples are very many, any file of data is much to read, and a few rows of a table
# or things that somebody has looked at are all that is in memory.
FEW = """
import ssekg.base.packed, ssekg.base.recent, ssekg.base.spool, ssekg.base.triples, ssekg.checks.run
ssekg.base.triples.MANY, ssekg.checks.run._MUCH = 20, 0
ssekg.base.packed._MANY, ssekg.base.recent.MOST, ssekg.base.spool._AT_ONCE = 2, 3, 3
from ssekg.cli import main
main()
"""


def ssekg(*arguments: str | Path, cwd: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", FEW, "--lang", "en", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def contents(releases: Path) -> dict[str, bytes]:
    files = {path.relative_to(releases).as_posix(): path for path in releases.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if path.name != BUILD}


def test_releases_of_very_many_statements_are_the_same(published: Path, tmp_path: Path) -> None:
    publish_twice(tmp_path / "littoral", ssekg)
    expected, found = (contents(folder / ".public-releases") for folder in (published, tmp_path / "littoral"))
    assert len(expected) > 800
    assert {name: found.get(name) == content for name, content in expected.items()} == dict.fromkeys(found, True)

"""The axioms about the terms of a version, as they are kept: a line each, with prefixes.

`python -m tests.published_meanings` writes those of the version that ssekg.toml has, before it is released.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from ssekg.publish.meanings import Meanings, meanings_of
from tests.namespaces import PREFIXES, prefixes_of

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "tests" / "data" / "published"
_IRI: Final = re.compile(r"<([^<>]*)>")
_NAME: Final = re.compile(r"<([a-z0-9]+):(\w[\w-]*)>")


def written(meanings: Meanings) -> str:
    """The lines of a file."""
    known = prefixes_of("")

    def short(found: re.Match[str]) -> str:
        return f"<{known.shortened(found[1])}>"

    lines = [f"<{term}> {axiom}" for term, said in meanings.items() for axiom in said]
    return "".join(sorted(_IRI.sub(short, line) + "\n" for line in lines))


def read_meanings(path: Path) -> Meanings:
    """What a file says."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        term, _, axiom = _NAME.sub(lambda name: f"<{PREFIXES[name[1]]}{name[2]}>", line).partition(" ")
        found[term[1:-1]].add(axiom)
    return {term: frozenset(said) for term, said in found.items()}


if __name__ == "__main__":
    project = read_project(ROOT)
    meanings = meanings_of(build_graph(project))
    (FOLDER / f"{project.version}.meanings.txt").write_text(written(meanings), encoding="utf-8")

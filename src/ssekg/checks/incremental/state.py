"""What a project consists of, by the content of its files: what a bounded change leaves as it is, and the rest."""

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from typing import Final

from ssekg.base.digests import Digests
from ssekg.base.record_iris import PAGES_FOLDER
from ssekg.graph.kept import tool_state
from ssekg.project.settings import PROJECT_FILE, Project

_FOLDERS: Final = ("ontology", "data", "shapes", "queries", "messages", PAGES_FOLDER)
_ENGINES: Final = ("shacl", "csvw")


@cache
def _engine_versions() -> tuple[str, ...]:
    return tuple(map(version, _ENGINES))


class State:
    """The state of a project: `key` names all files that a bounded change leaves as they are, `data` has the others."""

    def __init__(self, project: Project, digests: Digests) -> None:
        """Look at all files.

        Raises:
            CannotRunError: one can't be read.
        """
        files = [path for folder in _FOLDERS for path in project.files_in(folder)]
        # A workbook is read as a whole.
        data = {*project.rdf_files, *(path for path in project.files_in("data") if path.suffix.lower() == ".csv")}
        hashed = hashlib.sha256(tool_state())
        made_by = (str(project.root.resolve()), sys.version, *_engine_versions())
        hashed.update(repr(made_by).encode("utf-8", "surrogatepass"))
        for path in (project.root / PROJECT_FILE, *files):
            content = "" if path in data else digests.of(path)
            hashed.update(f"{project.shown(path)}\0{content}\0".encode("utf-8", "surrogatepass"))
        self.key = hashed.hexdigest()
        self.data = {project.shown(path): digests.of(path) for path in sorted(data)}

    def __eq__(self, other: object) -> bool:
        """Whether nothing has changed."""
        return isinstance(other, State) and (self.key, self.data) == (other.key, other.data)

    __hash__ = None  # type: ignore[assignment]

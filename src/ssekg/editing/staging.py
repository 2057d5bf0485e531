"""A project as it would be: a copy with some files changed, for the checks to look at."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ssekg.project.settings import PROJECT_FILE, Project

_FOLDERS: Final = ("ontology", "data", "shapes", "queries", "messages")


@contextmanager
def staged(project: Project, contents: Mapping[Path, bytes]) -> Iterator[Project]:
    """A copy of a project, with other contents for some of its files, which is there as long as it is looked at."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        root.mkdir()
        for name in _FOLDERS:
            if (project.root / name).is_dir():
                shutil.copytree(project.root / name, root / name)
        shutil.copy(project.root / PROJECT_FILE, root)
        for path, content in contents.items():
            (root / path.relative_to(project.root)).write_bytes(content)
        yield replace(project, root=root)

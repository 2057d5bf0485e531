"""A context for the parts of a release, without publishing one."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.publish.folder import Folder
from ssekg.publish.previous import Previous

NOWHERE: Final = Path("nowhere")


def context_of(
    project: Project,
    graph: Graph,
    folder: Path = NOWHERE,
    *,
    previous: Path | None = None,
    files: Iterable[tuple[str, bytes]] = (),
) -> Context:
    """What the parts of a release of a graph are made of; `files` were written to `folder` before them."""
    before = Previous(previous) if previous else None
    context = Context(project, graph, Public(graph, project.privacy), before, Folder(folder))
    context.folder.add(files)
    return context

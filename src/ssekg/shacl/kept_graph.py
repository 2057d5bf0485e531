"""The graph of a project with what is derived: as it was kept when it was last read, if nothing has changed since."""

from functools import partial

from ssekg.base.cache import Cache
from ssekg.graph.kept import KeptGraph, keep, key_of
from ssekg.graph.store import Graph
from ssekg.project.settings import Project


def graph_of(project: Project, cache: Cache | None) -> Graph:
    """The graph with what is derived; without a cache it is read anew.

    Raises:
        CannotRunError: it can't be read.
    """
    if cache is None:
        return _read(project)
    digests = cache.digests_in(project.root)
    key = key_of(project, digests)
    kept = cache.find(key)
    graph = KeptGraph(project, kept) if kept is not None else _read(project)
    if kept is None and key_of(project, digests) == key:  # nobody has changed a file in the meantime
        cache.add(key, partial(keep, graph))
    digests.remember()
    return graph


def _read(project: Project) -> Graph:
    from ssekg.graph.store import build_graph
    from ssekg.shacl.chunks.project_tables import project_reader
    from ssekg.shacl.derivation import with_derived

    with project_reader(project) as read:
        stated = build_graph(project, read=read)
    graph, _ = with_derived(project, stated)
    return graph

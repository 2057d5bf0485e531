"""The graph of a release, as it can be asked: with what is derived, and with the vocabulary next to it."""

from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file
from ssekg.base.formats import rdf_format_of
from ssekg.base.triples import unique
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, derived_graph
from ssekg.sources.modules import without_modules
from ssekg.sources.vocabulary import parted

CONTEXT: Final = "context.jsonld"  # next to the ontology, and not a graph


def released_graph(project: Project, name: str) -> Graph:
    """A graph of a release, with what is derived.

    Args:
        project: that of the release.
        name: what the dumps are called: the `public_id` of the project for what everybody may see, its `id` for all.

    Raises:
        CannotRunError: a file is missing or broken.
    """
    derived = derived_graph(project.base)
    quads = _read(project, f"{name}.trig")
    return Graph(
        project.base,
        unique(quad.triple for quad in quads if quad.graph_name != derived),
        released_vocabulary(project),
        declared=project.prefixes,
        languages=project.languages,
        derived=unique(quad.triple for quad in quads if quad.graph_name == derived),
        import_bases=project.import_bases,
    )


def released_vocabulary(project: Project) -> list[ox.Triple]:
    """The vocabulary next to the graph of a release.

    Raises:
        CannotRunError: a file is missing or broken.
    """
    beside = [path.relative_to(project.root).as_posix() for path in project.ontology_files if path.name != CONTEXT]
    files = [[quad.triple for quad in _read(project, path)] for path in beside]
    vocabulary, _ = parted(unique(without_modules(files)), project.base)
    return vocabulary


def _read(project: Project, path: str) -> list[ox.Quad]:
    """The statements of a file of the release; its blank nodes are called as in no other."""
    content = read_file(project.root / path, str(project.root / path))
    try:
        return list(ox.parse(content, rdf_format_of(path), base_iri=project.base, rename_blank_nodes=True))
    except (SyntaxError, MemoryError) as problem:  # the latter for a text that is too long
        raise CannotRunError("broken-release", folder=str(project.root), problem=f"{path}: {problem}") from None

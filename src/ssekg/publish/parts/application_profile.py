"""The application profile: all shapes in one file that judges data without the ontology."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.graph.canonical import written
from ssekg.publish.context import Context
from ssekg.shacl.profile import profile
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile

PROFILE: Final = "profile.ttl"


def application_profile(context: Context) -> Iterator[tuple[str, bytes]]:
    """`profile.ttl`; nothing for a project without shapes."""
    project = context.project
    files = [RdfFile(path, project.base, project.shown(path)) for path in project.shapes_files]
    if files:
        found = profile(Shapes(files).triples, context.whole.terms)
        yield PROFILE, written(found, ox.RdfFormat.TURTLE, context.whole.prefixes)

"""The manifest, which lists all files before it."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT
from ssekg.graph.cubes import cubes
from ssekg.graph.store import Graph
from ssekg.graph.versions import MANIFEST
from ssekg.publish.context import Context
from ssekg.publish.manifest import Extent, Manifest, Withdrawal
from ssekg.publish.parts.w3id import vocabularies_of

_SOURCE: Final = ox.NamedNode(DCT + "source")


def manifest(context: Context) -> Iterator[tuple[str, bytes]]:
    """`manifest.json`: it counts the whole graph, but names nothing that is withheld."""
    project = context.project
    yield (
        MANIFEST,
        Manifest(
            id=project.id,
            public_id=project.public_id,
            name=dict(project.name),
            version=project.version,
            date=project.date.isoformat(),
            base=project.base,
            site=project.site,
            licence=project.licence,
            publisher=project.publisher,
            whole=_extent(context.whole),
            public=_extent(context.public),
            ontology_triples=len(context.whole.own_vocabulary),
            instances=_instances(context),
            sources=_sources(context),
            withdrawn=_withdrawn(context),
            vocabularies={each.path: each.file for each in vocabularies_of(context)},
            files=tuple(context.folder.files),
            query_engine=context.engine.version if context.engine else None,
        ).write(),
    )


def _extent(graph: Graph) -> Extent:
    return Extent(len(graph.data) + len(graph.derived), graph.digest)


def _instances(context: Context) -> dict[str, int]:
    """How many records of each kind there are, without what was withdrawn, and without data cubes."""
    found = {t.subject for t in context.whole.data} - cubes(context.whole.data)
    subjects = {each.value for each in found if isinstance(each, ox.NamedNode)} - context.withdrawn
    base = context.whole.base
    identifiers = (iri.removeprefix(base) for iri in subjects if iri.startswith(base) and "#" not in iri)
    return dict(sorted(Counter(identifier.partition("/")[0] for identifier in identifiers).items()))


def _withdrawn(context: Context) -> dict[str, Withdrawal]:
    return {
        each.iri.removeprefix(context.public.base): Withdrawal(
            each.date, each.reason.value, each.replacement.value if each.replacement else None
        )
        for each in context.tombstones
    }


def _sources(context: Context) -> dict[str, int]:
    """The sources that records name, and how many records and notes name each."""
    withheld = context.public.withheld
    sources = (t.object for t in context.whole.data if t.predicate == _SOURCE and t.object not in withheld)
    named = (source.value for source in sources if isinstance(source, ox.NamedNode))
    return dict(sorted(Counter(iri.removeprefix(context.whole.base) for iri in named).items()))

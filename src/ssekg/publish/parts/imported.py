"""What a release has to know of the releases that it stands on, to be opened without them."""

from collections.abc import Iterator

import pyoxigraph as ox

from ssekg.graph.canonical import written
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.project.released_settings import imported_file
from ssekg.publish.context import Context


def imported(context: Context) -> Iterator[tuple[str, bytes]]:
    """A file for each import: its vocabulary, and what it says of the records that the public graph links to.

    It is beside the ontology and in no dump: whoever asks for these records is led to who publishes them.
    """
    linked = {triple.object for triple in context.public.data}
    for each in context.whole.sources.imports:
        triples = with_canonical_labels(dict.fromkeys([*each.vocabulary, *each.reached(linked)]))
        yield imported_file(each.setting.name), written(triples, ox.RdfFormat.TURTLE, context.public.prefixes)

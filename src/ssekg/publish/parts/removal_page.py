"""The page that says how to have something corrected or removed, with what was withdrawn so far.

Of what was withdrawn it lists the identifier, the date, the reason and what takes its place, and nothing that the
record held.
"""

from collections.abc import Iterator

from ssekg.graph.naming import name_of
from ssekg.graph.public import Public
from ssekg.publish.context import Context
from ssekg.publish.tombstones import Tombstone


def removal_page(context: Context) -> Iterator[tuple[str, bytes]]:
    """`removal.html` in each language.

    Raises:
        CannotRunError: a template of the project can't be used.
    """

    def values(language: str) -> dict[str, object]:
        return {"withdrawn": [_row(tombstone, context.public, language) for tombstone in context.tombstones]}

    yield from context.site.pages("removal.html", "removal.html", values).items()


def _row(tombstone: Tombstone, graph: Public, language: str) -> dict[str, object]:
    replacement = tombstone.replacement
    return {
        "identifier": graph.shortened(tombstone.iri),
        "date": tombstone.date,
        "reason": name_of(graph, tombstone.reason, language),
        "replacement": replacement and {"iri": replacement.value, "name": name_of(graph, replacement, language)},
    }

"""The page that says how to have something corrected or removed, with what was withdrawn so far.

Of what was withdrawn it lists the identifier, the date and the reason, and nothing that the record held.
"""

from collections.abc import Iterator

from ssekg.graph.naming import name_of
from ssekg.publish.context import Context
from ssekg.site.pages import Site


def removal_page(context: Context) -> Iterator[tuple[str, bytes]]:
    """`removal.{language}.html` for each language.

    Raises:
        CannotRunError: a template of the project can't be used.
    """

    def values(language: str) -> dict[str, object]:
        withdrawn = [
            {
                "identifier": context.public.shortened(tombstone.iri),
                "date": tombstone.date,
                "reason": name_of(context.public, tombstone.reason, language),
            }
            for tombstone in context.tombstones
        ]
        return {"withdrawn": withdrawn}

    yield from Site(context.project).pages("removal", "removal.html", values).items()

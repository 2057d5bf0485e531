"""The query page of the site."""

from collections.abc import Iterator

from ssekg.publish.context import Context
from ssekg.queries.library import read_queries
from ssekg.site.query_page import query_pages


def query_page(context: Context) -> Iterator[tuple[str, bytes]]:
    """The query page in each language, what it loads, and its engine if the release has one.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    public = context.public
    kinds = (kind for kind in context.addresses.kinds if kind not in public.terms.leads)
    yield from query_pages(context.site, public, kinds, read_queries(context.project), context.engine)

"""The search index of the site."""

from collections.abc import Iterator

from ssekg.publish.context import Context
from ssekg.queries.library import read_queries
from ssekg.site.search_index import search_index as index_files


def search_index(context: Context) -> Iterator[tuple[str, bytes]]:
    """`search.js` and, of very many records, the parts of the index; what is withheld can't be found."""
    public = context.public
    named = (thing.value for thing in public.labels)
    records = (iri for iri in named if "#" not in iri.removeprefix(public.base))
    pages = {iri: context.addresses.page_of(iri) for iri in records}
    addresses = {iri: page.replace(".html", "", 1) for iri, page in pages.items() if page}
    yield from index_files(context.project, public, addresses, read_queries(context.project))

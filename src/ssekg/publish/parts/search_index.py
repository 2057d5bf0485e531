"""The search index of the site."""

from collections.abc import Iterator

from ssekg.publish.context import Context
from ssekg.queries.library import read_queries
from ssekg.site.own_terms import own_terms
from ssekg.site.question_pages import page_of
from ssekg.site.search_index import search_index as index_files


def search_index(context: Context) -> Iterator[tuple[str, bytes]]:
    """`search.js` and, of very many records, the parts of the index; it finds what has a page in the site before it."""
    public = context.public
    named = (thing.value for thing in public.labels)
    records = (iri for iri in named if "#" not in iri.removeprefix(public.base))
    pages = {iri: context.addresses.page_of(iri) for iri in records}
    addresses = {iri: page.replace(".html", "", 1) for iri, page in pages.items() if page}
    paths, language = set(context.folder.paths), context.project.languages[0]
    queries = (each for each in read_queries(context.project) if f"{language}/{page_of(each)}" in paths)
    terms = (each for each in own_terms(public).values() if f"{language}/{each.path}" in paths)
    yield from index_files(context.project, public, addresses, queries, terms, context.text_pages)

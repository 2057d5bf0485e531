"""The pages that say what a release is and which files it has, in each language, and one to choose a language by."""

from collections.abc import Iterator
from typing import Final

from ssekg.base.record_iris import file_name
from ssekg.graph.versions import MANIFEST
from ssekg.guides.tables import Guides, TableGuide
from ssekg.publish.context import Context
from ssekg.publish.news import latest_news
from ssekg.site.about_page import about_pages
from ssekg.site.data_page import Dataset, data_pages
from ssekg.site.entry_page import entry_pages, naming
from ssekg.site.home_page import home_pages
from ssekg.site.layout import MISSING
from ssekg.sources.records import Records
from ssekg.sources.tables.table import Table

# What programs find from the page: the file and its media type.
_ALTERNATES: Final = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
    "feed.atom": "application/atom+xml",
}


def pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """`index.html` to choose a language, `404.html`; in each the first page, those of the files, the site, and entry.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    site = context.site
    sizes = {file.path: file.bytes for file in context.folder.files} | {MANIFEST: None}
    about = {
        "dataset": context.folder.content("dataset.jsonld").decode(),
        "alternates": {path: kind for path, kind in _ALTERNATES.items() if path in sizes},
    }
    yield "index.html", site.root_page(about)
    yield MISSING, site.missing_page()
    shown = home_pages(
        site,
        context.public,
        context.addresses,
        about,
        context.questions(lambda query: query.home is not None),
        lambda tag: latest_news(context, tag),
    )
    yield from shown.items()
    yield from data_pages(site, sizes, list(_datasets(context)), about).items()
    yield from about_pages(site, context.text_pages).items()
    yield from entry_pages(site, _sheet(context)).items()


def _sheet(context: Context) -> tuple[Table, TableGuide] | None:
    """The table with public records that is shown to be filled in, with its guide.

    It has names; most other tables go with it, else it has most rows.
    """
    tables = {file.name: file for file in context.whole.sources.files if isinstance(file, Table)}
    shown = [
        tables[name]
        for kind, (name, _) in Records(tables.values(), context.public.base).tables.items()
        if kind in context.public.kinds
    ]
    relations = {each.name: each.description.relations if each.description else () for each in shown}
    table = max(shown, key=lambda each: (bool(naming(each)), len(relations[each.name]), len(each.rows)), default=None)
    guide = Guides(context.project, context.whole).of(table.name) if table is not None else None
    return (table, guide) if table is not None and guide is not None else None


def _datasets(context: Context) -> Iterator[Dataset]:
    """The tables of the release but for those of lists, each kind of records with its document as well."""
    addresses, there = context.addresses, set(context.folder.paths)
    for table in context.listed.tables:
        if table.is_list:
            continue
        # Of the tables of a kind, one has its records, others their parts.
        is_kind = table.about == f"{context.public.base}{table.kind}/{{id}}" and table.kind in addresses.kinds
        documents = {f"id/{file_name(table.kind)}.jsonld"} & there if is_kind else ()
        page = addresses.kind_page(table.kind) if is_kind else ""
        files = [table.path, *documents]
        yield Dataset(table.titles or {"": table.name}, page, table.count, files)

"""The site of a release: a page for each kind and each record, the overviews, and what all pages load."""

from collections import defaultdict
from collections.abc import Iterator

from ssekg.base.record_iris import file_name
from ssekg.publish.context import Context
from ssekg.publish.parts.changelog import CHANGES
from ssekg.publish.record_history import record_history
from ssekg.site.kind_pages import KindPages
from ssekg.site.record_pages import RecordPages


def site(context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages of kinds in each language, the overviews, and the assets of all pages.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    public, addresses = context.public, context.addresses
    yield from context.site.assets()
    files: dict[str, list[str]] = defaultdict(list)
    for table in context.listed.tables:
        if table.kind and not table.is_list:
            files[table.kind].append(table.path)
    for kind in addresses.kinds:
        files[kind].append(f"id/{file_name(kind)}.jsonld")
    yield from KindPages(context.site, public, addresses).pages(files)
    yield from context.overviews.pages(context.site)


def record_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages of records in each language, where they are files.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    if context.are_pages_files:
        history = record_history(context.folder.content(CHANGES), context.site, context.public)
        yield from RecordPages(context.site, context.public, context.addresses, history).pages()

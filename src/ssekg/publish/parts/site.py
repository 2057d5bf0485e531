"""The site of a release: its first page, a page for each kind and each record, and what all pages load."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssekg.base.language import joined
from ssekg.base.messages import text
from ssekg.base.record_iris import file_name
from ssekg.graph.changes.compare import Change, Changes, Sort
from ssekg.graph.changes.json import from_json
from ssekg.graph.changes.words import lines_of
from ssekg.publish.context import Context
from ssekg.publish.parts.changelog import CHANGES
from ssekg.site.kind_pages import KindPages
from ssekg.site.record_pages import History, RecordPages


def site(context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages of kinds and, where they are files, of records in each language, and the assets of all pages.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    public, addresses = context.public, context.addresses
    yield from context.site.assets()
    files: dict[str, list[str]] = defaultdict(list)
    for table in context.tables.in_csv:
        if table.kind and not table.is_list:
            files[table.kind].append(table.path)
    for kind in addresses.kinds:
        files[kind].append(f"id/{file_name(kind)}.jsonld")
    yield from KindPages(context.site, public, addresses).pages(files)
    if context.are_pages_files:
        yield from RecordPages(context.site, public, addresses, _history(context)).pages()


def _history(context: Context) -> History:
    """What the changelog says of each record."""
    found: dict[str, list[tuple[str, Changes, Change]]] = defaultdict(list)
    for release in json.loads(context.folder.content(CHANGES))["releases"]:
        changes = from_json(release)
        for change in changes.changes:
            found[change.entity].append((f"{release['version']} ({release['date']})", changes, change))

    def lines(iri: str, language: str) -> list[str]:
        words = context.site.words(language)
        return [
            text("changelog-of-record", words, {"release": release, "changes": joined(what, words)})
            for release, changes, change in found.get(iri, ())
            if (what := _what(changes, change, context, words))
        ]

    return lines


def _what(changes: Changes, change: Change, context: Context, words: str) -> Sequence[str]:
    if change.sort is Sort.ADDED:
        return [text("changelog-added", words)]
    return lines_of(changes, change, context.public, words)

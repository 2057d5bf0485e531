"""The page that says what changed, made of the changelog before it."""

import json
from collections.abc import Iterator
from typing import Final

from ssekg.graph.changes.json import from_json
from ssekg.publish.context import Context
from ssekg.publish.parts.changelog import CHANGES, PATCH
from ssekg.site.changes_page import PastRelease, changes_pages

_FILES: Final = (CHANGES, PATCH, "feed.atom", "feed/index.ttl")


def changes_page(context: Context) -> Iterator[tuple[str, bytes]]:
    """`changes.html` in each language.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    releases = [
        PastRelease(each["version"], each["date"], each["previous"], each["records"], from_json(each))
        for each in json.loads(context.folder.content(CHANGES))["releases"]
    ]
    there = set(context.folder.paths)
    files = [path for path in _FILES if path in there]
    yield from changes_pages(context.site, context.public, context.addresses, releases, files).items()

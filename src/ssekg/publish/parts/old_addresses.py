"""Pages at the addresses that earlier releases had, which lead on."""

from collections.abc import Iterator
from typing import Final

from ssekg.publish.context import Context

_MOVED: Final = {"index": "index.html", "quality": "quality.html", "removal": "removal.html"}


def old_addresses(context: Context) -> Iterator[tuple[str, bytes]]:
    """`NAME.{language}.html` for each page that was there.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    for name, path in _MOVED.items():
        yield from context.site.leading_pages(name, path)

"""What comes of comparing a release with the previous one, of which no file is made."""

from collections.abc import Iterator

from ssekg.publish.context import Context


def comparison(context: Context) -> Iterator[tuple[str, bytes]]:
    """No file: the comparison is made among the parts that have the graph of the previous release in memory anyway.

    Raises:
        CannotRunError: the previous release is not complete.
    """
    _ = context.comparison
    yield from ()

"""What keeps a change from being checked by itself."""

from typing import Final

MOST_NODES: Final = 5_000
"""Of how many nodes a change may matter to at most: with more, everything is checked no later."""


class UnboundedError(Exception):
    """What a change reaches is not known, or is too much: everything is to be checked. The text says why."""

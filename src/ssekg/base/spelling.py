"""What somebody probably meant: the known name that a misspelt one resembles most, and the words to say so."""

import difflib
from collections.abc import Iterable
from typing import Final

from ssekg.base.language import fold
from ssekg.base.said import Argument, Arguments, Said

# Looks alike enough to be named; below it a suggestion is more often wrong than right.
ALIKE: Final = 0.7


def nearest_name(wanted: str, names: Iterable[str]) -> str | None:
    """The name most similar to `wanted`, None if none is similar; case, hamza and diacritics do not count."""
    folded = {fold(name): name for name in names}
    return next((folded[name] for name in difflib.get_close_matches(fold(wanted), folded, 1, ALIKE)), None)


def suggestion(meant: Argument | None) -> Arguments:
    """The argument `nearest` of a hint: the question whether that was meant; no argument where nothing is alike."""
    return {} if meant is None else {"nearest": Said("did-you-mean", {"term": meant})}

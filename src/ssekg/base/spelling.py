"""What somebody probably meant: the known name that a misspelt one resembles most, and the words to say so."""

import difflib
from collections.abc import Iterable
from typing import Final

from ssekg.base.language import LANGUAGES, fold
from ssekg.base.messages import text

# Looks alike enough to be named; below it a suggestion is more often wrong than right.
ALIKE: Final = 0.7


def nearest_name(wanted: str, names: Iterable[str]) -> str | None:
    """The name of some that resembles `wanted` most, None if none does; case, hamza and diacritics do not count."""
    folded = {fold(name): name for name in names}
    return next((folded[name] for name in difflib.get_close_matches(fold(wanted), folded, 1, ALIKE)), None)


def name_advice(name: str | None) -> dict[str, str]:
    """The argument `nearest` of a hint about a name that is unknown: whether that one was meant, or nothing."""
    if name is None:
        return {"nearest": ""}
    return {f"nearest.{tag}": " " + text("did-you-mean", tag, {"term": name}) for tag in LANGUAGES}

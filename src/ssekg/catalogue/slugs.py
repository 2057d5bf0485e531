"""The address that CKAN’s harvester gives a dataset, made from its title."""

import re
import unicodedata
from typing import Final

_LONGEST: Final = 95
_SHORTEST: Final = 2
# Letters of Latin-1 that CKAN spells with two.
_SPELLED: Final = str.maketrans(
    {"Æ": "Ae", "æ": "ae", "Ð": "Th", "ð": "th", "Þ": "Th", "þ": "th", "ß": "ss", "Ø": "O", "ø": "o"}
)
_TAG: Final = re.compile(r"[\w \-.]{2,100}")


def is_tag(word: str) -> bool:
    """Whether CKAN takes a keyword."""
    return _TAG.fullmatch(word) is not None


def slug(title: str) -> str:
    """The name of a dataset in CKAN: Latin letters without accents, digits, hyphens; what else there is drops out.

    A title without any of them becomes `__`, which CKAN fills short names up with.
    """
    latin = "".join(_without_accent(character) for character in title.translate(_SPELLED))
    name = re.sub("[^a-zA-Z0-9-_]", "", re.sub("[ .:/]", "-", latin)).lower()
    name = re.sub("-+", "-", name).strip("-")
    if len(name) > _LONGEST:
        year = re.fullmatch(r".*?[_-]((?:\d{2,4}[-/])?\d{2,4})", name)
        name = f"{name[: _LONGEST - len(year[1]) - 1]}-{year[1]}" if year else name[:_LONGEST]
    return re.sub("-+", "-", name).ljust(_SHORTEST, "_")


def _without_accent(character: str) -> str:
    """The letter below the accent in Latin-1; a character beyond it is nothing to CKAN."""
    if ord(character) > 0xFF:
        return ""
    bare = unicodedata.normalize("NFD", character)[0]
    return bare if bare.isascii() else ""

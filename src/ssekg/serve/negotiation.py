"""What a client wants, by the headers in which it says so (RFC 9110, 12.5): forms, codings, languages."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

# An element of a list, and a parameter of it; commas and semicolons within quotes part nothing. Quotes need
# not be closed: else the end of each would be looked for up to that of the header.
_ELEMENT: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+"?)++')
_PARAMETER: Final = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*+"?)++')
# What a client wants it says in fewer characters; what comes behind them does not count.
_LONGEST: Final = 2048
_WEIGHT: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*", re.IGNORECASE)
_WEIGHED: Final = re.compile(r"\s*q\s*=", re.IGNORECASE)
CODINGS: Final = ("br", "zstd", "gzip")
"""The codings of contents in which files are kept, the one that is preferred first."""


def wishes(header: str) -> Mapping[str, float]:
    """What a header names, in lower case and in its order, and how much it is wanted, from 0 to 1.

    What has a weight that is none is left out. Other parameters do not count.
    """
    return _wishes(header[:_LONGEST])


@lru_cache(maxsize=1024)
def _wishes(header: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for element in _ELEMENT.findall(header):
        name, *parameters = _PARAMETER.findall(element) or [""]
        weight = next((each for each in parameters if _WEIGHED.match(each)), None)
        given = None if weight is None else _WEIGHT.fullmatch(weight)
        if name.strip() and (weight is None or given):
            found.setdefault(name.strip().lower(), float(given[1]) if given else 1.0)
    return found


def best_form(header: str | None, forms: Mapping[str, Sequence[str]]) -> str | None:
    """The form that is wanted most, None if none is wanted.

    Of several, it is the one that is named rather than covered by a `*`, then the first.

    Args:
        header: `Accept`; without it, or if it is empty, every form is welcome.
        forms: the media types of each form, in the order in which they are preferred.
    """
    if not header or not header.strip():
        return next(iter(forms), None)
    wanted = wishes(header)
    ranked = [(_rank(types, wanted), form) for form, types in forms.items()]
    best = max((rank for rank, _ in ranked), default=(0.0, 0))
    return next(form for rank, form in ranked if rank == best) if best[0] > 0 else None


def _rank(media_types: Sequence[str], wanted: Mapping[str, float]) -> tuple[float, int]:
    """How much a form with some media types is wanted, and how exactly it is named; what is more exact counts."""
    families = dict.fromkeys(f"{each.partition('/')[0]}/*" for each in media_types)
    for at, ranges in enumerate((media_types, families, ("*/*",))):
        named = [wanted[each] for each in ranges if each in wanted]
        if named:
            return max(named), -at
    return 0.0, 0


def best_language(header: str | None, languages: Sequence[str]) -> str | None:
    """The language that is wanted most, None if none is named; of several, the one that is named first.

    `fr-MA` is content with `fr`, and `fr` with `fr-MA` (RFC 4647, 3.3 and 3.4).
    """
    return _best_language(header[:_LONGEST], tuple(languages)) if header else None


@lru_cache(maxsize=1024)
def _best_language(header: str, languages: tuple[str, ...]) -> str | None:
    ranked = sorted(_wishes(header).items(), key=lambda pair: -pair[1])
    refused = {name for name, weight in ranked if weight == 0}
    for wanted, weight in ranked:
        for language in languages if weight else ():
            tag = language.lower()
            if tag not in refused and (f"{wanted}-".startswith(f"{tag}-") or f"{tag}-".startswith(f"{wanted}-")):
                return language
    return None


def codings(header: str | None) -> tuple[str, ...]:
    """The codings that a client takes, the best first; "identity" is none, and is last unless it is refused."""
    return _codings(header[:_LONGEST] if header else "")


@lru_cache(maxsize=1024)
def _codings(header: str) -> tuple[str, ...]:
    wanted = _wishes(header)
    rest = wanted.get("*", 0.0)
    weights = {coding: wanted.get(coding, wanted.get(f"x-{coding}", rest)) for coding in CODINGS}
    taken = sorted((coding for coding in CODINGS if weights[coding]), key=lambda coding: -weights[coding])
    is_refused = wanted.get("identity", wanted.get("*", 1.0)) == 0
    return (*taken, *(() if is_refused else ("identity",)))

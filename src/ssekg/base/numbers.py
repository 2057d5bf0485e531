"""Numbers as people write them: how digits are grouped depends on the language and the country (Unicode's CLDR)."""

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel.core import Locale

_BYTES: Final = ("B", "kB", "MB", "GB")
_UNITS: Final = ("byte", "kilobyte", "megabyte", "gigabyte")


def read_number(text: str) -> Decimal | None:
    """The number that a text of one of XML Schema's numeric types is, None for anything else and for infinity."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def grouped(number: Decimal, language: str, country: str = "") -> str:
    """A number with its digits in groups, as people write it who read `language` in a country (ISO 3166, or "")."""
    from babel.numbers import format_decimal

    locale = _locale(language, country)
    if locale is None:
        return f"{number:f}"
    try:
        return str(format_decimal(number, locale=locale, decimal_quantization=False))
    except InvalidOperation:  # it has more digits than Babel can write
        return f"{number:G}"


def file_size(size: int, language: str, country: str = "") -> str:
    """How large a file is, in a unit of which it has some, as people write it who read `language` in a country."""
    from babel.units import format_unit

    power = min(len(_BYTES) - 1, max(0, len(str(size)) - 1) // 3)
    number = round(size / 1000**power, 1) if power and size < 10 * 1000**power else round(size / 1000**power)
    locale = _locale(language, country)
    if locale is None:
        return f"{number} {_BYTES[power]}"
    return str(format_unit(number, f"digital-{_UNITS[power]}", length="short", locale=locale))


@cache
def _locale(language: str, country: str) -> "Locale | None":
    """What CLDR has for a language as it is written in a country, else for the language, None for neither."""
    from babel.core import Locale, UnknownLocaleError

    for tag in (f"{language}-{country}", language) if country else (language,):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None

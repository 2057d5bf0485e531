"""The types of parameters that are values: how each is read, and how grlc marks its variable."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import language_tag, visible
from ssekg.base.namespaces import XSD

# What separates groups of three digits: spaces of any width, apostrophes, and the Arabic thousands separator.
_GROUPED: Final = re.compile(r"([+-]?\d{1,3})((?:[\s'’٬]\d{3})+)(?!\d)")
_SEPARATOR: Final = re.compile(r"[\s'’٬]")
# A comma or point that could as well separate thousands as decimals.
_TWO_READINGS: Final = re.compile(r"([+-]?[1-9]\d{0,2})[.,](\d{3})")
# What engines can compare: digits before the point, and after it.
_MOST_DIGITS: Final = 18
_YEAR: Final = re.compile(r"\d{4}")
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class AmbiguousNumberError(ValueError):
    """A number with two readings: in `large` the comma or point separates thousands, in `small` decimals."""

    def __init__(self, large: str, small: str) -> None:
        """Keep both readings."""
        super().__init__(f"{large} / {small}")
        self.large = large
        self.small = small


LANGUAGE: Final = "language"


@dataclass(frozen=True)
class Type:
    """A type: what the names of its variables end with, and how a text of it becomes a literal.

    `parse` raises ValueError for a text of another type.
    """

    suffix: str
    parse: Callable[[str], ox.Literal]


def _integer(text: str) -> ox.Literal:
    return ox.Literal(int(_plain(text)))


def _decimal(text: str) -> ox.Literal:
    try:
        number = Decimal(_plain(text).replace("٫", ".").replace(",", "."))
    except InvalidOperation:
        raise ValueError(text) from None
    exponent = number.as_tuple().exponent
    # Written out, 1e999999999 would fill the memory.
    if not isinstance(exponent, int) or exponent < -_MOST_DIGITS or number.adjusted() >= _MOST_DIGITS:
        raise ValueError(text)
    return ox.Literal(f"{number:f}", datatype=ox.NamedNode(XSD + "decimal"))


def _year(text: str) -> ox.Literal:
    if not _YEAR.fullmatch(text):
        raise ValueError(text)
    return ox.Literal(int(text))


def _date(text: str) -> ox.Literal:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = date(*map(int, match.groups()))
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def _language(text: str) -> ox.Literal:
    tag = language_tag(text)
    if tag is None:
        raise ValueError(text)
    return ox.Literal(tag)


def _plain(text: str) -> str:
    """A number in ASCII digits, without what groups them.

    Raises:
        AmbiguousNumberError: it has two readings.
    """
    if "_" in text:  # Python takes it for a separator
        raise ValueError(text)
    text = "".join(str(int(character)) if character.isdecimal() else character for character in text)
    match = _TWO_READINGS.fullmatch(text)
    if match is not None:
        small = Decimal(f"{match[1]}.{match[2]}").normalize()
        raise AmbiguousNumberError(str(int(match[1] + match[2])), f"{small:f}")
    return _GROUPED.sub(lambda group: group[1] + _SEPARATOR.sub("", group[2]), text, count=1)


def _visible(parse: Callable[[str], ox.Literal]) -> Callable[[str], ox.Literal]:
    return lambda text: parse(visible(text).strip())


TYPES: Final[Mapping[str, Type]] = {
    "integer": Type("_integer", _visible(_integer)),
    "decimal": Type("_decimal", _visible(_decimal)),
    "year": Type("_integer", _visible(_year)),
    "date": Type("_xsd_date", _visible(_date)),
    "string": Type("", ox.Literal),
    LANGUAGE: Type("", _visible(_language)),
}

"""Dates as spreadsheets show them in Arabic, French and English: 15-janv-83, mars-22, Mar-22, مارس-22, 01/03/2022."""

import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = (
    ("january", "jan", "janvier", "janv", "يناير"),
    ("february", "feb", "février", "fevrier", "févr", "fevr", "fév", "fev", "فبراير"),
    ("march", "mar", "mars", "مارس"),
    ("april", "apr", "avril", "avr", "أبريل", "ابريل", "إبريل"),
    ("may", "mai", "ماي", "مايو"),
    ("june", "jun", "juin", "يونيو", "يونيه"),
    ("july", "jul", "juillet", "juil", "يوليوز", "يوليو", "يوليه"),
    ("august", "aug", "août", "aout", "غشت", "أغسطس"),
    ("september", "sept", "sep", "septembre", "شتنبر", "سبتمبر"),
    ("october", "oct", "octobre", "أكتوبر", "اكتوبر"),
    ("november", "nov", "novembre", "نونبر", "نوفمبر"),
    ("december", "dec", "déc", "décembre", "decembre", "دجنبر", "ديسمبر"),
)
_MONTH: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAMES: Final = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_GAP: Final = r"[ \u00a0/.,-]+"
_NAMED: Final = re.compile(
    rf"(?:(?P<day>\d{{1,2}}){_GAP})?(?P<month>{_NAMES})\.?(?:{_GAP}(?P<last>\d{{1,2}}),?)?(?:{_GAP}(?P<year>\d{{4}}))?"
)
_NUMBERS: Final = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.-](\d{4})")
_TIME: Final = re.compile(r"[ t]0?0:00(:00)?(\.0+)?$")
_SERIAL: Final = re.compile(r"[1-6]\d{4}")
_DAY_ZERO: Final = datetime.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date that was read from what is shown; the year is None in `9-août`, the day in `mars-22`."""

    year: int | None
    month: int
    day: int | None

    @property
    def iso(self) -> list[str]:
        """As ISO 8601, the less precise first where the first of a month may mean the whole month."""
        if self.year is None:
            return []
        month = f"{self.year:04}-{self.month:02}"
        if self.day is None:
            return [month]
        return [month] * (self.day == 1) + [f"{month}-{self.day:02}"]

    @property
    def codes(self) -> Iterator[str]:
        """The codes that a spreadsheet takes for this date: 1-15-83, 15/1/1983, 09-07, 3.4."""
        short = None if self.year is None else f"{self.year % 100:02}"
        for separator, padded in itertools.product("-/.", (False, True)):
            month, day = (f"{n:02}" if padded and n else str(n or "") for n in (self.month, self.day))
            orders = [(month, day, short), (day, month, short), (short, month, day), (day, month), (month, day)]
            if self.day is None:
                orders = [(month, short), (short, month), (month, str(self.year))]
            elif self.day == 1:
                orders += [(month, short)]
            for parts in orders:
                if all(parts):
                    yield separator.join(part for part in parts if part)


def shown_dates(text: str) -> list[ShownDate]:
    """What a text may mean as a date, an empty list if it is not one; `01/03/2022` has two meanings."""
    text = _TIME.sub("", text.strip().lower())
    numbers, month_year = _NUMBERS.fullmatch(text), _MONTH_YEAR.fullmatch(text)
    if numbers:
        return [date for date in _numbered(numbers[1], numbers[3], numbers[4]) if _exists(date)]
    if month_year:
        return [date for date in [ShownDate(int(month_year[2]), int(month_year[1]), None)] if _exists(date)]
    if _SERIAL.fullmatch(text):
        date = _DAY_ZERO + datetime.timedelta(int(text))
        return [ShownDate(date.year, date.month, date.day)]
    named = _NAMED.fullmatch(text)
    return [date for date in _named(named) if _exists(date)] if named else []


def _numbered(first: str, second: str, third: str) -> list[ShownDate]:
    if len(first) >= 3:
        return [ShownDate(int(first), int(second), int(third))]
    year = _year(third)
    orders = [ShownDate(year, int(second), int(first)), ShownDate(year, int(first), int(second))]
    return list(dict.fromkeys(orders))


def _named(match: re.Match[str]) -> list[ShownDate]:
    month, day, last, year = _MONTH[match["month"]], match["day"], match["last"], match["year"]
    if year:  # 15 janvier 1983, January 15, 1983, mars 2022
        number = day or last
        return [ShownDate(int(year), month, int(number) if number else None)] if not (day and last) else []
    if last:  # 15-janv-83, mars-22
        return [ShownDate(_year(last), month, int(day) if day else None)]
    return [ShownDate(None, month, int(day))] if day else []


def _year(text: str) -> int:
    """The year of a spreadsheet's two digits: 00 to 29 are after 2000, 30 to 99 before it."""
    return int(text) if len(text) > 2 else int(text) + (2000 if int(text) < 30 else 1900)


def _exists(date: ShownDate) -> bool:
    try:
        datetime.date(date.year or 2000, date.month, date.day or 1)
    except ValueError:
        return False
    return True

"""The periods that literals give: days, months and years, as numbers of years."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from ssekg.queries.answers import Cell

_PERIOD: Final = re.compile(r"(?P<year>-?\d{4,})(-(?P<month>\d{2})(-(?P<day>\d{2})(T.*)?)?)?(Z|[+-]\d{2}:\d{2})?")


@dataclass(frozen=True, slots=True)
class Period:
    """A time from `start` to `end`, both in years: the year 2020 from 2020.0 to 2021.0."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        """Where a value that is of the whole period is drawn."""
        return (self.start + self.end) / 2


def period_of(cell: Cell) -> Period | None:
    """The period of the date, month or year in a cell, whatever its datatype; None without one."""
    term = cell[0] if cell else None
    found = _PERIOD.fullmatch(term.value) if isinstance(term, ox.Literal) else None
    if found is None:
        return None
    year = int(found["year"])
    if found["month"] is None:
        return Period(year, year + 1)
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    if found["day"] is None:
        return Period(year + (month - 1) / 12, year + month / 12)
    try:
        day = date(year, month, int(found["day"])).timetuple().tm_yday
    except ValueError:
        return None
    length = date(year, 12, 31).timetuple().tm_yday
    return Period(year + (day - 1) / length, year + day / length)

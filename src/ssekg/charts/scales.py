"""From values to places in a picture, and which values an axis names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from math import ceil, floor
from typing import Final

# What an axis counts in, times a power of ten.
_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps the values from `low` to `high` to places from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float | Decimal) -> float:
        """The place of a value."""
        return self.start + (float(value) - self.low) * (self.end - self.start) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Ticks:
    """The values that an axis names, from its lowest to its highest, all multiples of one step."""

    values: Sequence[Decimal]

    def scale(self, start: float, end: float) -> Scale:
        """The scale from the lowest to the highest."""
        return Scale(float(self.values[0]), float(self.values[-1]), start, end)


def ticks(values: Iterable[Decimal], most: int = 6) -> Ticks:
    """Some round values that reach from the lowest to the highest of `values` and 0."""
    known = [Decimal(0), *values]
    low, high = min(known), max(known)
    rough = (high - low) / (most - 1) or Decimal(1)
    power = Decimal(10) ** rough.adjusted()
    steps = [factor * power for factor in _STEPS]
    if all(value == value.to_integral_value() for value in known):
        steps = [step for step in steps if step == step.to_integral_value()]
    step = next(step for step in (*steps, Decimal(1)) if step >= rough)
    return Ticks([step * number for number in range(floor(low / step), max(ceil(high / step), 1) + 1)])


def _year_steps() -> Iterator[int]:
    for power in count():
        yield from (10**power, 2 * 10**power, 5 * 10**power)


def year_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """The years between two places in time, or the months if there are few: the place of each middle, and its name."""
    if high - low <= 2:
        first, last = floor(low * _MONTHS), ceil(high * _MONTHS)
        step = next(step for step in (1, 2, 3, 6, 12) if (last - first) / step <= most or step == _MONTHS)
        months = range(-(-first // step) * step, last, step)
        return [((month + 0.5) / _MONTHS, f"{month // _MONTHS}-{month % _MONTHS + 1:02}") for month in months]
    first, last = floor(low), ceil(high)
    step = next(step for step in _year_steps() if (last - first) / step <= most)
    return [(year + 0.5, str(year)) for year in range(-(-first // step) * step, last, step)]

"""The values that data write in another way than a store does, such as `1000.50`: whether one is written in one way."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import pyoxigraph as ox

from ssekg.checks.incremental.row_index import of_term
from ssekg.shacl.constraints.lexical_forms import stored_forms


@dataclass(frozen=True)
class Forms:
    """`others` are the numbers, in order, of what a store makes of values that it writes in another way."""

    others: "array[int]"

    @classmethod
    def of(cls, values: Iterable[Any]) -> Self:
        """Take the values of the data."""
        stored = stored_forms(values)
        return cls(array("Q", sorted({of_term(made) for written, made in stored.items() if made != written})))

    def is_only(self, value: object) -> bool:
        """Whether a store writes a value as it is, and makes it of no other value of the data."""
        if not isinstance(value, ox.Literal):
            return True
        number = of_term(value)
        at = bisect_left(self.others, number)
        return self.others[at : at + 1] != array("Q", [number]) and stored_forms([value]).get(value, value) == value

"""How series are told apart, also by who sees no colours and on paper without any.

The colours are those of Okabe and Ito, the two lightest of them darkened or left out: each has a contrast of 3 to 1
on white and on the background of a dark picture. Each has a pattern, a shape and dashes of its own, too.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a series: its colour, the path of its marker in a square from -1 to 1, its dashes and its pattern."""

    colour: str
    marker: str
    dashes: str
    pattern: str


_CIRCLE: Final = "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z"
_SQUARE: Final = "M-.86-.86H.86V.86H-.86Z"
_TRIANGLE: Final = "M0-1.1L1.05.8H-1.05Z"
_DIAMOND: Final = "M0-1.25L1.1 0L0 1.25L-1.1 0Z"
_TURNED_TRIANGLE: Final = "M0 1.1L1.05-.8H-1.05Z"
_CROSS: Final = "M-.4-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z"

STYLES: Final = (
    Style("#0072b2", _CIRCLE, "", ""),
    Style("#c27a00", _SQUARE, "8 4", "M-1 7L7-1M3 11L11 3M-1-1L-1-1"),
    Style("#009e73", _TRIANGLE, "2 3", "M4 0V8"),
    Style("#cc79a7", _DIAMOND, "10 3 2 3", "M0 4H8"),
    Style("#d55e00", _TURNED_TRIANGLE, "5 2", "M4 0V8M0 4H8"),
    Style("#6b7480", _CROSS, "1 4", "M1 1L9 9M-3 5L3 11M5-3L11 3"),
)

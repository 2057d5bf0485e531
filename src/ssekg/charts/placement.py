"""Where a label has room beside its mark."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, hypot
from typing import Final

from ssekg.charts.marks import Anchor

# How far apart the boxes are that stand for a line.
_PART: Final = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label goes: the x of its anchor, and the middle of its height."""

    x: float
    middle: float
    anchor: Anchor


@dataclass(slots=True)
class Placement:
    """The boxes that are taken in a room whose first corner is at 0, 0."""

    width: float
    height: float
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Let nothing else be there."""
        self.boxes.append((left, top, right, bottom))

    def take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Let nothing else be on a line."""
        parts = max(ceil(hypot(end[0] - start[0], end[1] - start[1]) / _PART), 1)
        for part in range(parts + 1):
            x = start[0] + (end[0] - start[0]) * part / parts
            y = start[1] + (end[1] - start[1]) * part / parts
            self.take(x - 1, y - 1, x + 1, y + 1)

    def beside(
        self, x: float, y: float, distance: float, width: float, height: float, order: Iterable[str]
    ) -> Spot | None:
        """Where a label beside a mark goes: the first side that has room, None if none has."""
        spots = {
            "above": Spot(x, y - distance - height / 2, Anchor.MIDDLE),
            "below": Spot(x, y + distance + height / 2, Anchor.MIDDLE),
            "after": Spot(x + distance, y, Anchor.START),
            "before": Spot(x - distance, y, Anchor.END),
            "above before": Spot(x, y - distance - height / 2, Anchor.END),
            "above after": Spot(x, y - distance - height / 2, Anchor.START),
            "below before": Spot(x, y + distance + height / 2, Anchor.END),
            "below after": Spot(x, y + distance + height / 2, Anchor.START),
        }
        starts = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}
        for side in order:
            spot = spots[side]
            left = spot.x - starts[spot.anchor]
            box = (left - 1, spot.middle - height / 2, left + width + 1, spot.middle + height / 2)
            if self._is_free(box):
                self.take(*box)
                return spot
        return None

    def _is_free(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = box
        is_inside = left >= 0 and top >= 0 and right <= self.width and bottom <= self.height
        return is_inside and not any(
            left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in self.boxes
        )

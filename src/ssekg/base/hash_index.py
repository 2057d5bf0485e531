"""A hash table of numbers: of those who know what each number stands for, 12 to 20 bytes for each."""

from array import array
from collections.abc import Iterable
from typing import Final

_BITS: Final = 0xFFFFFFFF
_FEWEST_SLOTS: Final = 1 << 10


class HashIndex:
    """Numbers from 0 on, by the hash of what they stand for.

    `_slots` are open addressed: one more than a number where its hash leads to, 0 where there is none.
    """

    def __init__(self, hashes: Iterable[int] = ()) -> None:
        """Give a number to each of some hashes."""
        self._hashes = array("I", (each & _BITS for each in hashes))
        self._slots = array("I")
        self._make_slots(_FEWEST_SLOTS)

    def __len__(self) -> int:
        """How many numbers there are."""
        return len(self._hashes)

    def add(self, hashed: int) -> int:
        """Give the next number to a hash."""
        number = len(self._hashes)
        self._hashes.append(hashed & _BITS)
        if 3 * len(self._hashes) > 2 * len(self._slots):
            self._make_slots(2 * len(self._slots))
        else:
            self._place(number)
        return number

    def candidates(self, hashed: int) -> list[int]:
        """The numbers with this hash, nearly always one: who asks knows whether it is the one."""
        code = hashed & _BITS
        slots, hashes = self._slots, self._hashes
        last = len(slots) - 1
        at = code & last
        found = []
        while held := slots[at]:
            if hashes[held - 1] == code:
                found.append(held - 1)
            at = (at + 1) & last
        return found

    def _make_slots(self, size: int) -> None:
        """Make so many slots, or as many as it takes for a third to be free, and place all numbers."""
        while 3 * len(self._hashes) > 2 * size:
            size *= 2
        self._slots = array("I", bytes(4 * size))
        for number in range(len(self._hashes)):
            self._place(number)

    def _place(self, number: int) -> None:
        slots, last = self._slots, len(self._slots) - 1
        at = self._hashes[number] & last
        while slots[at]:
            at = (at + 1) & last
        slots[at] = number + 1

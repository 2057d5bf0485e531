"""Which records of a table went and came between two texts of its file; all others are as they were.

Only the stretch is parsed in which the texts differ. It begins and ends where records of the old text do, and all of
it is records of the new one: so what is before and after it is as it was.
"""

import csv
import io
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.sources.places import Lines
from ssekg.sources.tables.grids import Record

# Records of longer stretches are not compared one by one; more changed ones are too many.
_COMPARED: Final = 100_000
MOST_ROWS: Final = 2_000


@dataclass(frozen=True)
class Records:
    """Where the records of a table are in its text, without the header.

    `begins` are the offsets of their first characters, `lines` the lines that they begin on, `numbers` those that
    spreadsheets give them.
    """

    begins: "array[int]"
    lines: "array[int]"
    numbers: "array[int]"

    def __len__(self) -> int:
        """How many there are."""
        return len(self.lines)


@dataclass(frozen=True)
class RowChanges:
    """What became of the records of a table, each by its place among them.

    `kept` are the stretches that are as they were: where each began and begins, and how long it is. `gone` are records
    that are there no longer, by the place that they had; `came` the places of new ones.
    """

    kept: Sequence[tuple[int, int, int]]
    gone: Mapping[int, Record]
    came: Sequence[int]

    def now(self, old: int) -> int | None:
        """Where a record is now; None if it is gone."""
        at = bisect_right(self.kept, old, key=lambda stretch: stretch[0]) - 1
        start, begins, length = self.kept[at] if at >= 0 else (0, 0, 0)
        return begins + old - start if old - start < length else None


def unchanged(count: int) -> RowChanges:
    """All of so many records are as they were."""
    return RowChanges(((0, 0, count),), {}, ())


def row_changes(known: Records, old: str, text: str, delimiter: str) -> tuple[RowChanges, Records]:
    """What became of the records of a table, and where they are in the text that its file has now.

    Raises:
        UnboundedError: the header is another, one of the texts has lines that end in an unusual way, or very many
            records have changed.
    """
    if not len(known) or any("\r" in each and each.count("\r") != each.count("\r\n") for each in (text, old)):
        raise UnboundedError("the form of the file")
    begins = known.begins
    same = _common_start(old, text)
    if begins[0] > same:
        raise UnboundedError("another header")
    head = bisect_right(begins, same) - 1  # the first record that may be another
    from_ = begins[head]
    alike = _common_end(old[from_:], text[from_:])
    # From where the texts are the same to the end, and so is the end of the line before.
    tail = bisect_right(begins, len(old) - alike, lo=head)
    until = begins[tail] if tail < len(known) else len(old)
    before = [*_parsed(old[from_:until], delimiter)]
    after = [*_parsed(text[from_ : len(text) - (len(old) - until)], delimiter)]
    gone = [cells for _, _, cells in before if any(cells)]
    if len(gone) != tail - head:
        raise UnboundedError("records that are not where they were")
    here = [(at, each) for at, each in enumerate(after) if any(each[2])]
    moved = len(text) - len(old), text.count("\n") - old.count("\n"), len(after) - len(before)
    begins = _replaced(known.begins, head, tail, [from_ + start for _, (start, _, _) in here], moved[0])
    lines = _replaced(known.lines, head, tail, [known.lines[head] + line for _, (_, line, _) in here], moved[1])
    numbers = _replaced(known.numbers, head, tail, [known.numbers[head] + at for at, _ in here], moved[2])
    changes = _compared(head, gone, [cells for _, (_, _, cells) in here], len(known) - tail)
    return changes, Records(begins, lines, numbers)


def _replaced(places: "array[int]", head: int, tail: int, here: Sequence[int], by: int) -> "array[int]":
    """The places with those from `head` to `tail` replaced, and what follows moved."""
    rest = places[tail:]
    return places[:head] + array("Q", here) + (array("Q", [each + by for each in rest]) if by else rest)


def _compared(head: int, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], rest: int) -> RowChanges:
    """The changes, where records are another from `head` on, and as they were in the `rest`."""
    kept = [(0, 0, head)]
    gone: dict[int, Record] = {}
    came: list[int] = []
    for code, i, j, k, m in _steps([*map(tuple, old)], [*map(tuple, new)]):
        if code == "equal":
            kept.append((head + i, head + k, j - i))
        else:
            gone |= {head + at: Record(0, 0, old[at]) for at in range(i, j)}
            came += range(head + k, head + m)
    kept.append((head + len(old), head + len(new), rest))
    if len(gone) + len(came) > MOST_ROWS:
        raise UnboundedError("too many rows")
    return RowChanges([stretch for stretch in kept if stretch[2]], gone, came)


def _steps(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, int, int, int, int]]:
    """How one list becomes another, as difflib has it."""
    is_long = max(len(old), len(new)) > _COMPARED or len({*old, *new}) < (len(old) + len(new)) / 4
    if is_long and len(old) + len(new) > MOST_ROWS:
        raise UnboundedError("too many rows")
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """The records of a part of a file, which ends where one ends, each with the offset and the line it begins at."""
    starts = Lines("", text).starts
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            yield starts[line], line, cells
            line = reader.line_num
    except csv.Error as problem:
        raise UnboundedError(str(problem)) from None


def _common_start(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return _most(min(len(one), len(other)), lambda low, high: one[low:high] == other[low:high])


def _common_end(one: str, other: str) -> int:
    """How many characters two texts end with in common."""
    a, b = len(one), len(other)
    return _most(min(a, b), lambda low, high: one[a - high : a - low] == other[b - high : b - low])


def _most(most: int, is_alike: Callable[[int, int], bool]) -> int:
    """How far two texts are alike, by whether they are from one distance up to another."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if is_alike(low, middle):
            low = middle
        else:
            high = middle - 1
    return low

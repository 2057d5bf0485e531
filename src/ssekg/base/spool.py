"""Items in their order that may be too many for the memory: these are in a file without a name."""

import marshal
import os
import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO, Final, TypeVar

_Item = TypeVar("_Item")

_AT_ONCE: Final = 5_000
"""How many items are in memory at most, of each spool and of each iteration of it."""


class Spool(Collection[_Item]):
    """Items of texts, bytes, numbers and None, in lists, tuples and dicts; to be iterated as often as need be.

    Where they do not change while they are iterated, a process that was forked may iterate them as well: the file has
    no position that both would share.
    """

    def __init__(self, items: Iterable[_Item] = ()) -> None:
        """Take items.

        Raises:
            OSError: the disk does not take them.
        """
        self._blocks: list[tuple[int, int]] = []
        self._last: list[_Item] = []
        self._file: BinaryIO | None = None
        for item in items:
            self.append(item)

    def append(self, item: _Item) -> None:
        """Take one more item.

        Raises:
            OSError: the disk does not take it.
        """
        self._last.append(item)
        if len(self._last) == _AT_ONCE:
            self._write(self._last)
            self._last = []

    def _write(self, block: list[_Item]) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when nobody can iterate any more
            weakref.finalize(self, self._file.close)
        content = marshal.dumps(block)
        self._blocks.append((self._file.tell(), len(content)))
        self._file.write(content)
        self._file.flush()

    def __iter__(self) -> Iterator[_Item]:
        """The items in their order."""
        if self._file:
            for start, length in self._blocks:
                yield from marshal.loads(os.pread(self._file.fileno(), length, start))  # noqa: S302 - we wrote it
        yield from self._last

    def __len__(self) -> int:
        """How many items there are."""
        return len(self._blocks) * _AT_ONCE + len(self._last)

    def __contains__(self, item: object) -> bool:
        """Whether an item is among them."""
        return any(each == item for each in self)

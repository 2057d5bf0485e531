"""The reference graph: triples about nodes that links lead to, which are needed wherever there is such a link.

It is held by each process, or kept on disk if it is too large for that.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol


class Reference(Protocol):
    """Triples by what they are about, as lines of N-Triples."""

    def about(self, node: bytes) -> Sequence[bytes]:
        """The triples about a node."""
        ...


class HeldReference:
    """A reference graph in memory."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Take the triples."""
        self._lines: dict[bytes, list[bytes]] = defaultdict(list)
        for line in lines:
            self._lines[line.partition(b" ")[0]].append(line)

    def about(self, node: bytes) -> Sequence[bytes]:
        """The triples about a node."""
        return self._lines.get(node, ())


class StoredReference:
    """A reference graph on disk; it goes to other processes as the name of its file."""

    def __init__(self, path: Path, lines: Iterable[bytes]) -> None:
        """Write the triples."""
        self._path = path
        with sqlite3.connect(path) as store:
            store.execute("PRAGMA journal_mode = OFF")
            store.execute("CREATE TABLE triples (node BLOB, line BLOB)")
            store.executemany("INSERT INTO triples VALUES (?, ?)", _rows(lines))
            store.execute("CREATE INDEX by_node ON triples (node)")
        store.close()

    def __reduce__(self) -> tuple[object, ...]:
        """The file again, without writing it."""
        return _opened, (self._path,)

    def about(self, node: bytes) -> Sequence[bytes]:
        """The triples about a node."""
        return [line for (line,) in self._store.execute("SELECT line FROM triples WHERE node = ?", (node,))]

    @cached_property
    def _store(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.as_uri()}?immutable=1", uri=True)


def _opened(path: Path) -> StoredReference:
    reference = StoredReference.__new__(StoredReference)
    reference._path = path  # noqa: SLF001 - one of ours
    return reference


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    return ((line.partition(b" ")[0], line) for line in lines)

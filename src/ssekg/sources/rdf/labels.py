"""The labels of blank nodes: the same at each reading of a file, and another in each file.

pyoxigraph keeps the labels that a file gives and makes up a random one for each node without. Named by their order
instead, nodes are known again when a file is read a second time, and a report is the same from run to run.
"""

import re
from functools import cached_property
from mmap import mmap
from typing import Final

# The blank nodes of N-Triples as pyoxigraph writes them; nothing within a literal is at these places.
_LABELS: Final = re.compile(rb"^_:(\S+)(?= )|(?<= )_:(\S+)(?= \.$)", re.MULTILINE)
# The same where triples are terms, which is slower: literals have to be distinguished from what is next to them.
_LABELS_WITHIN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|<[^<>]*+>|_:(\S+)()')
_MADE_UP: Final = re.compile(rb"(?<!\w)[a-f][0-9a-f]{19,31}(?!\w)")
_GIVEN: Final = rb"""(?:_:|nodeID\s*=\s*["'])%s\d"""


def file_mark(number: int, letter: str = "") -> str:
    """The ending of the labels of blank nodes in the n-th file (of a kind that has a letter)."""
    return f"_{letter}{number}" if letter or number > 1 else ""


class SteadyLabels:
    """The labels of one file, for N-Triples in which the nodes without one are called `b1`, `b2` … as they appear."""

    def __init__(self, given: bytes | mmap, mark: str) -> None:
        """Name nothing yet.

        Args:
            given: the content of the whole file: none of its own labels is taken for another node.
            mark: what each label ends with, so that no other file has it.
        """
        self._given = given
        self._mark = mark.encode()
        self._names: dict[bytes, bytes] = {}
        self._made_up = 0

    def steady(self, ntriples: bytes) -> bytes:
        """What pyoxigraph has written of the file or of a part of it, of one part after the other."""
        if b"_:" not in ntriples:
            return ntriples
        return (_LABELS_WITHIN if b"<<(" in ntriples else _LABELS).sub(self._name, ntriples)

    @cached_property
    def _start(self) -> bytes:
        start = b"b"
        while re.search(_GIVEN % start, self._given):
            start += b"b"
        return start

    @cached_property
    def _own(self) -> set[bytes]:
        return set(_MADE_UP.findall(self._given))

    def _name(self, match: re.Match[bytes]) -> bytes:
        label = match[1] or match[2]
        if not label:
            return match[0]
        if label not in self._names:
            new = label
            if label not in self._own and _MADE_UP.fullmatch(label):
                self._made_up += 1
                new = b"%s%d" % (self._start, self._made_up)
            self._names[label] = b"_:" + new + self._mark
        return self._names[label]

"""Data of any size that are validated part by part, wherever these are; what results mention is looked up in them."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from ssekg.base.findings import Finding
from ssekg.base.terms import Node
from ssekg.shacl.chunks.lookup import Sought
from ssekg.shacl.engines import Validation
from ssekg.sources.places import PlacedTriple


class PartedData(ABC):
    """The data of some files; `findings` are what is wrong with these, `triples` how many there are, once validated."""

    triples: int = 0

    @property
    @abstractmethod
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the files."""

    @abstractmethod
    def validate(self, shapes: Sequence[ox.Triple]) -> Validation:
        """Validate with the fast engine.

        Raises:
            CannotRunError: a file can't be read, or the shapes can't be used.
            ValueError: the shapes are not what SHACL allows.
        """

    @abstractmethod
    def lines(self, sought: Sought) -> Iterator[tuple[int, list[bytes]]]:
        """The lines that are sought, in the order of the files, each list with the number of its file."""

    @abstractmethod
    def is_empty(self, source: int) -> bool:
        """Whether a file says nothing, or can't be read."""

    @abstractmethod
    def places(self, source: int, subjects: Collection[Node]) -> Iterator[list[PlacedTriple]]:
        """Where the triples about some subjects are written in a file of lines."""

    @abstractmethod
    def text(self, source: int) -> Mapping[int, str]:
        """The lines of a file that is by lines, as they are written."""

    def about(self, subjects: Collection[Any]) -> Iterator[tuple[int, list[bytes]]]:
        """The lines about some subjects, each list with the number of the file that it is from."""
        wanted = frozenset(str(subject).encode() for subject in subjects)
        if wanted:
            yield from self.lines(Sought(wanted))

    def mentions(self, nodes: Collection[Any]) -> Iterator[tuple[int, list[bytes]]]:
        """The lines that lead to some nodes."""
        starts = frozenset(str(node).encode() for node in nodes)
        if starts:
            yield from self.lines(Sought(starts=starts, backwards=None))

    def along(
        self, starts: Collection[Any], forwards: Collection[Any], backwards: Collection[Any]
    ) -> Iterator[tuple[int, list[bytes]]]:
        """The lines that lead on from some nodes, and on from where these lead, by some predicates."""
        met: set[bytes] = set()
        latest = {str(node).encode() for node in starts}
        ahead, back = (frozenset(str(each).encode() for each in names) for names in (forwards, backwards))
        while latest and (ahead or back):
            met |= latest
            ends: set[bytes] = set()
            for source, lines in self.lines(Sought(starts=frozenset(latest), forwards=ahead, backwards=back)):
                yield source, lines
                ends.update(end for line in lines for end in (line.partition(b" ")[0], line.split(b" ", 2)[2][:-3]))
            latest = ends - met

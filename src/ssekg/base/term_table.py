"""Very many terms by number, as bytes: a term of pyoxigraph takes some 500 bytes, one here what is written and 25 more.

Terms are made again when somebody looks at them; the last ones are at hand.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.hash_index import HashIndex
from ssekg.base.namespaces import XSD
from ssekg.base.terms import Term

_STRING: Final = ox.NamedNode(XSD + "string")
AT_HAND: Final = 1 << 16
"""How many terms are at hand."""


class TermTable:
    """Terms by their number, from 0 on, and numbers by their term; the texts of the terms follow each other."""

    def __init__(self, texts: bytes = b"", ends: "array[int] | None" = None) -> None:
        """Take the texts of the terms of another table, and where each of them ends."""
        self._texts = bytearray(texts)
        self._ends = array("Q", [0]) if ends is None else ends
        self._by_hash = HashIndex(hash(bytes(self._texts[start:end])) for start, end in pairwise(self._ends))
        self._at_hand = _AtHand(self._texts, self._ends)

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process is told: not the hashes, which are others there."""
        return TermTable, (bytes(self._texts), self._ends)

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self._by_hash)

    def terms(self, numbers: Iterable[int]) -> Iterator[Any]:
        """The terms with some numbers."""
        return map(self._at_hand.__getitem__, numbers)

    def number(self, term: Term) -> int:
        """The number of a term, which is new if it has none."""
        number = self._at_hand.numbers.get(term)
        if number is not None:
            return number
        text = _text_of(term)
        number = self._found(text)
        if number is None:
            number = self._by_hash.add(hash(text))
            self._texts += text
            self._ends.append(len(self._texts))
        self._at_hand.keep(number, term)
        return number

    def known(self, term: Term) -> int | None:
        """The number of a term if it has one."""
        number = self._at_hand.numbers.get(term)
        return self._found(_text_of(term)) if number is None else number

    def _found(self, text: bytes) -> int | None:
        for number in self._by_hash.candidates(hash(text)):
            if self._texts[self._ends[number] : self._ends[number + 1]] == text:
                return number
        return None


class _AtHand(dict[int, Any]):
    """The terms that somebody has looked at of late, and their `numbers`."""

    def __init__(self, texts: bytearray, ends: "array[int]") -> None:
        super().__init__()
        self._texts, self._ends = texts, ends
        self.numbers: dict[Term, int] = {}

    def __missing__(self, number: int) -> Any:
        term = _term_of(self._texts[self._ends[number] : self._ends[number + 1]].decode())
        self.keep(number, term)
        return term

    def keep(self, number: int, term: Term) -> None:
        if len(self) >= AT_HAND:
            self.clear()
            self.numbers.clear()
        self[number] = term
        self.numbers[term] = number


def _text_of(term: Term) -> bytes:
    """A term as it is kept: what its kind is, and what it says."""
    if isinstance(term, ox.NamedNode):
        return f"<{term.value}".encode()
    if isinstance(term, ox.BlankNode):
        return f"_{term.value}".encode()
    if isinstance(term, ox.Literal) and term.direction is None:
        if term.language:
            return f"@{term.language} {term.value}".encode()
        datatype = term.datatype
        return f'"{term.value}'.encode() if datatype == _STRING else f"^{datatype.value} {term.value}".encode()
    # As N-Triples have it: a triple, or a literal with a direction.
    return (f" <<( {term} )>>" if isinstance(term, ox.Triple) else f" {term}").encode()


def _term_of(text: str) -> Any:
    kind, said = text[0], text[1:]
    if kind == "<":
        return ox.NamedNode(said)
    if kind == '"':
        return ox.Literal(said)
    if kind == "_":
        return ox.BlankNode(said)
    if kind == " ":
        return next(iter(ox.parse(f"_:s <p:p> {said} .", ox.RdfFormat.N_TRIPLES))).object
    what, _, value = said.partition(" ")
    if kind == "@":
        return ox.Literal(value, language=what)
    return ox.Literal(value, datatype=ox.NamedNode(what))

"""Names by the words in them: which of them a text has words of, whole, begun or misspelt."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Final

from ssekg.base.words import letters, significant_words

# Shorter words are the beginning of too many, and like too many.
_SHORTEST_BEGINNING: Final = 2
_SHORTEST_MISSPELT: Final = 4
_LONG: Final = 8
# What it costs to take a word for another one.
WHOLE: Final = 0
BEGUN: Final = 1
_MISSPELT: Final = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing, with its significant words."""

    iri: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """A name that has words of a text: the words of both that have no match, and what it costs to match the others."""

    name: Name
    left_over: frozenset[str]
    missing: frozenset[str]
    cost: int


class NameIndex:
    """The names of things by their words."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of IRI and name; each spelling is folded once, whatever number of things has it."""
        words: dict[str, tuple[str, ...]] = {}
        self.names: list[Name] = []
        for iri, text in dict.fromkeys(names):
            if text not in words:
                words[text] = significant_words(text)
            if words[text]:
                self.names.append(Name(iri, text, words[text]))

    def same(self, text: str) -> list[Name]:
        """The names of the same words in any order, or of the same letters, however they are parted."""
        by_words = self._by_words.get(_unordered(significant_words(text)), ())
        return [*by_words, *self._by_letters.get(letters(text), ())]

    def resembling(self, words: Sequence[str], *, misspelt: bool = False) -> list[Resemblance]:
        """The names that have at least one of the words, or a word that begins so or, on demand, is spelt alike."""
        matched: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
        for word in dict.fromkeys(words):
            for other, cost in self.alike(word, misspelt=misspelt).items():
                for position in self._by_word[other]:
                    best = matched[position].get(word)
                    if best is None or cost < best[0]:
                        matched[position][word] = (cost, other)
        found = (self._resemblance(self.names[at], words, of_words) for at, of_words in matched.items())
        return [each for each in found if each is not None]

    def alike(self, word: str, *, misspelt: bool = False) -> Mapping[str, int]:
        """The words of names that a word may be meant for, with the cost of it."""
        found = dict.fromkeys(self._beginning_with(word), BEGUN)
        if misspelt and may_be_misspelt(word):
            found |= {other: _MISSPELT * far for other, far in self._near(word).items()}
        return {**found, word: WHOLE} if word in self._by_word else found

    def of_letters_like(self, words: Sequence[str]) -> list[Resemblance]:
        """The names whose letters, however they are parted, are almost the same; numbers must be the same."""
        from rapidfuzz.distance import OSA

        run, numbers = "".join(words), _numbers(words)
        most = edits(run)
        found = []
        for name in self.names:
            other = "".join(name.words)
            if abs(len(other) - len(run)) <= most and _numbers(name.words) == numbers:
                far = OSA.distance(run, other, score_cutoff=most)
                if far <= most:
                    found.append(Resemblance(name, frozenset(), frozenset(), _MISSPELT * far))
        return found

    def having(self, word: str) -> list[Name]:
        """The names that have a word."""
        return [self.names[position] for position in self._by_word.get(word, ())]

    def words_of(self, iri: str) -> frozenset[str]:
        """The words of all names of a thing."""
        return self._words_of.get(iri, frozenset())

    def _beginning_with(self, word: str) -> Iterable[str]:
        if len(word) < _SHORTEST_BEGINNING or word.isdigit():
            return ()
        start = bisect_left(self.vocabulary, word)
        return takewhile(lambda other: other.startswith(word), self.vocabulary[start:])

    def _near(self, word: str) -> dict[str, int]:
        from rapidfuzz.distance import OSA

        most = edits(word)
        near = [other for other in self.vocabulary if abs(len(other) - len(word)) <= most and may_be_misspelt(other)]
        far = {other: OSA.distance(word, other, score_cutoff=most) for other in near}
        return {other: distance for other, distance in far.items() if 0 < distance <= most}

    def _resemblance(
        self, name: Name, words: Sequence[str], matched: Mapping[str, tuple[int, str]]
    ) -> Resemblance | None:
        """None where numbers that both have are in another order: 12-18 is not 18-12."""
        numbers = [word for word in _numbers(words) if word in matched]
        if not _contains(_numbers(name.words), numbers):
            return None
        missing = frozenset(name.words) - {other for _, other in matched.values()}
        cost = sum(cost for cost, _ in matched.values())
        return Resemblance(name, frozenset(words) - matched.keys(), missing, cost)

    @cached_property
    def _by_words(self) -> Mapping[tuple[object, ...], list[Name]]:
        found: dict[tuple[object, ...], list[Name]] = defaultdict(list)
        for name in self.names:
            found[_unordered(name.words)].append(name)
        return dict(found)

    @cached_property
    def _by_letters(self) -> Mapping[str, list[Name]]:
        found: dict[str, list[Name]] = defaultdict(list)
        for name in self.names:
            if not _numbers(name.words):
                found[letters(name.text)].append(name)
        return dict(found)

    @cached_property
    def _by_word(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for position, name in enumerate(self.names):
            for word in dict.fromkeys(name.words):
                found[word].append(position)
        return dict(found)

    @cached_property
    def vocabulary(self) -> list[str]:
        """All words of names, in order."""
        return sorted(self._by_word)

    @cached_property
    def _words_of(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.names:
            found[name.iri].update(name.words)
        return {iri: frozenset(words) for iri, words in found.items()}


def edits(text: str) -> int:
    """How many letters of a text may be wrong, for it to be taken for another."""
    return 0 if len(text) < _SHORTEST_MISSPELT else 1 if len(text) < _LONG else 2


def may_be_misspelt(word: str) -> bool:
    """Whether a word may be wrong by a letter; another digit is another number."""
    return len(word) >= _SHORTEST_MISSPELT and not any(character.isdigit() for character in word)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _unordered(words: Sequence[str]) -> tuple[object, ...]:
    return (tuple(sorted(word for word in words if not word[0].isdigit())), tuple(_numbers(words)))


def _contains(numbers: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether numbers are found one after the other."""
    return any(numbers[at : at + len(wanted)] == wanted for at in range(len(numbers) - len(wanted) + 1))

"""The words of a name that tell it from others, without those that people leave out."""

import re
from itertools import zip_longest
from typing import Final

from ssekg.base.language import fold

_WORD: Final = re.compile(r"\w+")
# Articles, prepositions and conjunctions of the languages of the tool, and the ends of elisions and genitives. The
# Arabic article is written in Latin letters in many ways.
PARTICLES: Final = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "s", "the", "to", "with"}
    | {"au", "aux", "avec", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sur"}
    | {"un", "une", "al", "ech", "ed", "el", "er", "es", "ez"}
    | {"ال", "الي", "او", "علي", "عن", "في", "ل", "من", "و"}
)
# Before a number, these say only that it is one.
NUMBER_SIGNS: Final = frozenset({"n", "no", "nr", "num", "number", "numero", "رقم", "عدد"})
ARTICLE: Final = re.compile(r"(?:[وفبك]?ال|و?لل)(?=\w\w)")


def significant_words(text: str) -> tuple[str, ...]:
    """The folded words of a text in their order, without particles and articles; all of them if there are no others."""
    words = _WORD.findall(fold(text))
    kept = [
        without_article(word)
        for word, following in zip_longest(words, words[1:], fillvalue="")
        if word not in PARTICLES and not (word in NUMBER_SIGNS and following[:1].isdigit())
    ]
    return tuple(kept or words)


def letters(text: str) -> str:
    """The letters and digits of a text in one run, for names that are parted into words in another way."""
    return "".join(_WORD.findall(fold(text)))


def without_article(word: str) -> str:
    """A folded word without the Arabic article, and the conjunction or preposition that is written with it."""
    match = None if word.isascii() else ARTICLE.match(word)
    return word[match.end() :] if match else word

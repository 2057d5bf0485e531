"""The tokens of a constraint's query, as its reader wants them."""

import re
from collections.abc import Iterator
from typing import Final

from ssekg.queries.syntax import Token, tokens

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def query_tokens(text: str) -> Iterator[Token]:
    """The tokens, with numbers whole and the dot behind a name apart from it."""
    skip_to = 0
    for kind, word, start in tokens(text):
        if start < skip_to:
            continue
        number = _NUMBER.match(text, start) if kind == "other" else None
        if number:
            skip_to = number.end()
            yield Token("number", number[0], start, skip_to)
        elif kind == "name" and word.endswith("."):
            name = word.rstrip(".")
            yield Token(kind, name, start, start + len(name))
            yield Token("other", ".", start + len(name), start + len(name) + 1)
        else:
            yield Token(kind, word, start, start + len(word))

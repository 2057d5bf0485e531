"""The entries of a catalogue, each parsed when somebody asks for it: of nine hundred a command says a few."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

_HEAD: Final = re.compile(r"^\[([\w-]+)\]$", re.MULTILINE)


class Entries(Mapping[str, dict[str, str]]):
    """The entries of one of the catalogues of the tool, by code: tables of texts, each below a line with its code."""

    def __init__(self, content: str) -> None:
        """Take the content of the file."""
        heads = list(_HEAD.finditer(content))
        ends = [*(head.start() for head in heads), len(content)]
        self._texts = {head[1]: content[head.end() : end] for head, (_, end) in zip(heads, pairwise(ends), strict=True)}
        self._parsed: dict[str, dict[str, str]] = {}

    def __getitem__(self, code: str) -> dict[str, str]:
        """The entry of a code."""
        if code not in self._parsed:
            self._parsed[code] = tomllib.loads(self._texts[code])
        return self._parsed[code]

    def __contains__(self, code: object) -> bool:
        """Whether there is an entry of the code."""
        return code in self._texts

    def __iter__(self) -> Iterator[str]:
        """All codes."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._texts)

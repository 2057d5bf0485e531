"""Answers that have been given, as long as there is room: a release does not change, so nothing is ever stale."""

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

# What an answer takes beside its bytes, about.
_EACH: Final = 512


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer with its media type and language, and the tag by which a client names what it has."""

    content: bytes
    media_type: str
    language: str
    etag: str

    @classmethod
    def of(cls, content: bytes, media_type: str, language: str) -> "KeptAnswer":
        """An answer with its tag."""
        return cls(content, media_type, language, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


class KeptAnswers:
    """The answers that were asked for last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most = most
        self._answers: OrderedDict[Hashable, KeptAnswer] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> KeptAnswer | None:
        """The answer that was kept under a key."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def keep(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer, in place of those that nobody has asked for the longest."""
        if key in self._answers or _size(answer) > self._most:
            return
        self._answers[key] = answer
        self.size += _size(answer)
        while self.size > self._most:
            _, oldest = self._answers.popitem(last=False)
            self.size -= _size(oldest)


def _size(answer: KeptAnswer) -> int:
    return len(answer.content) + _EACH

"""Answers that have been given, as long as there is room: a release does not change, so nothing is ever stale.

An answer is found by what it is, however it was asked for, and once more by the very words of a request that got it:
then nobody has to read these again.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from ssekg.serve.files import ReadyFile

# What an answer takes beside its bytes, about; these are kept as they are and compressed.
_EACH: Final = 512
_COPIES: Final = 2
# So many requests are known by their words, if these are short.
_MOST_REQUESTS: Final = 4096
_LONGEST: Final = 1024
Request = tuple[str, bytes, str | None, str | None]


class KeptAnswers:
    """The answers that were asked for last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most = most
        self._answers: OrderedDict[Hashable, ReadyFile] = OrderedDict()
        self._requests: OrderedDict[Request, Hashable] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> ReadyFile | None:
        """The answer that was kept under a key."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def keep(self, key: Hashable, answer: ReadyFile) -> None:
        """Keep an answer, in place of those that nobody has asked for the longest."""
        if key in self._answers or _size(answer) > self._most:
            return
        self._answers[key] = answer
        self.size += _size(answer)
        while self.size > self._most:
            _, oldest = self._answers.popitem(last=False)
            self.size -= _size(oldest)

    def to(self, scope: Scope, headers: Headers) -> ReadyFile | None:
        """The answer that the very same request got, if it is kept."""
        key = self._requests.get(_words(scope, headers))
        return None if key is None else self.get(key)

    def remember(self, scope: Scope, headers: Headers, key: Hashable) -> None:
        """That a request gets the answer that is kept under a key."""
        words = _words(scope, headers)
        if sum(map(len, filter(None, words))) <= _LONGEST:
            self._requests[words] = key
            if len(self._requests) > _MOST_REQUESTS:
                self._requests.popitem(last=False)


def _words(scope: Scope, headers: Headers) -> Request:
    """What the answer to a request goes by."""
    return scope["path"], scope["query_string"], headers.get("accept"), headers.get("accept-language")


def _size(answer: ReadyFile) -> int:
    return len(answer.file.content) * _COPIES + _EACH

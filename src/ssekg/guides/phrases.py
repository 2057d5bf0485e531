"""Phrases of a guide in one language, and how a form of text writes prose and what is to be copied as it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ssekg.base.language import isolate, pick
from ssekg.base.messages import text
from ssekg.base.messages import words as worded
from ssekg.base.said import Argument, Named


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language, and how a text writes prose and what is to be copied as it is."""

    language: str
    prose: Callable[[str], str]
    code: Callable[[str], str]

    def named(self, named: Named) -> str:
        """A thing with its name, in the order that `label_first` asks for."""
        return self.beside(named.short, named.labels, label_first=named.label_first)

    def say(self, code: str, **arguments: str) -> str:
        """A message, whose arguments are already in words."""
        return text(code, self.language, arguments)

    def argument(self, argument: Argument) -> str:
        """An argument in words."""
        return self.prose(worded(argument, self.language))

    def paragraph(self, texts: Mapping[str, str]) -> str:
        """A text of several languages in one line; "" if there is none."""
        found = pick(texts, self.language)
        return self.prose(isolate(" ".join(found.split()), self.language)) if found else ""

    def beside(self, code: str, labels: Mapping[str, str], *, label_first: bool) -> str:
        """A code and its label, one of them in brackets."""
        label = pick(labels, self.language)
        if not label or label == code:
            return self.copied(code)
        both = self.copied(code), self.prose(isolate(label, self.language))
        first, second = reversed(both) if label_first else both
        return f"{first} ({second})"

    def copied(self, code: str) -> str:
        """What is written in a table or typed, isolated where it runs the other way."""
        return isolate(self.code(" ".join(code.split())), self.language)

"""What messages are filled with until the language of the reader is known: codes, names and values, not yet words.

`ssekg.base.messages` puts them into words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """The message of a catalogue entry inside another message; `arguments` fill its placeholders."""

    code: str
    arguments: "Mapping[str, Argument]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing or term: `short` is how it is written in the sources, `labels` are its names by language tag.

    A term of a vocabulary is shown as it is written, with its label after it; a thing the other way round.
    """

    short: str
    labels: Mapping[str, str] = field(default_factory=dict)
    label_first: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """What an author has written in several languages, by language tag; "" is the key of a text without a language."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Several:
    """Several arguments in their order: a list with commas or, if `is_list` is false, parts of one expression."""

    parts: "tuple[Argument, ...]"
    is_list: bool = True


Argument = str | Said | Named | Texts | Several
Arguments = Mapping[str, Argument]


def identity(argument: Argument) -> str:
    """What an argument says, the same whatever language it is read in: for order and fingerprints."""
    match argument:
        case Said(code, arguments):
            filled = ", ".join(f"{name}={identity(value)}" for name, value in sorted(arguments.items()))
            return f"{code}({filled})"
        case Named(short):
            return short
        case Texts(texts):
            return " ".join(f"{text}@{tag}" for tag, text in sorted(texts.items()))
        case Several(parts, is_list):
            return (", " if is_list else "").join(map(identity, parts))
    return argument

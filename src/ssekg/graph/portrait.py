"""What a page on one thing says, in one language and in the order in which people read it.

First come its names and classes, then its facts in the order of the ontology (`tool:order`), its parts with a line
each, what others say of it, and the sources, which are numbered where they are first named. Doubt is beside the fact
that it is about: how sure it is, what another source says instead, and what nobody knows. No page is written here: a
terminal, Markdown and a web site can have the same.
"""

from dataclasses import dataclass

from ssekg.graph.naming import Name


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a fact, and the numbers of the sources that it rests on."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a fact: its words, the address of a thing, the numbers of its sources, and notes on it.

    What is not known is one, too: its words say so. What `is_derived` was made by a rule and has no sources of its own.
    """

    name: Name
    address: str = ""
    sources: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    is_known: bool = True
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of a thing with its values."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of a thing in one line: its values in their order, some of which need their label."""

    facts: tuple[Fact, ...]
    address: str
    sources: tuple[int, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one class: the first of them, and how many there are."""

    label: str
    lines: tuple[PartLine, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Mention:
    """What things of one class have the thing as value of one property: how many they are, and the first or all."""

    kind: str
    label: str
    things: tuple[Value, ...]
    count: int
    is_cut: bool


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as it is cited: its title, and publisher, date and address as far as they are known."""

    number: int
    title: Name
    details: tuple[str, ...]
    paragraphs: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """A thing of a graph; `sources` of the title are those of the thing that no fact of it names."""

    title: Value
    names: tuple[Name, ...]
    classes: tuple[str, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Parts, ...]
    mentions: tuple[Mention, ...]
    sources: tuple[CitedSource, ...]

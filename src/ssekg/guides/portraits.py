"""The portrait of a thing in words: as text for a terminal, and as Markdown for a page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ssekg.base.language import isolate, joined, without_isolates
from ssekg.base.markdown import escaped, right_to_left
from ssekg.base.messages import text
from ssekg.graph.naming import Name
from ssekg.graph.portrait import CitedSource, Fact, Mention, Note, PartLine, Portrait, Value

_DOT: Final = " · "
_MORE: Final = "…"


def as_text(portrait: Portrait, language: str, sections: Iterable[tuple[str, Sequence[str]]] = ()) -> str:
    """The portrait as lines with indents; `sections` are more of them, each with its heading, before the mentions."""
    words = _Words(language, lambda prose: isolate(prose, language), _ranges)
    head, *about = words.head(portrait)
    blocks = [[head, *(f"  {line}" for line in about)]]
    blocks += [[f"  {line}" for line in map(words.fact, portrait.facts)]] if portrait.facts else []
    for heading, lines in words.sections(portrait, sections):
        blocks.append([heading, *(f"  {line}" for line in lines)])
    return "\n\n".join(map("\n".join, blocks)) + "\n"


def as_markdown(portrait: Portrait, language: str, sections: Iterable[tuple[str, Sequence[str]]] = ()) -> str:
    """The portrait as Markdown, with footnotes."""
    words = _Words(language, lambda prose: _markdown(isolate(prose, language)), _footnotes)
    head, *about = words.head(portrait)
    blocks = [[f"# {head}"], [f"- {line}" for line in about]]
    blocks += [[f"- {line}" for line in map(words.fact, portrait.facts)]] if portrait.facts else []
    for heading, lines in words.sections(portrait, sections):
        if heading == words.say("describe-sources"):
            blocks.append([f"[^{each.number}]: {words.source(each)}" for each in portrait.sources])
        else:
            blocks.append([f"## {heading}", "", *(f"- {line}" for line in lines)])
    return right_to_left("\n\n".join(map("\n".join, blocks)) + "\n", language)


@dataclass(frozen=True, slots=True)
class _Words:
    """How the pieces of a portrait are put into words of a language; `marks` refers to sources."""

    language: str
    prose: Callable[[str], str]
    marks: Callable[[Sequence[int]], str]

    def say(self, code: str, **arguments: str) -> str:
        return text(code, self.language, arguments)

    def head(self, portrait: Portrait) -> Iterator[str]:
        """The name, then other names, classes and the address, a line each."""
        yield self._value(portrait.title)
        for line in (joined(map(self._name, portrait.names), self.language), joined(portrait.classes, self.language)):
            if line:
                yield line
        yield self.prose(portrait.title.address)

    def sections(
        self, portrait: Portrait, others: Iterable[tuple[str, Sequence[str]]]
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """What comes after the facts, under headings."""
        for parts in portrait.parts:
            lines = [*map(self._part, parts.lines)]
            yield parts.label, [*lines, *self._more(parts.count - len(parts.lines))]
        yield from others
        if portrait.mentions:
            yield self.say("describe-mentions"), [*map(self._mention, portrait.mentions)]
        if portrait.sources:
            sources = [f"[{each.number}] {self.source(each)}" for each in portrait.sources]
            yield self.say("describe-sources"), sources

    def fact(self, fact: Fact) -> str:
        """A property with its values; sources that all have in common are given once."""
        common = {(each.sources, each.notes) for each in fact.values}
        if len(common) == 1 and len(fact.values) > 1:
            (sources, notes), names = (
                common.pop(),
                joined((self._name(each.name) for each in fact.values), self.language),
            )
            value = names + self._marks(sources) + self._notes(notes)
        else:
            value = joined(map(self._value, fact.values), self.language)
        return self.say("model-line", name=fact.label, value=value)

    def source(self, source: CitedSource) -> str:
        """A source as it is cited."""
        details = map(self.prose, source.details)
        paragraphs = [f"§{number}" for number in source.paragraphs]
        return joined([self._name(source.title), *details, *paragraphs], self.language)

    def _part(self, line: PartLine) -> str:
        pieces = []
        for fact in line.facts:
            values = joined((self._name(each.name) for each in fact.values), self.language)
            pieces.append(self.say("model-line", name=fact.label, value=values) if fact.label else values)
        return _DOT.join(pieces) + self._marks(line.sources) + self._notes(line.notes)

    def _mention(self, mention: Mention) -> str:
        kind = joined(filter(None, (mention.kind, mention.label)), self.language)
        things = [self._name(each.name) for each in mention.things]
        things += [_MORE] if mention.is_cut else []
        return self.say("model-line", name=f"{kind} ({mention.count})", value=_DOT.join(things))

    def _more(self, count: int) -> list[str]:
        return [self.say("portrait-more", count=str(count))] if count else []

    def _value(self, value: Value) -> str:
        return self._name(value.name) + self._marks(value.sources) + self._notes(value.notes)

    def _name(self, name: Name) -> str:
        return self.prose(name.text) + (f" ({isolate(name.language, self.language)})" if name.language else "")

    def _marks(self, sources: Sequence[int]) -> str:
        return " " + self.marks(sources) if sources else ""

    def _notes(self, notes: Sequence[Note]) -> str:
        return "".join(f" ({self.prose(each.text)}{self._marks(each.sources)})" for each in notes if each.text)


def _markdown(words: str) -> str:
    """Words as Markdown, an address as a link."""
    plain = without_isolates(words)
    return f"<{plain}>" if plain.startswith(("https://", "http://")) else escaped(words)


def _footnotes(numbers: Sequence[int]) -> str:
    return "".join(f"[^{number}]" for number in numbers)


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers in brackets; three and more that follow each other as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pieces = []
    for run in runs:
        pieces += [f"[{run[0]}–{run[-1]}]"] if len(run) > 2 else [f"[{number}]" for number in run]
    return "".join(pieces)

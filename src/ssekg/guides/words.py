"""Guides to tables in words, in one language: as text for a terminal, and as Markdown for a page."""

from collections.abc import Iterator, Sequence
from typing import Final

from ssekg.base.language import joined, pick
from ssekg.base.markdown import escaped, right_to_left
from ssekg.base.messages import text
from ssekg.guides.phrases import Phrases
from ssekg.guides.tables import ColumnGuide, TableGuide

# More codes than can be read in passing; they are listed where a column is asked for alone.
_MOST_CODES: Final = 40


def as_text(guides: Sequence[TableGuide], language: str) -> str:
    """The guides as lines with indents; above several, what tables there are."""
    words = _Words(language, lambda prose: prose, lambda code: code)
    titles = [words.named(guide.title) for guide in guides]
    blocks = [[words.say("guide-tables"), *(f"  {title}" for title in titles)]] if len(guides) > 1 else []
    for title, guide in zip(titles, guides, strict=True):
        block = [title, *(f"  {line}" for line in words.of_table(guide))]
        for column in guide.columns:
            block += ["", f"  {words.heading(column)}", *(f"    {line}" for line in words.of_column(column, guide))]
        if guide.goes_with:
            block += ["", f"  {words.say('guide-goes-with')}"]
            block += [f"    {words.named(each)}" for each in guide.goes_with]
        blocks.append(block)
    return "\n\n".join(map("\n".join, blocks)) + "\n"


def as_markdown(guides: Sequence[TableGuide], language: str) -> str:
    """The guides as Markdown, a section each; above several, what tables there are."""
    words = _Words(language, escaped, lambda code: f"`{code}`")
    titles = [words.named(guide.title) for guide in guides]
    blocks = [[f"# {words.say('guide-tables')}", "", *(f"- {title}" for title in titles)]] if len(guides) > 1 else []
    for title, guide in zip(titles, guides, strict=True):
        block = [f"## {title}", "", *(f"- {line}" for line in words.of_table(guide)), ""]
        for column in guide.columns:
            block += [f"- **{words.heading(column)}**", *(f"  - {line}" for line in words.of_column(column, guide))]
        if guide.goes_with:
            block += ["", words.say("guide-goes-with"), ""]
            block += [f"- {words.named(each)}" for each in guide.goes_with]
        blocks.append(block)
    return right_to_left("\n\n".join(map("\n".join, blocks)) + "\n", language)


class _Words(Phrases):
    """What is to be known of tables and columns."""

    __slots__ = ()

    def of_table(self, guide: TableGuide) -> Iterator[str]:
        """What is to be known of a table as a whole."""
        if guide.about:
            yield self.say("guide-about", kinds=joined(dict.fromkeys(map(self.argument, guide.about)), self.language))
        if guide.key:
            yield self.say("guide-key", columns=joined(map(self._column, guide.key), self.language))

    def heading(self, column: ColumnGuide) -> str:
        """What a column is called, and whether it must be filled in."""
        required = text("is-required" if column.required else "is-optional", self.language)
        return joined([self._column(column), required], self.language)

    def of_column(self, column: ColumnGuide, guide: TableGuide) -> Iterator[str]:
        """What is to be written in a column."""
        description = self.paragraph(column.description)
        if description:
            yield description
        yield self.say("guide-form", form=self.argument(column.form))
        example = pick(column.example, self.language)
        if example:
            yield self.say("guide-example", example=self.copied(example))
        if len(column.choices) > _MOST_CODES and len(guide.columns) > 1:
            command = f"ssekg describe {guide.title.short} {column.name}"
            yield self.say("guide-many-codes", count=str(len(column.choices)), command=self.copied(command))
        elif column.choices:
            yield self.say("guide-codes", codes=joined(map(self.named, column.choices), self.language))

    def _column(self, column: ColumnGuide) -> str:
        return self.beside(column.name, column.headings, label_first=True)

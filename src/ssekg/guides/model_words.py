"""How a graph is built in words, in one language: as text for a terminal, and as Markdown for a page."""

from collections.abc import Iterator
from typing import Final

from ssekg.base.language import joined
from ssekg.base.markdown import escaped, right_to_left
from ssekg.base.said import Named, Texts
from ssekg.guides.model import ClassGuide, ModelGuide, PropertyGuide, TermGuide
from ssekg.guides.phrases import Phrases
from ssekg.queries.answers import Answer
from ssekg.queries.forms.markdown import as_markdown as as_table
from ssekg.queries.forms.sheet import Wish, sheet
from ssekg.queries.prologue import standalone

_NOTHING: Final = "–"
_DASH: Final = " – "


def as_text(model: ModelGuide, language: str) -> str:
    """The model as lines with indents."""
    words = ModelWords(language, lambda prose: prose, lambda code: code)
    blocks = [[words.say("model-page")]]
    if model.questions:
        titles = (f"  {answer.query.name}{_DASH}{words.question(answer)}" for answer in model.questions)
        blocks.append([words.say("model-questions"), *titles])
    if model.notes:
        notes = (f"  {words.named(note.name)}{_DASH}{words.paragraph(note.description)}" for note in model.notes)
        blocks.append([words.say("model-notes"), *notes])
    for guide in model.classes:
        block = [words.heading(guide), *(f"  {line}" for line in words.of_class(guide))]
        properties = (words.of_property(each, guide) for each in guide.properties)
        block += [f"    {joined(filter(None, each), language)}" for each in properties]
        blocks.append(block)
    for code, terms in (("model-derived", model.derived), ("model-deprecated", model.deprecated)):
        if terms:
            lines = (_DASH.join(filter(None, words.of_term(code, term))) for term in terms)
            blocks.append([words.say(code), *(f"  {line}" for line in lines)])
    return "\n\n".join(map("\n".join, blocks)) + "\n"


def as_markdown(model: ModelGuide, language: str) -> str:
    """The model as Markdown: how to ask, and a section for each class."""
    words = ModelWords(language, escaped, lambda code: f"`{code}`")
    return "\n".join([*_questions(model, words), right_to_left(_terms(model, words), language)])


def _questions(model: ModelGuide, words: "ModelWords") -> Iterator[str]:
    """The questions, each with its query, which runs from left to right in every language, and its answer."""
    language = words.language
    if model.questions:
        yield right_to_left(f"## {words.say('model-questions')}\n\n{words.say('model-questions-lead')}\n", language)
    for number, answer in enumerate(model.questions, start=1):
        yield right_to_left(f"### {number}. {words.question(answer)}\n", language)
        yield f"```sparql\n{standalone(answer.query.text, answer.graph.base)}```\n"
        table = sheet(answer, Wish(model.project, language), only_names=True)
        yield right_to_left(as_table(table), language)


def _terms(model: ModelGuide, words: "ModelWords") -> str:
    blocks = []
    if model.notes:
        notes = (f"- {words.named(note.name)}{_DASH}{words.paragraph(note.description)}" for note in model.notes)
        blocks.append([f"## {words.say('model-notes')}", "", words.say("model-notes-lead"), "", *notes])
    blocks.append([f"## {words.say('model-classes')}"])
    for guide in model.classes:
        block = [f"### {words.heading(guide)}", "", *(f"- {line}" for line in words.of_class(guide))]
        if guide.properties:
            codes = ("model-property", "model-leads-to", "model-having")
            block += ["", _row(*map(words.say, codes)), _row("---", "---", "---")]
            block += [_row(*words.of_property(each, guide)) for each in guide.properties]
        blocks.append(block)
    for code, terms in (("model-derived", model.derived), ("model-deprecated", model.deprecated)):
        if terms:
            lines = (_DASH.join(filter(None, words.of_term(code, term))) for term in terms)
            blocks.append([f"## {words.say(code)}", "", *(f"- {line}" for line in lines)])
    return "\n\n".join(map("\n".join, blocks)) + "\n"


class ModelWords(Phrases):
    """What is to be known of classes and terms."""

    __slots__ = ()

    def question(self, answer: Answer) -> str:
        """What a query asks; its title where the query has no question."""
        return self.paragraph(answer.query.questions or {"": answer.title(self.language)})

    def heading(self, guide: ClassGuide) -> str:
        """What a class is called by the name of its members."""
        return self.beside(guide.name.short, guide.plural or guide.name.labels, label_first=True)

    def of_class(self, guide: ClassGuide) -> Iterator[str]:
        """What a class is, and how it is linked."""
        description = self.paragraph(guide.description)
        if description:
            yield description
        path = self.copied(guide.path)
        if guide.part_of:
            path = joined([path, self.say("model-part-of", property=self.named(guide.part_of))], self.language)
        if guide.is_withheld:  # not even its address may be in what everybody sees
            yield self.say("model-withheld")
        else:
            yield self._line("model-path", path)
            yield self._line("model-count", str(guide.count))
        for code, named in (
            ("model-types", [f"{self.named(each)} {count}" for each, count in guide.types]),
            ("model-tables", list(map(self.named, guide.tables))),
            ("model-example", [self.named(guide.example)] if guide.example else []),
            ("model-leading", list(map(self._link, guide.leading))),
        ):
            if named:
                yield self._line(code, joined(named, self.language))

    def of_property(self, guide: PropertyGuide, of: ClassGuide) -> tuple[str, str, str]:
        """A property, where it leads, and how many of the members of a class have it."""
        name = self.named(guide.name)
        named = joined([name, self.say("model-is-derived")], self.language) if guide.is_derived else name
        return named, joined(map(self.label, guide.targets), self.language), self.share(guide.having, of.count)

    def of_term(self, code: str, guide: TermGuide) -> tuple[str, str]:
        """A derived or deprecated term, and what is said of it."""
        others = joined(map(self.named, guide.others), self.language)
        link = {"model-derived": "model-inverse", "model-deprecated": "model-replaced"}[code]
        of = f"{self.say(link)} {others}" if others else self.paragraph(guide.description)
        return self.named(guide.name), of

    def label(self, named: Named) -> str:
        """A class by its name alone, its identifier if it has none."""
        return self.argument(Texts(named.labels or {"": named.short}))

    def share(self, having: int, count: int) -> str:
        """How many of how many."""
        return self.say("model-share", having=str(having), count=str(count))

    def _line(self, code: str, value: str) -> str:
        return self.say("model-line", name=self.say(code), value=value)

    def _link(self, link: tuple[Named, tuple[Named, ...]]) -> str:
        source, properties = link
        return f"{self.label(source)} ({joined((self.copied(each.short) for each in properties), self.language)})"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell or _NOTHING for cell in cells)} |"

"""A page for each canned question: the answer with its sources, its chart and files, and how to ask it otherwise."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ssekg.base.language import joined, pick
from ssekg.base.memory import give_back_memory
from ssekg.base.record_iris import file_name
from ssekg.graph.naming import plain_name
from ssekg.queries.answers import Answer
from ssekg.queries.catalogue import by_theme
from ssekg.queries.forms.sheet import Sheet
from ssekg.queries.library import Query
from ssekg.queries.parameters import Parameter, Term
from ssekg.queries.prologue import standalone
from ssekg.site.addresses import Addresses
from ssekg.site.answer_tables import Part, answer_table, part, sheet_for_pages
from ssekg.site.layout import Site
from ssekg.site.question_files import FOLDER, PICTURE, AnswerFile, files_for_people, files_for_programs
from ssekg.site.questions import Question

ROWS: Final = 300
"""How many rows of an answer a page shows; its files have all of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be asked for: as the query page takes it, in words, and how many rows there are for it."""

    value: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A parameter as a field of a form; without choices anything can be typed. `chosen` is what the answer is about."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str
    is_required: bool


class QuestionPages:
    """Makes the pages and files of the questions of a project."""

    def __init__(self, site: Site, addresses: Addresses, questions: Iterable[Question]) -> None:
        """Pages on a site, with links to the pages that a site has."""
        self._site, self._addresses, self._questions = site, addresses, questions

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """The page of each question and the files of its answer, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        for question in self._questions:
            yield from self._of(question)
            del question  # an answer may take much memory, and so may the next

    def _of(self, question: Question) -> Iterator[tuple[str, bytes]]:
        """The files of an answer and its page, a language at a time: a sheet with many rows takes much memory."""
        project, path = self._site.project, page_of(question.query)
        shared, files = [], []
        for each in files_for_programs(project, question):
            yield each.path, each.content
            shared.append(replace(each, content=b""))
        # Pages in a language that the tool has no words in lead to files in another, which come first.
        for language in dict.fromkeys((*project.worded_languages, *project.languages)):
            sheet = sheet_for_pages(project, question.answer, language)
            for each in files_for_people(project, question, sheet):
                yield each.path, each.content
                files.append(replace(each, content=b""))
            if language in project.languages:
                values = self._values(question, sheet, [*files, *shared])
                yield f"{language}/{path}", self._site.page(path, "question.html", language, values)
            if len(sheet.rows) > ROWS:
                gc.collect()  # a workbook is made of objects that lead to each other
                give_back_memory()

    def _values(self, question: Question, sheet: Sheet, files: Sequence[AnswerFile]) -> dict[str, object]:
        project, answer, query = self._site.project, question.answer, question.query
        language, table = sheet.wish.language, answer_table(self._site, sheet, ROWS)
        text = standalone(answer.text, answer.graph.base)
        words = self._site.words(language)
        own = [
            each
            for each in files
            if each.language == (language if each.form == PICTURE else words) or not each.language
        ]
        return {
            "query": query,
            "title": answer.title(language),
            "asked": self._asked(answer, language),
            "table": table,
            "meanings": [(each, meaning) for each in table.columns if (meaning := each.column.meaning(language))],
            "pages": self._addresses.links,
            "picture": next((each.path for each in own if each.form == PICTURE), ""),
            "files": [each.path for each in own],
            "offers": [self._offer(question, each, language) for each in query.parameters],
            "sparql": text,
            "quoted": _quoted(text),
            "is_graph": answer.result.form == "CONSTRUCT",
            "dump": f"{project.public_id}.ttl",
            "citation": self._site.citation(
                language, answer.title(language), f"{project.site}{language}/{page_of(query)}"
            ),
            "comma": joined(["", ""], language),
            "colon": self._site.say("record-colon", language),
        }

    def _asked(self, answer: Answer, language: str) -> list[tuple[str, Sequence[Part]]]:
        """What the answer is about: the values of the parameters."""
        labels = {each.name: pick(each.labels, language) or each.name for each in answer.query.parameters}
        return [
            (labels[name], [part(answer.name(term, language), term) for term in terms])
            for name, terms in answer.parameters.items()
        ]

    def _offer(self, question: Question, parameter: Parameter, language: str) -> Offer:
        graph = question.answer.graph
        asked = question.answer.parameters.get(parameter.name, ())
        return Offer(
            name=parameter.name,
            label=pick(parameter.labels, language) or parameter.name,
            choices=[
                Choice(_given(each.term, graph.base), plain_name(graph, each.term, language).text, each.rows)
                for each in question.values[parameter.name]
            ],
            chosen=next((_given(term, graph.base) for term in asked), ""),
            is_required=parameter.required,
        )


def question_list(site: Site, queries: Sequence[Query]) -> Mapping[str, bytes]:
    """The page that lists the questions that have one, in each language, by path.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    return site.pages(f"{FOLDER}index.html", "questions.html", lambda tag: _listed(queries, tag))


def page_of(query: Query) -> str:
    """The page of a question, below the folder of a language."""
    return f"{FOLDER}{file_name(query.name)}.html"


def _listed(answered: Iterable[Query], language: str) -> dict[str, object]:
    themes = by_theme(answered, language)
    return {"themes": {theme: [(page_of(each), each) for each in queries] for theme, queries in themes.items()}}


def _given(term: Term, base: str) -> str:
    """A value as an address has it: a thing without the base of its IRI."""
    return term.value.removeprefix(base)


def _quoted(text: str) -> str:
    """A text as a literal of Python over several lines."""
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{escaped}"""'

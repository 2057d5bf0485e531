"""The answer to a question as files: pictures in each language, tables where the tool has words, data once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ssekg.base.errors import AskedWronglyError, RefusedError
from ssekg.base.html import words_language
from ssekg.base.record_iris import file_name
from ssekg.charts.chart import chart
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.forms.delimited import as_csv
from ssekg.queries.forms.registry import FORMS, written
from ssekg.queries.forms.sheet import Sheet, Wish
from ssekg.queries.forms.workbook import as_workbook
from ssekg.site.questions import Question

FOLDER: Final = "questions/"
"""Where the pages and files of questions are, below the folder of a language or that of the site."""
PICTURE: Final = "svg"
_FOR_PROGRAMS: Final = ("json", "parquet")
_OF_GRAPHS: Final = ("turtle", "jsonld")


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file with an answer: its form, its path in the site, and the language of its words, "" without any."""

    form: str
    path: str
    language: str
    content: bytes


def files_for_people(project: Project, question: Question, sheet: Sheet) -> Iterator[AnswerFile]:
    """The files of the answer to a question in a language, given its sheet with sources; a graph has none."""
    answer, language, stem = question.answer, sheet.wish.language, _stem(question)
    if _is_graph(answer):
        return
    for form, content in _for_people(sheet) if language in project.worded_languages else ():
        yield AnswerFile(form, f"{language}/{stem}{FORMS[form].suffix}", language, content)
    picture = _drawn(answer, project, language) if language in project.languages else b""
    if picture:
        yield AnswerFile(PICTURE, f"{language}/{stem}.{PICTURE}", language, picture)


def files_for_programs(project: Project, question: Question) -> Iterator[AnswerFile]:
    """The files of the answer to a question that are the same in all languages."""
    for form in _OF_GRAPHS if _is_graph(question.answer) else _FOR_PROGRAMS:
        content = _written(question.answer, form, Wish(project, project.default_language))
        yield AnswerFile(form, _stem(question) + FORMS[form].suffix, "", content)


def _is_graph(answer: Answer) -> bool:
    return answer.result.form == "CONSTRUCT"


def _stem(question: Question) -> str:
    return FOLDER + file_name(question.query.name)


def _for_people(sheet: Sheet) -> Iterator[tuple[str, bytes]]:
    """The files that people open, by their forms; only a workbook has the sources as well."""
    yield "xlsx", as_workbook(sheet)
    yield "csv", as_csv(replace(sheet, wish=replace(sheet.wish, with_sources=False))).encode()


def _written(answer: Answer, form: str, wish: Wish) -> bytes:
    content = written(answer, form, wish)
    return content.encode() if isinstance(content, str) else content


def _drawn(answer: Answer, project: Project, language: str) -> bytes:
    """The chart of an answer; nothing where there is nothing to draw."""
    if answer.query.chart is None:
        return b""
    try:
        return chart(answer, project, language, words_language(language, project.default_language)).encode()
    except (AskedWronglyError, RefusedError):
        return b""

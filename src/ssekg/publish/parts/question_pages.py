"""The pages of the canned questions, with their answers as files."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from ssekg.publish.context import Context, Part
from ssekg.queries.library import read_queries
from ssekg.site.question_pages import QuestionPages, page_of, question_list

# As many as keep two cores busy beside the other pages; each is a process that holds the graph.
_SHARES: Final = 2


def _share(number: int, context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages of a share of the questions, one a question and language, and the files of their answers.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    wanted = {query.name for query in read_queries(context.project)[number::_SHARES]}
    questions = context.questions(lambda query: query.name in wanted)
    yield from QuestionPages(context.site, context.addresses, questions).pages()


QUESTION_PAGES: Final[Sequence[Part]] = [partial(_share, number) for number in range(_SHARES)]
"""The parts that make the pages of the questions, which take longer than all other pages."""


def question_index(context: Context) -> Iterator[tuple[str, bytes]]:
    """The page that lists the questions that have one.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    there = set(context.folder.paths)
    tag = context.project.languages[0]
    queries = [query for query in read_queries(context.project) if f"{tag}/{page_of(query)}" in there]
    yield from question_list(context.site, queries).items()

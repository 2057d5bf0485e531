"""The pages of the canned questions, with their answers as files."""

from collections.abc import Iterator

from ssekg.publish.context import Context
from ssekg.site.question_pages import QuestionPages


def question_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """The page that lists the questions, one a question and language, and the files of the answers.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    yield from QuestionPages(context.site, context.addresses, context.questions()).pages()

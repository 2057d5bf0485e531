"""The pages that say how the graph is built: a diagram, how to ask, the classes, and what is derived."""

from collections.abc import Iterator

from markupsafe import Markup

from ssekg.base.html import words_language
from ssekg.guides.diagram import model_diagram
from ssekg.guides.model import Model
from ssekg.publish.context import Context
from ssekg.queries.answers import Answer
from ssekg.queries.forms.sheet import Wish, sheet
from ssekg.queries.forms.wording import titles, worded
from ssekg.queries.prologue import standalone
from ssekg.site.own_terms import INDEX, own_terms


def model_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """`model.html` in each language.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    project = context.project
    model = Model(project, context.whole, context.public).guide()
    terms = {context.public.shortened(term.value): each.page for term, each in own_terms(context.public).items()}

    def values(language: str) -> dict[str, object]:
        drawn = model_diagram(model, language, words_language(language, project.default_language))
        questions = [_question(answer, Wish(project, language)) for answer in model.questions]
        shown = {"model": model, "questions": questions, "pages": terms, "terms": INDEX if terms else ""}
        return {**shown, "diagram": Markup(drawn)}  # noqa: S704 - its texts are escaped

    yield from context.site.pages("model.html", "model.html", values).items()


def _question(answer: Answer, wish: Wish) -> dict[str, object]:
    """A query as it is copied, and its answer in words, with things by their names alone."""
    table = sheet(answer, wish, only_names=True)
    text = standalone(answer.query.text, answer.graph.base)
    return {"query": answer.query, "text": text, "titles": titles(table), "rows": worded(table)}

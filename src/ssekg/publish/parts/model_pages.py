"""The pages that say how the graph is built: a diagram, the classes with their properties, and what is derived."""

from collections.abc import Iterator

from markupsafe import Markup

from ssekg.base.html import words_language
from ssekg.guides.diagram import diagram
from ssekg.guides.model import Model
from ssekg.publish.context import Context
from ssekg.site.pages import Site


def model_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """`model.{language}.html` for each language.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    project = context.project
    model = Model(project, context.whole, context.public).guide()

    def values(language: str) -> dict[str, object]:
        drawn = diagram(model, language, words_language(language, project.default_language))
        return {"model": model, "diagram": Markup(drawn)}  # noqa: S704 - its texts are escaped

    yield from Site(project).pages("model", "model.html", values).items()

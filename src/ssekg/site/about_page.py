"""The page about a site: how its data are made, how to use and cite them, whom to write to, and who can read it."""

from collections.abc import Sequence

from ssekg.site.layout import Site
from ssekg.site.text_pages import TextPage


def about_pages(site: Site, texts: Sequence[TextPage]) -> dict[str, bytes]:
    """`about.html` in each language, by path; it leads to the pages of the project's own.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    return site.pages(
        "about.html", "about.html", lambda language: {"citation": site.citation(language), "texts": texts}
    )

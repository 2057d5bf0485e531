"""The page about a site: how its data are made, how to use and cite them, whom to write to, and who can read it."""

from ssekg.site.layout import Site


def about_pages(site: Site) -> dict[str, bytes]:
    """`about.html` in each language, by path.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    return site.pages("about.html", "about.html", lambda language: {"citation": site.citation(language)})

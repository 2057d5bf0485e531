"""The pages of the project's own, and the files that go with them."""

from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import unquote

from ssekg.base.files import read_file
from ssekg.base.language import pick
from ssekg.base.record_iris import PAGES_FOLDER
from ssekg.project.page_texts import page_of_text
from ssekg.publish.context import Context
from ssekg.site.text_pages import TextPage, link_target


def text_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages of the project's own in each language, and the other files in the folder of their texts.

    Raises:
        CannotRunError: a template of the project can't be used, or a file can't be read.
    """
    project = context.project
    files = {
        path.relative_to(project.root).as_posix(): path
        for path in project.files_in(PAGES_FOLDER)
        if page_of_text(project, path) is None
    }
    for name, path in files.items():
        yield name, read_file(path, project.shown(path))
    pages = {f"{tag}/{page.path}" for page in context.text_pages for tag in project.languages}
    there = {*context.folder.paths, *files, *pages}
    for page in context.text_pages:
        yield from context.site.pages(page.path, "text.html", partial(_values, context, page, there)).items()


def _values(context: Context, page: TextPage, there: set[str], language: str) -> Mapping[str, object]:
    """The text in a language or, where it is not in it, in another, which the page says."""
    tag = language if language in page.texts else str(pick({tag: tag for tag in page.texts}, language))
    return {"titles": page.titles, "tag": tag, "text": page.body(tag, partial(_target, context, page, there))}


def _target(context: Context, page: TextPage, there: set[str], href: str) -> str | None:
    """What a link leads to from the page; None where it leads to a file that is not in the release."""
    here = "../" * page.path.count("/")
    record = context.addresses.page_of(href) if href.startswith(context.public.base) else ""
    if record:
        return here + record
    found = link_target(context.project, page.path, href)
    if found == href:
        return href
    return f"../{here}{found}" if unquote(found.partition("#")[0]) in there else None

"""The pages of a project's site in its languages: one header and footer, and links that work from any folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from ssekg.base.html import Templates, words_language
from ssekg.base.language import isolate, joined, pick
from ssekg.base.messages import text
from ssekg.project.settings import Project

Values = Callable[[str], Mapping[str, object]]
"""What a page shows, by its language."""

NAVIGATION: Final = (
    ("nav-questions", "questions/index.html"),
    ("nav-data", "data.html"),
    ("nav-query", "query.html"),
    ("nav-model", "model.html"),
    ("nav-quality", "quality.html"),
    ("nav-about", "about.html"),
)
"""What the header of every page leads to: the code of its words, and the page below the folder of a language."""
MISSING: Final = "404.html"
"""What many web spaces show for an address that leads nowhere."""
ASSETS: Final = {"site.css": ("palette.css", "site.css"), "site.js": ("site.js",), "search-box.js": ("search-box.js",)}
"""What pages load: files at the root of the site, and the templates that each consists of."""


class Site:
    """Makes the pages of one project.

    The page `quality.html` of a site is `fr/quality.html` in French. Its templates get `root`, what leads from the page
    to the root of the site, and `here`, what leads to the folder of its language: `{{ here }}quality.html`.
    """

    def __init__(self, project: Project, overviews: Sequence[tuple[str, str]] = ()) -> None:
        """Pages in the languages of the project, by its templates and the tool's.

        `overviews` are what the header leads to beside `NAVIGATION`, since not every project has them.
        """
        self.project, self._overviews = project, overviews
        self._sections = frozenset(page for _, page in (*overviews, *NAVIGATION))
        self._templates = Templates("ssekg.site", project.templates)
        tags = project.languages
        self._default = project.default_language if project.default_language in tags else tags[0]

    def pages(self, path: str, template: str, values: Values) -> dict[str, bytes]:
        """A page in UTF-8 in each language of the project, by its path in the site.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        return {
            f"{language}/{path}": self.page(path, template, language, values(language))
            for language in self.project.languages
        }

    def page(self, path: str, template: str, language: str, values: Mapping[str, object]) -> bytes:
        """One page in UTF-8; `path` is that below the folder of its language.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        here = "../" * path.count("/")
        return self._page(template, language, {"path": path, "here": here, "root": f"../{here}", **values})

    def root_page(self, values: Mapping[str, object]) -> bytes:
        """The page at the root of the site, where readers choose their language.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        shared = {"path": "index.html", "here": f"{self.project.languages[0]}/", "root": ""}
        return self._page("index.html", self.project.default_language, shared | dict(values))

    def missing_page(self) -> bytes:
        """The page for an address that leads nowhere, in all languages.

        It may be shown at any address, so its links begin at the root of the space that the project's site is in.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        root = urlsplit(self.project.site).path or "/"
        tags: dict[str, list[str]] = {}
        for tag in self.project.languages:
            tags.setdefault(self.words(tag), []).append(tag)
        shared = {"path": MISSING, "here": f"{root}{self._default}/", "root": root, "tags": tags, "said": text}
        return self._page(MISSING, self._default, shared)

    def leading_pages(self, name: str, path: str) -> Iterator[tuple[str, bytes]]:
        """Pages at an earlier address of a page, `NAME.{language}.html` at the root, that lead on to it.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        for language in self.project.languages:
            values = {"path": path, "here": f"{language}/", "root": "", "target": f"{language}/{path}"}
            yield f"{name}.{language}.html", self._page("moved.html", language, values)

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """What pages load, by its path in the site.

        Raises:
            CannotRunError: one of the project can't be read.
        """
        for name, parts in ASSETS.items():
            yield name, "".join(map(self.source, parts)).encode()

    def source(self, name: str) -> str:
        """The text of a style or script, by the name of its template.

        Raises:
            CannotRunError: one of the project can't be read.
        """
        return self._templates.source(name)

    def say(self, code: str, language: str) -> str:
        """The message of a code in the words of a language, or those that pages in it have instead."""
        return text(code, self.words(language))

    def words(self, language: str) -> str:
        """The language of the tool's own words on a page in `language`."""
        return words_language(language, self.project.default_language)

    def citation(self, language: str, title: str = "", address: str = "") -> str:
        """How to cite a page about something that has a title and an address; without these, the whole release.

        What runs the other way is isolated.
        """
        project = self.project
        by = joined([project.publisher, project.version], language)
        parts = [title, pick(project.name, language) or project.id, by]
        when, where = project.date.isoformat(), address or project.site
        return ". ".join(isolate(part, language) for part in (*parts, when, where) if part)

    def _page(self, template: str, language: str, values: Mapping[str, object]) -> bytes:
        project = self.project
        return self._templates.page(
            template,
            language,
            self.words(language),
            project=project,
            languages=project.languages,
            default_language=self._default,
            navigation=NAVIGATION,
            overviews=self._overviews,
            current=values["path"] if values["path"] in self._sections else "",
            release=f"{project.version} ({project.date.isoformat()})",
            **values,
        ).encode()
